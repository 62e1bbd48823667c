//! How to show the course in a page of one's own: what to copy there.
//!
//! It is a text of the page, so it adds nothing to the wasm. `share.js`, which is loaded by whoever opens it, puts the lines
//! in and knows the address.

use super::{data, tag::Content};
use crate::words::{Words, message::Message};
use yew::prelude::*;

/// A part of the page that opens.
pub fn view(words: &Words) -> Html {
    html! {
        <details class="share">
            <summary>{ words.say(Message::Share) }</summary>
            { data::status(words).html() }
        </details>
    }
}
