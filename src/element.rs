//! What `player.js` calls: one [`Player`] for each `<kurso-player>` on the page.

use crate::{
    app::{self, App, Start},
    dom,
    host::{Host, browser::Browser, intl::Intl, json},
    view::ids,
    words::Words,
};
use course::{
    course::{Page, Plan},
    json::Json,
    place::Place,
    progress::Progress,
    study::{Msg, Saving, Study},
};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, Callback};

/// A course that shows in an element.
#[wasm_bindgen]
pub struct Player {
    course: Rc<Plan>,
    app: AppHandle<App>,
}

#[wasm_bindgen]
impl Player {
    /// Shows the course of that page (a [`Page`] as JSON, with its [`Words`]) in `base`, which lies in the shadow root of a `<kurso-player>`.
    ///
    /// With `owns_page`, the place in the course is the fragment of the page's address, and its title the page's.
    /// `early` is what the learner did before the player ran: a line `name=value` for each control
    /// ([`ids::early_message`]). `rendered` is called after each rendering, and fills in the texts; `saved` with the
    /// progress as JSON whenever it has changed.
    ///
    /// # Errors
    ///
    /// If the page was made for another player.
    #[wasm_bindgen(constructor)]
    pub fn new(
        base: Element,
        page: &str,
        owns_page: bool,
        early: &str,
        rendered: js_sys::Function,
        saved: js_sys::Function,
    ) -> Result<Player, JsError> {
        let read = |json: &json::Value| {
            let words = Words::read(&json.get("words")?, |locale| Rc::new(Intl::new(locale)))?;
            Some((Page::read(json)?, Rc::new(words)))
        };
        let read = json::parse(page).as_ref().and_then(read);
        let (page, words) =
            read.ok_or_else(|| JsError::new("the course was made for another version of the player"))?;
        let host = Rc::new(Browser::new(
            Progress::storage_key(&page),
            page.part.is_some().then(|| Progress::course_key(&page)),
        ));
        let course = Rc::new(page.plan);
        let mut study = open(course.clone(), &*host, owns_page.then(dom::fragment).flatten());
        adopt(&mut study, early);
        let rendered = Callback::from(move |()| {
            // What it throws is the script's to report, not a reason to stop.
            let _ = rendered.call0(&JsValue::NULL);
        });
        let saved = Callback::from(move |json: String| {
            let _ = saved.call1(&JsValue::NULL, &json.into());
        });
        let start = Start { study, words, host, owns_page, rendered, saved };
        Ok(Player { course, app: yew::Renderer::<App>::with_root_and_props(base, start).render() })
    }

    /// Takes in progress from elsewhere, as JSON; returns whether it is progress in this course.
    pub fn found(&self, json: &str) -> bool {
        let found = app::read(json, &self.course);
        let readable = found.is_some();
        if let Some(found) = found {
            self.app.send_message(Msg::Found(Rc::new(found)));
        }
        readable
    }

    /// All progress as JSON, laid out for people to read; empty if there is no player.
    pub fn export(&self) -> String {
        let write = |progress: &Rc<Progress>| json::text(&progress.write(), true);
        self.progress().as_ref().and_then(write).unwrap_or_default()
    }

    /// What adding that progress would bring: how many exercises that have no answers here, and how many of which it has
    /// something newer; nothing if it is no progress in this course.
    pub fn preview(&self, json: &str) -> Option<Vec<u32>> {
        let news = self.progress()?.news_in(&app::read(json, &self.course)?);
        Some(vec![news.added, news.newer])
    }

    /// Adds that progress, as JSON, to what is here.
    pub fn add(&self, json: &str) {
        if let (Some(found), Some(now)) = (app::read(json, &self.course), self.progress()) {
            self.app.send_message(Msg::Found(Rc::new(found.brought_back(&now))));
        }
    }

    /// Forgets everything.
    pub fn reset(&self) {
        self.app.send_message(Msg::Reset);
    }

    /// Takes the course out of the page.
    pub fn stop(self) {
        self.app.destroy();
    }
}

impl Player {
    fn progress(&self) -> Option<Rc<Progress>> {
        self.app.get_component().map(|app| app.progress().clone())
    }
}

/// The study as it was left, or from the start if nothing can be read.
fn open(course: Rc<Plan>, host: &dyn Host, fragment: Option<String>) -> Study {
    let place = fragment.as_deref().and_then(Place::from_fragment);
    let mut saving = Saving::Kept;
    let mut set_aside = false;
    let progress = match host.load() {
        Ok(Some(json)) => app::read(&json, &course).unwrap_or_else(|| {
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
    Study { saving, set_aside, ..Study::new(course, progress, place).at(dom::now()) }
}

/// Does what the learner did before the player ran, except in exercises that have saved answers: there the page showed
/// none of them, and what it had is what the browser filled in.
fn adopt(study: &mut Study, early: &str) {
    let saved = study.progress.exercises.clone();
    for (name, value) in early.lines().filter_map(|line| line.split_once('=')) {
        let Some(msg) = ids::early_message(name, value) else { continue };
        let (Msg::Placed { exercise, .. } | Msg::Checked { exercise, .. }) = &msg else { continue };
        if saved.get(exercise).is_none()
            && let Some(next) = study.update(msg, dom::now())
        {
            *study = next;
        }
    }
}
