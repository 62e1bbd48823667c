//! What is kept of a learner, for the learner to see, to take along, to bring back and to delete.
//!
//! It is a text of the page, so it adds next to nothing to the wasm. `data.js`, which is loaded by whoever opens it,
//! does what its buttons say, and has the words for what comes of that. Until it can, they cannot be pressed.

use super::tag::{Content, tag};
use crate::words::{Words, message::Message, pattern::Value};
use yew::prelude::*;

/// A part of the page that opens. In a package for an LMS it says that the LMS is told, too.
pub fn view(words: &Words, in_lms: bool) -> Html {
    let say = |message| words.say(message);
    // Where that script cannot be loaded, somebody else has to say so.
    let status = tag("p").set("role", "status").in_page("data-locale", words.locale());
    let status = status.in_page("data-missing", say(Message::RestMissing));
    html! {
        <details class="data">
            <summary>{ say(Message::YourData) }</summary>
            <p>{ say(if in_lms { Message::DataReported } else { Message::DataKept }) }</p>
            <p class="size" hidden=true>{ words.fill(Message::DataSize, &[("n", Value::Text("{n}"))]) }</p>
            <p class="actions">
                { download(words) }
                <label class="file">
                    <input type="file" accept="application/json,.json" disabled=true /><span>{ say(Message::Import) }</span>
                </label>
                <button type="button" class="plain persist" hidden=true>{ say(Message::Persist) }</button>
            </p>
            <p class="persist" hidden=true>{ say(Message::PersistMeans) }</p>
            { status.html() }
            <div class="preview" hidden=true>
                <dl>
                    <div><dt>{ say(Message::ImportAdds) }</dt><dd></dd></div>
                    <div><dt>{ say(Message::ImportNewer) }</dt><dd></dd></div>
                </dl>
                <p><button type="button" class="main">{ say(Message::ImportAdd) }</button></p>
            </div>
            { transfer(words) }
            <details class="reset">
                <summary>{ say(Message::ResetAll) }</summary>
                <p>{ say(Message::ResetWarning) }</p>
                <p class="actions">
                    <button type="button" class="danger" disabled=true>{ say(Message::DeleteAll) }</button>
                    { download(words) }
                </p>
            </details>
        </details>
    }
}

/// The way to another device: a link that holds all progress, and the same as a QR code. It shows where the browser can
/// make one.
fn transfer(words: &Words) -> Html {
    let say = |message| words.say(message);
    html! {
        <details class="transfer" hidden=true>
            <summary>{ say(Message::Transfer) }</summary>
            <div>
                <p>{ say(Message::TransferMeans) }</p>
                <label><span>{ say(Message::TransferLink) }</span><input readonly=true dir="ltr" /></label>
                <p class="actions"><button type="button" class="plain">{ say(Message::CopyLink) }</button></p>
                <p role="status"></p>
            </div>
            <p class="code"></p>
        </details>
    }
}

fn download(words: &Words) -> Html {
    html! { <button type="button" class="plain download">{ words.say(Message::Download) }</button> }
}
