//! Where a step mentions a key term: the first mention becomes a link to the glossary, as if its author had written one.
//!
//! A term is found by its title and by its other names, in capitals or not, in the singular or the plural, as whole words.
//! Where two names overlap the longer one has the words. What is a link already, a heading, code or a figure stays as it
//! is; exercises are not looked at, since a link there could tell an answer.

use crate::{prose::element, source::Span};
use course::{
    Id,
    course::Block,
    markup::{Element, Markup, Node, each_element},
    place::Place,
};
use std::{cmp::Reverse, collections::BTreeSet, ops::Range};

/// The elements in which no mention is looked for.
const CLOSED: &[&str] = &["a", "code", "dt", "figure", "h2", "h3", "h4", "pre", "svg", "th"];

/// The names of the terms of a module.
#[derive(Default)]
pub struct Names(Vec<Name>);

/// One way to say a term.
struct Name {
    term: Id,
    text: String,
    words: Vec<Span>,
    /// Whether its author wants it linked. If not, its words still belong to no shorter name.
    linked: bool,
}

impl Names {
    /// Adds the names of a term. What its title has in parentheses at the end is a remark and no part of the name.
    pub fn add(&mut self, term: &Id, title: &str, aliases: &[String], linked: bool) {
        let short = title.strip_suffix(')').and_then(|title| title.rsplit_once('(')).map(|(name, _)| name);
        for text in short.into_iter().chain([title]).chain(aliases.iter().map(String::as_str)) {
            let words = words(text);
            if !words.is_empty() {
                self.0.push(Name { term: term.clone(), text: text.to_owned(), words, linked });
            }
        }
    }

    /// A step with the first mention of each term linked. A term that its author links there is linked already.
    pub fn linked(&self, mut blocks: Vec<Block>) -> Vec<Block> {
        let mut done = BTreeSet::new();
        for block in &blocks {
            if let Block::Prose(prose) = block {
                each_element(prose, &mut |element| done.extend(element.term()));
            }
        }
        for block in &mut blocks {
            if let Block::Prose(prose) = block {
                self.link(prose, &mut done);
            }
        }
        blocks
    }

    fn link(&self, markup: &mut Markup, done: &mut BTreeSet<Id>) {
        for node in std::mem::take(markup) {
            match node {
                Node::Text(text) => self.link_text(&text, markup, done),
                Node::Element(mut element) => {
                    if is_open(&element) {
                        self.link(&mut element.children, done);
                    }
                    markup.push(element.into());
                }
            }
        }
    }

    fn link_text(&self, text: &str, out: &mut Markup, done: &mut BTreeSet<Id>) {
        let mut at = 0;
        for (span, name) in self.mentions(text) {
            if !name.linked || !done.insert(name.term.clone()) {
                continue;
            }
            if at < span.start {
                out.push(text[at..span.start].into());
            }
            let href = Place::Glossary(Some(name.term.clone())).fragment();
            out.push(element("a", &[("class", "term"), ("href", &href)], vec![text[span.clone()].into()]));
            at = span.end;
        }
        if at < text.len() {
            out.push(text[at..].into());
        }
    }

    /// Where a text says a name, in order; the longest first where they overlap.
    fn mentions(&self, text: &str) -> Vec<(Span, &Name)> {
        let words = words(text);
        let place = |said: &Span| words[said.start].start..words[said.end - 1].end;
        let mut found: Vec<(Span, &Name)> = Vec::new();
        for from in 0..words.len() {
            for name in &self.0 {
                let said = from..from + name.words.len();
                if words.get(said.clone()).is_some_and(|words| name.is_said(text, words)) {
                    found.push((said, name));
                }
            }
        }
        found.sort_by_key(|(said, _)| Reverse(place(said).len()));
        let mut free = vec![true; words.len()];
        found.retain(|(said, _)| {
            let all_free = free[said.clone()].iter().all(|free| *free);
            if all_free {
                free[said.clone()].fill(false);
            }
            all_free
        });
        found.sort_by_key(|(said, _)| said.start);
        let with_end = |said: Span, name: &Name| {
            let Range { start, end } = place(&said);
            start..end + if text[end..].starts_with(name.end()) { name.end().len() } else { 0 }
        };
        found.into_iter().map(|(said, name)| (with_end(said, name), name)).collect()
    }
}

impl Name {
    /// Whether those words of a text are this name.
    fn is_said(&self, text: &str, said: &[Span]) -> bool {
        let gaps = |text: &str, words: &[Span]| -> Vec<String> {
            words.windows(2).map(|pair| gap(&text[pair[0].end..pair[1].start])).collect()
        };
        let alike = |(own, other): (&Span, &Span)| is_alike(&self.text[own.clone()], &text[other.clone()]);
        self.words.iter().zip(said).all(alike) && gaps(&self.text, &self.words) == gaps(text, said)
    }

    /// What follows its last word, such as a parenthesis.
    fn end(&self) -> &str {
        self.words.last().map_or("", |last| &self.text[last.end..])
    }
}

fn is_open(element: &Element) -> bool {
    !CLOSED.contains(&element.tag()) && element.attribute("class") != Some("callout-title")
}

/// The words of a text: runs of letters and digits.
fn words(text: &str) -> Vec<Span> {
    let mut words: Vec<Span> = Vec::new();
    for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match words.last_mut() {
            Some(word) if word.end == at => word.end += c.len_utf8(),
            _ => words.push(at..at + c.len_utf8()),
        }
    }
    words
}

/// What stands between two words, where a hyphen is as good as a space.
fn gap(text: &str) -> String {
    if text.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}')) {
        return " ".to_owned();
    }
    text.to_owned()
}

/// Whether two words are the same but for capitals, or one of them is the plural of the other.
fn is_alike(a: &str, b: &str) -> bool {
    let first = |word: &str| word.chars().flat_map(char::to_lowercase).next();
    if first(a) != first(b) {
        return false;
    }
    let (one, other) = (a.to_lowercase(), b.to_lowercase());
    // A capital S is no plural: HTTPS is not many HTTP.
    one == other || (b.ends_with('s') && is_plural(&one, &other)) || (a.ends_with('s') && is_plural(&other, &one))
}

/// Whether `many` is the plural of `one`, both in small letters.
fn is_plural(one: &str, many: &str) -> bool {
    if one.chars().nth(1).is_none() {
        return false;
    }
    let Some(stem) = many.strip_suffix('s') else { return false };
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| one.ends_with(end));
    stem == one
        || (hisses && stem.strip_suffix('e') == Some(one))
        || one.strip_suffix('y').is_some_and(|root| stem.strip_suffix("ie") == Some(root))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gl5_words_are_alike_whatever_their_case_and_number() {
        let alike = [
            ("MFA", "mfa"),
            ("group", "Groups"),
            ("policies", "policy"),
            ("access", "accesses"),
            ("batch", "batches"),
            ("key", "keys"),
            ("database", "databases"),
            ("NACL", "NACLs"),
            ("Größe", "GRÖßE"),
        ];
        for (a, b) in alike {
            assert!(is_alike(a, b) && is_alike(b, a), "{a} {b}");
        }
        for (a, b) in [("HTTP", "HTTPS"), ("acces", "accesses"), ("a", "as"), ("group", "grouped")] {
            assert!(!is_alike(a, b) && !is_alike(b, a), "{a} {b}");
        }
    }
}
