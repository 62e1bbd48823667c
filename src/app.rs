//! The bridge between the pure study and the world: a component that hands the study what the learner does, and does
//! what must follow from each change.

use crate::{
    dom,
    host::{Host, json},
    view::{
        handler::{Handlers, On},
        ids, player,
        text::InPage,
    },
    words::Words,
};
use course::{
    course::Plan,
    event::Event,
    place::Place,
    progress::Progress,
    study::{Focus, Msg, Rest, Saving, Study},
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use yew::{html::Scope, prelude::*};

/// What a player starts with.
#[derive(Clone, Properties)]
pub struct Start {
    /// The study as it was left.
    pub study: Study,
    /// The words of the interface.
    pub words: Rc<Words>,
    /// Where its progress is kept.
    pub host: Rc<dyn Host>,
    /// Whether the address and the title of the page are the player's.
    pub owns_page: bool,
    /// Called after each rendering, first of all: it fills in the texts.
    pub rendered: Callback<()>,
    /// Called with all progress as JSON when it has changed: it keeps a second copy where a crash cannot reach it.
    pub saved: Callback<String>,
    /// Called with what the learner has achieved: it tells the page around.
    pub told: Callback<Event>,
}

/// A message, and whose it is.
pub enum Act {
    /// The script's, once: it is to show, with what the learner did before ([`ids::early_message`]).
    Show(String),
    /// The learner's: it may move the focus, and what it achieves is told.
    Learner(Rc<Msg>),
    /// The page's around, another tab's, or what became of saving: the learner may be busy elsewhere.
    Other(Msg),
}

impl PartialEq for Start {
    fn eq(&self, other: &Start) -> bool {
        // A handle on one running player: the same host is the same player.
        Rc::ptr_eq(&self.host, &other.host)
    }
}

/// A player, alive. After each change it saves, moves the focus, and keeps the page's address and title in step.
///
/// A struct and no function with hooks, which would be more to load.
pub struct App {
    study: Study,
    /// Whether it is to show. Until then it has nothing to save and to tell either.
    shows: bool,
    host: Rc<dyn Host>,
    saved: Callback<String>,
    link: Scope<App>,
    base: NodeRef,
    /// What the host keeps. A page that goes away saves only what is not there yet: another tab may have saved newer
    /// things meanwhile.
    kept: RefCell<Option<Rc<Progress>>>,
    /// Whether it is telling the other players on the page that it has saved something, and has nothing to hear.
    tells: Cell<bool>,
    /// The place that the page's address and title tell.
    told: Option<Place>,
    /// The turn whose focus was set.
    turn: u32,
    /// What events in the player mean, as it shows.
    handlers: Handlers,
    /// Heard until the player ends, from when it shows.
    deeds: Vec<dom::Listener>,
    /// Heard until the player ends.
    _listeners: Vec<dom::Listener>,
}

impl Component for App {
    type Message = Act;
    type Properties = Start;

    fn create(ctx: &Context<App>) -> App {
        let start = ctx.props();
        let link = ctx.link().clone();
        let leave = move |()| {
            if let Some(app) = link.get_component() {
                app.save();
            }
        };
        let mut listeners = dom::on_leave(Callback::from(leave));
        let link = ctx.link().clone();
        let hear = move |()| {
            if let Some(app) = link.get_component().filter(|app| !app.tells.get()) {
                app.hear();
            }
        };
        listeners.extend(dom::on_saved(Callback::from(hear)));
        if start.owns_page {
            let went = |fragment: String| Place::from_fragment(&fragment).map(Msg::Went).map(Rc::new).map(Act::Learner);
            listeners.extend(dom::on_fragment(ctx.link().batch_callback(went)));
        }
        App {
            study: start.study.clone(),
            shows: false,
            host: start.host.clone(),
            saved: start.saved.clone(),
            link: ctx.link().clone(),
            base: NodeRef::default(),
            kept: RefCell::default(),
            tells: Cell::new(false),
            told: None,
            turn: start.study.turn,
            handlers: Handlers::default(),
            deeds: Vec::new(),
            _listeners: listeners,
        }
    }

    fn update(&mut self, ctx: &Context<App>, act: Act) -> bool {
        let (msg, by_learner) = match &act {
            Act::Learner(msg) => (&**msg, true),
            Act::Other(msg) => (msg, false),
            Act::Show(early) => {
                adopt(&mut self.study, early, &ctx.props().told);
                self.turn = self.study.turn;
                self.shows = true;
                return true;
            }
        };
        // A message that changes nothing renders nothing.
        let Some(next) = self.study.update(msg, dom::now()) else { return false };
        let before = std::mem::replace(&mut self.study, next);
        if self.is_whole() && before.rest != Rest::Here {
            self.hear();
            before.waiting.iter().for_each(|msg| ctx.link().send_message(Act::Learner(msg.clone())));
        }
        if !by_learner {
            self.turn = self.study.turn;
        } else if self.is_whole() {
            self.study.events_since(&before).into_iter().for_each(|event| ctx.props().told.emit(event));
        }
        true
    }

    fn view(&self, ctx: &Context<App>) -> Html {
        if !self.shows {
            return Html::default();
        }
        self.handlers.clear();
        player::view(&self.study, &self.handlers, &self.base, &InPage, &ctx.props().words)
    }

    fn rendered(&mut self, ctx: &Context<App>, _: bool) {
        if !self.shows {
            return;
        }
        if self.deeds.is_empty() {
            let link = ctx.link().clone();
            self.deeds = dom::on_deeds(&self.base, move |event, place| {
                let msg = link.get_component().and_then(|app| app.handlers.meaning(On(place), event));
                if let Some(msg) = msg {
                    link.send_message(Act::Learner(msg));
                }
            });
        }
        let start = ctx.props();
        // First of all: only what shows can take the focus.
        start.rendered.emit(());
        let saving = self.save();
        if saving != self.study.saving {
            ctx.link().send_message(Act::Other(Msg::Saved(saving)));
        }
        if self.turn != self.study.turn {
            self.turn = self.study.turn;
            match &self.study.focus {
                Some(Focus::Heading) => dom::focus_top(&self.base, ids::HEADING),
                Some(focus) => dom::focus(&self.base, &ids::of(focus)),
                None => {}
            }
        }
        if start.owns_page && self.told.as_ref() != Some(&self.study.place) {
            // What led here, as an exercise's address may, is no place to come back to.
            let led_here = dom::fragment().and_then(|fragment| Place::from_fragment(&fragment));
            let replace = self.told.is_none() || led_here.is_some_and(|place| self.study.is_at(place));
            dom::set_fragment(&self.study.place.fragment(), replace);
            dom::set_title(&start.words.page_title(&self.study));
            self.told = Some(self.study.place.clone());
        }
    }
}

impl App {
    /// All that the learner has done.
    pub fn progress(&self) -> &Rc<Progress> {
        &self.study.progress
    }

    /// Whether all of the code is there, so that it can [`read`] what was saved.
    pub fn is_whole(&self) -> bool {
        self.study.rest == Rest::Here
    }

    /// Saves what the host does not keep yet, and tells how progress is kept. What somebody else has saved meanwhile is
    /// not overwritten but becomes a part of it.
    fn save(&self) -> Saving {
        let progress = &self.study.progress;
        if self.kept.borrow().as_ref().is_some_and(|kept| Rc::ptr_eq(kept, progress)) {
            return self.study.saving;
        }
        if !self.is_whole() && self.host.has_news() {
            // Until that can be read, nothing is saved over it. The second copy keeps what is new here.
            self.hear();
            if let Some(json) = json::text(&progress.write(), false) {
                self.saved.emit(json);
            }
            return self.study.saving;
        }
        let merged = self.hear().map(|found| progress.merged(&found));
        self.keep(merged.as_ref().unwrap_or(progress))
    }

    /// Has the host and the second copy keep that.
    fn keep(&self, progress: &Progress) -> Saving {
        let Some(json) = json::text(&progress.write(), false) else {
            return Saving::Refused;
        };
        let saving = self.host.save(&json);
        *self.kept.borrow_mut() = (saving == Saving::Kept).then(|| self.study.progress.clone());
        self.tells.set(true);
        dom::tell_saved();
        self.tells.set(false);
        self.saved.emit(json);
        saving
    }

    /// Takes in what somebody else has saved, if anybody has, as soon as it can be read.
    fn hear(&self) -> Option<Rc<Progress>> {
        if !self.is_whole() {
            if self.host.has_news() {
                self.link.send_message(Act::Other(Msg::Heard));
            }
            return None;
        }
        self.take_in(&self.host.news()?)
    }

    /// Takes in that JSON, which somebody else has saved.
    #[inline(never)]
    fn take_in(&self, json: &str) -> Option<Rc<Progress>> {
        let Some(found) = read(json, &self.study.course) else {
            self.host.set_aside(json);
            return None;
        };
        // Another tab that saved at the same moment had not heard of this one, and wrote over it. What another build wrote is
        // left: the two might go on for ever.
        let here = &self.study.progress;
        if found != **here
            && here.merged(&found) == **here
            && json::text(&found.write(), false).is_some_and(|text| text == json)
        {
            self.keep(here);
        }
        let found = Rc::new(found);
        self.link.send_message(Act::Other(Msg::Found(found.clone())));
        Some(found)
    }
}

/// Progress from that JSON, as it stands in that course; `None` if it cannot be read, or belongs to another. A first visit
/// has none to read, so this is in the rest of the code.
pub fn read(json: &str, course: &Plan) -> Option<Progress> {
    Progress::read(&json::parse(json)?)?.resumed(course)
}

/// Does what the learner did before the player ran, except in exercises that have saved answers: there the page showed
/// none of them, and what it had is what the browser filled in.
fn adopt(study: &mut Study, early: &str, told: &Callback<Event>) {
    let saved = study.progress.exercises.clone();
    for (name, value) in early.lines().filter_map(|line| line.split_once('=')) {
        let Some(msg) = ids::early_message(name, value) else { continue };
        let (Msg::Placed { exercise, .. } | Msg::Checked { exercise, .. }) = &msg else { continue };
        if saved.get(exercise).is_none()
            && let Some(next) = study.update(&msg, dom::now())
        {
            if study.rest == Rest::Here {
                next.events_since(study).into_iter().for_each(|event| told.emit(event));
            }
            *study = next;
        }
    }
}
