//! Ordering: the items in a list, each with a button for up and one for down.

use super::{Desk, button};
use crate::{
    view::{
        icon::Icon,
        ids,
        tag::{Content, Tag, all, tag},
        text::Text,
    },
    words::{message::Message, pattern::Value},
};
use course::{
    exercise::{Item, Slot},
    progress::Phase,
};
use yew::prelude::*;

// Only what is not inlined can be loaded later.
#[inline(never)]
pub(super) fn view(desk: &Desk) -> Html {
    let order = desk.exercise.arranged(&desk.record.answer, desk.record.seed);
    let rows = order.iter().enumerate().map(|(at, item)| row(desk, at, item));
    let list = tag("ol").class("rows order").each(rows);
    all([desk.scene.text(Text::Prompt(&desk.exercise.id)), list].into_iter())
}

fn row(desk: &Desk, at: usize, item: &Item<bool>) -> Tag {
    let open = desk.record.phase == Phase::Open && !desk.scene.still;
    let slots = &desk.exercise.slots;
    let step = |message: Message, icon: Icon, to: Option<&Slot<bool>>| {
        let go = |slot: &Slot<bool>| desk.scene.send(desk.place(&item.id, Some(slot.id.clone())));
        // At the end of the list the button stays, so that the focus does: it only has nothing to do.
        let onclick = to.map_or_else(|| desk.scene.when(|_| None), go);
        button("plain step", onclick, icon.view().html())
            .set("aria-label", desk.words().fill(message, &[("item", Value::Text(&item.label))]))
            .maybe("aria-disabled", to.is_none().then_some("true"))
    };
    let up = || {
        step(Message::MoveUp, Icon::Up, at.checked_sub(1).and_then(|before| slots.get(before)))
            .set("id", ids::item(&desk.exercise.id, &item.id))
    };
    let down = || step(Message::MoveDown, Icon::Down, slots.get(at + 1));
    tag("li")
        .key(item.id.clone())
        .with(
            tag("div")
                .class("row")
                // Dragging by it is for who likes that; the buttons do the same.
                .with(open.then(|| tag("span").class("handle").set("aria-hidden", "true").with(Icon::Grip.view())))
                .with(tag("span").class("words").with(desk.item(item)))
                .with(open.then(|| tag("span").class("steps").with(up()).with(down()))),
        )
        .with(desk.feedback(item, false))
}
