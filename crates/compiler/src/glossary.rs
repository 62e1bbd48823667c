//! The glossary of a module: a definition list of its key terms and nothing else.

use crate::{
    entry::{Entry, definition_entries},
    mention::Names,
    page::{Page, Part, id},
};
use course::{course::Term, markup::plain_text};
use pulldown_cmark::Tag;

/// The entries of a glossary, whose ids are taken. This comes before everything else that may link to a term.
pub fn entries<'a>(page: &'a Page) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
    for part in page.parts() {
        let nodes = match part {
            Part::Prose(span) => page.parse(span.clone()),
            Part::Container { opening, body, .. } => {
                page.ignore(body);
                page.error(opening.clone(), "a glossary holds key terms only", "put this into a step");
                continue;
            }
        };
        for node in nodes {
            if matches!(node.tag(), Some(Tag::DefinitionList)) {
                entries.extend(definition_entries(page, node, "term"));
            } else {
                page.ignore(&node.span);
                let help = "write each term in a line with its id, and in the next line `: ` and what it means";
                page.error(node.span.clone(), "a glossary holds key terms only", help);
            }
        }
    }
    let (source, problems) = (page.source, &page.context.problems);
    for entry in &entries {
        page.context.terms.borrow_mut().take(&entry.id, "terms of the course", source, problems);
        entry.attributes.check_keys(&["aliases", "link", "was"], source, problems);
    }
    if entries.is_empty() {
        let help = "write each term in a line with its id, and in the next line `: ` and what it means";
        page.error(0..0, "this glossary has no terms", help);
    }
    page.finish();
    entries
}

/// The names by which steps mention those terms.
pub fn names(page: &Page, entries: &[Entry]) -> Names {
    let (source, problems) = (page.source, &page.context.problems);
    let mut names = Names::default();
    for entry in entries {
        let linked = entry.attributes.one_of("link", &["no", "yes"], source, problems) != Some(0);
        names.add(&id(&entry.id), &plain_text(&entry.text), &aliases(entry), linked);
    }
    names
}

/// Other names of the same thing.
fn aliases(entry: &Entry) -> Vec<String> {
    let aliases = entry.attributes.get("aliases").map_or("", |aliases| &aliases.text).split(',');
    aliases.map(str::trim).filter(|alias| !alias.is_empty()).map(str::to_owned).collect()
}

/// The terms, in the order in which a learner looks them up.
pub fn terms(page: &Page, entries: Vec<Entry>) -> Vec<Term> {
    let mut terms: Vec<Term> = entries
        .into_iter()
        .map(|entry| {
            let definition = page.flow(&entry.rest);
            if definition.is_empty() {
                page.error(entry.span.clone(), "this term has no definition", "write it below, after `: `");
            }
            let (source, problems) = (page.source, &page.context.problems);
            let was = page.context.terms.borrow_mut().was(entry.attributes.get("was"), source, problems);
            Term { id: id(&entry.id), was, title: plain_text(&entry.text), aliases: aliases(&entry), definition }
        })
        .collect();
    terms.sort_by_key(|term| term.title.to_lowercase());
    terms
}
