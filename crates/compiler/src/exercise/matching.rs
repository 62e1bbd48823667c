//! Matching: a bulleted list of answers, some of which may fit nothing, and a numbered list of prompts.

use super::{Form, Reading, Syntax, placing};
use crate::markdown::Node;
use course::{Id, exercise::Kind};
use std::collections::BTreeMap;

/// How it is written.
pub const SYNTAX: Syntax = Syntax {
    name: "matching",
    attributes: &["reuse"],
    needs: "a bulleted list of answers and a numbered list of prompts",
    owns: placing::owns,
    read,
};

const WORDS: placing::Words =
    placing::Words { slot: "answer", slots: "answers", item: "prompt", items: "prompts", shuffles: true };

/// With more prompts than this, matching is a puzzle and no practice, and does not fit on a phone.
const MOST_PROMPTS: usize = 7;

fn read(form: &Form, lists: Vec<Node>) -> Reading {
    let (slots, placed) = placing::read(form, lists, &WORDS);
    let reuse = form.one_of("reuse", &["no", "yes"]) == Some(1);
    let mut used: BTreeMap<&Id, &Id> = BTreeMap::new();
    for (prompt, answer, span) in
        placed.iter().flat_map(|placed| placed.named.iter().map(|(answer, span)| (&placed.item.id, answer, span)))
    {
        if let Some(first) = used.insert(answer, prompt).filter(|_| !reuse) {
            let help = "add `reuse=yes` to the braces of the exercise, or give each prompt an answer of its own";
            form.error(span.clone(), format!("the answer `{answer}` is right for `{first}` already"), help);
        }
    }
    if placed.len() > MOST_PROMPTS {
        let message = format!("this matching has {} prompts", placed.len());
        form.warning(message, format!("make two exercises of it, of at most {MOST_PROMPTS} prompts each"));
    }
    if !reuse && !slots.is_empty() && slots.iter().all(|slot| used.contains_key(&slot.id)) {
        form.warning("the last prompt answers itself", "add an answer that fits none of the prompts");
    }
    (Kind::Matching { reuse }, placed.into_iter().map(|placed| placed.item).collect(), slots)
}
