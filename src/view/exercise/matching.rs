//! Matching: the answers as a lettered list, and for each prompt a native select that names them all.

use super::Desk;
use crate::{dom, view::ids, words};
use course::{
    Id,
    exercise::{Item, Kind, Slot},
    markup::plain_text,
    progress::Phase,
    study::Msg,
};
use yew::{
    prelude::*,
    virtual_dom::{VTag, VText},
};

pub(super) fn view(desk: Desk) -> Html {
    html! {
        <>
            { desk.prose(&desk.exercise.prompt) }
            <ol class="answers" type="A">
                for slot in desk.exercise.slots.iter() {
                    <li>{ desk.prose(&slot.text) }</li>
                }
            </ol>
            <ol class="rows">
                for item in desk.exercise.items.iter() {
                    <li>
                        { select(desk, item) }
                        { desk.feedback(item, false) }
                    </li>
                }
            </ol>
        </>
    }
}

/// The item as the label of a select with every slot in it; those used elsewhere say so, and can be taken from there.
pub(super) fn select(desk: Desk, item: &Item) -> Html {
    let id = ids::item(&desk.exercise.id, &item.id);
    let here = desk.record.answer.slot_of(&item.id);
    let fixed = desk.record.phase != Phase::Open || desk.record.kept.contains(&item.id);
    let (exercise, of) = (desk.exercise.id.clone(), item.id.clone());
    let onchange = desk.scene.when(move |event: Event| {
        let value = dom::selected(&event)?;
        let slot = (!value.is_empty()).then(|| Id::from(value));
        Some(Msg::Placed { exercise: exercise.clone(), item: of.clone(), slot })
    });
    html! {
        <div class="row">
            <label for={id.clone()}>{ desk.prose(&item.text) }</label>
            <select name={id.clone()} {id} {onchange} disabled={fixed}>
                { option("", words::CHOOSE.to_owned(), here.is_none()) }
                for (at, slot) in desk.exercise.slots.iter().enumerate() {
                    { option(&slot.id, name(desk, item, at, slot), here == Some(&slot.id)) }
                }
            </select>
        </div>
    }
}

fn option(value: &str, text: String, selected: bool) -> Html {
    let mut option = VTag::new("option");
    option.add_attribute("value", value.to_owned());
    // As a property: the attribute has no say any more once the learner has chosen something.
    option.add_property("selected", selected);
    option.add_child(VText::new(text).into());
    option.into()
}

fn name(desk: Desk, item: &Item, at: usize, slot: &Slot) -> String {
    let mut text = plain_text(&slot.text);
    if let Kind::Matching { reuse } = desk.exercise.kind {
        text = format!("{}. {text}", char::from(b'A'.saturating_add(at as u8)));
        let used_by = |other: &Item| other.id != item.id && desk.record.answer.slot_of(&other.id) == Some(&slot.id);
        if let Some(other) = desk.exercise.items.iter().position(used_by).filter(|_| !reuse) {
            text.push_str(&words::used_for(other));
        }
    }
    text
}
