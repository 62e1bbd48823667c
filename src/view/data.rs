//! What is kept of a learner, for the learner to see, to take along, to bring back and to delete.
//!
//! It is a text of the page, so it adds next to nothing to the wasm. What there is to see and to do, `data.js` puts in, which
//! is loaded by whoever opens it: without a script it could do nothing.

use super::tag::{Content, Tag, tag};
use crate::words::{Words, message::Message};
use yew::prelude::*;

/// A part of the page that opens. In a package for an LMS it says that the LMS is told, too.
pub fn view(words: &Words, in_lms: bool) -> Html {
    let say = |message| words.say(message);
    html! {
        <details class="data">
            <summary>{ say(Message::YourData) }</summary>
            <p>{ say(if in_lms { Message::DataReported } else { Message::DataKept }) }</p>
            <p class="actions">
                <button type="button" class="plain download">{ say(Message::Download) }</button>
            </p>
            { status(words).html() }
        </details>
    }
}

/// Where the script that a part of the page needs tells something; and where it cannot be loaded, somebody else has to say so.
pub fn status(words: &Words) -> Tag {
    let status = tag("p").set("role", "status").in_page("data-locale", words.locale());
    status.in_page("data-missing", words.say(Message::RestMissing))
}
