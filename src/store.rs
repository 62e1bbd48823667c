//! The bridge between the pure study and the world: a reducer, and an effect for each thing that must follow from it.

use crate::{dom, host::Host, view::ids, words};
use course::{
    place::Place,
    progress::Progress,
    study::{Focus, Msg, Saving, Study},
};
use std::rc::Rc;
use yew::prelude::*;

/// What a player starts with.
#[derive(Clone, Properties)]
pub struct Start {
    /// The study as it was left.
    pub study: Study,
    /// Where its progress is kept.
    pub host: Rc<dyn Host>,
    /// Whether the address and the title of the page are the player's.
    pub owns_page: bool,
    /// Called once, when the player has rendered.
    pub ready: Callback<()>,
}

impl PartialEq for Start {
    fn eq(&self, other: &Start) -> bool {
        // A handle on one running player: the same host is the same player.
        Rc::ptr_eq(&self.host, &other.host)
    }
}

/// The study as a reducer: a message that changes nothing renders nothing.
struct Store(Study);

impl Reducible for Store {
    type Action = (Msg, u64);

    fn reduce(self: Rc<Self>, (msg, now): (Msg, u64)) -> Rc<Self> {
        match self.0.update(msg, now) {
            Some(next) => Rc::new(Store(next)),
            None => self,
        }
    }
}

/// The study as it is now, and where to send what the learner does.
///
/// After each change it saves, moves the focus within `base`, and keeps the page's address and title in step.
#[hook]
pub fn use_study(start: &Start, base: &NodeRef) -> (Study, Callback<Msg>) {
    let store = use_reducer(|| Store(start.study.clone()));
    let study = store.0.clone();
    let dispatch = store.dispatcher();
    let on_msg = use_callback((), move |msg: Msg, ()| dispatch.dispatch((msg, dom::now())));

    // First of all effects: only what shows can take the focus.
    let ready = start.ready.clone();
    use_effect_with((), move |()| ready.emit(()));

    // What was handed to the host last. A page that goes away saves only what is not there yet: another tab may have
    // saved newer things meanwhile.
    let handed_over = use_mut_ref(|| None::<Rc<Progress>>);
    let save = {
        let (host, on_msg, handed_over) = (start.host.clone(), on_msg.clone(), handed_over.clone());
        move |progress: &Rc<Progress>| {
            let saving = host.save(&progress.to_json());
            *handed_over.borrow_mut() = (saving == Saving::Kept).then(|| progress.clone());
            on_msg.emit(Msg::Saved(saving));
        }
    };
    use_effect_with(study.progress.clone(), save.clone());

    use_effect_with((), move |()| {
        let listeners = dom::on_leave(Callback::from(move |()| {
            let progress = &store.0.progress;
            if handed_over.borrow().as_ref().is_none_or(|saved| !Rc::ptr_eq(saved, progress)) {
                save(progress);
            }
        }));
        move || drop(listeners)
    });

    let focused = base.clone();
    let place = study.place.clone();
    use_effect_with((study.turn, study.focus.clone()), move |(_, focus)| match focus {
        Some(Focus::Heading) => dom::focus_top(&focused, &ids::heading(&place)),
        Some(focus) => dom::focus(&focused, &ids::of(focus, &place)),
        None => {}
    });

    let owns_page = start.owns_page;
    let arrived = use_mut_ref(|| false);
    let title = words::page_title(&study);
    use_effect_with(study.place.clone(), move |place| {
        let first = !arrived.replace(true);
        if owns_page {
            dom::set_fragment(&place.fragment(), first);
            dom::set_title(&title);
        }
    });

    let went = on_msg.clone();
    use_effect_with((), move |()| {
        let listeners = match owns_page {
            true => dom::on_fragment(Callback::from(move |fragment: String| {
                if let Some(place) = Place::from_fragment(&fragment) {
                    went.emit(Msg::Went(place));
                }
            })),
            false => Vec::new(),
        };
        move || drop(listeners)
    });

    (study, on_msg)
}
