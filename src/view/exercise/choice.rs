//! Multiple choice and multiple response: native radios or checkboxes under the question as their legend.

use super::{Desk, button, feedback_class, mark_icon};
use crate::{
    view::{
        ids,
        tag::{Content, Tag, tag},
        text::Text,
    },
    words::{message::Message, pattern::Value},
};
use course::{
    Id,
    answer::Mark,
    exercise::{Item, PICKED},
    progress::Phase,
    study::Msg,
};
use yew::prelude::*;

pub(super) fn view(desk: &Desk, select: u32) -> Html {
    let options =
        desk.exercise.items_in_order(desk.record.seed).enumerate().map(|(at, item)| option(desk, select, at, item));
    tag("fieldset")
        .class("choice")
        .with(tag("legend").with(desk.scene.text(Text::Stem(&desk.exercise.id))))
        .with((select > 1).then(|| tag("p").class("select").with(desk.words().count(Message::Select, select))))
        .each(options)
        .with((desk.record.phase == Phase::Open).then(|| unsure(desk)))
        .html()
}

/// Before checking: whether it may be a guess, so that it comes back though it was right.
fn unsure(desk: &Desk) -> Tag {
    let unsure = desk.record.unsure;
    let msg = Msg::Doubted { exercise: desk.exercise.id.clone(), unsure: !unsure };
    let control = tag("input").set("type", "checkbox").checked(unsure).on_change(desk.scene.send(msg));
    tag("label").class("unsure").with(control).with(tag("span").with(desk.say(Message::Unsure)))
}

/// Strikes an option out, and back in: its letter, struck out. A drawing for each is more to lay out than the option itself.
fn rule_out(desk: &Desk, at: usize, item: &Item<bool>, ruled_out: bool) -> Tag {
    let letter = desk.words().letter(at);
    let msg = Msg::RuledOut { exercise: desk.exercise.id.clone(), item: item.id.clone() };
    let name = desk.words().fill(Message::RuleOut, &[("letter", Value::Text(&letter))]);
    button("quiet rule", desk.scene.click(msg), letter)
        .set("aria-label", name)
        .set("aria-pressed", if ruled_out { "true" } else { "false" })
}

fn option(desk: &Desk, select: u32, at: usize, item: &Item<bool>) -> Tag {
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
        .on_change(desk.scene.send(placed));
    let label = tag("label")
        .with(control)
        .with(tag("span").class("letter").with(desk.words().letter(at)))
        .with(desk.item(item).class("words text"));
    let ruled_out = desk.record.ruled_out.contains(id);
    tag("div")
        .class(match (checked, ruled_out) {
            (true, _) => option_class(mark),
            (false, true) => "option out",
            (false, false) => "option",
        })
        .with(label)
        .with((!checked).then(|| rule_out(desk, at, item, ruled_out)))
        .with(checked.then(|| verdict(desk, item, mark)))
}

/// The class of an option that fared so.
pub fn option_class(mark: Mark) -> &'static str {
    match mark {
        Mark::Right => "option right",
        Mark::Wrong => "option wrong",
        Mark::Missed => "option missed",
        Mark::Left => "option left",
    }
}

/// What the option was, and why. For one that was rightly left alone, the reason is there for who wants it.
fn verdict(desk: &Desk, item: &Item<bool>, mark: Mark) -> Tag {
    let folded = mark == Mark::Left;
    let words = tag(if folded { "summary" } else { "p" }).class("mark");
    tag(if folded { "details" } else { "div" })
        .class(feedback_class(mark))
        .set("id", ids::feedback(&desk.exercise.id, &item.id))
        .with(words.with(mark_icon(mark).view()).with(desk.words().option_mark(mark)))
        .with(desk.why(item, None))
}
