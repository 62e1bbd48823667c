//! Entries of lists: what is placed, where it is placed, a card, a key term. All are a first line with an id at its
//! end, and blocks below it.

use crate::{
    attributes::Attributes,
    markdown::{Node, in_paragraphs, span_of},
    names::Word,
    page::Page,
    prose::trimmed,
    source::Span,
};
use course::markup::Markup;
use pulldown_cmark::{Event, Tag};

/// One entry of a list.
pub struct Entry<'a> {
    /// Its id; empty if it has none, which was reported.
    pub id: Word,
    /// What stands beside the id.
    pub attributes: Attributes,
    /// Whether it is ticked, if it can be.
    pub ticked: Option<bool>,
    /// Its first line.
    pub text: Markup,
    /// Where the first line stands.
    pub span: Span,
    /// The blocks below it.
    pub rest: Vec<Node<'a>>,
}

/// The entries of a bulleted or numbered list; `what` says what they are.
pub fn list_entries<'a>(page: &Page, list: Node<'a>, what: &str) -> Vec<Entry<'a>> {
    let entries = list.children.into_iter().map(|item| {
        let start = item.span.start;
        let mut blocks = in_paragraphs(item.children).into_iter().peekable();
        let first = blocks.next_if(|block| matches!(block.tag(), Some(Tag::Paragraph)));
        entry(page, first.map(|first| first.children).unwrap_or_default(), start, blocks.collect(), what)
    });
    entries.collect()
}

/// The entries of a definition list; `what` says what they are.
pub fn definition_entries<'a>(page: &Page, list: Node<'a>, what: &str) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry> = Vec::new();
    for part in list.children {
        if matches!(part.tag(), Some(Tag::DefinitionListTitle)) {
            entries.push(entry(page, part.children, part.span.start, Vec::new(), what));
        } else if let Some(entry) = entries.last_mut() {
            entry.rest.extend(in_paragraphs(part.children));
        }
    }
    entries
}

fn entry<'a>(page: &Page, mut line: Vec<Node<'a>>, start: usize, rest: Vec<Node<'a>>, what: &str) -> Entry<'a> {
    let ticked = match line.first().map(|node| &node.event) {
        Some(Event::TaskListMarker(ticked)) => Some(*ticked),
        _ => None,
    };
    if ticked.is_some() {
        line.remove(0);
    }
    let span = span_of(&line, start);
    let (id, attributes) = page.claim_id(&line, start, what);
    let text = trimmed(page.inline(&line));
    if text.is_empty() {
        page.error(span.clone(), format!("this {what} has no text"), "write it before the id");
    }
    Entry { id, attributes, ticked, text, span, rest }
}
