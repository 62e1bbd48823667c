//! What the learner has achieved so far, and how to take it along or delete it.

use super::{
    Scene, button,
    icon::Icon,
    tag::{Content, Tag, tag},
};
use crate::{dom, words};
use course::{Id, course::Module, exercise::Exercise, place::Place, progress::Record, results::State, study::Msg};
use yew::prelude::*;

/// The results in that module.
pub fn view(scene: Scene, module: &Module<bool>) -> Html {
    let progress = &scene.study.progress;
    let summary = progress.summary(&scene.study.course, module);
    let rows = module.steps.iter().flat_map(|step| step.exercises().map(|exercise| row(scene, &step.id, exercise)));
    let delete = button("danger", scene.click(Msg::Reset), words::DELETE_ALL);
    let reset = tag("details")
        .class("reset")
        .with(tag("summary").with(words::RESET_ALL))
        .with(tag("p").with(words::RESET_WARNING))
        .with(tag("p").class("actions").with(delete).with(download(scene)));
    tag("section")
        .class("results")
        .with(tag("h2").with(words::RESULTS))
        .with(tag("p").class("total").with(words::total(&summary)))
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
        .with(tag("span").class("outcome").with(outcome(exercise, &record, state)))
}

/// The best score and how it came about, in words.
fn outcome(exercise: &Exercise<bool>, record: &Record, state: State) -> String {
    let Some(best) = record.best else { return words::state(state).to_owned() };
    if !exercise.is_graded() {
        return format!("{} known", words::count(best.of, "card", "cards"));
    }
    let tries = words::count(record.attempts, "try", "tries");
    let seen = if record.solution_seen { ", solution seen" } else { "" };
    format!("{}, {tries}{seen}", words::correct(best))
}

/// A button that saves all progress as a file.
pub fn download(scene: Scene) -> Tag {
    let progress = scene.study.progress.clone();
    let save = Callback::from(move |_| {
        dom::download(&["kurso-", &progress.course, ".json"].concat(), &progress);
    });
    button("plain", save, words::DOWNLOAD)
}
