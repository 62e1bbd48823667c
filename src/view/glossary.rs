//! Key terms: what each of them means, where the text mentions it, in a section with those of one module, and on a page
//! of all of them.

use super::{
    compiled::{self, Compiled},
    ids, markup,
    text::Text,
};
use crate::words::{Words, message::Message, pattern::Value};
use course::{
    course::{Block, Course, Step, Term},
    markup::{Markup, Node, each_element},
    place::Place,
};
use yew::prelude::*;

/// Prose of a step, in which every link to a term opens what the term means.
///
/// `player.js` opens it, before the player runs as well, and makes it of the entry of the term, so that no page says it
/// twice; the browser closes it with Escape or a tap beside it. Where no script runs, the link leads to the entry. It is no
/// `<button>`, since in every engine that is a box, which does not break over lines as words do. What it opens stands within
/// a line, so it has no blocks in it.
pub fn prose(course: &Course, prose: &Markup) -> Html {
    markup::with(prose, &mut |element| {
        let id = element.term()?;
        let term = course.terms().find(|term| term.id == id)?;
        Some(html! {
            <a class="term" href={address(term)} role="button" aria-expanded="false">{ markup::view(&element.children) }</a>
        })
    })
}

/// What a term opens, before `player.js` puts in which term it is and what that means.
pub fn meaning(words: &Words) -> Html {
    html! {
        <span popover="" class="definition" role="note">
            <a href={Place::Glossary(None).fragment()}></a>
            <button type="button" popovertargetaction="hide" aria-label={words.say(Message::Close)}>{ "×" }</button>
        </span>
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
                <h1>{ words.say(Message::Glossary) }</h1>
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

/// Where to type what is looked for, and how much was found. `search.js` puts in what that was in steps and on cards; among
/// the terms it is their list below.
fn search(words: &Words) -> Html {
    html! {
        <div class="search" role="search">
            <label for={ids::SEARCH}>{ words.say(Message::Search) }</label>
            <input type="search" id={ids::SEARCH} autocomplete="off" />
            <p role="status" data-locale={words.locale()}></p>
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
