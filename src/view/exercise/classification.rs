//! Classification: each item a group of native radios, the item as its legend; with many categories, a native select.

use super::{Desk, matching};
use crate::view::ids;
use course::{
    exercise::{Item, Slot},
    progress::Phase,
};
use yew::prelude::*;

/// With more categories than this, radios would take more room than they help.
const MOST_RADIOS: usize = 4;

pub(super) fn view(desk: Desk) -> Html {
    html! {
        <>
            { desk.prose(&desk.exercise.prompt) }
            <ol class="rows">
                for item in desk.exercise.items.iter() {
                    <li>
                        if desk.exercise.slots.len() > MOST_RADIOS {
                            { matching::select(desk, item) }
                        } else {
                            { row(desk, item) }
                        }
                        { desk.feedback(item, true) }
                    </li>
                }
            </ol>
        </>
    }
}

fn row(desk: Desk, item: &Item) -> Html {
    html! {
        <fieldset class="row">
            <legend>{ desk.prose(&item.text) }</legend>
            <div class="segments">
                for (at, slot) in desk.exercise.slots.iter().enumerate() {
                    { segment(desk, item, slot, at == 0) }
                }
            </div>
        </fieldset>
    }
}

fn segment(desk: Desk, item: &Item, slot: &Slot, first: bool) -> Html {
    let exercise = &desk.exercise.id;
    let fixed = desk.record.phase != Phase::Open || desk.record.kept.contains(&item.id);
    let placed = desk.place(&item.id, Some(slot.id.clone()));
    html! {
        <label class="segment">
            <input type="radio" name={ids::item(exercise, &item.id)} value={slot.id.to_string()} id={first.then(|| ids::item(exercise, &item.id))}
                checked={desk.record.answer.slot_of(&item.id) == Some(&slot.id)} disabled={fixed}
                onchange={desk.scene.on.reform(move |_| placed.clone())} />
            <span>{ desk.prose(&slot.text) }</span>
        </label>
    }
}
