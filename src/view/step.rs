//! One step: its title, its blocks from top to bottom, and the way on.

use super::{
    Scene, exercise, results,
    tag::{Content, tag},
    text::Text,
};
use course::{
    course::{Block, Module, Step},
    study::Rest,
};
use yew::prelude::*;

/// The page of a step.
pub fn view(scene: &Scene, module: &Module<bool>, step: &Step<bool>) -> [Html; 2] {
    let blocks = step.blocks.iter().enumerate().map(|(at, block)| self::block(scene, module, step, at, block));
    let article = tag("article").class("page").with(scene.text(Text::Head(&step.id))).each(blocks);
    [article.html(), scene.text(Text::Bar(&step.id)).html()]
}

fn block(scene: &Scene, module: &Module<bool>, step: &Step<bool>, at: usize, block: &Block<bool>) -> Html {
    match block {
        Block::Prose(_) | Block::Comparison(_) => scene.text(Text::Prose(&step.id, at)).html(),
        Block::Exercise(exercise) => exercise::view(scene, exercise),
        Block::Results if scene.study.rest != Rest::Here => scene.loading().html(),
        Block::Results => results::view(scene, module),
        Block::Glossary => scene.text(Text::Terms(&step.id)).html(),
    }
}
