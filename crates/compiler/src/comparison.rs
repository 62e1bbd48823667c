//! A comparison: what to choose, a list of holders, a table of layers by options, and what to take away.

use crate::{
    attributes::Attributes,
    markdown::{Node, span_of},
    names::did_you_mean,
    page::Page,
    prose::trimmed,
    source::Span,
};
use course::{
    comparison::{Comparison, Layer},
    markup::{self, Markup},
};
use pulldown_cmark::Tag;
use std::ops::RangeInclusive;

/// What stands after the colons.
pub const NAME: &str = "comparison";

/// So many options stand side by side on the smallest phone.
const OPTIONS: RangeInclusive<usize> = 2..=4;

/// So many holders have a colour and a shape of their own.
const HOLDERS: RangeInclusive<usize> = 2..=3;

/// A text and where it stands.
type Said = (String, Span);

/// Reads the container of that name.
pub fn read(page: &Page, opening: &Span, attributes: &Attributes, body: Span) -> Comparison {
    let nodes = page.parse(body);
    let table = nodes.iter().position(is_table).unwrap_or(nodes.len());
    let (above, rest) = nodes.split_at(table);
    let mut comparison = Comparison {
        prompt: prompt(page, opening, above),
        tally: tally(page, opening, attributes),
        holders: holders(page, opening, above),
        layer: String::new(),
        options: Vec::new(),
        about: String::new(),
        layers: Vec::new(),
        caption: Markup::new(),
    };
    if let Some((table, caption)) = rest.split_first() {
        fill(page, table, &mut comparison);
        for second in caption.iter().filter(|node| is_table(node)) {
            page.error(second.span.clone(), "this is a second table", "make it one, with a row for each layer");
        }
        comparison.caption = page.flow(caption);
    } else {
        let help = "write one: a row for each layer, with its name, its holder with each option, and a sentence on it";
        page.error(opening.clone(), "this comparison has no table", help);
    }
    comparison
}

fn is_table(node: &Node) -> bool {
    matches!(node.tag(), Some(Tag::Table(_)))
}

/// The paragraph above the table. Beside it only the holders may stand there.
fn prompt(page: &Page, opening: &Span, above: &[Node]) -> Markup {
    let is_paragraph = |node: &&Node| matches!(node.tag(), Some(Tag::Paragraph));
    let Some(first) = above.iter().find(is_paragraph) else {
        let help = "say in a paragraph above the table what to choose, and what to look for";
        page.error(opening.clone(), "this comparison has no prompt", help);
        return Markup::new();
    };
    for other in above.iter().filter(|node| node.span != first.span && !node.is_list(false)) {
        page.ignore(&other.span);
        let help = "above the table stand one paragraph and the list of holders; what to take away stands below it";
        page.error(other.span.clone(), "there is no room for this in a comparison", help);
    }
    trimmed(page.inline(&first.children))
}

/// The sentence that counts, from the braces of the opening line.
fn tally(page: &Page, opening: &Span, attributes: &Attributes) -> String {
    attributes.check_keys(&["tally"], page.source, &page.context.problems);
    if attributes.names {
        let help = "leave it out; nothing of a comparison is kept";
        page.error(attributes.span.clone(), "a comparison takes no id", help);
    }
    let example = "`::: comparison {tally=\"# of # layers are yours\"}`";
    let Some(tally) = attributes.get("tally") else {
        let help = format!("say how much the first holder has, for example {example}");
        page.error(opening.clone(), "this comparison has no tally", help);
        return String::new();
    };
    if tally.text.matches('#').count() != 2 {
        let help = format!("write `#` twice, for what the first holder has and for all, for example {example}");
        page.error(tally.span.clone(), "this tally does not say how many of how many", help);
    }
    tally.text.clone()
}

/// The names in the bulleted list above the table.
fn holders(page: &Page, opening: &Span, above: &[Node]) -> Vec<String> {
    let lists = above.iter().filter(|node| node.is_list(false));
    let entries: Vec<&Node> = lists.flat_map(|list| &list.children).collect();
    if !HOLDERS.contains(&entries.len()) {
        let help = "name two or three in a bulleted list above the table, the learner first";
        let span = entries.first().map_or(opening.clone(), |first| first.span.clone());
        page.error(span, format!("a comparison has two or three holders, and this one {}", entries.len()), help);
    }
    let named: Vec<Said> = entries.iter().map(|entry| said(page, &entry.children, &entry.span)).collect();
    for (_, span) in named.iter().filter(|(name, _)| name.is_empty()) {
        page.error(span.clone(), "this holder has no name", "write it after the mark, as it stands in the table");
    }
    distinct(page, &named, "holder");
    named.into_iter().map(|(name, _)| name).collect()
}

/// Reads the table.
fn fill(page: &Page, table: &Node, comparison: &mut Comparison) {
    let Some((head, rows)) = table.children.split_first() else { return };
    fill_heads(page, head, comparison);
    let options = comparison.options.len();
    if !OPTIONS.contains(&options) {
        let help = "give it two to four columns between that of the layers and that of what is said of them";
        page.error(head.span.clone(), format!("a comparison has two to four options, and this one {options}"), help);
        return;
    }
    if rows.is_empty() {
        page.error(head.span.clone(), "this table has no layers", "add a row for each");
    }
    let titles: Vec<Said> = rows.iter().map(|row| first_cell(page, row)).collect();
    distinct(page, &titles, "layer");
    comparison.layers = rows.iter().zip(titles).map(|(row, (title, _))| layer(page, row, title, comparison)).collect();
}

/// Reads the first row: what layers are called, the options, and what is said of layers.
fn fill_heads(page: &Page, head: &Node, comparison: &mut Comparison) {
    let mut heads: Vec<Said> = head.children.iter().map(|cell| said(page, &cell.children, &cell.span)).collect();
    for (_, span) in heads.iter().filter(|(text, _)| text.is_empty()) {
        page.error(span.clone(), "this column has no head", "say in its first row what stands in it");
    }
    comparison.about = heads.pop().unwrap_or_default().0;
    let mut heads = heads.into_iter();
    comparison.layer = heads.next().unwrap_or_default().0;
    let options: Vec<Said> = heads.collect();
    distinct(page, &options, "option");
    comparison.options = options.into_iter().map(|(option, _)| option).collect();
}

/// What the first cell of a row says.
fn first_cell(page: &Page, row: &Node) -> Said {
    row.children.first().map(|cell| said(page, &cell.children, &cell.span)).unwrap_or_default()
}

/// One of the other rows.
fn layer(page: &Page, row: &Node, title: String, comparison: &Comparison) -> Layer {
    if title.is_empty() {
        page.error(row.span.clone(), "this row names no layer", "write its name into the first cell");
    }
    let cells = row.children.iter().skip(1).zip(&comparison.options);
    let held = cells.map(|(cell, option)| held(page, row, cell, option, &comparison.holders)).collect();
    let last = row.children.get(comparison.options.len() + 1);
    let about = last.map(|cell| trimmed(page.inline(&cell.children))).unwrap_or_default();
    if about.is_empty() {
        let help = "write a sentence into the last cell of its row";
        page.error(row.span.clone(), "nothing is said of this layer", help);
    }
    refuse_surplus(page, row);
    Layer { title, held, about }
}

/// Which of the holders a cell names.
fn held(page: &Page, row: &Node, cell: &Node, option: &str, holders: &[String]) -> usize {
    let (name, span) = said(page, &cell.children, &cell.span);
    let help = || did_you_mean(&name, holders.iter().map(String::as_str));
    let place = holders.iter().position(|holder| holder.eq_ignore_ascii_case(&name));
    if name.is_empty() {
        page.error(row.span.clone(), format!("nobody holds this layer with `{option}`"), help());
    } else if place.is_none() && !holders.is_empty() {
        page.error(span, format!("there is no holder `{name}`"), help());
    }
    place.unwrap_or_default()
}

/// Reports what Markdown drops from a row, since its head is shorter.
fn refuse_surplus(page: &Page, row: &Node) {
    let end = row.children.last().map_or(row.span.end, |cell| cell.span.end);
    let beyond = page.source.slice(&(end..row.span.end)).trim();
    if !beyond.trim_matches('|').is_empty() {
        let help = "take out what is too much";
        page.error(end..row.span.end, "this row has more cells than the table has columns", help);
    }
}

/// The text of a cell or an entry, without its markup, and where it stands.
fn said(page: &Page, nodes: &[Node], span: &Span) -> Said {
    let text = match nodes.iter().all(Node::is_inline) {
        true => page.inline(nodes),
        false => page.flow(nodes),
    };
    let span = if nodes.is_empty() { span.clone() } else { span_of(nodes, span.start) };
    (markup::plain_text(&text).trim().to_owned(), span)
}

/// Reports names that say the same as another.
fn distinct(page: &Page, names: &[Said], what: &str) {
    for (at, (name, span)) in names.iter().enumerate() {
        if !name.is_empty() && names[..at].iter().any(|(earlier, _)| earlier == name) {
            page.error(span.clone(), format!("the {what} `{name}` stands twice"), "keep one of them");
        }
    }
}
