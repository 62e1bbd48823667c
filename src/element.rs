//! What `player.js` calls: one [`Player`] for each `<kurso-player>` on the page.

use crate::{
    BUNDLED, dom,
    host::{Host, browser::Browser},
    store::Start,
    view::app::App,
    words,
};
use course::{
    course::Course,
    place::Place,
    progress::Progress,
    study::{Saving, Study},
};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::AppHandle;

/// A course that shows in an element.
#[wasm_bindgen]
pub struct Player {
    app: AppHandle<App>,
}

#[wasm_bindgen]
impl Player {
    /// Shows the bundled course in `base`, which lies in the shadow root of a `<kurso-player>`.
    ///
    /// With `owns_page`, the place in the course is the fragment of the page's address, and its title the page's.
    ///
    /// # Errors
    ///
    /// If the bundled course cannot be read.
    #[wasm_bindgen(constructor)]
    pub fn new(base: Element, owns_page: bool) -> Result<Player, JsError> {
        let course: Course = serde_json::from_str(BUNDLED)?;
        let host = Rc::new(Browser::new(Progress::storage_key(&course)));
        let study = open(Rc::new(course), &*host, owns_page.then(dom::fragment).flatten());
        yew::set_custom_panic_hook(Box::new(|info| dom::show_stopped(words::STOPPED, &info.to_string())));
        let start = Start { study, host, owns_page };
        Ok(Player { app: yew::Renderer::<App>::with_root_and_props(base, start).render() })
    }

    /// Takes the course out of the page.
    pub fn stop(self) {
        self.app.destroy();
    }
}

/// The study as it was left, or from the start if nothing can be read.
fn open(course: Rc<Course>, host: &dyn Host, fragment: Option<String>) -> Study {
    let place = fragment.as_deref().and_then(Place::from_fragment);
    let mut saving = Saving::Kept;
    let mut set_aside = false;
    let progress = match host.load() {
        Ok(Some(json)) => Progress::from_json(&json, &course).unwrap_or_else(|_| {
            set_aside = true;
            saving = host.set_aside(&json);
            Progress::new(&course)
        }),
        Ok(None) => Progress::new(&course),
        Err(refused) => {
            saving = refused;
            Progress::new(&course)
        }
    };
    Study { saving, set_aside, ..Study::new(course, progress, place) }
}
