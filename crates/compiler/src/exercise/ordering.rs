//! Ordering: a numbered list in the right order, which the learner finds in another.

use super::{Form, Reading, Syntax, item, wordless};
use crate::{entry::list_entries, markdown::Node, names::Unique};
use course::{Id, exercise::Kind};

/// How it is written.
pub const SYNTAX: Syntax = Syntax {
    name: "ordering",
    attributes: &[],
    needs: "a numbered list of what is to be put in order, in the right order",
    owns,
    read,
};

/// With fewer items there is no order to find.
const FEWEST: usize = 2;

fn owns(node: &Node) -> bool {
    node.is_list(true)
}

fn read(form: &Form, lists: Vec<Node>) -> Reading {
    let mut ids = Unique::default();
    let mut items = Vec::new();
    let list = form.only(lists, "items");
    for (at, entry) in list.into_iter().flat_map(|list| list_entries(form.page, list, "item")).enumerate() {
        let names = form.take(&mut ids, &entry, "items");
        // What is fixed would be no part of the question.
        form.is_fixed(&entry.attributes, false);
        let feedback = form.feedback(&entry.rest, &entry.span, "item");
        items.push(item(names, entry.text, vec![position(at)], feedback));
    }
    if items.len() < FEWEST {
        let help = "write at least two items, in the right order";
        form.error(form.opening.clone(), "this exercise has nothing to put in order", help);
    }
    let slots = (0..items.len()).map(|at| wordless(&position(at))).collect();
    (Kind::Ordering, items, slots)
}

/// The slot at that place, counted from 0.
fn position(at: usize) -> Id {
    format!("position-{}", at + 1).into()
}
