//! Names that authors write, and what they may have meant.

use crate::source::{Problems, Source, Span};
use course::Id;
use std::collections::BTreeMap;

/// An id or a key as it was written, and where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Word {
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Ids that may each be used once.
#[derive(Debug, Default)]
pub struct Unique(BTreeMap<String, String>);

impl Unique {
    /// Takes an id; it is a problem if it was taken before. `among` says what has these ids, in the plural.
    pub fn take(&mut self, id: &Word, among: &str, source: &Source, problems: &Problems) -> Id {
        let here = source.position(id.span.start);
        if let Some(first) = self.0.get(&id.text) {
            let help = format!("choose another: {first} has it already, and ids are unique among the {among}");
            problems.error(source, id.span.clone(), format!("the id `{}` is used twice", id.text), help);
        } else if !id.text.is_empty() {
            self.0.insert(id.text.clone(), here);
        }
        id.text.as_str().into()
    }

    /// Takes the ids that something had before, which stand in one word with spaces between them; it is a problem if
    /// anything has one of them still, or had it, too.
    pub fn was(&mut self, words: Option<&Word>, source: &Source, problems: &Problems) -> Vec<Id> {
        let mut was = Vec::new();
        let Some(words) = words else { return was };
        for text in words.text.split_whitespace() {
            // A word of the text knows where in it it stands.
            let start = words.span.start + (text.as_ptr() as usize - words.text.as_ptr() as usize);
            let id = Word { text: text.to_owned(), span: start..start + text.len() };
            if !check_id(&id, source, problems) {
                continue;
            }
            if let Some(first) = self.0.get(text) {
                let help = format!("leave it out: {first} has it, and what is kept under it belongs there");
                problems.error(source, id.span, format!("`{text}` cannot be an earlier id of this"), help);
                continue;
            }
            self.0.insert(id.text, format!("`was` in {}", source.position(id.span.start)));
            was.push(text.into());
        }
        was
    }

    /// The ids that were taken.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Whether the word is an id; it is a problem if not.
pub fn check_id(id: &Word, source: &Source, problems: &Problems) -> bool {
    let fine = course::is_id(&id.text);
    if id.text.is_empty() {
        problems.error(source, id.span.clone(), "there is no id after the `#`", "write one, for example `#some-id`");
    } else if !fine {
        let help = format!(
            "use up to 64 lower-case letters, digits and hyphens, a letter first, for example `{}`",
            suggested_id(&id.text)
        );
        problems.error(source, id.span.clone(), format!("`{}` cannot be an id", id.text), help);
    }
    fine
}

/// An id that says what the text says.
pub fn suggested_id(text: &str) -> String {
    let text = text.to_ascii_lowercase();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id = words.skip_while(|word| word.starts_with(|c: char| c.is_ascii_digit())).take(4).collect::<Vec<_>>();
    let id = id.join("-");
    if course::is_id(&id) { id } else { "some-id".to_owned() }
}

/// The name most like the one that was written, if any is like it.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let likeness = |name: &str| strsim::normalized_damerau_levenshtein(&written, &name.to_lowercase());
    let best = known.into_iter().map(|name| (likeness(name), name)).max_by(|a, b| a.0.total_cmp(&b.0));
    best.filter(|(likeness, _)| *likeness > 0.6).map(|(_, name)| name)
}

/// The remedy for an unknown name: the nearest one, and all there are if they are few.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let all = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match nearest(written, known.iter().copied()) {
        Some(name) if known.len() == 1 || known.len() > 12 => format!("did you mean `{name}`?"),
        Some(name) => format!("did you mean `{name}`? There are {all}"),
        None if known.is_empty() => "there is none yet".to_owned(),
        None if known.len() == 1 => format!("there is only {all}"),
        None if known.len() > 12 => "look for it in the list of names".to_owned(),
        None => format!("there are {all}"),
    }
}
