//! Learning without a browser: grading, placing, card piles, progress and addresses.

#![allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]

mod deck;
mod event;
mod fsrs;
mod grading;
mod markup;
mod merge;
mod order;
mod outlook;
mod page;
mod part;
mod place;
mod progress;
mod resume;
mod review;
mod study;

use course::{
    answer::{Answer, Placement},
    course::{Course, Plan},
    exercise::Exercise,
};
use std::rc::Rc;

/// A course with one exercise of each kind, in the compiled form.
const COURSE: &str = include_str!("course.json");

fn course() -> Rc<Plan> {
    plan(COURSE)
}

/// The plan of the course in that JSON.
fn plan(course: &str) -> Rc<Plan> {
    Rc::new(serde_json::from_str::<Course>(course).unwrap().plan())
}

fn exercise(id: &str) -> Exercise<bool> {
    course().exercise(id).unwrap().clone()
}

/// An answer from `item>slot item>slot`.
fn answer(text: &str) -> Answer {
    let placement = |pair: &str| {
        let (item, slot) = pair.split_once('>').unwrap();
        Placement { item: item.into(), slot: slot.into() }
    };
    Answer { placements: text.split_whitespace().map(placement).collect() }
}

/// The same, the other way.
fn text(answer: &Answer) -> String {
    let pairs = answer.placements.iter().map(|placement| format!("{}>{}", placement.item, placement.slot));
    pairs.collect::<Vec<_>>().join(" ")
}
