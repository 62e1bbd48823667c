//! A step: a file with a few lines about itself, then prose and containers.

use crate::{
    attributes::Attributes,
    comparison,
    context::Context,
    exercise,
    names::{Word, check_id, did_you_mean},
    page::{Page, Part},
    source::{Problems, Source, Span},
};
use course::{
    course::Block,
    place::{GLOSSARY, REVIEW},
};

/// What a file says about itself between two lines of `---`. What is missing is empty, and was reported.
#[derive(Debug, Default)]
pub struct FrontMatter {
    /// The id of the step.
    pub id: Word,
    /// Its title.
    pub title: String,
    /// The ids that it had before, with spaces between them.
    pub was: Word,
    /// How many minutes it takes.
    pub minutes: u32,
    /// Where the text begins.
    pub end: usize,
}

/// The ids that no step may have, since the player has pages of that name.
const RESERVED: &[&str] = &[GLOSSARY, REVIEW];

const KEYS: &[&str] = &["id", "title", "minutes", "was"];

/// Those that it must have.
const NEEDED: &[&str] = &["id", "title", "minutes"];

/// Reads the lines that a step begins with.
pub fn front_matter(source: &Source, problems: &Problems) -> FrontMatter {
    let mut found = FrontMatter::default();
    let example =
        "begin the file with `---`, `id: some-id`, `title: Some title`, `minutes: 2` and `---`, each in a line";
    let text = &source.text;
    let mut lines = text.split_inclusive('\n');
    // Some editors begin a file with an invisible mark.
    if lines.next().is_none_or(|first| first.trim_start_matches('\u{feff}').trim_end() != "---") {
        problems.error(source, 0..0, "this step does not say what it is", example);
        return found;
    }
    let mut at = source.line(0).end;
    at = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
    let mut pairs: Vec<(Word, Word)> = Vec::new();
    let mut closed = false;
    for line in lines {
        let start = at;
        at += line.len();
        if line.trim_end() == "---" {
            closed = true;
            break;
        }
        let Some((key, value)) = line.split_once(':') else {
            if !line.trim().is_empty() {
                let span = start..start + line.trim_end().len();
                problems.error(source, span, "this line is no `key: value`", example);
            }
            continue;
        };
        let key = Word { text: key.trim().to_owned(), span: start..start + key.trim_end().len() };
        let value_start = start + line.len() - value.trim_start().len();
        let inner = value.trim();
        let quoted = ['"', '\''].iter().find_map(|quote| inner.strip_prefix(*quote)?.strip_suffix(*quote));
        let value_start = value_start + usize::from(quoted.is_some());
        let inner = quoted.unwrap_or(inner);
        pairs.push((key, Word { text: inner.to_owned(), span: value_start..value_start + inner.len() }));
    }
    found.end = at;
    if !closed {
        problems.error(source, 0..3, "these lines are never closed", "add a line `---` below the last of them");
    }
    for (at, (key, value)) in pairs.iter().enumerate() {
        if !KEYS.contains(&key.text.as_str()) {
            let help = did_you_mean(&key.text, KEYS.iter().copied());
            problems.error(source, key.span.clone(), format!("`{}` means nothing for a step", key.text), help);
        } else if pairs[..at].iter().any(|(earlier, _)| earlier.text == key.text) {
            problems.error(source, key.span.clone(), format!("`{}` stands twice", key.text), "keep one of them");
        } else if value.text.is_empty() {
            problems.error(
                source,
                key.span.clone(),
                format!("`{}` says nothing", key.text),
                "write it after the colon",
            );
        }
    }
    let get = |key: &str| pairs.iter().find(|(name, _)| name.text == key).map(|(_, value)| value);
    for key in NEEDED.iter().filter(|key| get(key).is_none()) {
        problems.error(
            source,
            0..3,
            format!("this step has no {key}"),
            format!("add a line `{key}: …` to the first lines of the file"),
        );
    }
    if let Some(id) = get("id").filter(|id| !id.text.is_empty() && check_id(id, source, problems)) {
        if RESERVED.contains(&id.text.as_str()) {
            let message = format!("no step may be called `{}`", id.text);
            problems.error(source, id.span.clone(), message, "choose another id; the player has a page of that name");
        }
        found.id = id.clone();
    }
    found.was = get("was").cloned().unwrap_or_default();
    found.title = get("title").map(|title| title.text.clone()).unwrap_or_default();
    if let Some(minutes) = get("minutes").filter(|minutes| !minutes.text.is_empty()) {
        match minutes.text.parse() {
            Ok(count @ 1..=600) => found.minutes = count,
            _ => {
                let message = format!("`{}` is no number of minutes", minutes.text);
                problems.error(source, minutes.span.clone(), message, "write a whole number, 1 at least");
            }
        }
    }
    found
}

/// Reads what a step shows.
pub fn blocks(context: &Context, source: &Source, text: Span) -> Vec<Block> {
    let page = Page::new(context, source, text.clone());
    let mut blocks = Vec::new();
    for part in page.parts() {
        match part {
            Part::Prose(span) => {
                let prose = page.prose(&page.parse(span.clone()));
                if !prose.is_empty() {
                    blocks.push(Block::Prose(prose));
                }
            }
            Part::Container { opening, name, braces, body } => {
                blocks.extend(container(&page, opening, name, braces.clone(), body));
            }
        }
    }
    if source.slice(&text).trim().is_empty() {
        page.error(
            source.text.len()..source.text.len(),
            "this step shows nothing",
            "write its text below the first lines",
        );
    }
    page.finish();
    blocks
}

fn container(page: &Page, opening: &Span, name: &Span, braces: Option<Span>, body: &Span) -> Option<Block> {
    let written = page.source.slice(name);
    let attributes = braces.map(|braces| Attributes::parse(page.source, braces, &page.context.problems));
    let attributes = attributes.unwrap_or_default();
    let block = match written {
        "results" => Block::Results,
        "glossary" => Block::Glossary,
        comparison::NAME => {
            let comparison = comparison::read(page, opening, &attributes, body.clone());
            return Some(Block::Comparison(comparison.into()));
        }
        _ => {
            if exercise::names().any(|name| name == written) {
                return exercise::read(page, written, opening.clone(), attributes, body.clone())
                    .map(|exercise| Block::Exercise(exercise.into()));
            }
            let known = exercise::names().chain([comparison::NAME, "results", "glossary"]);
            let help = did_you_mean(written, known);
            let span = if name.is_empty() { opening.clone() } else { name.clone() };
            page.error(span, format!("there is nothing called `{written}` to open"), help);
            page.ignore(body);
            return None;
        }
    };
    if !attributes.span.is_empty() {
        page.error(attributes.span, format!("`{written}` takes no id"), "leave the braces out");
    }
    if !page.source.slice(body).trim().is_empty() {
        page.ignore(body);
        let help = "leave it empty; the player fills it in";
        page.error(opening.clone(), format!("`{written}` holds no text of its own"), help);
    }
    Some(block)
}
