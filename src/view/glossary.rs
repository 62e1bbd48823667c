//! Key terms: a page of all of them, and a section with those of one module.

use super::{Scene, ids, markup};
use crate::words;
use course::{
    course::{Module, Term},
    place::Place,
};
use yew::prelude::*;

/// The page of the whole course's terms.
pub fn page(scene: Scene) -> Html {
    html! {
        <article class="page">
            <h1 id={ids::heading(&Place::Glossary(None))} tabindex="-1">{ words::GLOSSARY }</h1>
            { list(scene, scene.study.course.terms(), true) }
        </article>
    }
}

/// The terms of that module, as a part of a step.
pub fn section(scene: Scene, module: &Module) -> Html {
    list(scene, module.terms.iter(), false)
}

/// Only on the glossary's own page are the terms what their addresses lead to.
fn list<'a>(scene: Scene, terms: impl Iterator<Item = &'a Term>, addressed: bool) -> Html {
    let id = |term: &Term| addressed.then(|| ids::place(&Place::Glossary(Some(term.id.clone()))));
    html! {
        <dl class="terms">
            for term in terms {
                <div>
                    <dt id={id(term)} tabindex={addressed.then_some("-1")}>{ &term.title }{ aliases(term) }</dt>
                    <dd>{ markup::view(&term.definition, scene) }</dd>
                </div>
            }
        </dl>
    }
}

/// The other names that the title does not already say.
fn aliases(term: &Term) -> Html {
    let others: Vec<&str> = term.aliases.iter().map(String::as_str).filter(|alias| !has(&term.title, alias)).collect();
    if others.is_empty() {
        return Html::default();
    }
    html! { <span class="aliases">{ words::aliases(&others) }</span> }
}

/// Whether `part` stands somewhere in `text`. Compared at every place, since the search that `str` offers is quick in
/// long texts and would add a kilobyte to what a first visit loads.
fn has(text: &str, part: &str) -> bool {
    (0..=text.len()).any(|at| text.as_bytes()[at..].starts_with(part.as_bytes()))
}
