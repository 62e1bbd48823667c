//! Choice: a list to tick, with the reason below each option.

use super::{Form, Reading, Syntax, item, wordless};
use crate::{entry::list_entries, markdown::Node, names::Unique, source::Span};
use course::exercise::{Item, Kind, PICKED};
use pulldown_cmark::Event;

/// How it is written.
pub const SYNTAX: Syntax = Syntax {
    name: "choice",
    attributes: &["select"],
    needs: "a list of options, `- [ ]` before each and `- [x]` before the correct ones",
    owns,
    read,
};

/// Numbers as questions spell them, from one on.
const NUMBERS: &[&str] = &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

fn owns(node: &Node) -> bool {
    let mut marks = node.children.iter().map(|item| {
        // In a loose list the mark stands in the first paragraph.
        let first = item.children.first();
        first.and_then(|first| if first.is_inline() { Some(first) } else { first.children.first() })
    });
    node.is_list(false) && marks.any(|mark| mark.is_some_and(|mark| matches!(mark.event, Event::TaskListMarker(_))))
}

fn read(form: &Form, lists: Vec<Node>) -> Reading {
    let mut ids = Unique::default();
    let mut items = Vec::new();
    let list = form.only(lists, "options");
    for entry in list.into_iter().flat_map(|list| list_entries(form.page, list, "option")) {
        if entry.ticked.is_none() {
            let help = "put `[ ]` before its text, or `[x]` if it is correct";
            form.error(entry.span.clone(), "this option has no box", help);
        }
        let names = form.take(&mut ids, &entry, "options");
        let fixed = form.is_fixed(&entry.attributes, true);
        let accepts = if entry.ticked == Some(true) { vec![PICKED.into()] } else { Vec::new() };
        let feedback = form.feedback(&entry.rest, &entry.span, "option");
        items.push(Item { fixed, ..item(names, entry.text, accepts, feedback) });
    }
    if items.len() < 2 {
        form.error(form.opening.clone(), "this exercise has fewer than two options", "add another to the list");
    }
    let correct = items.iter().filter(|item| !item.accepts.is_empty()).count();
    if correct == 0 {
        form.error(form.opening.clone(), "no option is marked correct", "mark it with `[x]`");
    } else {
        check_number(form, correct);
    }
    (Kind::Choice { select: u32::try_from(correct).unwrap_or_default() }, items, vec![wordless(PICKED)])
}

/// Holds what the braces and the prompt say against the number of correct options.
fn check_number(form: &Form, correct: usize) {
    let marked = format!("{correct} {} marked correct", if correct == 1 { "option is" } else { "options are" });
    match form.attributes.get("select") {
        Some(value) if value.text.parse() != Ok(correct) => {
            let help = format!("write `select={correct}`, or mark other options with `[x]`");
            form.error(value.span.clone(), format!("`select={}`, but {marked}", value.text), help);
        }
        None if correct > 1 => {
            let help = format!("add `select={correct}` to the braces, or leave one `[x]`");
            form.error(form.opening.clone(), format!("{marked}, and nothing says so"), help);
        }
        _ => {}
    }
    if let Some((number, span)) = asked(form).filter(|(number, _)| *number != correct) {
        let written = form.page.source.slice(&span).to_owned();
        let help = format!("ask for {correct} in the prompt, or mark {number} with `[x]`");
        form.error(span, format!("the prompt says \"{written}\", but {marked}"), help);
    }
}

/// How many options the prompt asks for, where it says "Select TWO", "choose 3" or the like.
fn asked(form: &Form) -> Option<(usize, Span)> {
    let text = form.page.source.slice(&form.prompt);
    let mut before: Option<(String, usize)> = None;
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        // A word of the text knows where in it it stands.
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let lower = word.to_lowercase();
        if let Some((verb, from)) = &before
            && matches!(verb.as_str(), "select" | "choose" | "pick")
        {
            let spelt = NUMBERS.iter().position(|number| *number == lower).map(|at| at + 1);
            if let Some(number) = spelt.or_else(|| lower.parse().ok()) {
                return Some((number, form.prompt.start + from..form.prompt.start + start + word.len()));
            }
            if lower == "the" {
                continue;
            }
        }
        before = Some((lower, start));
    }
    None
}
