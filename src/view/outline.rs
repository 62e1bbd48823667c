//! Where the learner is in the course: the list of steps, and the bar that leads from one to the next.

use super::{Scene, icon::Icon, ids};
use crate::words;
use course::{place::Place, results::State, study::Msg};
use yew::prelude::*;

/// Every step with its state. A column beside the text on wide screens; elsewhere a popover, which the browser itself
/// opens, closes with Escape or a tap beside it, and gives the focus back from.
pub fn outline(scene: Scene) -> Html {
    let course = &scene.study.course;
    let glossary = Place::Glossary(None);
    let in_glossary = !scene.still && matches!(scene.study.place, Place::Glossary(_));
    html! {
        // Keyed by the place, so that going somewhere closes it.
        <nav class="outline" id={ids::OUTLINE} popover="auto" aria-label={words::OUTLINE} key={scene.study.place.fragment()}>
            for module in course.modules.iter() {
                <h2>{ &module.title }</h2>
                <ol>
                    for step in module.steps.iter() {
                        <li>{ entry(scene, &step.id, &step.title, scene.study.progress.step_state(course, step)) }</li>
                    }
                </ol>
            }
            <a class="entry" href={glossary.fragment()} onclick={scene.go(&glossary)}
                aria-current={in_glossary.then_some("page")}>{ Icon::List.view() }<span>{ words::GLOSSARY }</span></a>
        </nav>
    }
}

fn entry(scene: Scene, id: &course::Id, title: &str, state: State) -> Html {
    let place = Place::Step(id.clone());
    let class = classes!("entry", (state == State::Done).then_some("done"));
    let current = (!scene.still && scene.study.place == place).then_some("step");
    html! {
        <a {class} href={place.fragment()} onclick={scene.go(&place)} aria-current={current}>
            { Icon::of(state).view() }<span>{ title }<span class="unseen">{ ", " }{ words::state(state) }</span></span>
        </a>
    }
}

/// Back, the outline, Next: within reach of a thumb.
pub fn bar(scene: Scene) -> Html {
    let (before, after) = scene.study.neighbours();
    let before = match scene.study.place {
        Place::Step(_) => before.map(|step| &step.id),
        Place::Glossary(_) => scene.study.progress.step.as_ref(),
    };
    let at = scene.study.step().and_then(|(module, here)| {
        let at = module.steps.iter().position(|step| step.id == here.id)?;
        Some(words::position(at, module.steps.len()))
    });
    html! {
        <nav class="bar" aria-label={words::STEPS}>
            if let Some(step) = before {
                { back(scene, &Place::Step(step.clone())) }
            }
            <button type="button" class="quiet contents" popovertarget={ids::OUTLINE}>
                { Icon::List.view() }{ at.unwrap_or_else(|| words::STEPS.to_owned()) }
            </button>
            if let Some(step) = after {
                <a class="move next" href={Place::Step(step.id.clone()).fragment()}
                    onclick={scene.follow(Msg::Advanced)}>{ words::NEXT }{ Icon::Forward.view() }</a>
            }
        </nav>
    }
}

fn back(scene: Scene, place: &Place) -> Html {
    html! {
        <a class="move back" href={place.fragment()} onclick={scene.go(place)}>{ Icon::Back.view() }{ words::BACK }</a>
    }
}
