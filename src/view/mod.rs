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

use crate::{
    dom,
    words::{Words, message::Message},
};
use course::study::{Msg, Study};
use std::rc::Rc;
use tag::{Content, Tag, tag};
use text::Texts;
use yew::prelude::*;

/// What every view is given: the study, and where to send what the learner does.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The study as it is.
    pub study: &'a Study,
    /// Where messages go.
    pub on: &'a Callback<Rc<Msg>>,
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

    /// A handler that sends what the event means, if it means anything.
    pub fn when<E: 'static>(&self, msg: impl Fn(E) -> Option<Rc<Msg>> + 'static) -> Callback<E> {
        let on = self.on.clone();
        Callback::from(move |event| {
            if let Some(msg) = msg(event) {
                on.emit(msg);
            }
        })
    }

    /// A handler that sends that message, whatever the event.
    pub fn send<E: 'static>(&self, msg: Msg) -> Callback<E> {
        let msg = Rc::new(msg);
        self.on.reform(move |_| msg.clone())
    }

    /// A handler that sends that message, but not for the later clicks of a double click.
    pub fn click(&self, msg: Msg) -> Callback<MouseEvent> {
        let msg = Rc::new(msg);
        self.when(move |event| (!dom::is_repeated(&event)).then(|| msg.clone()))
    }
}

/// The key that was pressed, if it was by itself and is not held down: with others, it is the browser's. Arabic keyboards
/// write digits of their own, which are digits as any.
pub fn single_key(event: &KeyboardEvent) -> Option<String> {
    if event.repeat() || event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    let key = event.key();
    match key.chars().next() {
        Some(digit @ '٠'..='٩') => Some((digit as u32 - '٠' as u32).to_string()),
        _ => Some(key),
    }
}

/// A button that does not repeat while its key is held down, so that a long press is one press.
pub fn button(class: &'static str, onclick: Callback<MouseEvent>, label: impl Content) -> Tag {
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if event.repeat() {
            event.prevent_default();
        }
    });
    tag("button").set("type", "button").class(class).on_click(onclick).on_key(onkeydown).with(label)
}
