//! Exercises: containers with a title, a prompt, lists of their kind, and what helps before and after.
//!
//! The frame is the same for all kinds and is read here; each kind has a file of its own for the lists. A new kind is
//! one more file and one more row in [`KINDS`].

mod choice;
mod classification;
mod flashcards;
mod matching;
mod ordering;
mod placing;

use crate::{
    attributes::Attributes,
    entry::Entry,
    markdown::{Node, plain_text, span_of},
    names::Unique,
    page::Page,
    source::Span,
};
use course::{
    exercise::{Exercise, Item, Kind, Slot, Source},
    markup::Markup,
};
use pulldown_cmark::{Event, Tag};

/// What may stand in the braces of everything that has an id: the ids that it had before.
const WAS: &[&str] = &["was"];

/// How a kind of exercise is written.
pub struct Syntax {
    /// What stands after the colons.
    name: &'static str,
    /// What may stand in the braces besides the id.
    attributes: &'static [&'static str],
    /// The lists that it needs, for the remedy when one is missing.
    needs: &'static str,
    /// Whether a block is one of its lists; the first of them ends the prompt.
    owns: fn(&Node) -> bool,
    /// Reads the lists.
    read: fn(&Form, Vec<Node>) -> Reading,
}

/// What a kind makes of its lists.
type Reading = (Kind, Vec<Item>, Vec<Slot>);

/// The kinds of exercise.
const KINDS: &[Syntax] =
    &[choice::SYNTAX, classification::SYNTAX, matching::SYNTAX, ordering::SYNTAX, flashcards::SYNTAX];

/// What a kind needs to know of the exercise besides its lists.
pub struct Form<'a> {
    page: &'a Page<'a>,
    attributes: Attributes,
    opening: Span,
    prompt: Span,
}

/// The names of the containers that are exercises.
pub fn names() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|kind| kind.name)
}

/// Reads the container of that name, if it is an exercise.
pub fn read(page: &Page, name: &str, opening: Span, attributes: Attributes, body: Span) -> Option<Exercise> {
    let syntax = KINDS.iter().find(|kind| kind.name == name)?;
    let known = [syntax.attributes, WAS].concat();
    attributes.check_keys(&known, page.source, &page.context.problems);
    let mut exercise = Exercise {
        id: "".into(),
        was: Vec::new(),
        kind: Kind::Flashcards,
        title: String::new(),
        prompt: Markup::new(),
        items: Vec::new(),
        slots: Vec::new(),
        hint: Markup::new(),
        explanation: Markup::new(),
        source: None,
        report: None,
    };
    if let Some(word) = &attributes.id {
        let mut taken = page.context.exercises.borrow_mut();
        exercise.id = taken.take(word, "exercises of the course", page.source, &page.context.problems);
        exercise.was = taken.was(attributes.get(WAS[0]), page.source, &page.context.problems);
    } else if !attributes.names {
        let help = format!("give it one that never changes: `::: {name} {{#some-id}}`");
        page.error(opening.clone(), "this exercise has no id", help);
    }
    exercise.report = page.context.report_address(&exercise.id, page.source.slice(&body));
    let nodes = page.parse(body);
    let mut prompt: Vec<Node> = Vec::new();
    let mut lists: Vec<Node> = Vec::new();
    for (at, node) in nodes.into_iter().enumerate() {
        let callout = page.callout_line(&node);
        let part = callout.as_ref().map_or("", |line| page.source.slice(&line.kind));
        if let Some(line) = callout.as_ref().filter(|_| matches!(part, "hint" | "explanation")) {
            let place = if part == "hint" { &mut exercise.hint } else { &mut exercise.explanation };
            let body = page.callout_body(&node, line);
            if !place.is_empty() {
                page.error(node.span.clone(), format!("this is a second {part}"), "put both into one");
            } else if body.is_empty() {
                page.error(node.span.clone(), format!("this {part} says nothing"), "write its text below, after a `>`");
            }
            *place = body;
        } else if matches!(node.tag(), Some(Tag::Heading { .. })) && at == 0 {
            exercise.title = plain_text(&node.children).trim().to_owned();
        } else if (syntax.owns)(&node) {
            lists.push(node);
        } else if page.source.slice(&node.span).starts_with("Source:") {
            if exercise.source.is_some() {
                page.error(node.span.clone(), "this is a second source", "keep the better one");
            }
            exercise.source = source(page, &node);
        } else if lists.is_empty() {
            prompt.push(node);
        } else {
            page.ignore(&node.span);
            let help = "indent what belongs to an entry of a list as far as its text; after the lists only `> [!hint]`, `> [!explanation]` and `Source:` follow";
            page.error(node.span.clone(), format!("there is no room for this after the lists of a {name}"), help);
        }
    }
    if exercise.title.is_empty() {
        page.error(opening.clone(), "this exercise has no title", "begin it with a short one: `### Title`");
    }
    exercise.prompt = page.flow(&prompt);
    let form = Form { page, attributes, prompt: span_of(&prompt, opening.start), opening };
    if !prompt.iter().any(|node| matches!(node.tag(), Some(Tag::Paragraph))) {
        let help = "say in a paragraph below the title what is asked";
        page.error(form.opening.clone(), "this exercise has no prompt", help);
    }
    if lists.is_empty() {
        page.error(form.opening.clone(), "this exercise has no list", format!("it needs {}", syntax.needs));
    } else {
        (exercise.kind, exercise.items, exercise.slots) = (syntax.read)(&form, lists);
    }
    Some(exercise)
}

impl Form<'_> {
    /// Adds a warning about the exercise as a whole.
    fn warning(&self, message: impl Into<String>, help: impl Into<String>) {
        self.page.context.problems.warning(self.page.source, self.opening.clone(), message, help);
    }

    /// Adds an error at a place in the exercise.
    fn error(&self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.page.error(span, message, help);
    }

    /// Takes the id of an entry among others of this exercise, and those that it had before.
    fn take(&self, ids: &mut Unique, entry: &Entry, among: &str) -> (course::Id, Vec<course::Id>) {
        let (source, problems) = (self.page.source, &self.page.context.problems);
        let id = ids.take(&entry.id, &format!("{among} of an exercise"), source, problems);
        (id, ids.was(entry.attributes.get(WAS[0]), source, problems))
    }

    /// Which of a few words the value of an attribute of the exercise is; `None` also when it is another, which is a
    /// problem.
    fn one_of(&self, key: &str, values: &[&str]) -> Option<usize> {
        self.attributes.one_of(key, values, self.page.source, &self.page.context.problems)
    }

    /// Whether an entry stays where it is when the others are shuffled, if they are; nothing else but its earlier ids may
    /// stand in its braces.
    fn is_fixed(&self, attributes: &Attributes, shuffles: bool) -> bool {
        let known: &[&str] = if shuffles { &["fixed", "was"] } else { WAS };
        let (source, problems) = (self.page.source, &self.page.context.problems);
        attributes.check_keys(known, source, problems);
        shuffles && attributes.one_of("fixed", &["no", "yes"], source, problems) == Some(1)
    }

    /// Refuses every list but the first, which an author meant as one.
    fn only<'n>(&self, mut lists: Vec<Node<'n>>, what: &str) -> Option<Node<'n>> {
        for list in lists.iter().skip(1) {
            self.page.ignore(&list.span);
            let help =
                "make it one list, with the same mark before each entry and nothing but indented text between them";
            self.error(list.span.start..list.span.start + 1, format!("this is a second list of {what}"), help);
        }
        lists.truncate(1);
        lists.pop()
    }

    /// The feedback of an item, which it must have.
    fn feedback(&self, rest: &[Node], span: &Span, what: &str) -> Markup {
        let feedback = self.page.flow(rest);
        if feedback.is_empty() {
            let help = "say below it why it is right or wrong, indented as far as its text";
            self.error(span.clone(), format!("this {what} has no feedback"), help);
        }
        feedback
    }
}

/// The paragraph `Source: [title](https://…), checked 2026-11-23`, or the same without a day.
fn source(page: &Page, paragraph: &Node) -> Option<Source> {
    let wrong = |span: Span, message: &str| {
        page.error(span, message, "write `Source: [title](https://…), checked 2026-11-23`");
        None
    };
    let (before, rest) = paragraph.children.split_first()?;
    let Some((link, after)) = rest.split_first() else {
        return wrong(paragraph.span.clone(), "this source has no link");
    };
    let Some(Tag::Link { dest_url, .. }) =
        link.tag().filter(|_| plain_text(std::slice::from_ref(before)) == "Source: ")
    else {
        return wrong(paragraph.span.clone(), "this source has no link");
    };
    let title = plain_text(&link.children);
    let web = dest_url.starts_with("https://") || dest_url.starts_with("http://");
    if !web || !course::markup::is_safe_url("href", dest_url) || title.trim().is_empty() {
        return wrong(link.span.clone(), "a source needs a title and a web address");
    }
    let plain = after.iter().all(|node| matches!(node.event, Event::Text(_) | Event::SoftBreak));
    let after_text = plain_text(after);
    let checked = match after_text.trim().trim_end_matches('.') {
        "" => None,
        text => match text.strip_prefix(", checked ").filter(|day| plain && is_day(day)) {
            Some(day) => Some(day.to_owned()),
            None => return wrong(span_of(after, link.span.end), "this is no day on which the source was checked"),
        },
    };
    Some(Source { url: dest_url.to_string(), title, checked })
}

/// Whether it is a day as `YYYY-MM-DD`.
fn is_day(text: &str) -> bool {
    let shape = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() });
    let number = |part: &str| part.parse::<u8>().unwrap_or_default();
    shape && (1..=12).contains(&number(&text[5..7])) && (1..=31).contains(&number(&text[8..]))
}

/// A slot of that id without a text of its own.
fn wordless(slot: &str) -> Slot {
    Slot { id: slot.into(), was: Vec::new(), text: Markup::new(), label: String::new(), fixed: false }
}

/// An item that was read.
fn item((id, was): (course::Id, Vec<course::Id>), text: Markup, accepts: Vec<course::Id>, feedback: Markup) -> Item {
    Item { id, was, text, label: String::new(), accepts, feedback, fixed: false, misplaced: Vec::new() }
}
