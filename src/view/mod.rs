//! What the learner sees: functions of the course and the study that give HTML, and emit messages.
//!
//! They read no storage, no clock and no page, so each of them renders natively, too.

#[cfg(not(target_arch = "wasm32"))]
pub mod comparison;
#[cfg(not(target_arch = "wasm32"))]
pub mod compiled;
pub mod dashboard;
#[cfg(not(target_arch = "wasm32"))]
pub mod data;
#[cfg(not(target_arch = "wasm32"))]
pub mod display;
pub mod exercise;
#[cfg(not(target_arch = "wasm32"))]
pub mod glossary;
pub mod handler;
pub mod icon;
pub mod ids;
#[cfg(not(target_arch = "wasm32"))]
pub mod markup;
pub mod outline;
pub mod player;
pub mod results;
pub mod review;
#[cfg(not(target_arch = "wasm32"))]
pub mod share;
pub mod step;
pub mod tag;
pub mod text;

use crate::words::{Words, message::Message};
use course::study::Study;
use handler::{Handlers, On};
use tag::{Content, Tag, tag};
use text::Texts;

/// What every view is given: the study, and where to list what the learner may do.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The study as it is.
    pub study: &'a Study,
    /// Where it is listed what events mean.
    pub on: &'a Handlers,
    /// Who knows the texts of the course.
    pub texts: &'a dyn Texts,
    /// The words of the interface.
    pub words: &'a Words,
    /// Whether this is the page as it is made at build time, which has to do without a script: answers are in it,
    /// folded, and every card.
    pub still: bool,
}

impl Scene<'_> {
    /// A message that is always the same.
    pub fn say(&self, message: Message) -> String {
        self.words.say(message)
    }

    /// Stands in the place of what only the rest of the code can show, until that is there.
    pub fn loading(&self) -> Tag {
        tag("p").class("lead").with(self.say(Message::Loading))
    }
}

/// A button. It does not repeat while its key is held down ([`dom::on_deeds`](crate::dom::on_deeds)).
pub fn button(class: &'static str, onclick: On, label: impl Content) -> Tag {
    tag("button").set("type", "button").class(class).on_click(onclick).with(label)
}
