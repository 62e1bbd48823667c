//! Multiple choice and multiple response: native radios or checkboxes under the question as their legend.

use super::{Desk, feedback_class, mark_icon};
use crate::{
    view::{
        ids,
        tag::{Content, Tag, tag},
        text::Text,
    },
    words,
};
use course::{
    Id,
    answer::Mark,
    exercise::{Item, PICKED},
    progress::Phase,
};
use yew::prelude::*;

pub(super) fn view(desk: Desk, select: u32) -> Html {
    let options =
        desk.exercise.items_in_order(desk.record.seed).enumerate().map(|(at, item)| option(desk, select, at, item));
    tag("fieldset")
        .class("choice")
        .with(tag("legend").with(desk.scene.text(Text::Stem(&desk.exercise.id))))
        .with((select > 1).then(|| tag("p").class("select").with(words::select(select))))
        .each(options)
        .html()
}

fn option(desk: Desk, select: u32, at: usize, item: &Item<bool>) -> Tag {
    let id = &item.id;
    let picked = desk.record.answer.slot_of(id).is_some();
    let checked = desk.record.phase != Phase::Open;
    let mark = desk.exercise.mark(&desk.record.answer, item);
    let placed = desk.place(id, (select == 1 || !picked).then(|| Id::from(PICKED)));
    let control = tag("input")
        .set("type", if select == 1 { "radio" } else { "checkbox" })
        .set("name", ids::choice(&desk.exercise.id))
        .value(id.clone())
        .set("id", ids::item(&desk.exercise.id, id))
        .checked(picked)
        .flag("disabled", checked)
        .maybe("aria-describedby", checked.then(|| ids::feedback(&desk.exercise.id, id)))
        .on_change(desk.scene.on.reform(move |_| placed.clone()));
    let label = tag("label")
        .with(control)
        .with(tag("span").class("letter").with(super::letter(at)))
        .with(tag("span").class("words").with(desk.item(item)));
    tag("div")
        .class(if checked { option_class(mark) } else { "option" })
        .with(label)
        .with(checked.then(|| verdict(desk, item, mark)))
}

fn option_class(mark: Mark) -> &'static str {
    match mark {
        Mark::Right => "option right",
        Mark::Wrong => "option wrong",
        Mark::Missed => "option missed",
        Mark::Left => "option left",
    }
}

/// What the option was, and why. For one that was rightly left alone, the reason is there for who wants it.
fn verdict(desk: Desk, item: &Item<bool>, mark: Mark) -> Tag {
    let folded = mark == Mark::Left;
    let words = tag("span").class("mark").with(mark_icon(mark).view()).with(tag("span").with(words::option_mark(mark)));
    tag(if folded { "details" } else { "div" })
        .class(feedback_class(mark))
        .set("id", ids::feedback(&desk.exercise.id, &item.id))
        .with(tag(if folded { "summary" } else { "p" }).with(words))
        .with(desk.why(item, None))
}
