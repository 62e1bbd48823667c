//! What the learner does, as messages.
//!
//! A view lists what events mean, an element has its place in that list as an attribute, and one listener on the whole
//! player looks for it there ([`dom::on_deeds`](crate::dom::on_deeds)). Yew could hear events for each element, and would
//! keep tables of who hears what: that was 2.2 KB more to load.

use super::Scene;
use crate::dom;
use course::study::Msg;
use std::{cell::RefCell, rc::Rc};
use yew::Event;

/// What events mean, in the order in which a view has listed them.
#[derive(Default)]
pub struct Handlers(RefCell<Vec<Handler>>);

enum Handler {
    /// Whatever the event.
    Always(Rc<Msg>),
    /// But not the later clicks of a double click.
    Once(Rc<Msg>),
    /// What the event means, if it means anything.
    When(Box<Meaning>),
}

type Meaning = dyn Fn(&Event) -> Option<Rc<Msg>>;

/// The place of what an event means.
#[derive(Clone, Copy)]
pub struct On(pub usize);

impl Handlers {
    /// Forgets all, for another view.
    pub fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    /// What that event means to an element that has that place.
    pub fn meaning(&self, on: On, event: &Event) -> Option<Rc<Msg>> {
        match self.0.borrow().get(on.0)? {
            Handler::Always(msg) => Some(msg.clone()),
            Handler::Once(msg) => (!dom::is_repeated(event)).then(|| msg.clone()),
            Handler::When(msg) => msg(event),
        }
    }

    fn add(&self, handler: Handler) -> On {
        let mut handlers = self.0.borrow_mut();
        handlers.push(handler);
        On(handlers.len() - 1)
    }
}

impl Scene<'_> {
    /// What the event means, if it means anything.
    pub fn when(&self, msg: impl Fn(&Event) -> Option<Rc<Msg>> + 'static) -> On {
        self.on.add(Handler::When(Box::new(msg)))
    }

    /// That message, whatever the event.
    pub fn send(&self, msg: Msg) -> On {
        self.on.add(Handler::Always(Rc::new(msg)))
    }

    /// That message, but not for the later clicks of a double click.
    pub fn click(&self, msg: Msg) -> On {
        self.on.add(Handler::Once(Rc::new(msg)))
    }
}
