//! How to show the course in a page of one's own: what to copy there.
//!
//! It is a text of the page, so it adds nothing to the wasm. `share.js`, which is loaded by whoever opens it, knows the
//! address and writes the lines.

use super::tag::{Content, tag};
use crate::words::{Words, message::Message};
use yew::prelude::*;

/// A part of the page that opens.
pub fn view(words: &Words) -> Html {
    let say = |message| words.say(message);
    let lines = tag("textarea")
        .set("readonly", "")
        .set("rows", "6")
        .set("dir", "ltr")
        .set("spellcheck", "false")
        .set("aria-label", say(Message::Share));
    let status = tag("p")
        .set("role", "status")
        .set("data-copied", say(Message::Copied))
        .set("data-selected", say(Message::Selected));
    html! {
        <details class="share">
            <summary>{ say(Message::Share) }</summary>
            <p>{ say(Message::ShareMeans) }</p>
            { lines.html() }
            <p class="actions"><button type="button" class="plain copy">{ say(Message::Copy) }</button></p>
            { status.html() }
        </details>
    }
}
