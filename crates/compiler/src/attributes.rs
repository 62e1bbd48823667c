//! What stands in braces at the end of a thing: `{#id key=value other="two words"}`.

use crate::{
    names::{Word, check_id, did_you_mean},
    source::{Problems, Source, Span},
};

/// The id and the attributes of one thing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes {
    /// Its id, if it has a good one.
    pub id: Option<Word>,
    /// The others: key and value.
    pub pairs: Vec<(Word, Word)>,
    /// From brace to brace; empty if there are none.
    pub span: Span,
    /// Whether an id was written, good or not.
    pub names: bool,
}

/// The braces at the end of a line, if they follow white space and begin with `opening`.
pub fn find(line: &str, opening: &str) -> Option<Span> {
    let line = line.trim_end();
    let start = line.rfind('{').filter(|_| line.ends_with('}'))?;
    let apart = line[..start].chars().next_back().is_none_or(char::is_whitespace);
    (apart && line[start..].starts_with(opening)).then_some(start..line.len())
}

impl Attributes {
    /// Reads what stands between the braces of `span`, which includes them.
    pub fn parse(source: &Source, span: Span, problems: &Problems) -> Attributes {
        let mut found = Attributes { span: span.clone(), ..Attributes::default() };
        let mut at = span.start + 1;
        let end = span.end - 1;
        while at < end {
            let rest = &source.text[at..end];
            if let Some(space) = rest.chars().next().filter(|c| c.is_whitespace()) {
                at += space.len_utf8();
                continue;
            }
            // At least one character, so that a stray `=` is passed over.
            let length = rest.char_indices().skip(1).find(|(_, c)| c.is_whitespace() || *c == '=');
            let length = length.map_or(rest.len(), |(at, _)| at);
            let key = Word { text: rest[..length].to_owned(), span: at..at + length };
            at += length;
            if let Some(id) = key.text.strip_prefix('#') {
                let id = Word { text: id.to_owned(), span: key.span.start + 1..key.span.end };
                if found.names {
                    problems.error(source, key.span, "this is a second id", "keep one of them");
                } else if check_id(&id, source, problems) {
                    found.id = Some(id);
                }
                found.names = true;
                continue;
            }
            match value(&source.text[at..end]) {
                Some((length, inner)) => {
                    let span = at + inner.start..at + inner.end;
                    found.pairs.push((key, Word { text: source.slice(&span).to_owned(), span }));
                    at += length;
                }
                None => {
                    let help = "write `#id` or `key=value` between the braces, and quotes around several words";
                    problems.error(source, key.span, format!("`{}` has no value", key.text), help);
                }
            }
        }
        found
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Word> {
        self.pairs.iter().find(|(name, _)| name.text == key).map(|(_, value)| value)
    }

    /// Which of a few words the value of a key is; `None` also when it is another, which is a problem.
    pub fn one_of(&self, key: &str, values: &[&str], source: &Source, problems: &Problems) -> Option<usize> {
        let value = self.get(key)?;
        let known = values.iter().position(|known| *known == value.text);
        if known.is_none() {
            let help = did_you_mean(&value.text, values.iter().copied());
            problems.error(source, value.span.clone(), format!("`{key}` cannot be `{}`", value.text), help);
        }
        known
    }

    /// Reports the keys that mean nothing here, and those that stand twice.
    pub fn check_keys(&self, known: &[&str], source: &Source, problems: &Problems) {
        for (at, (key, _)) in self.pairs.iter().enumerate() {
            if !known.contains(&key.text.as_str()) {
                let help = if known.is_empty() {
                    "leave it out; only an id may stand here".to_owned()
                } else {
                    did_you_mean(&key.text, known.iter().copied())
                };
                problems.error(source, key.span.clone(), format!("`{}` means nothing here", key.text), help);
            } else if self.pairs[..at].iter().any(|(earlier, _)| earlier.text == key.text) {
                problems.error(source, key.span.clone(), format!("`{}` stands twice", key.text), "keep one of them");
            }
        }
    }
}

/// The value after a key, from its `=`: how long it is, and where its text stands in it.
fn value(rest: &str) -> Option<(usize, Span)> {
    let after = rest.strip_prefix('=')?;
    if let Some(quoted) = after.strip_prefix('"') {
        let length = quoted.find('"')?;
        return Some((length + 3, 2..length + 2));
    }
    let length = after.find(char::is_whitespace).unwrap_or(after.len());
    (length > 0).then_some((length + 1, 1..length + 1))
}
