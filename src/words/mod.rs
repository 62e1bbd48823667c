//! Every word of the interface, in the language of the course. What an author wrote is in the author's language and not
//! here.
//!
//! A [`Message`] is one thing that the interface says, and each language has a pattern for it
//! ([`pattern`]) in a file of its own beside this one. The build picks the language of the course, or English if Kurso
//! does not speak it, and puts those patterns that the player needs into the page; so the wasm is the same for all
//! languages and has no word of any.

pub mod message;
pub mod pattern;
mod sentences;
#[cfg(not(target_arch = "wasm32"))]
pub mod shipped;

use course::json::{Json, Reader};
use message::Message;
use pattern::{Numerals, Value};
use std::{fmt, rc::Rc};

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
    /// The pattern of each message, in the order of [`Message`].
    patterns: Vec<String>,
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
            let patterns = json.each("patterns", |pattern| pattern.as_text());
            (Language::read(&json.at("language")), authored, patterns, json.text("locale"), json.text("zero"))
        })?;
        Some(Words { language, authored, patterns, numerals: numerals(locale, zero.chars().next()?) })
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
        self.patterns
            .get(message as usize)
            .map_or_else(String::new, |text| pattern::fill(text, values, &*self.numerals))
    }
}
