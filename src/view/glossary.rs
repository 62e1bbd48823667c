//! Key terms: a page of all of them, and a section with those of one module.

use super::{Scene, ids, markup};
use crate::words;
use course::course::{Module, Term};
use yew::prelude::*;

/// The page of the whole course's terms.
pub fn page(scene: Scene) -> Html {
    html! {
        <article class="page" key="glossary">
            <h1 id={ids::HEADING} tabindex="-1">{ words::GLOSSARY }</h1>
            { list(scene, scene.study.course.terms()) }
        </article>
    }
}

/// The terms of that module, as a part of a step.
pub fn section(scene: Scene, module: &Module) -> Html {
    list(scene, module.terms.iter())
}

fn list<'a>(scene: Scene, terms: impl Iterator<Item = &'a Term>) -> Html {
    html! {
        <dl class="terms">
            for term in terms {
                <div>
                    <dt id={ids::term(&term.id)} tabindex="-1">{ &term.title }{ aliases(term) }</dt>
                    <dd>{ markup::view(&term.definition, scene) }</dd>
                </div>
            }
        </dl>
    }
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
