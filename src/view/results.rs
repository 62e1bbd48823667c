//! What the learner has achieved so far, and how to take it along or delete it.

use super::{
    Scene, button,
    icon::Icon,
    tag::{Content, Tag, tag},
};
use crate::{dom, words::message::Message};
use course::{Id, course::Module, exercise::Exercise, place::Place, study::Msg};
use yew::prelude::*;

/// The results in that module.
pub fn view(scene: Scene, module: &Module<bool>) -> Html {
    let progress = &scene.study.progress;
    let summary = progress.summary(&scene.study.course, module);
    let rows = module.steps.iter().flat_map(|step| step.exercises().map(|exercise| row(scene, &step.id, exercise)));
    let delete = button("danger", scene.click(Msg::Reset), scene.say(Message::DeleteAll));
    let reset = tag("details")
        .class("reset")
        .with(tag("summary").with(scene.say(Message::ResetAll)))
        .with(tag("p").with(scene.say(Message::ResetWarning)))
        .with(tag("p").class("actions").with(delete).with(download(scene)));
    tag("section")
        .class("results")
        .with(tag("h2").with(scene.say(Message::Results)))
        .with(tag("p").class("total").with(scene.words.total(&summary)))
        .with(tag("ul").each(rows))
        .with(tag("p").with(download(scene)))
        .with(reset)
        .html()
}

fn row(scene: Scene, step: &Id, exercise: &Exercise<bool>) -> Tag {
    let record = scene.study.record(exercise);
    let state = scene.study.progress.exercise_state(exercise);
    tag("li")
        .with(Icon::of(state).view())
        .with(tag("a").set("href", Place::Step(step.clone()).fragment()).with(exercise.title.clone()))
        .with(tag("span").class("outcome").with(scene.words.outcome(exercise, &record, state)))
}

/// A button that saves all progress as a file.
pub fn download(scene: Scene) -> Tag {
    let progress = scene.study.progress.clone();
    let save = Callback::from(move |_| {
        dom::download(&["kurso-", &progress.course, ".json"].concat(), &progress);
    });
    button("plain", save, scene.say(Message::Download))
}
