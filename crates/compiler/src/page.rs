//! A Markdown file, taken apart into prose and containers, with the ids that its lines end in.
//!
//! Ids in braces are blanked out before the Markdown is read, so that no markup around them can get in the way, and
//! claimed afterwards by the things that they end. What nothing claims is a problem.

use crate::{
    attributes::{self, Attributes},
    context::Context,
    markdown::{self, Node, span_of},
    names::suggested_id,
    source::{Source, Span},
};
use course::Id;
use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag};
use std::{cell::RefCell, collections::BTreeMap};

/// A Markdown file that is being read.
pub struct Page<'a> {
    /// The course it belongs to.
    pub context: &'a Context<'a>,
    /// The file itself.
    pub source: &'a Source,
    /// The text of the file with ids blanked out, so that positions are the same.
    masked: String,
    parts: Vec<Part>,
    unclaimed: RefCell<Vec<Span>>,
    references: BTreeMap<String, (String, String)>,
}

/// A part of a page, from top to bottom.
#[derive(Clone, Debug)]
pub enum Part {
    /// Markdown to read.
    Prose(Span),
    /// What stands between `::: name` and `:::`.
    Container {
        /// The opening line.
        opening: Span,
        /// The name of the container.
        name: Span,
        /// The braces of the opening line.
        braces: Option<Span>,
        /// The lines in it.
        body: Span,
    },
}

impl<'a> Page<'a> {
    /// Takes the part of a file apart that holds Markdown.
    pub fn new(context: &'a Context<'a>, source: &'a Source, part: Span) -> Page<'a> {
        let mut page = Page {
            context,
            source,
            masked: source.text.clone(),
            parts: Vec::new(),
            unclaimed: RefCell::default(),
            references: BTreeMap::new(),
        };
        let parser = Parser::new_ext(&source.text[part.clone()], markdown::options());
        let definitions = parser.reference_definitions().iter();
        page.references = definitions
            .map(|(label, link)| {
                (folded(label), (link.dest.to_string(), link.title.as_deref().unwrap_or_default().to_owned()))
            })
            .collect();
        let code: Vec<Span> = parser
            .into_offset_iter()
            .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_))))
            .map(|(_, span)| span.start + part.start..span.end + part.start)
            .collect();
        page.take_apart(part, &code);
        page
    }

    /// The parts of the page, from top to bottom.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Adds an error at a place in this page.
    pub fn error(&self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.context.problems.error(self.source, span, message, help);
    }

    /// The Markdown of a part.
    pub fn parse(&self, part: Span) -> Vec<Node<'_>> {
        let resolve = |link: &pulldown_cmark::BrokenLink, span: Span| {
            let found = self.references.get(&folded(&link.reference));
            if found.is_none() && link.link_type != LinkType::Shortcut {
                let help = format!("add a line `[{}]: https://…` to this file", link.reference);
                self.error(span, format!("there is no link called `{}`", link.reference), help);
            }
            found.map(|(url, title)| (CowStr::from(url.as_str()), CowStr::from(title.as_str())))
        };
        let too_deep = |span| {
            self.ignore(&span);
            self.error(span, "this is nested too deeply", "write it flatter");
        };
        let nodes = markdown::parse(&self.masked, part, resolve, too_deep);
        self.tell_addresses(&nodes);
        nodes
    }

    /// Tells of addresses that are no links: code hosts make links of them.
    fn tell_addresses(&self, nodes: &[Node]) {
        for Node { event, span, children } in nodes {
            match event {
                Event::Text(text) => {
                    let Some(at) = ["https://", "http://"].iter().find_map(|scheme| text.find(scheme)) else {
                        continue;
                    };
                    let address = text[at..].split(|letter: char| letter.is_whitespace()).next().unwrap_or_default();
                    let start = span.start + at;
                    let whole = start..start + address.trim_end_matches(['.', ',', ';', ':', ')', '!', '?']).len();
                    let help = "write it between `<` and `>`, or say where it leads: `[there](https://…)`";
                    self.context.problems.warning(self.source, whole, "this address is no link", help);
                }
                Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)) => {}
                _ => self.tell_addresses(children),
            }
        }
    }

    /// The braces right after a thing that ends at `end`; they are claimed.
    pub fn claim(&self, end: usize) -> Option<Attributes> {
        let mut unclaimed = self.unclaimed.borrow_mut();
        let at = unclaimed.iter().position(|span| span.start >= end)?;
        if self.source.text[end..unclaimed[at].start].contains('\n') {
            return None;
        }
        Some(Attributes::parse(self.source, unclaimed.remove(at), &self.context.problems))
    }

    /// The same for a thing that must have an id; `what` says what it is. The id is empty if there is none.
    pub fn claim_id(&self, nodes: &[Node], at: usize, what: &str) -> (crate::names::Word, Attributes) {
        let span = span_of(nodes, at);
        let attributes = self.claim(span.end).or_else(|| self.claim_early(&span)).unwrap_or_default();
        if !attributes.names {
            let id = suggested_id(&markdown::plain_text(nodes));
            let help = format!("end it with one that never changes, for example `{{#{id}}}`");
            self.error(span, format!("this {what} has no id"), help);
        }
        (attributes.id.clone().unwrap_or_default(), attributes)
    }

    /// Claims braces within a thing, which is not where they belong.
    fn claim_early(&self, span: &Span) -> Option<Attributes> {
        let mut unclaimed = self.unclaimed.borrow_mut();
        let at = unclaimed.iter().position(|braces| span.contains(&braces.start))?;
        let braces = unclaimed.remove(at);
        let help = "move it to the end of the text, or leave an empty line after it";
        self.error(braces.clone(), "this id stands before the end of the text", help);
        Some(Attributes::parse(self.source, braces, &self.context.problems))
    }

    /// Claims all braces in a part that was refused as a whole, so that they are not refused again.
    pub fn ignore(&self, part: &Span) {
        self.unclaimed.borrow_mut().retain(|span| !part.contains(&span.start));
    }

    /// Reports the braces that nothing claimed.
    pub fn finish(&self) {
        for span in self.unclaimed.borrow().iter() {
            let help = "leave it out; ids are for exercises and for what stands in their lists, and for key terms";
            self.error(span.clone(), "nothing here takes an id", help);
        }
    }

    fn take_apart(&mut self, part: Span, code: &[Span]) {
        let mut prose = part.start;
        let mut open: Option<(Span, Span, Option<Span>)> = None;
        let mut at = part.start;
        for line in self.source.text[part.clone()].split_inclusive('\n') {
            let whole = at..at + line.len();
            at = whole.end;
            if code.iter().any(|code| code.contains(&whole.start) || (whole.contains(&code.start))) {
                continue;
            }
            let indent = line.len() - line.trim_start_matches(' ').len();
            let colons = line[indent..].len() - line[indent..].trim_start_matches(':').len();
            if indent > 3 || colons < 3 {
                if let Some(braces) = attributes::find(line, "{#") {
                    let braces = whole.start + braces.start..whole.start + braces.end;
                    self.masked.replace_range(braces.clone(), &" ".repeat(braces.len()));
                    self.unclaimed.get_mut().push(braces);
                }
                continue;
            }
            let line = line.trim_end();
            let marker = whole.start + indent..whole.start + line.len();
            let braces = attributes::find(line, "{").map(|span| whole.start + span.start..whole.start + span.end);
            let name = marker.start + colons..braces.as_ref().map_or(marker.end, |braces| braces.start);
            let written = self.source.slice(&name);
            let start = name.start + written.len() - written.trim_start().len();
            let name = start..start + written.trim().len();
            match (open.take(), name.is_empty() && braces.is_none()) {
                (Some((opening, name, braces)), true) => {
                    self.parts.push(Part::Container { body: opening.end..whole.start, opening, name, braces });
                    prose = whole.end;
                }
                (None, true) => {
                    self.error(
                        marker,
                        "nothing is open here that `:::` could close",
                        "leave this line out, or open something above it, such as `::: choice {#some-id}`",
                    );
                    self.parts.push(Part::Prose(prose..whole.start));
                    prose = whole.end;
                }
                (before, false) => {
                    match before {
                        Some(before) => self.close_late(before, whole.start),
                        None => self.parts.push(Part::Prose(prose..whole.start)),
                    }
                    open = Some((marker, name, braces));
                }
            }
        }
        match open {
            Some(open) => self.close_late(open, part.end),
            None => self.parts.push(Part::Prose(prose..part.end)),
        }
    }

    fn close_late(&mut self, (opening, name, braces): (Span, Span, Option<Span>), end: usize) {
        let what = format!("`{}` is opened and never closed", self.source.slice(&(opening.start..name.end)));
        self.error(opening.clone(), what, "add a line `:::` below its last line; one cannot stand inside another");
        self.parts.push(Part::Container { body: opening.end..end, opening, name, braces });
    }
}

/// The id of a word.
pub fn id(word: &crate::names::Word) -> Id {
    word.text.as_str().into()
}

/// A link's label, as Markdown compares it.
fn folded(label: &str) -> String {
    label.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}
