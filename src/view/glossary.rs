//! Key terms: what each of them means, where the text mentions it, in a section with those of one module, and on a page
//! of all of them.

use super::{
    compiled::{self, Compiled},
    ids, markup,
    tag::{Content, tag},
    text::Text,
};
use crate::words::{Words, message::Message, pattern::Value};
use course::{
    Id,
    course::{Block, Course, Step, Term},
    markup::{Element, Markup, Node, each_element},
    place::Place,
};
use yew::prelude::*;

/// Prose of a step, in which every link to a term opens what the term means.
///
/// `player.js` opens it, before the player runs as well, and the browser closes it with Escape or a tap beside it. Where no
/// script runs, the link leads to the entry of the term. It is no `<button>`, since in every engine that is a box, which
/// does not break over lines as words do. What it opens stands within a line, so it has no blocks in it.
pub fn prose(texts: &Compiled, step: &Id, block: usize, prose: &Markup) -> Html {
    let Compiled { course, words, .. } = texts;
    let step = course.steps().position(|(_, known)| known.id == *step).unwrap_or_default();
    let mut mentions = 0;
    markup::with(prose, &mut |element| {
        let id = element.term()?;
        let term = course.terms().find(|term| term.id == id)?;
        mentions += 1;
        Some(mention(words, element, term, ids::definition(step, block, mentions)))
    })
}

fn mention(words: &Words, link: &Element, term: &Term, id: String) -> Html {
    let open = false.to_string();
    html! {
        <>
            <a class="term" href={address(term)} role="button" aria-expanded={open} aria-controls={id.clone()}>
                { markup::view(&link.children) }
            </a>
            <span popover="" id={id.clone()} class="definition" role="note">
                <a href={address(term)}>{ &term.title }</a>
                <button type="button" popovertarget={id} popovertargetaction="hide" aria-label={words.say(Message::Close)}>
                    { "×" }
                </button>
                { in_short(term) }
            </span>
        </>
    }
}

/// The first paragraph of what a term means.
pub fn in_short(term: &Term) -> Html {
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
pub fn page(texts: &Compiled) -> Html {
    let Compiled { course, words, .. } = texts;
    let mut terms: Vec<&Term> = course.terms().collect();
    terms.sort_by_key(|term| term.title.to_lowercase());
    let uses = |term: &Term| Some(uses(words, course, term));
    html! {
        <>
            <article class="page">
                <h1 id={ids::heading(&Place::Glossary(None))} tabindex="-1">{ words.say(Message::Glossary) }</h1>
                { search(words) }
                { letters(words, &terms) }
                { entries(words, &terms, &uses) }
            </article>
            { compiled::bar(words, Some(ids::RETURN.to_owned()), &words.say(Message::Steps), None) }
        </>
    }
}

/// The key terms of a module, and what they mean.
pub fn list(words: &Words, terms: &[Term]) -> Html {
    entries(words, &terms.iter().collect::<Vec<_>>(), &|_| None)
}

/// Terms and what they mean. Those with `uses` are what their addresses lead to.
fn entries(words: &Words, terms: &[&Term], uses: &dyn Fn(&Term) -> Option<Html>) -> Html {
    let entry = |term: &Term| {
        let uses = uses(term);
        let id = uses.is_some().then(|| ids::place(&Place::Glossary(Some(term.id.clone()))));
        html! {
            <div>
                <dt tabindex={id.is_some().then_some("-1")} id={id.clone()}>{ &term.title }{ aliases(words, term) }</dt>
                <dd>{ definition(term, id.is_some()) }{ uses.unwrap_or_default() }</dd>
            </div>
        }
    };
    html! { <dl class="terms">{ terms.iter().map(|term| entry(term)).collect::<Html>() }</dl> }
}

/// What a term means; where the review finds it, with its first paragraph under its address.
fn definition(term: &Term, addressed: bool) -> Html {
    let address = Text::Definition(&term.id).address();
    match term.definition.split_first() {
        Some((Node::Element(first), rest)) if addressed && first.tag() == "p" => html! {
            <><p data-text={address}>{ markup::view(&first.children) }</p>{ markup::view(rest) }</>
        },
        _ if addressed => html! { <div data-text={address}>{ markup::view(&term.definition) }</div> },
        _ => markup::view(&term.definition),
    }
}

/// Where to type what is looked for, what was found in steps and on cards, and how much that is in all. What was found
/// among the terms is their list below. `search.js` does all of it, with the words that stand here.
fn search(words: &Words) -> Html {
    let status = words.plurals(Message::Found).into_iter().fold(
        tag("p").set("role", "status").in_page("data-locale", words.locale()),
        |status, (when, text)| {
            let name = match when {
                "=0" => "data-none",
                "zero" => "data-zero",
                "one" => "data-one",
                "two" => "data-two",
                "few" => "data-few",
                "many" => "data-many",
                _ => "data-other",
            };
            status.in_page(name, text.to_owned())
        },
    );
    html! {
        <div class="search" role="search">
            <label for={ids::SEARCH}>{ words.say(Message::Search) }</label>
            <input type="search" id={ids::SEARCH} autocomplete="off" />
            { status.html() }
            for group in [words.say(Message::Steps), words.say(Message::Cards)] {
                <section hidden=true><h2>{ group }</h2><ul></ul></section>
            }
            <h2 hidden=true>{ words.say(Message::Terms) }</h2>
        </div>
    }
}

/// Each letter that a term begins with, and leads to the first of them.
fn letters(words: &Words, terms: &[&Term]) -> Html {
    let letter = |term: &Term| term.title.chars().next().map(|first| first.to_uppercase().to_string());
    html! {
        <nav class="letters" aria-label={words.say(Message::TermsByLetter)}>
            for group in terms.chunk_by(|a, b| letter(a) == letter(b)) {
                <a href={address(group[0])}>{ letter(group[0]) }</a>
            }
        </nav>
    }
}

/// The steps whose text mentions a term.
fn uses(words: &Words, course: &Course, term: &Term) -> Html {
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
    html! { <p class="uses">{ words.say(Message::UsedIn) }{ links.into_iter().map(|link| html! { <>{ " " }{ link }</> }).collect::<Html>() }</p> }
}

/// The other names that the title does not already say.
fn aliases(words: &Words, term: &Term) -> Html {
    let others: Vec<&str> =
        term.aliases.iter().map(String::as_str).filter(|alias| !term.title.contains(alias)).collect();
    if others.is_empty() {
        return Html::default();
    }
    html! { <span class="aliases">{ words.fill(Message::Aliases, &[("names", Value::Text(&others.join(&words.say(Message::Comma))))]) }</span> }
}
