//! Classification: a bulleted list of categories, and a numbered list of items that belong in them.

use super::{Form, Reading, Syntax, placing};
use crate::markdown::Node;
use course::exercise::Kind;

/// How it is written.
pub const SYNTAX: Syntax = Syntax {
    name: "classification",
    attributes: &[],
    needs: "a bulleted list of categories and a numbered list of items",
    owns: placing::owns,
    read,
};

const WORDS: placing::Words =
    placing::Words { slot: "category", slots: "categories", item: "item", items: "items", shuffles: false };

fn read(form: &Form, lists: Vec<Node>) -> Reading {
    let (slots, placed) = placing::read(form, lists, &WORDS);
    (Kind::Classification, placed.into_iter().map(|placed| placed.item).collect(), slots)
}
