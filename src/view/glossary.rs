//! Key terms: a page of all of them, and a section with those of one module.

use super::{compiled, ids, markup};
use crate::words;
use course::{
    course::{Course, Term},
    place::Place,
};
use yew::prelude::*;

/// The page of all terms, and the way back from it.
pub fn page(course: &Course) -> Html {
    html! {
        <>
            <article class="page">
                <h1 id={ids::heading(&Place::Glossary(None))} tabindex="-1">{ words::GLOSSARY }</h1>
                { list(course.terms(), true) }
            </article>
            { compiled::bar(Some(ids::RETURN.to_owned()), words::STEPS, None) }
        </>
    }
}

/// Terms and what they mean. Only on the glossary's own page are they what their addresses lead to.
pub fn list<'a>(terms: impl Iterator<Item = &'a Term>, addressed: bool) -> Html {
    let id = |term: &Term| addressed.then(|| ids::place(&Place::Glossary(Some(term.id.clone()))));
    html! {
        <dl class="terms">
            for term in terms {
                <div>
                    <dt id={id(term)} tabindex={addressed.then_some("-1")}>{ &term.title }{ aliases(term) }</dt>
                    <dd>{ markup::view(&term.definition) }</dd>
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
