//! Multiple choice and multiple response: native radios or checkboxes under the question as their legend.

use super::{Desk, mark_class, mark_icon};
use crate::{
    view::{ids, markup},
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
    html! {
        <fieldset class="choice">
            <legend>{ markup::as_phrasing(&desk.exercise.prompt, desk.scene) }</legend>
            if select > 1 {
                <p class="select">{ words::select(select) }</p>
            }
            for (at, item) in desk.exercise.items.iter().enumerate() {
                { option(desk, select, at, item) }
            }
        </fieldset>
    }
}

fn option(desk: Desk, select: u32, at: usize, item: &Item) -> Html {
    let id = &item.id;
    let picked = desk.record.answer.slot_of(id).is_some();
    let checked = desk.record.phase != Phase::Open;
    let mark = desk.exercise.mark(&desk.record.answer, item);
    let placed = desk.place(id, (select == 1 || !picked).then(|| Id::from(PICKED)));
    let letter = char::from(b'A'.saturating_add(at as u8)).to_string();
    html! {
        <div class={classes!("option", checked.then(|| mark_class(mark)))}>
            <label>
                <input type={if select == 1 { "radio" } else { "checkbox" }} name={ids::choice(&desk.exercise.id)} value={id.to_string()}
                    id={ids::item(&desk.exercise.id, id)} checked={picked} disabled={checked}
                    aria-describedby={checked.then(|| ids::feedback(&desk.exercise.id, id))}
                    onchange={desk.scene.on.reform(move |_| placed.clone())} />
                <span class="letter">{ letter }</span>
                <span class="text">{ desk.prose(&item.text) }</span>
            </label>
            if checked {
                { verdict(desk, item, mark) }
            }
        </div>
    }
}

/// What the option was, and why. For one that was rightly left alone, the reason is there for who wants it.
fn verdict(desk: Desk, item: &Item, mark: Mark) -> Html {
    let id = ids::feedback(&desk.exercise.id, &item.id);
    let text = html! { <span class="mark">{ mark_icon(mark).view() }<span>{ words::option_mark(mark) }</span></span> };
    if mark == Mark::Left {
        return html! {
            <details class="feedback left" {id}><summary>{ text }</summary>{ desk.prose(&item.feedback) }</details>
        };
    }
    html! {
        <div class={classes!("feedback", mark_class(mark))} {id}><p>{ text }</p>{ desk.prose(&item.feedback) }</div>
    }
}
