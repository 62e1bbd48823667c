//! Markdown as a tree in which every node knows where it stands.
//!
//! pulldown-cmark reads the Markdown; here its events become a tree of bounded depth, since an author may well write
//! a thousand `>` in a row and nothing after this should have to think of it.

use crate::source::Span;
use pulldown_cmark::{BrokenLink, CowStr, Event, Options, Parser, Tag};

/// Deeper than anybody reads, and shallow enough for every program that walks the course.
const DEEPEST: usize = 24;

/// An element with its children, or a leaf.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// What it is: [`Event::Start`] for an element, otherwise a leaf.
    pub event: Event<'a>,
    /// Where it stands in the source.
    pub span: Span,
    /// What is in it.
    pub children: Vec<Node<'a>>,
}

/// What is read besides CommonMark; footnotes, so that they can be refused.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_FOOTNOTES
}

/// Reads a part of a text. `resolve` finds the target and title of a link by reference that is not in that part;
/// `too_deep` hears of what is left out because it is nested too deeply.
pub fn parse<'a>(
    text: &'a str,
    part: Span,
    mut resolve: impl FnMut(&BrokenLink, Span) -> Option<(CowStr<'a>, CowStr<'a>)>,
    mut too_deep: impl FnMut(Span),
) -> Vec<Node<'a>> {
    let offset = part.start;
    let moved = |span: Span| span.start + offset..span.end + offset;
    let mut missing = |link: BrokenLink<'a>| resolve(&link, moved(link.span.clone()));
    let parser = Parser::new_with_broken_link_callback(&text[part], options(), Some(&mut missing));
    let mut open: Vec<Node> = Vec::new();
    let mut top: Vec<Node> = Vec::new();
    let mut skipped = 0;
    for (event, span) in parser.into_offset_iter() {
        let span = moved(span);
        let done = match event {
            Event::Start(_) if skipped > 0 || open.len() == DEEPEST => {
                if skipped == 0 {
                    too_deep(span);
                }
                skipped += 1;
                continue;
            }
            Event::End(_) if skipped > 0 => {
                skipped -= 1;
                continue;
            }
            _ if skipped > 0 => continue,
            Event::Start(_) => {
                open.push(Node { event, span, children: Vec::new() });
                continue;
            }
            Event::End(_) => open.pop(),
            leaf => Some(Node { event: leaf, span, children: Vec::new() }),
        };
        let siblings = open.last_mut().map_or(&mut top, |parent| &mut parent.children);
        siblings.extend(done);
    }
    top
}

impl<'a> Node<'a> {
    /// What element it is, if it is one.
    pub fn tag(&self) -> Option<&Tag<'a>> {
        match &self.event {
            Event::Start(tag) => Some(tag),
            _ => None,
        }
    }

    /// Whether it is a part of a line rather than a block.
    pub fn is_inline(&self) -> bool {
        match &self.event {
            Event::Start(tag) => {
                matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
            }
            Event::Html(_) | Event::Rule => false,
            _ => true,
        }
    }

    /// Whether it is a list, and whether that is numbered.
    pub fn is_list(&self, numbered: bool) -> bool {
        matches!(self.tag(), Some(Tag::List(start)) if start.is_some() == numbered)
    }
}

/// The same with every run of inline nodes in a paragraph, so that a tight list reads like a loose one.
pub fn in_paragraphs(nodes: Vec<Node>) -> Vec<Node> {
    let mut blocks: Vec<Node> = Vec::new();
    let mut running = false;
    for node in nodes {
        if !node.is_inline() {
            running = false;
            blocks.push(node);
        } else if let Some(paragraph) = blocks.last_mut().filter(|_| running) {
            paragraph.span.end = node.span.end;
            paragraph.children.push(node);
        } else {
            running = true;
            blocks.push(Node { event: Event::Start(Tag::Paragraph), span: node.span.clone(), children: vec![node] });
        }
    }
    blocks
}

/// From the first node to the last; `at`, if there is none.
pub fn span_of(nodes: &[Node], at: usize) -> Span {
    match (nodes.first(), nodes.last()) {
        (Some(first), Some(last)) => first.span.start..last.span.end,
        _ => at..at,
    }
}

/// The text without its markup.
pub fn plain_text(nodes: &[Node]) -> String {
    nodes
        .iter()
        .map(|node| match &node.event {
            Event::Text(text) | Event::Code(text) => text.to_string(),
            Event::SoftBreak | Event::HardBreak => " ".to_owned(),
            _ => plain_text(&node.children),
        })
        .collect()
}
