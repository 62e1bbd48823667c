//! Key terms: what each of them means, where the text mentions it, in a section with those of one module, and on a page
//! of all of them.

use super::{compiled, ids, markup};
use crate::words;
use course::{
    Id,
    course::{Block, Course, Step, Term},
    markup::{Element, Markup, Node, each_element},
    place::Place,
};
use yew::prelude::*;

/// Prose of a step, in which every link to a term is a button that opens what the term means.
///
/// The browser itself opens it, closes it with Escape or a tap beside it, and gives the focus back; so this works before
/// the player runs, and where it never does. It stands within a line, so it has no blocks in it.
pub fn prose(course: &Course, step: &Id, block: usize, prose: &Markup) -> Html {
    let step = course.steps().position(|(_, known)| known.id == *step).unwrap_or_default();
    let mut mentions = 0;
    markup::with(prose, &mut |element| {
        let id = element.term()?;
        let term = course.terms().find(|term| term.id == id)?;
        mentions += 1;
        Some(mention(element, term, ids::definition(step, block, mentions)))
    })
}

fn mention(link: &Element, term: &Term, id: String) -> Html {
    let open = false.to_string();
    html! {
        <>
            <button type="button" class="term" popovertarget={id.clone()} aria-expanded={open} aria-controls={id.clone()}>
                { markup::view(&link.children) }
            </button>
            <span popover="" id={id.clone()} class="definition" role="note">
                <a href={address(term)}>{ &term.title }</a>
                <button type="button" popovertarget={id} popovertargetaction="hide" aria-label={words::CLOSE}>
                    { "×" }
                </button>
                { in_short(term) }
            </span>
        </>
    }
}

/// The first paragraph of what a term means.
fn in_short(term: &Term) -> Html {
    let paragraph = term.definition.iter().find_map(|node| match node {
        Node::Element(element) if element.tag() == "p" => Some(&element.children),
        _ => None,
    });
    paragraph.map_or_else(|| course::markup::plain_text(&term.definition).into(), |text| markup::view(text))
}

fn address(term: &Term) -> String {
    Place::Glossary(Some(term.id.clone())).fragment()
}

/// The page of all terms, with the search of the course above them, and the way back from it.
pub fn page(course: &Course) -> Html {
    let mut terms: Vec<&Term> = course.terms().collect();
    terms.sort_by_key(|term| term.title.to_lowercase());
    let uses = |term: &Term| Some(uses(course, term));
    html! {
        <>
            <article class="page">
                <h1 id={ids::heading(&Place::Glossary(None))} tabindex="-1">{ words::GLOSSARY }</h1>
                { search() }
                { letters(&terms) }
                { entries(&terms, &uses) }
            </article>
            { compiled::bar(Some(ids::RETURN.to_owned()), words::STEPS, None) }
        </>
    }
}

/// The key terms of a module, and what they mean.
pub fn list(terms: &[Term]) -> Html {
    entries(&terms.iter().collect::<Vec<_>>(), &|_| None)
}

/// Terms and what they mean. Those with `uses` are what their addresses lead to.
fn entries(terms: &[&Term], uses: &dyn Fn(&Term) -> Option<Html>) -> Html {
    let entry = |term: &Term| {
        let uses = uses(term);
        let id = uses.is_some().then(|| ids::place(&Place::Glossary(Some(term.id.clone()))));
        html! {
            <div>
                <dt tabindex={id.is_some().then_some("-1")} {id}>{ &term.title }{ aliases(term) }</dt>
                <dd>{ markup::view(&term.definition) }{ uses.unwrap_or_default() }</dd>
            </div>
        }
    };
    html! { <dl class="terms">{ terms.iter().map(|term| entry(term)).collect::<Html>() }</dl> }
}

/// Where to type what is looked for, what was found in steps and on cards, and how much that is in all. What was found
/// among the terms is their list below. `search.js` does all of it, with the words that stand here.
fn search() -> Html {
    html! {
        <div class="search" role="search">
            <label for={ids::SEARCH}>{ words::SEARCH }</label>
            <input type="search" id={ids::SEARCH} autocomplete="off" />
            <p
                role="status"
                data-none={words::found_none("#")}
                data-one={words::found_one("#")}
                data-many={words::found_many("%", "#")}
            ></p>
            for group in [words::STEPS, words::CARDS] {
                <section hidden=true><h2>{ group }</h2><ul></ul></section>
            }
            <h2 hidden=true>{ words::TERMS }</h2>
        </div>
    }
}

/// Each letter that a term begins with, and leads to the first of them.
fn letters(terms: &[&Term]) -> Html {
    let letter = |term: &Term| term.title.chars().next().map(|first| first.to_uppercase().to_string());
    html! {
        <nav class="letters" aria-label={words::LETTERS}>
            for group in terms.chunk_by(|a, b| letter(a) == letter(b)) {
                <a href={address(group[0])}>{ letter(group[0]) }</a>
            }
        </nav>
    }
}

/// The steps whose text mentions a term.
fn uses(course: &Course, term: &Term) -> Html {
    let mentions = |block: &Block| {
        let mut found = false;
        if let Block::Prose(prose) = block {
            each_element(prose, &mut |element| found |= element.term().is_some_and(|id| id == term.id));
        }
        found
    };
    let steps = course.steps().map(|(_, step)| step).filter(|step| step.blocks.iter().any(mentions));
    let link = |step: &Step| html! { <a href={Place::Step(step.id.clone()).fragment()}>{ &step.title }</a> };
    let links: Vec<Html> = steps.map(link).collect();
    if links.is_empty() {
        return Html::default();
    }
    html! { <p class="uses">{ words::USED_IN }{ links.into_iter().map(|link| html! { <>{ " " }{ link }</> }).collect::<Html>() }</p> }
}

/// The other names that the title does not already say.
fn aliases(term: &Term) -> Html {
    let others: Vec<&str> =
        term.aliases.iter().map(String::as_str).filter(|alias| !term.title.contains(alias)).collect();
    if others.is_empty() {
        return Html::default();
    }
    html! { <span class="aliases">{ words::aliases(&others) }</span> }
}
