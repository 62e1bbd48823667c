//! The whole player: header, outline, page and foot.

use super::{
    Scene,
    handler::{Handlers, On},
    icon::Icon,
    ids, outline, review, step,
    tag::{Content, Tag, all, tag},
    text::{Text, Texts},
};
use crate::{
    dom,
    words::{Words, message::Message},
};
#[cfg(not(target_arch = "wasm32"))]
use course::{course::Plan, progress::Progress};
use course::{
    place::Place,
    study::{Msg, Rest, Saving, Study},
};
use std::rc::Rc;
use yew::prelude::*;

/// The player as it looks in that state.
pub fn view(study: &Study, on: &Handlers, base: &NodeRef, texts: &dyn Texts, words: &Words) -> Html {
    let scene = &Scene { study, on, texts, words, still: false };
    // The one region that speaks. It is there from the start, and always says the latest thing.
    let status = tag("p").class("unseen").set("role", "status").with(announcement(scene));
    let content = [warning(scene).html(), sheet(scene).html()].into_iter();
    frame(scene, "kurso", all(content))
        // By this, `player.js` knows to load it.
        .flag("data-needs-rest", study.needs_rest())
        .found(base)
        .on_click(follow(scene, base))
        .with(status)
        .html()
}

/// Every page of the course, as it is made at build time: shown until the player runs, and where it never can.
#[cfg(not(target_arch = "wasm32"))]
pub fn still(plan: &Rc<Plan>, texts: &dyn Texts, words: &Words) -> Html {
    let on = Handlers::default();
    let places =
        plan.steps().map(|(_, step)| Place::Step(step.id.clone())).chain([Place::Glossary(None), Place::Review]);
    let begin = Study { progress: Rc::default(), ..Study::new(plan.clone(), Progress::default(), None) };
    let scene = &Scene { study: &begin, on: &on, texts, words, still: true };
    let sheet = |place| self::sheet(&Scene { study: &Study { place, ..begin.clone() }, ..*scene });
    // What the script has to say when there is no player, or no more.
    frame(scene, "kurso still", all(places.map(sheet)))
        .in_page("data-stalled", scene.say(Message::Stalled))
        .in_page("data-again", scene.say(Message::TryAgain))
        .in_page("data-stopped", scene.say(Message::Stopped))
        .html()
}

/// A click on any link within the course goes there, unless the browser is asked to open it elsewhere. The page may not
/// be ours, so the browser does not follow it.
fn follow(scene: &Scene, base: &NodeRef) -> On {
    let last = scene.study.last_place();
    let base = base.clone();
    scene.when(move |event| {
        let (href, next) = dom::followed(event)?;
        event.prevent_default();
        match Place::from_fragment(&href) {
            Some(_) if next => Some(Rc::new(Msg::Advanced)),
            Some(place) => Some(Rc::new(Msg::Went(place))),
            None if href == ids::RETURN => last.clone().map(Msg::Went).map(Rc::new),
            None => {
                dom::focus(&base, &href);
                None
            }
        }
    })
}

fn frame(scene: &Scene, class: &'static str, content: Html) -> Tag {
    let column = tag("div")
        .class("column")
        .with(tag("main").set("id", ids::MAIN).set("tabindex", "-1").with(content))
        .with(foot(scene));
    tag("div")
        .class(class)
        .set("lang", scene.words.language.tag.clone())
        .set("dir", scene.words.language.direction())
        .with(header(scene))
        .with(tag("div").class("columns").with(outline::outline(scene)).with(column))
}

/// The page of the place where the learner is, and the way on.
fn sheet(scene: &Scene) -> Tag {
    let (place, content) = match (&scene.study.place, scene.study.step()) {
        (Place::Step(id), Some((module, here))) => {
            (Place::Step(id.clone()), all(step::view(scene, module, here).into_iter()))
        }
        (Place::Review, _) => (Place::Review, review::view(scene)),
        _ => (Place::Glossary(None), scene.text(Text::Glossary).html()),
    };
    // Keyed, so that nothing of one step is taken for a part of another.
    tag("section")
        .class("sheet")
        .set("id", ids::place(&place))
        .key(place.fragment())
        .flag("data-needs-rest", scene.still && scene.study.shows_rest())
        .with(content)
}

fn header(scene: &Scene) -> Tag {
    let study = scene.study;
    let course = &study.course;
    let module = study.step().map(|(module, _)| module).or_else(|| course.modules.first());
    let progress = module.map(|module| {
        let summary = study.progress.summary(course, module);
        let bar = tag("progress").set("value", summary.done.to_string()).set("max", summary.steps.to_string());
        tag("label").class("progress").with(tag("span").with(scene.words.steps_done(&summary))).with(bar)
    });
    tag("header")
        .class("top")
        .set("part", "header")
        .with(tag("a").class("skip").set("href", ids::SKIP).with(scene.say(Message::Skip)))
        .with(scene.authored(tag("p").class("course")).with(course.title.clone()))
        .with(scene.text(Text::Display))
        .with(review::link(scene))
        .with(progress)
}

fn warning(scene: &Scene) -> Option<Tag> {
    let Study { set_aside, rest, .. } = *scene.study;
    let saving = scene.study.saved();
    let unsaved = saving.has_failed() || saving == Saving::Closed;
    let missing = rest == Rest::Missing && scene.study.shows_rest();
    if !unsaved && !set_aside && !missing {
        return None;
    }
    let text = tag("div")
        .with(missing.then(|| tag("p").with(scene.say(Message::RestMissing))))
        .with(set_aside.then(|| tag("p").with(scene.say(Message::SetAside))))
        .with(unsaved.then(|| tag("p").with(scene.words.saving(saving))))
        .with(unsaved.then(|| download(scene)));
    Some(tag("aside").class("warning").with(Icon::Alert.view()).with(text))
}

/// A button by which `player.js` saves all progress as a file.
fn download(scene: &Scene) -> Tag {
    tag("button").set("type", "button").class("plain download").with(scene.say(Message::Download))
}

fn foot(scene: &Scene) -> Tag {
    let notice = scene.study.course.notice.then(|| tag("p").with(scene.text(Text::Notice)));
    tag("footer")
        .class("foot")
        .set("part", "foot")
        .with(tag("p").with(scene.words.saving(scene.study.saved())))
        .with(scene.text(Text::Data))
        .with(notice)
}

/// The notice in words. The same words twice in a row would not be spoken again, so every other turn ends in a space.
fn announcement(scene: &Scene) -> String {
    let study = scene.study;
    let Some(notice) = &study.notice else { return String::new() };
    let pause = if study.turn.is_multiple_of(2) { "\u{a0}" } else { "" };
    [&scene.words.notice(study, notice), pause].concat()
}
