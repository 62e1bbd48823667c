//! What classification and matching share: a bulleted list of slots and a numbered list of items, each with the names
//! of the slots in which it is right.

use super::{Form, item};
use crate::{
    entry::{Entry, list_entries},
    markdown::{Node, in_paragraphs, plain_text, span_of},
    names::{Unique, nearest},
    source::Span,
};
use course::{
    Id,
    exercise::{Item, Misplaced, Slot},
    markup::{self, Markup},
};
use pulldown_cmark::{Event, Tag};

/// What authors call the two sides.
pub struct Words {
    /// A slot: category, answer.
    pub slot: &'static str,
    /// Several slots.
    pub slots: &'static str,
    /// An item: item, prompt.
    pub item: &'static str,
    /// Several items.
    pub items: &'static str,
    /// Whether a new try shuffles the slots.
    pub shuffles: bool,
}

/// An item, and where it names the slots that are right.
pub struct Placed {
    /// The item.
    pub item: Item,
    /// The names of the slots, each with its place.
    pub named: Vec<(Id, Span)>,
}

/// A slot and what it is called.
struct Named {
    id: Id,
    title: String,
    written: String,
}

/// Whether a block is a list of slots or of items.
pub fn owns(node: &Node) -> bool {
    node.is_list(false) || node.is_list(true)
}

/// Reads both lists.
pub fn read(form: &Form, lists: Vec<Node>, words: &Words) -> (Vec<Slot>, Vec<Placed>) {
    let (numbered, bulleted): (Vec<_>, Vec<_>) = lists.into_iter().partition(|list| list.is_list(true));
    let slots = bulleted_slots(form, bulleted, words);
    let names: Vec<Named> = slots
        .iter()
        .map(|(slot, written)| Named {
            id: slot.id.clone(),
            title: markup::plain_text(&slot.text),
            written: written.clone(),
        })
        .collect();
    let mut ids = Unique::default();
    let mut placed = Vec::new();
    let list = form.only(numbered, words.items);
    for entry in list.into_iter().flat_map(|list| list_entries(form.page, list, words.item)) {
        let own = form.take(&mut ids, &entry, words.items);
        form.is_fixed(&entry.attributes, false);
        placed.push(place(form, own, entry, &names, words));
    }
    if placed.is_empty() {
        let help = format!("add a numbered list with the {}", words.items);
        form.error(form.opening.clone(), format!("this exercise has no {}", words.items), help);
    }
    (slots.into_iter().map(|(slot, _)| slot).collect(), placed)
}

fn bulleted_slots(form: &Form, lists: Vec<Node>, words: &Words) -> Vec<(Slot, String)> {
    let mut ids = Unique::default();
    let mut slots = Vec::new();
    let list = form.only(lists, words.slots);
    for entry in list.into_iter().flat_map(|list| list_entries(form.page, list, words.slot)) {
        if let Some(first) = entry.rest.first() {
            let help = format!("keep a {} to one line; feedback belongs to the numbered list", words.slot);
            form.page.ignore(&span_of(&entry.rest, 0));
            form.error(first.span.clone(), format!("a {} has nothing below it", words.slot), help);
        }
        let fixed = form.is_fixed(&entry.attributes, words.shuffles);
        let (id, was) = form.take(&mut ids, &entry, words.slots);
        let written = form.page.source.slice(&entry.span).to_owned();
        slots.push((Slot { id, was, text: entry.text, label: String::new(), fixed }, written));
    }
    if slots.len() < 2 {
        let help = format!("add a bulleted list with the {}", words.slots);
        form.error(form.opening.clone(), format!("this exercise has fewer than two {}", words.slots), help);
    }
    slots
}

fn place(form: &Form, own: (Id, Vec<Id>), entry: Entry, names: &[Named], words: &Words) -> Placed {
    let Entry { text, span, rest, .. } = entry;
    let mut rest = rest.into_iter();
    let mut blocks: Vec<Node> = Vec::new();
    let mut named = Vec::new();
    match rest.next().map(|first| take_bold(form, first)) {
        Some(Ok((bold, first))) => {
            for (name, span) in bold {
                match find(&name, names) {
                    Some(slot) if named.iter().any(|(id, _)| id == slot) => {
                        form.error(span, format!("`{name}` stands twice"), "keep one of them");
                    }
                    Some(slot) => named.push((slot.clone(), span)),
                    None => unknown(form, &name, span, names, words),
                }
            }
            blocks.extend(first);
        }
        other => {
            let help = format!(
                "begin the paragraph below it with the {} in bold, for example `**{}.**`",
                words.slot,
                names.first().map_or("Name", |slot| &slot.title)
            );
            form.error(span.clone(), format!("nothing says where this {} belongs", words.item), help);
            blocks.extend(other.and_then(Result::err));
        }
    }
    let mut misplaced = Vec::new();
    for block in rest {
        match misplacements(form, block, names) {
            Ok(entries) => read_misplaced(form, entries, &named, &mut misplaced, names, words),
            Err(block) => blocks.push(block),
        }
    }
    let feedback = form.feedback(&blocks, &span, words.item);
    let accepts = named.iter().map(|(slot, _)| slot.clone()).collect();
    Placed { item: Item { misplaced, ..item(own, text, accepts, feedback) }, named }
}

/// The names in the bold text at the start of a paragraph, and the paragraph without them if anything is left.
type Bold<'a> = (Vec<(String, Span)>, Option<Node<'a>>);

/// Takes the bold text from the start of a paragraph; gives the block back if there is none.
fn take_bold<'a>(form: &Form, mut block: Node<'a>) -> Result<Bold<'a>, Node<'a>> {
    let bold = block.children.first().filter(|node| matches!(node.tag(), Some(Tag::Strong)));
    let Some(bold) = bold.filter(|_| matches!(block.tag(), Some(Tag::Paragraph))) else { return Err(block) };
    let inside = bold.span.start + 2..bold.span.end.saturating_sub(2).max(bold.span.start + 2);
    let mut at = inside.start;
    let mut names = Vec::new();
    for piece in form.page.source.slice(&inside).split('|') {
        let start = at + piece.len() - piece.trim_start().len();
        let name = piece.trim().trim_end_matches(['.', ':']).trim_end();
        names.push((name.to_owned(), start..start + name.len()));
        at += piece.len() + 1;
    }
    block.children.remove(0);
    if let Some(first) = block.children.first_mut() {
        block.span.start = first.span.start;
        // The paragraph starts with what follows the name, without the space between them.
        if let Event::Text(text) = &mut first.event {
            *text = text.trim_start().to_owned().into();
        }
    }
    let empty = plain_text(&block.children).trim().is_empty();
    Ok((names, (!empty).then_some(block)))
}

fn find<'n>(name: &str, names: &'n [Named]) -> Option<&'n Id> {
    let same = |known: &str| known.trim().trim_end_matches(['.', ':']).to_lowercase() == name.to_lowercase();
    names.iter().find(|slot| same(&slot.title) || same(&slot.written) || same(&slot.id)).map(|slot| &slot.id)
}

fn unknown(form: &Form, name: &str, span: Span, names: &[Named], words: &Words) {
    let titles = || names.iter().map(|slot| slot.title.as_str());
    let all = titles().map(|title| format!("`{title}`")).collect::<Vec<_>>().join(", ");
    let near = nearest(name, titles()).or_else(|| nearest(name, names.iter().map(|slot| &*slot.id)));
    let help = match near {
        Some(near) => format!("did you mean `{near}`? The {} are {all}", words.slots),
        None => format!("the {} are {all}", words.slots),
    };
    form.error(span, format!("there is no {} `{name}`", words.slot), help);
}

/// What a list says about wrong places, entry by entry.
type Misplacements<'a> = Vec<(Bold<'a>, Vec<Node<'a>>)>;

/// Reads a bulleted list in which every entry begins with a name in bold; gives back any other block.
///
/// A list of which no entry even resembles a name is ordinary feedback with bold first words.
fn misplacements<'a>(form: &Form, block: Node<'a>, names: &[Named]) -> Result<Misplacements<'a>, Node<'a>> {
    let mut entries = Vec::new();
    let mut alike = false;
    for entry in block.children.iter().filter(|_| block.is_list(false)) {
        let mut blocks = in_paragraphs(entry.children.clone()).into_iter();
        let Some(Ok(bold)) = blocks.next().map(|first| take_bold(form, first)) else { return Err(block) };
        let known = || names.iter().flat_map(|slot| [slot.title.as_str(), &slot.id]);
        // Only a name that is none has to be compared with all of them, which takes long.
        alike = alike || bold.0.iter().any(|(name, _)| find(name, names).is_some() || nearest(name, known()).is_some());
        entries.push((bold, blocks.collect()));
    }
    if alike { Ok(entries) } else { Err(block) }
}

fn read_misplaced(
    form: &Form,
    entries: Misplacements,
    right: &[(Id, Span)],
    misplaced: &mut Vec<Misplaced>,
    names: &[Named],
    words: &Words,
) {
    for ((bold, first), rest) in entries {
        let blocks: Vec<Node> = first.into_iter().chain(rest).collect();
        for (name, span) in bold {
            let Some(slot) = find(&name, names) else {
                unknown(form, &name, span, names, words);
                continue;
            };
            if right.iter().any(|(id, _)| id == slot) {
                let help = "say in the paragraph above why it is right";
                form.error(span.clone(), format!("`{name}` is right here, not wrong"), help);
            } else if misplaced.iter().any(|other| other.slot == *slot) {
                form.error(span.clone(), format!("`{name}` stands twice"), "keep one of them");
            }
            let feedback: Markup = form.feedback(&blocks, &span, words.slot);
            misplaced.push(Misplaced { slot: slot.clone(), feedback });
        }
    }
}
