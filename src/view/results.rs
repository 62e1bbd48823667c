//! What the learner has achieved so far.

use super::{
    Scene,
    icon::Icon,
    tag::{Content, Tag, tag},
};
use crate::words::message::Message;
use course::{Id, course::Module, exercise::Exercise, place::Place};
use yew::prelude::*;

/// The results in that module. The code of it must be there.
// Only what is not inlined can be loaded later.
#[inline(never)]
pub fn view(scene: &Scene, module: &Module<bool>) -> Html {
    let progress = &scene.study.progress;
    let summary = progress.summary(&scene.study.course, module);
    let rows = module.steps.iter().flat_map(|step| step.exercises().map(|exercise| row(scene, &step.id, exercise)));
    tag("section")
        .class("results")
        .with(tag("h2").with(scene.say(Message::Results)))
        .with(tag("p").class("total").with(scene.words.total(&summary)))
        .with(tag("ul").each(rows))
        .html()
}

fn row(scene: &Scene, step: &Id, exercise: &Exercise<bool>) -> Tag {
    let record = scene.study.record(exercise);
    let state = scene.study.progress.exercise_state(exercise);
    tag("li")
        .with(Icon::of(state).view())
        .with(tag("a").set("href", Place::Step(step.clone()).fragment()).with(exercise.title.clone()))
        .with(tag("span").class("outcome").with(scene.words.outcome(exercise, &record, state)))
}
