//! Classification: each item a group of native radios, the item as its legend; with many categories, a native select.

use super::{Desk, matching};
use crate::view::{
    ids,
    tag::{Tag, all, tag},
    text::Text,
};
use course::{
    exercise::{Item, Slot},
    progress::Phase,
};
use yew::prelude::*;

/// With more categories than this, radios would take more room than they help.
const MOST_RADIOS: usize = 4;

pub(super) fn view(desk: &Desk) -> Html {
    let many = desk.exercise.slots.len() > MOST_RADIOS;
    let item = |item: &Item<bool>| {
        let control = if many { matching::select(desk, item) } else { row(desk, item) };
        tag("li").with(control).with(desk.feedback(item, true))
    };
    let rows = tag("ol").class("rows").each(desk.exercise.items.iter().map(item));
    all([desk.scene.text(Text::Prompt(&desk.exercise.id)), rows].into_iter())
}

fn row(desk: &Desk, item: &Item<bool>) -> Tag {
    let segments = desk.exercise.slots.iter().enumerate().map(|(at, slot)| segment(desk, item, slot, at == 0));
    tag("fieldset")
        .class("row")
        .with(tag("legend").with(desk.item(item)))
        .with(tag("div").class("segments").each(segments))
}

fn segment(desk: &Desk, item: &Item<bool>, slot: &Slot<bool>, first: bool) -> Tag {
    let exercise = &desk.exercise.id;
    let fixed = desk.record.phase != Phase::Open || desk.record.kept.contains(&item.id);
    let placed = desk.place(&item.id, Some(slot.id.clone()));
    let name = ids::item(exercise, &item.id);
    let control = tag("input")
        .set("type", "radio")
        .set("name", name.clone())
        .value(slot.id.clone())
        .maybe("id", first.then_some(name))
        .checked(desk.record.answer.slot_of(&item.id) == Some(&slot.id))
        .flag("disabled", fixed)
        .on_change(desk.scene.send(placed));
    tag("label").class("segment").with(control).with(tag("span").with(desk.slot(slot)))
}
