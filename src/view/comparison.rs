//! A comparison: radio buttons, and a table of which the style shows the column that is chosen.
//!
//! So it works before the player runs and where no script does; without the style all of the table is there. Only the
//! build runs this, so it adds nothing to what a learner loads but its HTML.

use super::{compiled::Compiled, ids, markup};
use crate::words::{Words, message::Message};
use course::{
    Id,
    comparison::{Comparison, Layer},
};
use yew::prelude::*;

/// The comparison that is that block of that step.
pub fn view(texts: &Compiled, step: &Id, block: usize, comparison: &Comparison) -> Html {
    let Compiled { course, words, .. } = texts;
    let step = course.steps().position(|(_, known)| known.id == *step).unwrap_or_default();
    let name = ids::comparison(step, block);
    html! {
        <figure class="comparison" id={name.clone()}>
            { choices(words, name, comparison) }
            { tallies(comparison) }
            { table(comparison) }
            if !comparison.caption.is_empty() {
                <figcaption>{ markup::view(&comparison.caption) }</figcaption>
            }
        </figure>
    }
}

/// One radio button for each option, in the order of the columns, and one for all of them.
fn choices(words: &Words, name: String, comparison: &Comparison) -> Html {
    let choice = |value: String, label: &str| {
        let checked = value == "0";
        html! {
            <label class="segment">
                <input type="radio" name={name.clone()} {value} {checked} />
                <span>{ label }</span>
            </label>
        }
    };
    let options = comparison.options.iter().enumerate().map(|(at, option)| choice(at.to_string(), option));
    html! {
        <fieldset>
            <legend>{ markup::view(&comparison.prompt) }</legend>
            <div class="segments">{ options.collect::<Html>() }{ choice("all".to_owned(), &words.say(Message::SideBySide)) }</div>
        </fieldset>
    }
}

/// How many layers the first holder has with each option; the style shows those of the options that show.
fn tallies(comparison: &Comparison) -> Html {
    let tally = |(at, option): (usize, &String)| html! { <span class="tally">{ option }{ ": " }{ comparison.tally(at) }{ ". " }</span> };
    html! { <p role="status">{ comparison.options.iter().enumerate().map(tally).collect::<Html>() }</p> }
}

fn table(comparison: &Comparison) -> Html {
    let heads = [&comparison.layer].into_iter().chain(&comparison.options).chain([&comparison.about]);
    let above = [None].into_iter().chain(comparison.layers.iter().map(Some));
    let rows = comparison.layers.iter().zip(above).map(|(layer, above)| row(comparison, layer, above));
    html! {
        <table>
            <thead><tr>{ heads.map(|head| html! { <th scope="col">{ head }</th> }).collect::<Html>() }</tr></thead>
            <tbody>{ rows.collect::<Html>() }</tbody>
        </table>
    }
}

fn row(comparison: &Comparison, layer: &Layer, above: Option<&Layer>) -> Html {
    let held = |(at, holder): (usize, &usize)| {
        // Where somebody else begins, there is a line.
        let turns = above.is_some_and(|above| above.held.get(at) != Some(holder));
        let class = format!("held{}{}", holder + 1, if turns { " turn" } else { "" });
        html! { <td {class}>{ comparison.holders.get(*holder) }</td> }
    };
    html! {
        <tr>
            <th scope="row">{ &layer.title }</th>
            { layer.held.iter().enumerate().map(held).collect::<Html>() }
            <td>{ markup::view(&layer.about) }</td>
        </tr>
    }
}
