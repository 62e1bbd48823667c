//! One step: its title, and its blocks from top to bottom.

use super::{Scene, exercise, glossary, ids, markup, results};
use crate::words;
use course::{
    course::{Block, Module, Step},
    place::Place,
};
use yew::prelude::*;

/// The page of a step.
pub fn view(scene: Scene, module: &Module, step: &Step) -> Html {
    let at = module.steps.iter().position(|known| known.id == step.id).unwrap_or_default();
    html! {
        <article class="page">
            <p class="eyebrow">
                { words::position(at, module.steps.len()) }{ " · " }{ words::count(step.minutes, "minute", "minutes") }
            </p>
            <h1 id={ids::heading(&Place::Step(step.id.clone()))} tabindex="-1">{ &step.title }</h1>
            for block in step.blocks.iter() {
                { self::block(scene, module, block) }
            }
        </article>
    }
}

fn block(scene: Scene, module: &Module, block: &Block) -> Html {
    match block {
        Block::Prose(nodes) => markup::view(nodes, scene),
        Block::Exercise(exercise) => exercise::view(scene, exercise),
        Block::Results => results::view(scene, module),
        Block::Glossary => glossary::section(scene, module),
    }
}
