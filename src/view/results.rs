//! What the learner has achieved so far, and how to take it along or delete it.

use super::{Scene, button, icon::Icon};
use crate::{dom, words};
use course::{course::Module, exercise::Exercise, place::Place, progress::Record, results::State, study::Msg};
use yew::prelude::*;

/// The results in that module.
pub fn view(scene: Scene, module: &Module) -> Html {
    let progress = &scene.study.progress;
    let summary = progress.summary(&scene.study.course, module);
    html! {
        <section class="results">
            <h2>{ words::RESULTS }</h2>
            <p class="total">
                { words::total(&summary) }
            </p>
            <ul>
                for step in module.steps.iter() {
                    for exercise in step.exercises() {
                        <li>{ row(scene, &Place::Step(step.id.clone()), exercise) }</li>
                    }
                }
            </ul>
            <p>{ download(scene) }</p>
            <details class="reset">
                <summary>{ words::RESET_ALL }</summary>
                <p>{ words::RESET_WARNING }</p>
                <p class="actions">{ button("danger", scene.click(Msg::Reset), html! { words::DELETE_ALL }) }{ download(scene) }</p>
            </details>
        </section>
    }
}

fn row(scene: Scene, place: &Place, exercise: &Exercise) -> Html {
    let record = scene.study.record(exercise);
    let state = scene.study.progress.exercise_state(exercise);
    html! {
        <>
            { Icon::of(state).view() }
            <a href={place.fragment()} onclick={scene.go(place)}>{ &exercise.title }</a>
            <span class="outcome">{ outcome(exercise, &record, state) }</span>
        </>
    }
}

/// The best score and how it came about, in words.
fn outcome(exercise: &Exercise, record: &Record, state: State) -> String {
    let Some(best) = record.best else { return words::state(state).to_owned() };
    if !exercise.is_graded() {
        return format!("{} known", words::count(best.of, "card", "cards"));
    }
    let tries = words::count(record.attempts, "try", "tries");
    let seen = if record.solution_seen { ", solution seen" } else { "" };
    format!("{}, {tries}{seen}", words::correct(best))
}

/// A button that saves all progress as a file.
pub fn download(scene: Scene) -> Html {
    let progress = scene.study.progress.clone();
    let save = Callback::from(move |_| {
        dom::download(&["kurso-", &progress.course, ".json"].concat(), &progress.to_json());
    });
    button("plain", save, html! { words::DOWNLOAD })
}
