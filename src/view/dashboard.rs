//! How the learner stands, in pictures: what is mastered, what comes when, what would be known now, what was answered.
//!
//! Each picture is one row of bars, drawn without words: those stand around it as text, which grows and wraps, and the
//! style turns the drawing where lines go from right to left. Below each stand the figures themselves, as a table.

use super::{
    Scene,
    icon::Icon,
    ids, review,
    tag::{Content, Tag, all, tag},
};
use crate::words::{Words, message::Message, pattern::Value::Number};
use course::{
    answer::Score,
    course::Step,
    exercise::Exercise,
    outlook::{AHEAD, Answers, BACK},
    place::Place,
    results::State,
};
use yew::prelude::*;

/// How high a picture is, in its own units.
const HEIGHT: u64 = 100;

/// How wide each of its bars is, with the gap beside it.
const STEP: usize = 10;

/// How few bars fill the width; fewer leave some of it empty.
const FEW: usize = 14;

/// All pictures that there is something for.
pub fn view(scene: &Scene) -> Html {
    let progress = &scene.study.progress;
    if progress.exercises.is_empty() && progress.reviews.is_empty() {
        return tag("p").with(scene.say(Message::NoFigures)).html();
    }
    let heading = tag("h2").set("id", ids::STANDING).with(scene.say(Message::Standing));
    let pictures = [Some(heading), Some(mastery(scene)), Some(forecast(scene)), strength(scene), Some(history(scene))];
    all(pictures.into_iter())
}

/// Leads there from above.
pub fn link(scene: &Scene) -> Tag {
    let href = ["#", ids::STANDING].concat();
    tag("a").class("plain").set("href", href).with(scene.say(Message::Standing))
}

/// A picture under its heading, and the figures below it.
fn figure(words: &Words, heading: Tag, picture: Tag, heads: &[Message], rows: Html) -> Tag {
    let head = |message: &Message| tag("th").set("scope", "col").with(words.say(*message));
    let head = tag("thead").with(tag("tr").each(heads.iter().map(head)));
    tag("section").class("results").with(heading).with(picture).with(
        tag("details")
            .with(tag("summary").with(words.say(Message::Figures)))
            .with(tag("table").with(head).with(tag("tbody").with(rows))),
    )
}

/// What stands over a picture.
fn heading(scene: &Scene, message: Message) -> Tag {
    tag("h3").with(scene.say(message))
}

fn row<C: Content>(name: impl Content, cells: impl Iterator<Item = C>) -> Tag {
    let name = tag("th").set("scope", "row").with(name);
    tag("tr").with(name).each(cells.map(|cell| tag("td").with(cell)))
}

/// A drawing of those bars, each of a filled part and an outlined one above it; a whole bar is `top` high, which `scale`
/// tells. What it says in short stands above it, and is its name.
fn bars(gist: String, columns: &[[u32; 2]], top: u32, scale: Option<String>) -> Tag {
    let (mut filled, mut outlined) = (String::new(), String::new());
    for (at, [first, second]) in columns.iter().enumerate() {
        // However low, a bar is seen.
        let height = |n: &u32| (u64::from(*n) * HEIGHT).div_ceil(u64::from(top.max(1)));
        let (first, second, x) = (height(first), height(second), at * STEP + 1);
        bar(&mut filled, x, HEIGHT, first);
        bar(&mut outlined, x, HEIGHT.saturating_sub(first), second);
    }
    let width = columns.len().max(FEW) * STEP;
    let drawing = tag("svg").set("role", "img").set("aria-label", gist.clone()).set("preserveAspectRatio", "none");
    let drawing = drawing.set("viewBox", ["0 0 ", &width.to_string(), " ", &HEIGHT.to_string()].concat());
    tag("div")
        .class("chart")
        .with(tag("p").class("total").set("aria-hidden", "true").with(gist))
        .with(scale.map(|scale| beside("ends", [scale, String::new()])))
        .with(drawing.with(tag("path").set("d", filled)).with(tag("path").class("outlined").set("d", outlined)))
}

/// Adds a bar of that height, which stands on `y`.
fn bar(path: &mut String, x: usize, y: u64, height: u64) {
    if height > 0 {
        let [x, y, height] = [x as u64, y, height].map(|n| n.to_string());
        *path += &["M", &x, " ", &y, "v-", &height, "h8v", &height, "z"].concat();
    }
}

/// Words that only explain a drawing.
fn beside(class: &'static str, words: [String; 2]) -> Tag {
    tag("p").class(class).set("aria-hidden", "true").each(words.into_iter().map(|words| tag("span").with(words)))
}

/// What is filled, and what is outlined.
fn keys(scene: &Scene) -> Tag {
    beside("keys", [Message::Known, Message::NotKnown].map(|message| scene.say(message)))
}

/// A drawing of what was counted day by day, with the first and the last day below.
fn days(words: &Words, gist: String, days: &[[u32; 2]], ends: [String; 2]) -> Tag {
    let top = days.iter().map(|[first, second]| first + second).max().unwrap_or_default();
    tag("div").with(bars(gist, days, top, Some(words.digits(top)))).with(beside("ends", ends))
}

/// What is mastered, by step and by exercise.
fn mastery(scene: &Scene) -> Tag {
    let study = scene.study;
    let progress = &study.progress;
    let exercises = || study.course.steps().flat_map(|(_, step)| step.exercises());
    let cells: Vec<[u32; 2]> =
        exercises().map(|exercise| if progress.has_mastered(exercise) { [1, 0] } else { [0, 1] }).collect();
    let mastered = cells.iter().map(|[mastered, _]| mastered).sum();
    let gist = scene.words.fill(Message::MasteredOf, &[("n", Number(mastered)), ("of", Number(cells.len() as u32))]);
    let steps = study.course.steps().map(|(_, step)| step).filter(|step| step.exercises().next().is_some());
    let steps = tag("ul").each(steps.map(|step| mastered_step(scene, step)));
    let picture = self::cells(gist, &cells).with(steps);
    let heads = [Message::Exercise, Message::FirstTry, Message::BestTry, Message::Mastered];
    let rows = all(exercises().map(|exercise| mastered_exercise(scene, exercise)));
    figure(scene.words, heading(scene, Message::Mastery), picture, &heads, rows)
}

/// A drawing of what is mastered, the first of each, and what is not.
pub fn cells(gist: String, cells: &[[u32; 2]]) -> Tag {
    tag("div").class("cells").with(bars(gist, cells, 1, None))
}

fn score(scene: &Scene, Score { right, of }: Score) -> String {
    scene.words.fill(Message::Score, &[("right", Number(right)), ("of", Number(of))])
}

fn mastered_step(scene: &Scene, step: &Step<bool>) -> Tag {
    let mastered = scene.study.progress.mastered(step);
    let state = match mastered {
        Score { right: 0, .. } => State::New,
        _ if mastered.is_full() => State::Done,
        _ => State::Started,
    };
    let link = tag("a").set("href", Place::Step(step.id.clone()).fragment());
    tag("li")
        .with(Icon::of(state).view())
        .with(scene.authored(link).with(step.title.clone()))
        .with(tag("span").class("outcome").with(score(scene, mastered)))
}

fn mastered_exercise(scene: &Scene, exercise: &Exercise<bool>) -> Tag {
    let progress = &scene.study.progress;
    let record = scene.study.record(exercise);
    let first = record.first.map_or_else(String::new, |first| score(scene, first));
    let state = progress.exercise_state(exercise);
    let best = record.best.map_or_else(String::new, |_| scene.words.outcome(exercise, &record, state));
    let mastered = match state {
        _ if progress.has_mastered(exercise) => scene.say(Message::Mastered),
        State::New => scene.say(Message::NotStarted),
        State::Started | State::Done => scene.say(Message::Started),
    };
    row(scene.authored(tag("span")).with(exercise.title.clone()), [first, best, mastered].into_iter())
}

/// What comes on the days ahead.
fn forecast(scene: &Scene) -> Tag {
    let ahead = scene.study.progress.forecast(&scene.study.course, scene.study.now);
    let numbers = [("today", Number(ahead[0])), ("n", Number(ahead.iter().sum()))];
    on_days_ahead(
        scene.words,
        heading(scene, Message::Forecast),
        scene.words.fill(Message::ForecastGist, &numbers),
        &ahead,
    )
}

/// How many questions come on which of the days ahead.
pub fn on_days_ahead(words: &Words, heading: Tag, gist: String, ahead: &[u32; AHEAD]) -> Tag {
    let day = |day: usize| words.count(Message::InDays, day as u32);
    let picture = days(words, gist, &ahead.map(|questions| [questions, 0]), [day(0), day(AHEAD - 1)]);
    let rows = ahead.iter().enumerate().map(|(at, questions)| row(day(at), [words.digits(*questions)].into_iter()));
    figure(words, heading, picture, &[Message::When, Message::Questions], all(rows))
}

/// How well each question would be known now.
fn strength(scene: &Scene) -> Option<Tag> {
    let words = scene.words;
    let progress = &scene.study.progress;
    let strengths = progress.strengths(&scene.study.course, scene.study.now);
    let wanted = review::wanted(scene);
    let known = strengths.iter().filter(|(strength, _)| *strength >= Some(wanted)).count();
    let numbers = [("n", strengths.len() as u32), ("known", known as u32), ("percent", wanted)];
    let gist = words.fill(Message::StrengthGist, &numbers.map(|(name, n)| (name, Number(n))));
    let columns: Vec<[u32; 2]> =
        strengths.iter().map(|(strength, _)| strength.map_or([0, 100], |percent| [percent, 0])).collect();
    let scale = words.count(Message::Percent, 100);
    let picture = tag("div").with(bars(gist, &columns, 100, Some(scale))).with(keys(scene));
    let rows = strengths.iter().map(|(strength, question)| {
        let strength = match strength {
            Some(percent) => words.count(Message::Percent, *percent),
            None => scene.say(Message::NotKnown),
        };
        row(review::name(scene, question), [strength].into_iter())
    });
    let heads = [Message::Questions, Message::Known];
    (!strengths.is_empty()).then(|| figure(scene.words, heading(scene, Message::Strength), picture, &heads, all(rows)))
}

/// What was answered on the days before.
fn history(scene: &Scene) -> Tag {
    let words = scene.words;
    let back = scene.study.progress.history(scene.study.now);
    let of = |count: fn(&Answers) -> u32| back.iter().map(count).sum();
    let numbers = [("known", Number(of(|day| day.known))), ("missed", Number(of(|day| day.missed)))];
    let gist = words.fill(Message::HistoryGist, &numbers);
    let day = |ago: usize| words.count(Message::DaysAgo, ago as u32);
    let picture =
        days(words, gist, &back.map(|day| [day.known, day.missed]), [day(BACK - 1), day(0)]).with(keys(scene));
    let rows =
        back.iter().rev().enumerate().map(|(ago, Answers { known, missed })| {
            row(day(ago), [known, missed].map(|n| words.digits(*n)).into_iter())
        });
    let heads = [Message::When, Message::Known, Message::NotKnown];
    figure(scene.words, heading(scene, Message::History), picture, &heads, all(rows))
}
