//! The whole player: header, outline, page, bar and foot.

use super::{Scene, glossary, icon::Icon, ids, markup, outline, results, step};
use crate::{
    dom,
    store::{Start, use_study},
    words,
};
use course::{
    course::Course,
    place::Place,
    progress::Progress,
    study::{Msg, Saving, Study},
};
use std::rc::Rc;
use yew::prelude::*;

/// The player, alive.
#[component]
pub fn App(start: &Start) -> Html {
    let base = use_node_ref();
    let (study, on) = use_study(start, &base);
    player(&study, &on, &base)
}

/// The player as it looks in that state.
pub fn player(study: &Study, on: &Callback<Msg>, base: &NodeRef) -> Html {
    let scene = Scene { study, on, still: false };
    let skip = {
        let base = base.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            dom::focus(&base, ids::MAIN);
        })
    };
    let content = html! { <>{ warning(scene) }{ sheet(scene) }</> };
    html! {
        <div class="kurso" ref={base.clone()} lang={study.course.language.clone()}>
            { frame(scene, skip, content) }
            // The one region that speaks. It is there from the start, and always says the latest thing.
            <p class="unseen" role="status">{ announcement(study) }</p>
        </div>
    }
}

/// Every page of the course, as it is made at build time: shown until the player runs, and where it never can.
pub fn still(course: &Rc<Course>) -> Html {
    let on = Callback::noop();
    let places = course.steps().map(|(_, step)| Place::Step(step.id.clone())).chain([Place::Glossary(None)]);
    let begin = Study { progress: Rc::default(), ..Study::new(course.clone(), Progress::default(), None) };
    let sheets: Html =
        places.map(|place| sheet(Scene { study: &Study { place, ..begin.clone() }, on: &on, still: true })).collect();
    html! {
        <div class="kurso still" lang={course.language.clone()}>
            { frame(Scene { study: &begin, on: &on, still: true }, Callback::noop(), sheets) }
        </div>
    }
}

fn frame(scene: Scene, skip: Callback<MouseEvent>, content: Html) -> Html {
    html! {
        <>
            { header(scene.study, skip) }
            <div class="columns">
                { outline::outline(scene) }
                <div class="column">
                    <main id={ids::MAIN} tabindex="-1">{ content }</main>
                    { foot(scene) }
                </div>
            </div>
        </>
    }
}

/// The page of the place where the learner is, and the way on.
fn sheet(scene: Scene) -> Html {
    let place = match &scene.study.place {
        Place::Step(step) => Place::Step(step.clone()),
        Place::Glossary(_) => Place::Glossary(None),
    };
    html! {
        // Keyed, so that nothing of one step is taken for a part of another.
        <section class="sheet" id={ids::place(&place)} key={place.fragment()}>
            { page(scene) }
            { outline::bar(scene) }
        </section>
    }
}

fn header(study: &Study, skip: Callback<MouseEvent>) -> Html {
    let course = &study.course;
    let module = study.step().map(|(module, _)| module).or_else(|| course.modules.first());
    let summary = module.map(|module| study.progress.summary(course, module));
    html! {
        <header class="top">
            <a class="skip" href={study.place.fragment()} onclick={skip}>{ words::SKIP }</a>
            <p class="course">{ &course.title }</p>
            if let Some(summary) = summary {
                <label class="progress">
                    <span>{ words::steps_done(&summary) }</span>
                    <progress value={summary.done.to_string()} max={summary.steps.to_string()} />
                </label>
            }
        </header>
    }
}

fn page(scene: Scene) -> Html {
    match &scene.study.place {
        Place::Step(_) => match scene.study.step() {
            Some((module, here)) => step::view(scene, module, here),
            None => Html::default(),
        },
        Place::Glossary(_) => glossary::page(scene),
    }
}

fn warning(scene: Scene) -> Html {
    let Study { saving, set_aside, .. } = *scene.study;
    if saving == Saving::Kept && !set_aside {
        return Html::default();
    }
    html! {
        <aside class="warning">
            { Icon::Alert.view() }
            <div>
                if set_aside {
                    <p>{ words::SET_ASIDE }</p>
                }
                if saving != Saving::Kept {
                    <p>{ words::saving(saving) }</p>
                    { results::download(scene) }
                }
            </div>
        </aside>
    }
}

fn foot(scene: Scene) -> Html {
    html! {
        <footer class="foot">
            <p>{ words::saving(scene.study.saving) }</p>
            if !scene.study.course.notice.is_empty() {
                <p>{ markup::view(&scene.study.course.notice, scene) }</p>
            }
        </footer>
    }
}

/// The notice in words. The same words twice in a row would not be spoken again, so every other turn ends in a space.
fn announcement(study: &Study) -> String {
    let Some(notice) = &study.notice else { return String::new() };
    let pause = if study.turn.is_multiple_of(2) { "\u{a0}" } else { "" };
    [&words::notice(study, notice), pause].concat()
}
