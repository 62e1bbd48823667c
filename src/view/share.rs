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
        .set("dir", "ltr")
        .set("aria-label", say(Message::Share))
        .in_page("readonly", "")
        .in_page("rows", "6")
        .in_page("spellcheck", "false");
    let status = tag("p")
        .set("role", "status")
        .in_page("data-copied", say(Message::Copied))
        .in_page("data-selected", say(Message::Selected));
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
