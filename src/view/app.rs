//! The whole player: header, outline, page, bar and foot.

use super::{Scene, glossary, icon::Icon, ids, markup, outline, results, step};
use crate::{
    dom,
    store::{Start, use_study},
    words,
};
use course::{
    place::Place,
    study::{Msg, Saving, Study},
};
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
    let scene = Scene { study, on };
    let skip = {
        let base = base.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            dom::focus(&base, ids::MAIN);
        })
    };
    html! {
        <div class="kurso" ref={base.clone()} lang={study.course.language.clone()}>
            { header(study, skip) }
            <div class="columns">
                { outline::outline(scene) }
                <div class="column">
                    <main id={ids::MAIN} tabindex="-1">
                        { warning(scene) }
                        { page(scene) }
                    </main>
                    { outline::bar(scene) }
                    { foot(scene) }
                </div>
            </div>
            // The one region that speaks. It is there from the start, and always says the latest thing.
            <p class="unseen" role="status">{ announcement(study) }</p>
        </div>
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
