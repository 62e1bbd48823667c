//! Where the learner is in the course: the list of steps.

use super::{
    Scene,
    icon::Icon,
    ids,
    tag::{Content, Tag, tag},
    text::Text,
};
use crate::words::message::Message;
use course::{
    Id,
    course::{Module, Step},
    place::Place,
    results::State,
};
use yew::prelude::*;

/// Every step with its state. A column beside the text on wide screens; elsewhere a popover, which the browser itself
/// opens, closes with Escape or a tap beside it, and gives the focus back from.
pub fn outline(scene: &Scene) -> Html {
    let course = &scene.study.course;
    let module = |module: &Module<bool>| {
        let step = |step: &Step<bool>| {
            tag("li").with(entry(scene, &step.id, &step.title, scene.study.progress.step_state(course, step)))
        };
        [tag("h2").with(module.title.clone()), tag("ol").each(module.steps.iter().map(step))]
    };
    let page = |place: Place, icon: Icon, title: Message| {
        let current = matches!(
            (&place, &scene.study.place),
            (Place::Glossary(_), Place::Glossary(_)) | (Place::Review, Place::Review)
        );
        tag("a")
            .class("entry")
            .set("href", place.fragment())
            .maybe("aria-current", (current && !scene.still).then_some("page"))
            .with(icon.view())
            .with(tag("span").with(scene.say(title)))
    };
    tag("nav")
        .class("outline")
        .set("part", "outline")
        .set("id", ids::OUTLINE)
        .set("popover", "auto")
        .set("aria-label", scene.say(Message::Outline))
        // Keyed by the place, so that going somewhere closes it.
        .key(scene.study.place.fragment())
        .each(course.modules.iter().flat_map(module))
        .with(page(Place::Glossary(None), Icon::List, Message::Glossary))
        // It needs the player.
        .with((!scene.still).then(|| page(Place::Review, Icon::Again, Message::Review)))
        .with(scene.text(Text::Modules))
        .html()
}

fn entry(scene: &Scene, id: &Id, title: &str, state: State) -> Tag {
    let place = Place::Step(id.clone());
    let current = (!scene.still && scene.study.place == place).then_some("step");
    let state_in_words = tag("span").class("unseen").with(scene.say(Message::Comma)).with(scene.words.state(state));
    tag("a")
        .class(if state == State::Done { "entry done" } else { "entry" })
        .set("href", place.fragment())
        .maybe("aria-current", current)
        .with(Icon::of(state).view())
        .with(tag("span").with(title.to_owned()).with(state_in_words))
}
