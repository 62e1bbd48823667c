//! Flashcards: a definition list, the front of each card as its term.

use super::{Form, Reading, Syntax, item, wordless};
use crate::{entry::definition_entries, markdown::Node, names::Unique};
use course::exercise::{AGAIN, GOT_IT, Kind};
use pulldown_cmark::Tag;

/// How it is written.
pub const SYNTAX: Syntax = Syntax {
    name: "flashcards",
    attributes: &[],
    needs: "a definition list: the front of a card in one line, then `: ` and the back",
    owns,
    read,
};

fn owns(node: &Node) -> bool {
    matches!(node.tag(), Some(Tag::DefinitionList))
}

fn read(form: &Form, lists: Vec<Node>) -> Reading {
    let mut ids = Unique::default();
    let mut items = Vec::new();
    for entry in lists.into_iter().flat_map(|list| definition_entries(form.page, list, "card")) {
        let names = form.take(&mut ids, &entry, "cards");
        form.is_fixed(&entry.attributes, false);
        let back = form.page.flow(&entry.rest);
        if back.is_empty() {
            form.error(entry.span.clone(), "this card has no back", "write it below, after `: `");
        }
        items.push(item(names, entry.text, vec![GOT_IT.into()], back));
    }
    (Kind::Flashcards, items, vec![wordless(AGAIN), wordless(GOT_IT)])
}
