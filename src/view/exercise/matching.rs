//! Matching: the answers as a lettered list, and for each prompt a native select that names them all.

use super::Desk;
use crate::{
    dom,
    view::{
        ids,
        tag::{Tag, all, tag},
        text::Text,
    },
    words::message::Message,
};
use course::{
    Id,
    exercise::{Item, Kind, Slot},
    progress::Phase,
    study::Msg,
};
use std::rc::Rc;
use yew::prelude::*;

pub(super) fn view(desk: &Desk) -> Html {
    let answer = |(at, slot): (usize, &Slot<bool>)| {
        tag("li").with(tag("span").class("letter").with(desk.words().letter(at))).with(desk.slot(slot))
    };
    let prompt = |item: &Item<bool>| tag("li").with(select(desk, item)).with(desk.feedback(item, false));
    let answers =
        tag("ul").class("answers").each(desk.exercise.slots_in_order(desk.record.seed).enumerate().map(answer));
    let rows = tag("ol").class("rows").each(desk.exercise.items.iter().map(prompt));
    all([desk.scene.text(Text::Prompt(&desk.exercise.id)), answers, rows].into_iter())
}

/// The item as the label of a select with every slot in it; those used elsewhere say so, and can be taken from there.
pub(super) fn select(desk: &Desk, item: &Item<bool>) -> Tag {
    let id = ids::item(&desk.exercise.id, &item.id);
    let here = desk.record.answer.slot_of(&item.id);
    let fixed = desk.record.phase != Phase::Open || desk.record.kept.contains(&item.id);
    let (exercise, of) = (desk.exercise.id.clone(), item.id.clone());
    let onchange = desk.scene.when(move |event| {
        let value = dom::selected(event)?;
        let slot = (!value.is_empty()).then(|| Id::from(value));
        Some(Rc::new(Msg::Placed { exercise: exercise.clone(), item: of.clone(), slot }))
    });
    let slots = desk.exercise.slots_in_order(desk.record.seed).enumerate();
    let options = slots.map(|(at, slot)| option(slot.id.clone(), name(desk, item, at, slot), here == Some(&slot.id)));
    let control = tag("select")
        .set("name", id.clone())
        .set("id", id.clone())
        .flag("disabled", fixed)
        .on_change(onchange)
        .with(option(Id::default(), desk.say(Message::Choose), here.is_none()))
        .each(options);
    tag("div").class("row").with(tag("label").set("for", id).with(desk.item(item))).with(control)
}

fn option(value: Id, text: String, selected: bool) -> Tag {
    tag("option").set("value", value).selected(selected).with(text)
}

fn name(desk: &Desk, item: &Item<bool>, at: usize, slot: &Slot<bool>) -> String {
    let mut text = slot.label.clone();
    if let Kind::Matching { reuse } = desk.exercise.kind {
        text = [&desk.words().letter(at), ". ", &text].concat();
        let used_by =
            |other: &Item<bool>| other.id != item.id && desk.record.answer.slot_of(&other.id) == Some(&slot.id);
        if let Some(other) = desk.exercise.items.iter().position(used_by).filter(|_| !reuse) {
            text.push_str(&desk.words().count(Message::UsedFor, other as u32 + 1));
        }
    }
    text
}
