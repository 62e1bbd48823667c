//! How the player shows, for the learner to choose: its theme, the size of its text, and whether single keys do something.
//!
//! It is a text of the page, so it works before the player runs, and adds next to nothing to the wasm. `player.js` does
//! what is chosen and remembers it, beside the progress and not in it: deleting all progress leaves it alone.

use super::{icon::Icon, ids, tag::Content};
use crate::words::{Words, message::Message, pattern::Value};
use yew::prelude::*;

/// The themes, as they are kept and called.
const THEMES: [(&str, Message); 3] = [("auto", Message::Automatic), ("light", Message::Light), ("dark", Message::Dark)];

/// The sizes of text as parts of the browser's own, and how they are called.
const SIZES: [(&str, Message); 4] =
    [("0.875", Message::Small), ("1", Message::Standard), ("1.25", Message::Large), ("1.5", Message::Largest)];

/// The button that opens the choices, and these, as a popover of the browser.
pub fn view(words: &Words) -> Html {
    let (id, open) = (ids::DISPLAY, false.to_string());
    html! {
        <>
            <button type="button" class="quiet" popovertarget={id} aria-expanded={open} aria-controls={id}>
                { Icon::Display.view().html() }{ words.say(Message::Display) }
            </button>
            <div popover="" {id} class="display" role="group" aria-label={words.say(Message::Display)}>
                <button type="button" popovertarget={id} popovertargetaction="hide" aria-label={words.say(Message::Close)}>
                    { "×" }
                </button>
                { radios(words, Message::Theme, "theme", &THEMES) }
                { radios(words, Message::TextSize, "size", &SIZES) }
                <label class="segment">
                    <input type="checkbox" name="shortcuts" value="on" /><span>{ words.say(Message::Shortcuts) }</span>
                </label>
                <p>{ shortcuts(words) }</p>
            </div>
        </>
    }
}

/// One of several values; `player.js` checks the one that holds.
fn radios(words: &Words, legend: Message, name: &'static str, values: &[(&'static str, Message)]) -> Html {
    html! {
        <fieldset>
            <legend>{ words.say(legend) }</legend>
            <div class="segments">
                for (value, label) in values {
                    <label class="segment"><input type="radio" {name} value={*value} /><span>{ words.say(*label) }</span></label>
                }
            </div>
        </fieldset>
    }
}

/// What single keys do, by the names of the buttons that do the same.
fn shortcuts(words: &Words) -> String {
    let [again, got_it, undo] = [Message::Again, Message::GotIt, Message::Undo].map(|message| words.say(message));
    let names = [("again", Value::Text(&again)), ("got_it", Value::Text(&got_it)), ("undo", Value::Text(&undo))];
    words.fill(Message::ShortcutsMean, &names)
}
