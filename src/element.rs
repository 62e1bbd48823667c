//! What `player.js` calls: one [`Player`] for each `<kurso-player>` on the page.

use crate::{
    app::{self, Act, App, Start},
    dom,
    host::{Host, browser::Browser, intl::Intl, json, nowhere::Nowhere},
    words::Words,
};
use course::{
    answer::Score,
    course::{Page, Plan},
    event::Event,
    json::Json,
    part,
    place::Place,
    progress::Progress,
    study::{Msg, Rest, Saving, Study},
};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::{AppHandle, Callback};

#[wasm_bindgen]
extern "C" {
    /// What `player.js` knows and does for a player. What it throws is the script's to report, not a reason to stop.
    pub type Shell;

    /// Where to begin, as the fragment of an address; nowhere in particular, if it is none.
    #[wasm_bindgen(method, getter)]
    fn address(this: &Shell) -> String;

    /// Under which key progress is to be kept beyond this page; it is not, without one.
    #[wasm_bindgen(method, getter)]
    fn key(this: &Shell) -> Option<String>;

    /// Progress from elsewhere as JSON: what an LMS has, or an earlier player here had when it ended.
    #[wasm_bindgen(method, getter)]
    fn last(this: &Shell) -> Option<String>;

    /// Whether what was done before is to be forgotten: an attempt that is new in an LMS begins with nothing.
    #[wasm_bindgen(method, getter)]
    fn forgets(this: &Shell) -> bool;

    /// What the rest of the wasm says, if that is there: it reads what was saved.
    #[wasm_bindgen(method, getter)]
    fn rest(this: &Shell) -> Option<String>;

    /// Fills in the texts, after each rendering.
    #[wasm_bindgen(method, catch)]
    fn rendered(this: &Shell) -> Result<(), JsValue>;

    /// Keeps a second copy of the progress whenever it has changed.
    #[wasm_bindgen(method, catch)]
    fn saved(this: &Shell, json: &str) -> Result<(), JsValue>;

    /// Tells the page around of an [`Event`]: its name, what it is about, marks out of how many, and which attempt it was.
    #[wasm_bindgen(method, catch)]
    fn told(this: &Shell, name: &str, id: &str, right: u32, of: u32, attempt: u32) -> Result<(), JsValue>;
}

/// A course that shows in an element.
#[wasm_bindgen]
pub struct Player {
    course: Rc<Plan>,
    words: Rc<Words>,
    app: AppHandle<App>,
}

#[wasm_bindgen]
impl Player {
    /// Reads the course of that page (a [`Page`] as JSON, with its [`Words`]), to [`show`](Self::show) it in `base`, which
    /// lies in the shadow root of a `<kurso-player>`.
    ///
    /// With `owns_page`, the place in the course is the fragment of the page's address, and its title the page's.
    ///
    /// # Errors
    ///
    /// If the page was made for another player, or something was saved and the rest of the wasm is not there.
    #[wasm_bindgen(constructor)]
    pub fn new(base: Element, page: &str, owns_page: bool, shell: Shell) -> Result<Player, JsError> {
        let read = |json: &json::Value| {
            let words = Words::read(&json.get("words")?, |locale, zero| Rc::new(Intl::new(locale, zero)))?;
            Some((Page::read(json)?, Rc::new(words)))
        };
        let read = json::parse(page).as_ref().and_then(read);
        let (page, words) =
            read.ok_or_else(|| JsError::new("the course was made for another version of the player"))?;
        let host: Rc<dyn Host> = match shell.key() {
            Some(key) => Rc::new(Browser::new(key)),
            None => Rc::new(Nowhere),
        };
        let rest = shell.rest();
        rest.iter().for_each(|rest| words.learn(rest));
        let course = Rc::new(page.plan);
        let shell = Rc::new(shell);
        let told = Callback::from({
            let shell = shell.clone();
            move |event| tell(&shell, &event)
        });
        let study = open(course.clone(), &*host, &shell, rest.is_some())?;
        let rendered = Callback::from({
            let shell = shell.clone();
            move |()| drop(shell.rendered())
        });
        let saved = Callback::from(move |json: String| drop(shell.saved(&json)));
        let start = Start { study, words: words.clone(), host, owns_page, rendered, saved, told };
        Ok(Player { course, words, app: yew::Renderer::<App>::with_root_and_props(base, start).render() })
    }

    /// Shows it, once, with what the learner did before: a line `name=value` for each control ([`ids::early_message`]).
    ///
    /// [`ids::early_message`]: crate::view::ids::early_message
    pub fn show(&self, early: &str) {
        self.app.send_message(Act::Show(early.to_owned()));
    }

    /// Takes in progress from elsewhere, as JSON; returns whether it is progress in this course.
    pub fn found(&self, json: &str) -> bool {
        self.is_whole() && self.take_in(json, false)
    }

    /// All progress as JSON, laid out for people to read; empty if there is no player.
    pub fn export(&self) -> String {
        let write = |progress: &Rc<Progress>| json::text(&progress.write(), true);
        self.progress().as_ref().and_then(write).unwrap_or_default()
    }

    /// What adding that progress would bring: how many exercises that have no answers here, and how many of which it has
    /// something newer; nothing if it is no progress in this course.
    pub fn preview(&self, json: &str) -> Option<Vec<u32>> {
        if self.is_whole() { self.news_in(json) } else { None }
    }

    /// Adds that progress, as JSON, to what is here.
    pub fn add(&self, json: &str) {
        if self.is_whole() {
            self.take_in(json, true);
        }
    }

    /// What can be told of another module of the course ([`part::ask`]), as JSON. The rest of the wasm must be there.
    pub fn ask(json: &str) -> Option<String> {
        ask(json)
    }

    /// Hears that the rest of the wasm is there, and what that says, or that it could not be loaded.
    pub fn loaded(&self, words: Option<String>) {
        words.iter().filter(|_| !self.is_whole()).for_each(|words| self.words.learn(words));
        self.app.send_message(Act::Other(Msg::Loaded(if words.is_some() { Rest::Here } else { Rest::Missing })));
    }

    /// Forgets everything. The focus goes to the beginning only if it is the learner who wants that.
    pub fn reset(&self, by_learner: bool) {
        self.app.send_message(if by_learner { Act::Learner(Rc::new(Msg::Reset)) } else { Act::Other(Msg::Reset) });
    }

    /// Says how it stands with the LMS around: `recorded`, `unsent`, `closed` or `over`; anything else if that is not known.
    pub fn reported(&self, how: &str) {
        let lms = match how {
            "recorded" => Some(Saving::Recorded),
            "unsent" => Some(Saving::Unsent),
            "closed" => Some(Saving::Closed),
            "over" => Some(Saving::Over),
            _ => None,
        };
        self.app.send_message(Act::Other(Msg::Reported(lms)));
    }

    /// Shows what has that address, such as `#/least-privilege`, if the course has it.
    pub fn go(&self, address: &str) {
        if let Some(place) = Place::from_fragment(address) {
            self.app.send_message(Act::Other(Msg::Went(place)));
        }
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

    fn is_whole(&self) -> bool {
        self.app.get_component().is_some_and(|app| app.is_whole())
    }

    /// Takes in that progress, if it is progress in this course; what was deleted since comes back only where it is
    /// `brought_back`.
    // Only what is not inlined can be loaded later.
    #[inline(never)]
    fn take_in(&self, json: &str, brought_back: bool) -> bool {
        let (Some(found), Some(now)) = (app::read(json, &self.course), self.progress()) else { return false };
        let found = if brought_back { found.brought_back(&now) } else { found };
        self.app.send_message(Act::Other(Msg::Found(Rc::new(found))));
        true
    }

    // Only what is not inlined can be loaded later.
    #[inline(never)]
    fn news_in(&self, json: &str) -> Option<Vec<u32>> {
        let news = self.progress()?.news_in(&app::read(json, &self.course)?);
        Some(vec![news.added, news.newer])
    }
}

// Only what is not inlined can be loaded later.
#[inline(never)]
fn ask(json: &str) -> Option<String> {
    json::text(&part::ask(&json::parse(json)?, dom::now())?, false)
}

fn tell(shell: &Shell, event: &Event) {
    let (name, id, Score { right, of }, attempt) = match event {
        Event::Started => ("start", "", NO_MARKS, 0),
        Event::Answered { exercise, score, attempt } => ("answer", &**exercise, *score, *attempt),
        Event::Reached(step) => ("step", &**step, NO_MARKS, 0),
        Event::Completed(step) => ("complete", &**step, NO_MARKS, 0),
        Event::Judged { module, score, passed } => (if *passed { "pass" } else { "fail" }, &**module, *score, 0),
    };
    let _ = shell.told(name, id, right, of, attempt);
}

const NO_MARKS: Score = Score { right: 0, of: 0 };

/// The study as it was left, here or elsewhere, or from the start if nothing can be read. What it begins with is never
/// something else for a moment: that might be told to an LMS.
fn open(course: Rc<Plan>, host: &dyn Host, shell: &Shell, is_whole: bool) -> Result<Study, JsError> {
    let (mut saving, kept) = match host.load() {
        Ok(kept) => (Saving::Kept, kept),
        Err(why) => (why, None),
    };
    let mut progress = None;
    let mut set_aside = false;
    match [kept, shell.last()] {
        [None, None] => {}
        left if is_whole => {
            let (read, aside) = read(left, &course, host);
            (progress, set_aside, saving) = (read, aside.is_some(), aside.unwrap_or(saving));
        }
        _ => return Err(JsError::new("what was saved cannot be read without the rest of the player")),
    }
    let mut progress = progress.unwrap_or_else(|| Progress::new(&course));
    if shell.forgets() {
        progress = progress.reset(&course);
    }
    let rest = if is_whole { Rest::Here } else { Rest::Awaited };
    let place = Place::from_fragment(&shell.address());
    Ok(Study { saving, set_aside, rest, ..Study::new(course, progress, place) }.at(dom::now()))
}

/// The progress that was left here and elsewhere, as JSON, if any can be read; and whether it is safe, if what was left here
/// cannot be read and was set aside.
// Only what is not inlined can be loaded later.
#[inline(never)]
fn read([kept, last]: [Option<String>; 2], course: &Plan, host: &dyn Host) -> (Option<Progress>, Option<Saving>) {
    let here = kept.as_deref().and_then(|json| app::read(json, course));
    let aside = kept.filter(|_| here.is_none()).map(|json| host.set_aside(&json));
    let progress = match (here, last.and_then(|json| app::read(&json, course))) {
        (Some(here), Some(last)) => Some(here.merged(&last)),
        (one, other) => one.or(other),
    };
    (progress, aside)
}
