//! The review: what is due, and one question after the other, whatever kind it is of.

use super::{
    Scene, button, dashboard,
    exercise::{feedback_class, mark_icon, option_class, why},
    handler::On,
    icon::Icon,
    ids,
    tag::{Content, Tag, all, tag},
    text::Text,
};
use crate::{
    dom,
    words::{message::Message, pattern::Value::Number},
};
use course::{
    Id,
    answer::Mark,
    fsrs::Rating,
    place::{Place, REVIEW},
    recall::Wait,
    review::{LARGEST, Question, Sitting},
    sitting::{Asked, Move},
    study::{Msg, Rest},
};
use std::rc::Rc;
use yew::prelude::*;

/// What a learner may wish to know of what is asked again, in percent.
const RETENTIONS: [u32; 4] = [80, 85, 90, 95];

/// The page of the review.
pub fn view(scene: &Scene) -> Html {
    let content = match scene.study.rest {
        _ if scene.still => Html::default(),
        Rest::Here => content(scene),
        Rest::Awaited => scene.loading().html(),
        Rest::Missing => Html::default(),
    };
    let article = tag("article").class("page").with(tag("h1").with(scene.say(Message::Review))).with(content);
    all([article, scene.text(Text::Bar(&REVIEW.into()))].into_iter())
}

/// What is due or asked; it must be there already ([`Rest`]).
// Only what is not inlined can be loaded later.
#[inline(never)]
fn content(scene: &Scene) -> Html {
    let study = scene.study;
    match (&study.sitting, study.asked()) {
        (None, _) => overview(scene),
        (Some(sitting), Some(asked)) => question(scene, sitting, &asked),
        (Some(sitting), None) => end(scene, sitting),
    }
}

/// Leads to the review, where something is due.
pub fn link(scene: &Scene) -> Option<Tag> {
    let elsewhere = scene.study.place != Place::Review;
    let due = (elsewhere && scene.study.due > 0).then(|| scene.words.count(Message::ReviewDue, scene.study.due))?;
    Some(tag("a").class("due").set("href", Place::Review.fragment()).with(due))
}

/// What is due, and how it is asked.
fn overview(scene: &Scene) -> Html {
    let study = scene.study;
    let now = study.due.min(LARGEST as u32);
    let due = match study.due {
        0 => scene.say(Message::NothingDue),
        due => scene.words.count(Message::Due, due),
    };
    let begin = (now > 0).then(|| {
        let label = scene.words.count(Message::BeginReview, now);
        let waiting = study.due - now;
        let more = (waiting > 0).then(|| tag("span").with(scene.words.count(Message::Waiting, waiting)));
        // `modules.js` presses it for whoever comes from the review of another module.
        tag("p").class("actions").with(button("main begin", moved(scene, Move::Begin), label)).with(more)
    });
    let parts = [
        tag("p").class("lead").with(due),
        tag("p").with(scene.say(Message::ReviewAbout)),
        begin.unwrap_or_else(|| tag("p")),
        retention(scene),
    ];
    all([all(parts.into_iter()), around(scene)].into_iter())
}

/// What is due in other modules, for `modules.js` to fill in, and how the learner stands in this one.
fn around(scene: &Scene) -> Html {
    all([scene.text(Text::Head(&REVIEW.into())).html(), dashboard::view(scene)].into_iter())
}

/// How many percent of the answers the learner wants to know when they are asked again.
pub(super) fn wanted(scene: &Scene) -> u32 {
    scene.study.progress.wanted_retention().percent()
}

/// The choice of how many that is.
fn retention(scene: &Scene) -> Tag {
    let wanted = wanted(scene);
    let option = |percent: u32| {
        tag("option")
            .set("value", percent.to_string())
            .selected(percent == wanted)
            .with(scene.words.count(Message::Percent, percent))
    };
    let choose = scene.when(|event| {
        let percent = dom::selected(event)?.parse().ok()?;
        Some(Rc::new(Msg::Review(Move::Retain(percent))))
    });
    tag("label")
        .class("field")
        .with(tag("span").with(scene.say(Message::Retention)))
        .with(tag("select").on_change(choose).each(RETENTIONS.into_iter().map(option)))
}

/// The question that is asked now.
fn question(scene: &Scene, sitting: &Sitting, asked: &Asked) -> Html {
    let study = scene.study;
    let done = [("done", sitting.done), ("of", sitting.done + sitting.pile.len())];
    let done = done.map(|(name, n)| (name, Number(n as u32)));
    let why = scene.words.reason(study.progress.reason(&asked.question, study.now));
    let task = [&scene.words.fill(Message::ReviewSoFar, &done), " · ", &why].concat();
    let body = if asked.question.select(&study.course) == 0 { card(scene, asked) } else { choice(scene, asked) };
    tag("section")
        .class("exercise")
        .set("aria-labelledby", ids::QUESTION)
        .key(asked.question.key())
        .on_key(keys(scene, asked))
        .with(tag("p").class("task").with(task))
        .with(tag("h2").set("id", ids::QUESTION).with(title(scene, &asked.question)))
        .with(body)
        .with(tag("p").class("actions").with(undo(scene, sitting)).with(button(
            "quiet",
            moved(scene, Move::End),
            scene.say(Message::EndReview),
        )))
        .html()
}

/// What the question is from.
fn title(scene: &Scene, question: &Question) -> String {
    match question.exercise(&scene.study.course) {
        Some(exercise) => exercise.title.clone(),
        None => scene.say(Message::KeyTerm),
    }
}

/// A question with options.
fn choice(scene: &Scene, asked: &Asked) -> Html {
    let course = &scene.study.course;
    let Asked { question, picked, answered, seed, incomplete } = asked;
    let select = question.select(course);
    let options = question.options(course, *seed);
    let right = question.is_right(course, picked);
    let legend = match question {
        Question::Choice(exercise) => scene.text(Text::Stem(exercise)),
        Question::Item(exercise, item) | Question::Card(exercise, item) => scene.text(Text::Item(exercise, item)),
        Question::Meaning(term) => tag("span").with(scene.words.meaning_of(course, term)),
        Question::Term(term) => scene.text(Text::Definition(term)),
    };
    let note = match (select, question) {
        (1, Question::Term(_)) => Some(scene.say(Message::WhichTerm)),
        (1, _) => None,
        _ => Some(scene.words.count(Message::Select, select)),
    };
    let fieldset = tag("fieldset")
        .class("choice")
        .with(tag("legend").with(legend))
        .with(note.map(|note| tag("p").class("select").with(note)))
        .each(options.iter().enumerate().map(|(at, id)| option(scene, asked, select, at, id)));
    let verdict = match (answered, incomplete) {
        (true, _) if right => Some(("verdict right", Icon::Tick, Message::VerdictRight)),
        (true, _) => Some(("verdict wrong", Icon::Cross, Message::ReviewWrong)),
        (false, true) => Some(("verdict alert", Icon::Alert, Message::LacksAnswer)),
        (false, false) => None,
    };
    let (class, outcome) = match verdict {
        Some((class, icon, message)) => {
            (class, Some(tag("p").class("outcome").with(icon.view()).with(scene.say(message))))
        }
        None => ("verdict", None),
    };
    let (msg, label) = if *answered { (Move::Next, Message::NextQuestion) } else { (Move::Check, Message::Check) };
    let verdict = tag("div").class(class).with(outcome).with(answered.then(|| reasons(scene, asked)));
    // It stays the same element, and so keeps the focus when its meaning changes.
    let main = tag("p").class("actions").with(button("main", moved(scene, msg), scene.say(label)));
    all([fieldset, verdict, main].into_iter())
}

fn option(scene: &Scene, asked: &Asked, select: u32, at: usize, id: &Id) -> Tag {
    let Asked { question, picked, answered, .. } = asked;
    let control = tag("input")
        .set("type", if select == 1 { "radio" } else { "checkbox" })
        .set("name", ids::QUESTION)
        .value(id.clone())
        .checked(picked.contains(id))
        .flag("disabled", *answered)
        .on_change(picks(scene, id));
    let words = match question {
        Question::Choice(exercise) | Question::Card(exercise, _) => scene.text(Text::Item(exercise, id)),
        Question::Item(exercise, _) => scene.text(Text::Slot(exercise, id)),
        Question::Meaning(_) => scene.text(Text::Definition(id)),
        Question::Term(_) => scene.authored(tag("span")).with(scene.words.term(&scene.study.course, id)),
    };
    let label = tag("label")
        .with(control)
        .with(tag("span").class("letter").with(scene.words.letter(at)))
        .with(tag("span").class("words").with(words));
    let mark = answered.then(|| question.mark(&scene.study.course, picked, id)).flatten();
    tag("div").class(mark.map_or("option", option_class)).with(label).with(mark.map(|mark| {
        let why = match question {
            Question::Choice(exercise) if mark != Mark::Left => Some(scene.text(Text::Feedback(exercise, id))),
            _ => None,
        };
        tag("div")
            .class(feedback_class(mark))
            .with(tag("p").class("mark").with(mark_icon(mark).view()).with(scene.words.option_mark(mark)))
            .with(why)
    }))
}

/// Why the right answer is right, and where it is taught.
fn reasons(scene: &Scene, asked: &Asked) -> Html {
    let course = &scene.study.course;
    let (reason, place) = match &asked.question {
        Question::Choice(exercise) => (Some(Text::Explanation(exercise)), Place::Step(exercise.clone())),
        Question::Item(exercise, item) | Question::Card(exercise, item) => {
            let item = course.exercise(exercise).and_then(|exercise| exercise.item(item));
            (item.map(|item| why(exercise, item, asked.picked.first())), Place::Step(exercise.clone()))
        }
        Question::Meaning(term) | Question::Term(term) => (None, Place::Glossary(Some(term.clone()))),
    };
    let there = tag("a").set("href", place.fragment()).with(scene.say(Message::WhereTaught));
    all([reason.map(|reason| scene.text(reason)), Some(tag("p").class("source").with(there))].into_iter())
}

/// A card: its front, then its back and four ratings, each with the time after which it would come back.
fn card(scene: &Scene, asked: &Asked) -> Html {
    let Question::Card(exercise, item) = &asked.question else { return Html::default() };
    let back = asked.answered.then(|| tag("h3").set("id", ids::QUESTION_BACK).with(scene.say(Message::Answer)));
    let sides = tag("div")
        .class("card")
        .with(tag("div").class("front").with(scene.text(Text::Item(exercise, item))))
        .with(back)
        .with(asked.answered.then(|| tag("div").class("back").with(scene.text(Text::Feedback(exercise, item)))));
    let buttons = if asked.answered {
        let progress = &scene.study.progress;
        let waits = progress.waits(&asked.question, scene.study.now);
        all(Rating::ALL.into_iter().zip(waits).map(|(rating, wait)| rate(scene, rating, wait)))
    } else {
        button("main", moved(scene, Move::Check), scene.say(Message::ShowAnswer)).html()
    };
    tag("div").class("deck").with(sides).with(tag("p").class("actions").with(buttons)).html()
}

fn rate(scene: &Scene, rating: Rating, wait: Wait) -> Tag {
    let label = scene.say(match rating {
        Rating::Again => Message::Again,
        Rating::Hard => Message::Hard,
        Rating::Good => Message::Good,
        Rating::Easy => Message::Easy,
    });
    let class = if rating == Rating::Good { "main rating" } else { "plain rating" };
    button(class, moved(scene, Move::Rate(rating)), tag("span").with(label))
        .with(tag("small").with(scene.words.wait(wait)))
}

/// After the last question.
fn end(scene: &Scene, sitting: &Sitting) -> Html {
    let study = scene.study;
    let missed = sitting.missed.iter().map(|question| tag("li").with(name(scene, question)));
    let none = sitting.missed.is_empty();
    let more = (study.due > 0).then(|| {
        let label = scene.words.count(Message::BeginReview, study.due.min(LARGEST as u32));
        button("plain", moved(scene, Move::Begin), label)
    });
    let end = tag("section")
        .class("exercise")
        .with(tag("h2").set("id", ids::QUESTION).with(scene.words.count(Message::Reviewed, sitting.done as u32)))
        .with(tag("p").with(scene.say(if none { Message::NoneMissed } else { Message::Missed })))
        .with((!none).then(|| tag("ul").each(missed)))
        .with(
            tag("p")
                .class("actions")
                .with(button("main", moved(scene, Move::End), scene.say(Message::Done)))
                .with(more)
                .with(dashboard::link(scene))
                .with(undo(scene, sitting)),
        );
    all([end.html(), around(scene)].into_iter())
}

/// A question in a list of others, in short.
pub(super) fn name(scene: &Scene, question: &Question) -> Tag {
    let course = &scene.study.course;
    match question {
        Question::Choice(_) => scene.authored(tag("span")).with(title(scene, question)),
        Question::Item(exercise, item) | Question::Card(exercise, item) => scene.text(Text::Item(exercise, item)),
        Question::Meaning(term) => tag("span").with(scene.words.meaning_of(course, term)),
        Question::Term(term) => scene.authored(tag("span")).with(scene.words.term(course, term)),
    }
}

fn undo(scene: &Scene, sitting: &Sitting) -> Option<Tag> {
    sitting.last.as_ref().map(|_| button("quiet", moved(scene, Move::Undo), scene.say(Message::Undo)))
}

fn moved(scene: &Scene, of: Move) -> On {
    scene.click(Msg::Review(of))
}

fn picks(scene: &Scene, option: &Id) -> On {
    scene.send(Msg::Review(Move::Pick(option.clone())))
}

/// 1 to 4 rate a card that is turned, U undoes; only while the focus is in the question.
fn keys(scene: &Scene, asked: &Asked) -> On {
    let turned = asked.answered && matches!(asked.question, Question::Card(..));
    scene.when(move |event| {
        let made = match dom::single_key(event)?.as_str() {
            "u" | "U" => Move::Undo,
            key if turned => Move::Rate(*Rating::ALL.get(key.parse::<usize>().ok()?.checked_sub(1)?)?),
            _ => return None,
        };
        Some(Rc::new(Msg::Review(made)))
    })
}
