//! Every word of the interface, in the language of the course. What an author wrote is in the author's language and not
//! here.
//!
//! A [`Message`] is one thing that the interface says, and each language has a pattern for it
//! ([`pattern`]) in a file of its own beside this one. The build picks the language of the course, or English if Kurso
//! does not speak it, and puts those patterns that the player needs on a first visit into the page. The rest of the wasm
//! brings what only it says, in every language; so the wasm is the same for all of them, and its first part has no word of any.

pub mod message;
pub mod pattern;
mod sentences;
#[cfg(not(target_arch = "wasm32"))]
pub mod shipped;

use course::json::{Json, Reader};
use message::Message;
use pattern::{Numerals, Value};
use std::{cell::RefCell, fmt, rc::Rc};

/// A language, and the direction in which it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// Its [BCP 47](https://www.rfc-editor.org/info/bcp47) tag.
    pub tag: String,
    /// Whether its lines go from right to left.
    pub rtl: bool,
}

impl Language {
    /// As the attribute `dir` has it.
    pub fn direction(&self) -> &'static str {
        if self.rtl { "rtl" } else { "ltr" }
    }

    fn read(json: &Reader<impl Json>) -> Language {
        Language { tag: json.text("tag"), rtl: json.flag("rtl") }
    }
}

/// The words of one language.
pub struct Words {
    /// The language.
    pub language: Language,
    /// The language of the course, if that is another.
    pub authored: Option<Language>,
    /// The patterns of those messages that are there, in the order of [`Message`].
    patterns: RefCell<Vec<String>>,
    numerals: Rc<dyn Numerals>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.language.tag)
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Words) -> bool {
        self.language == other.language && self.authored == other.authored
    }
}

impl Words {
    /// What the page has of them; `None` if it is another thing. `numerals` gives those of a locale with that zero.
    pub fn read(json: &impl Json, numerals: impl FnOnce(String, char) -> Rc<dyn Numerals>) -> Option<Words> {
        let (language, authored, patterns, locale, zero) = Reader::whole(json, |json| {
            let authored = json.get("authored").as_ref().map(Language::read);
            (
                Language::read(&json.at("language")),
                authored,
                json.text("patterns"),
                json.text("locale"),
                json.text("zero"),
            )
        })?;
        let numerals = numerals(locale, zero.chars().next()?);
        let words = Words { language, authored, patterns: RefCell::default(), numerals };
        words.learn(&patterns);
        Some(words)
    }

    /// Takes in the patterns of the messages that come next, each in a line of its own.
    pub fn learn(&self, next: &str) {
        self.patterns.borrow_mut().extend(next.lines().map(str::to_owned));
    }

    /// A message that is always the same.
    pub fn say(&self, message: Message) -> String {
        self.fill(message, &[])
    }

    /// A number by itself.
    pub fn digits(&self, n: u32) -> String {
        self.numerals.digits(n)
    }

    /// A message with that number in it, which its pattern calls `n`.
    pub fn count(&self, message: Message, n: u32) -> String {
        self.fill(message, &[("n", Value::Number(n))])
    }

    /// A message with those values in it.
    pub fn fill(&self, message: Message, values: &[(&str, Value)]) -> String {
        let patterns = self.patterns.borrow();
        let pattern = patterns.get(message as usize);
        debug_assert!(pattern.is_some(), "{message:?} is said before it is there");
        pattern.map_or_else(String::new, |text| pattern::fill(text, values, &*self.numerals))
    }
}
