//! Prose: from Markdown to the closed markup of the course.
//!
//! Whatever the course's markup cannot hold, raw HTML first of all, is a problem here, so nothing an author writes
//! can reach a learner's browser as code.

use crate::{
    figure, highlight,
    markdown::{Node, plain_text, span_of},
    names::did_you_mean,
    page::Page,
    source::Span,
};
use course::markup::{self, Element, Markup};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag};

/// The kinds of call-out, with the title that each has unless the author gives it another.
const CALLOUTS: &[(&str, &str)] =
    &[("mental-model", "Mental model"), ("rule-of-thumb", "Rule of thumb"), ("exam-tip", "Exam tip"), ("note", "Note")];

/// The kinds of call-out that only an exercise has.
const EXERCISE_PARTS: &[&str] = &["hint", "explanation"];

/// The first line of a call-out, `[!kind] Title`.
pub struct CalloutLine {
    /// The kind that is named.
    pub kind: Span,
    /// What follows it on the line.
    pub title: Span,
}

/// An element with attributes and children. What the markup does not allow is left out; callers check it before.
pub fn element(tag: &str, attributes: &[(&str, &str)], children: Markup) -> markup::Node {
    let Some(mut element) = Element::new(tag) else {
        return markup::Node::Text(markup::plain_text(&children));
    };
    for (name, value) in attributes {
        element = element.clone().with(name, value).unwrap_or(element);
    }
    element.children = children;
    element.into()
}

/// Adds text, to the text before it if there is any.
pub fn push_text(out: &mut Markup, text: &str) {
    match out.last_mut() {
        _ if text.is_empty() => {}
        Some(markup::Node::Text(before)) => before.push_str(text),
        _ => out.push(text.into()),
    }
}

/// Takes white space from both ends, which a removed id, marker or name leaves behind.
pub fn trimmed(mut markup: Markup) -> Markup {
    if let Some(markup::Node::Text(first)) = markup.first_mut() {
        *first = first.trim_start().to_owned();
    }
    if let Some(markup::Node::Text(last)) = markup.last_mut() {
        *last = last.trim_end().to_owned();
    }
    markup.retain(|node| !matches!(node, markup::Node::Text(text) if text.is_empty()));
    markup
}

impl Page<'_> {
    /// What stands at the top of a step, where headings are allowed.
    pub fn prose(&self, nodes: &[Node]) -> Markup {
        let mut out = Markup::new();
        for node in nodes {
            match node.tag() {
                Some(Tag::Heading { level, .. }) => out.push(self.heading(node, *level)),
                _ => out.extend(self.flow(std::slice::from_ref(node))),
            }
        }
        out
    }

    /// Blocks, and between them lines that stand in no paragraph, as in a tight list.
    pub fn flow(&self, nodes: &[Node]) -> Markup {
        let mut out = Markup::new();
        for run in nodes.chunk_by(|a, b| a.is_inline() && b.is_inline()) {
            match run {
                [block] if !block.is_inline() => out.extend(self.block(block)),
                line => out.extend(self.inline(line)),
            }
        }
        out
    }

    /// Text within a line.
    pub fn inline(&self, nodes: &[Node]) -> Markup {
        let mut out = Markup::new();
        for node in nodes {
            let inside = || self.inline(&node.children);
            match &node.event {
                Event::Text(text) => push_text(&mut out, text),
                Event::SoftBreak => push_text(&mut out, " "),
                Event::HardBreak => out.push(element("br", &[], Markup::new())),
                Event::Code(code) => out.push(element("code", &[], vec![code.as_ref().into()])),
                Event::Start(Tag::Emphasis) => out.push(element("em", &[], inside())),
                Event::Start(Tag::Strong) => out.push(element("strong", &[], inside())),
                Event::Start(Tag::Strikethrough) => out.push(element("del", &[], inside())),
                Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                    out.push(self.link(node, *link_type, dest_url, title));
                }
                Event::Start(Tag::Image { .. }) => {
                    let help = "leave an empty line before and after it";
                    self.error(node.span.clone(), "a figure stands in the middle of a paragraph", help);
                }
                Event::TaskListMarker(_) => {
                    let help = "take the brackets out, or put the list into `::: choice {#some-id}`";
                    self.error(node.span.clone(), "a list to tick stands outside a choice", help);
                }
                Event::FootnoteReference(_) => self.refuse_footnote(node),
                _ => self.refuse_html(node),
            }
        }
        out
    }

    /// The first line of a block quote, if it makes that a call-out.
    pub fn callout_line(&self, quote: &Node) -> Option<CalloutLine> {
        quote.tag().filter(|tag| matches!(tag, Tag::BlockQuote(_)))?;
        let start = quote.children.first()?.span.start;
        let line = start..self.source.line(start).end;
        let text = self.source.slice(&line);
        let length = text.strip_prefix("[!")?.find(']')?;
        let kind = start + 2..start + 2 + length;
        Some(CalloutLine { title: kind.end + 1..line.end, kind })
    }

    /// The blocks of a call-out without its first line.
    pub fn callout_body(&self, quote: &Node, line: &CalloutLine) -> Markup {
        let Some((first, rest)) = quote.children.split_first() else { return Markup::new() };
        let after = first.children.iter().filter(|node| node.span.start >= line.title.end);
        let after: Vec<Node> =
            after.skip_while(|node| matches!(node.event, Event::SoftBreak | Event::HardBreak)).cloned().collect();
        let mut body = Markup::new();
        if !after.is_empty() {
            body.push(element("p", &[], trimmed(self.inline(&after))));
        }
        body.extend(self.flow(rest));
        body
    }

    fn block(&self, node: &Node) -> Markup {
        let inside = || self.flow(&node.children);
        let Some(tag) = node.tag() else {
            if matches!(node.event, Event::Rule) {
                return vec![element("hr", &[], Markup::new())];
            }
            self.refuse_html(node);
            return Markup::new();
        };
        let block = match tag {
            Tag::Paragraph => match &node.children[..] {
                [image] if matches!(image.tag(), Some(Tag::Image { .. })) => return figure::figure(self, image),
                line => element("p", &[], trimmed(self.inline(line))),
            },
            Tag::Heading { .. } => {
                let help = "headings stand on their own in a step, outside lists, quotes and exercises";
                self.error(node.span.clone(), "there is no room for a heading here", help);
                return Markup::new();
            }
            Tag::BlockQuote(_) => match self.callout_line(node) {
                Some(line) => self.callout(node, &line),
                None => element("blockquote", &[], inside()),
            },
            Tag::CodeBlock(kind) => self.code(node, kind),
            Tag::List(None) => element("ul", &[], inside()),
            Tag::List(Some(1)) => element("ol", &[], inside()),
            Tag::List(Some(start)) => element("ol", &[("start", &start.to_string())], inside()),
            Tag::Item => element("li", &[], inside()),
            Tag::DefinitionList => element("dl", &[], inside()),
            Tag::DefinitionListTitle => element("dt", &[], trimmed(inside())),
            Tag::DefinitionListDefinition => element("dd", &[], inside()),
            Tag::Table(_) => {
                let (head, rows): (Vec<_>, Vec<_>) =
                    node.children.iter().partition(|row| matches!(row.tag(), Some(Tag::TableHead)));
                let corner = head.first().and_then(|row| row.children.first());
                // With nothing in the corner, the first column heads the rows.
                let heads_rows = corner.is_some_and(|cell| cell.children.is_empty());
                let cell = |node: &Node, column: usize, in_head: bool| {
                    let text = trimmed(self.inline(&node.children));
                    match (in_head, heads_rows && column == 0) {
                        (true, _) if !text.is_empty() => element("th", &[("scope", "col")], text),
                        (false, true) if !text.is_empty() => element("th", &[("scope", "row")], text),
                        _ => element("td", &[], text),
                    }
                };
                let row = |row: &Node, in_head: bool| {
                    let cells = row.children.iter().enumerate();
                    element("tr", &[], cells.map(|(column, node)| cell(node, column, in_head)).collect())
                };
                let head = head.iter().map(|node| row(node, true)).collect();
                let rows = rows.iter().map(|node| row(node, false)).collect();
                element("table", &[], vec![element("thead", &[], head), element("tbody", &[], rows)])
            }
            Tag::FootnoteDefinition(_) => {
                self.refuse_footnote(node);
                return Markup::new();
            }
            _ => {
                self.refuse_html(node);
                return Markup::new();
            }
        };
        vec![block]
    }

    /// Where the address of a link or a figure stands; all of it, if the address stands elsewhere.
    pub fn address_span(&self, node: &Node, url: &str) -> Span {
        let at = self.source.slice(&node.span).rfind(url).filter(|_| !url.is_empty());
        at.map_or(node.span.clone(), |at| node.span.start + at..node.span.start + at + url.len())
    }

    fn heading(&self, node: &Node, level: HeadingLevel) -> markup::Node {
        let tag = match level {
            HeadingLevel::H2 => "h2",
            HeadingLevel::H3 => "h3",
            HeadingLevel::H4 => "h4",
            HeadingLevel::H1 => {
                let help = "use `##` or below; the title of a step stands at the top of its file";
                self.error(node.span.clone(), "a step has one title already", help);
                "h2"
            }
            HeadingLevel::H5 | HeadingLevel::H6 => {
                self.error(node.span.clone(), "this heading is too deep", "use `##`, `###` or `####`");
                "h4"
            }
        };
        let text = self.inline(&node.children);
        if text.is_empty() {
            self.error(node.span.clone(), "this heading says nothing", "give it a text, or take it out");
        }
        element(tag, &[], text)
    }

    fn callout(&self, quote: &Node, line: &CalloutLine) -> markup::Node {
        let written = self.source.slice(&line.kind);
        let known = CALLOUTS.iter().find(|(kind, _)| *kind == written);
        if known.is_none() {
            let (message, help) = if EXERCISE_PARTS.contains(&written) {
                let help = format!("put it after the lists of an exercise, not indented: `> [!{written}]`");
                (format!("there is no room for the {written} here"), help)
            } else {
                let help = did_you_mean(written, CALLOUTS.iter().map(|(kind, _)| *kind));
                (format!("there is no call-out `{written}`"), help)
            };
            self.error(line.kind.clone(), message, help);
        }
        let (kind, title) = known.copied().unwrap_or(("note", "Note"));
        let first = quote.children.first().map_or(&[][..], |first| &first.children);
        let own: Vec<Node> = first
            .iter()
            .filter(|node| node.span.start < line.title.end && node.span.start >= line.title.start)
            .cloned()
            .collect();
        let own = trimmed(self.inline(&own));
        // The kind is always said in words, since its colour alone would not be seen by everybody.
        let title: Markup = match own.is_empty() {
            true => vec![title.into()],
            false => [vec![title.into(), ": ".into()], own].concat(),
        };
        let mut children = vec![element("p", &[("class", "callout-title")], title)];
        let body = self.callout_body(quote, line);
        if body.is_empty() {
            self.error(quote.span.clone(), "this call-out says nothing", "write its text below, each line after a `>`");
        }
        children.extend(body);
        element("aside", &[("class", &format!("callout {kind}"))], children)
    }

    fn code(&self, node: &Node, kind: &CodeBlockKind) -> markup::Node {
        let text = plain_text(&node.children);
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let code = highlight::highlight(&text, language).unwrap_or_else(|| {
            let line = self.source.line(node.span.start);
            let start = self.source.slice(&line).find(language).map_or(line.start, |at| line.start + at);
            let help = highlight::near_languages(language);
            self.error(start..start + language.len(), format!("there is no language `{language}`"), help);
            Markup::new()
        });
        element("pre", &[("class", "code")], vec![element("code", &[], code)])
    }

    fn link(&self, node: &Node, kind: LinkType, url: &CowStr, title: &CowStr) -> markup::Node {
        let text = self.inline(&node.children);
        if markup::plain_text(&text).trim().is_empty() {
            self.error(node.span.clone(), "this link has no text", "say between the brackets where it leads");
        }
        let mut attributes: Vec<(&str, &str)> = Vec::new();
        if !title.is_empty() {
            attributes.push(("title", title));
        }
        let scheme = url.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| !scheme.contains(['/', '?', '#']));
        let address;
        if kind == LinkType::Email {
            address = format!("mailto:{}", url.trim_start_matches("mailto:"));
            attributes.push(("href", &address));
        } else if let Some(scheme) = scheme {
            if !markup::is_safe_url("href", url) {
                let help = "use an `https:`, `http:` or `mailto:` address without spaces, or a step's file name";
                self.error(
                    self.address_span(node, url),
                    format!("a link cannot lead to a `{}:` address", scheme.trim()),
                    help,
                );
            }
            attributes.push(("href", url));
            if !scheme.eq_ignore_ascii_case("mailto") {
                attributes.push(("rel", "noopener"));
            }
        } else {
            match self.context.address(&self.source.path, url) {
                Ok(found) => address = found,
                Err((message, help)) => {
                    self.error(self.address_span(node, url), message, help);
                    return element("a", &[], text);
                }
            }
            if address.starts_with("#/glossary/") {
                attributes.push(("class", "term"));
            }
            attributes.push(("href", &address));
        }
        element("a", &attributes, text)
    }

    fn refuse_footnote(&self, node: &Node) {
        let line = node.span.start..self.source.line(node.span.start).end.min(node.span.end);
        self.error(line, "there are no footnotes", "say it in the text, or in a call-out below: `> [!note]`");
    }

    fn refuse_html(&self, node: &Node) {
        let span = span_of(&node.children, node.span.start);
        let span = if span.is_empty() { node.span.clone() } else { span };
        let help = "write it in Markdown; put code between backticks";
        self.error(span, "raw HTML is not allowed", help);
    }
}
