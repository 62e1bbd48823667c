//! The board: items that are picked up and put into slots, by tapping both, by keys, or by dragging.
//!
//! It is another view of classification and matching, for who likes to move things. A tap picks an item up, a tap on a
//! slot puts it there, or the other way round; with the keyboard the arrows look for a slot. Dragging is no more than
//! these two taps in one go (`board.js`), so there is one way in for all hands.

use super::{Desk, button};
use crate::{
    dom,
    view::{
        handler::On,
        icon::Icon,
        ids,
        tag::{Tag, all, tag},
        text::Text,
    },
    words::message::Message,
};
use course::{
    exercise::{Item, Kind, Slot},
    study::{Held, Msg, Piece},
};
use std::rc::Rc;
use yew::prelude::*;

// Only what is not inlined can be loaded later.
#[inline(never)]
pub(super) fn view(desk: &Desk) -> Html {
    let held = desk.held();
    let pairs = desk.is_pairs();
    let items = desk.exercise.items.iter().enumerate().map(|(at, item)| tag("li").with(chip(desk, at, item, true)));
    let out = held.filter(|held| match &held.what {
        Piece::Item(item) => desk.record.answer.slot_of(item).is_some(),
        Piece::Slot(_) | Piece::Pool => false,
    });
    let pool = tag("div")
        .class("pool")
        .with(tag("ol").class("chips").each(items))
        .with(out.map(|_| button("quiet", desk.scene.click(touch(desk, Piece::Pool)), desk.say(Message::TakeOut))));
    let slots = desk.exercise.slots_in_order(desk.record.seed).enumerate();
    let slots = tag("ul").class("slots").each(slots.map(|(at, slot)| self::slot(desk, at, slot, pairs)));
    let board = tag("div")
        .class(match (pairs, held.is_some()) {
            (false, false) => "board",
            (false, true) => "board holding",
            (true, false) => "board pairs",
            (true, true) => "board pairs holding",
        })
        .on_key(keys(desk))
        .with(pool)
        .with(slots);
    all([desk.scene.text(Text::Prompt(&desk.exercise.id)), board].into_iter())
}

/// An item: in the pool, where it stays, dimmed, when it is placed, so that nothing moves; and in its slot.
fn chip(desk: &Desk, at: usize, item: &Item<bool>, in_pool: bool) -> Tag {
    let fixed = desk.record.kept.contains(&item.id);
    let held = desk.held().is_some_and(|held| held.what == Piece::Item(item.id.clone()));
    let slot = desk.record.answer.slot_of(&item.id).and_then(|slot| desk.exercise.slot(slot));
    let pairs = desk.is_pairs();
    // In a pool of groups the slot itself shows what is in it; only who cannot see that is told.
    let placed = slot.filter(|_| in_pool).map(|slot| {
        let words = tag("span").class(if pairs { "placed" } else { "unseen" });
        words.with(if pairs { desk.letter_of(slot) } else { desk.say(Message::In) }).with(slot.label.clone())
    });
    button(
        if placed.is_some() { "chip used" } else { "chip" },
        desk.scene.send(touch(desk, Piece::Item(item.id.clone()))),
        tag("span").class("handle").set("aria-hidden", "true").with(Icon::Grip.view()),
    )
    .maybe("id", in_pool.then(|| ids::item(&desk.exercise.id, &item.id)))
    .set("aria-pressed", if held { "true" } else { "false" })
    .flag("disabled", fixed)
    .with(pairs.then(|| tag("span").class("badge").with((at + 1).to_string())))
    .with(tag("span").class("words").with(desk.item(item)).with(placed))
}

/// A slot: its button takes what is held.
fn slot(desk: &Desk, at: usize, slot: &Slot<bool>, pairs: bool) -> Tag {
    let held = desk.held();
    let aimed =
        held.is_some_and(|held| held.aimed.as_ref() == Some(&slot.id) || held.what == Piece::Slot(slot.id.clone()));
    let inside = || {
        let items = desk.exercise.items.iter().enumerate();
        items.filter(|(_, item)| desk.record.answer.slot_of(&item.id) == Some(&slot.id))
    };
    let count = inside().count();
    let name = tag("span")
        .class("words")
        .with(desk.slot(slot))
        .with(tag("span").class("unseen").with(desk.words().count(Message::Contains, count as u32)));
    let take = button(
        "take",
        desk.scene.send(touch(desk, Piece::Slot(slot.id.clone()))),
        pairs.then(|| tag("span").class("badge").with(desk.words().letter(at))),
    )
    .set("aria-pressed", if aimed { "true" } else { "false" })
    .with(name);
    let chips = inside().map(|(at, item)| {
        let badge = || tag("span").class("badge").set("aria-hidden", "true").with((at + 1).to_string());
        tag("li").with(if pairs { badge() } else { chip(desk, at, item, false) })
    });
    tag("li").class("slot").with(take).with((count > 0).then(|| tag("ul").class("chips").each(chips)))
}

fn touch(desk: &Desk, what: Piece) -> Msg {
    Msg::Touched { exercise: desk.exercise.id.clone(), what }
}

/// While an item is held, the arrows look for a slot and Escape puts it back. Enter and Space are the button's own.
fn keys(desk: &Desk) -> On {
    let holding = desk.held().is_some();
    let rtl = desk.words().language.rtl;
    desk.scene.when(move |event| {
        let msg = match dom::key(event).as_str() {
            "ArrowDown" => Msg::Aimed(1),
            "ArrowUp" => Msg::Aimed(-1),
            "ArrowRight" => Msg::Aimed(if rtl { -1 } else { 1 }),
            "ArrowLeft" => Msg::Aimed(if rtl { 1 } else { -1 }),
            "Escape" => Msg::LetGo,
            _ => return None,
        };
        if !holding {
            return None;
        }
        event.prevent_default();
        Some(Rc::new(msg))
    })
}

impl<'a> Desk<'a> {
    /// What is held in this exercise.
    fn held(&self) -> Option<&'a Held> {
        self.scene.study.held.as_ref().filter(|held| held.exercise == self.exercise.id)
    }

    fn is_pairs(&self) -> bool {
        matches!(self.exercise.kind, Kind::Matching { .. })
    }

    /// The letter before the name of that slot.
    fn letter_of(&self, slot: &Slot<bool>) -> String {
        let at = self.exercise.slots_in_order(self.record.seed).position(|known| known.id == slot.id);
        [&self.words().letter(at.unwrap_or_default()), ". "].concat()
    }
}
