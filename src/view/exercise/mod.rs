//! An exercise: what every kind shares. The title, the hint, the verdict and the buttons are here;
//! a kind's own file has the middle, where the items are.

mod board;
mod choice;
mod classification;
mod flashcards;
mod matching;
mod ordering;

pub use choice::option_class;

use super::{
    Scene, button,
    icon::Icon,
    ids,
    tag::{Content, Tag, all, tag},
    text::Text,
};
use crate::words::{Words, message::Message};
use course::{
    Id,
    answer::{Answer, Mark},
    exercise::{Exercise, Item, Kind, Slot},
    place::Place,
    progress::{Phase, Record},
    study::{Msg, Rest},
};
use yew::prelude::*;

/// An exercise as it stands.
pub fn view(scene: &Scene, exercise: &Exercise<bool>) -> Html {
    let desk = Desk { scene, exercise, record: &scene.study.record(exercise) };
    let title = ids::title(&exercise.id);
    // Its address; but where a step has the same, that is the step's.
    let place = scene.study.course.step(&exercise.id).is_none().then(|| Place::Step(exercise.id.clone()));
    tag("section")
        .class("exercise")
        .maybe("id", place.as_ref().map(ids::place))
        .set("aria-labelledby", title.clone())
        .set("data-exercise", exercise.id.clone())
        .key(exercise.id.clone())
        .with(tag("p").class("task").with(scene.words.task(exercise)))
        .with(tag("h2").set("id", title).with(exercise.title.clone()))
        .with(desk.correction())
        .with(desk.middle())
        .with(scene.still.then(|| scene.text(Text::Answers(&exercise.id))))
        .html()
}

/// An exercise and its record, as the views of the kinds need them.
#[derive(Clone, Copy)]
struct Desk<'a> {
    scene: &'a Scene<'a>,
    exercise: &'a Exercise<bool>,
    record: &'a Record,
}

impl<'a> Desk<'a> {
    fn words(&self) -> &'a Words {
        self.scene.words
    }

    fn say(&self, message: Message) -> String {
        self.scene.say(message)
    }

    /// Why something is asked again that was answered.
    fn correction(&self) -> Option<Tag> {
        let warning = || tag("div").class("warning").with(Icon::Alert.view());
        self.record.corrected.then(|| warning().with(tag("span").with(self.say(Message::Corrected))))
    }

    fn middle(&self) -> Html {
        let items = match self.exercise.kind {
            _ if self.exercise.needs_rest() && self.scene.study.rest != Rest::Here => return self.awaited(),
            _ if self.shows_board() => board::view(self),
            Kind::Choice { select } => choice::view(self, select),
            Kind::Classification => classification::view(self),
            Kind::Matching { .. } => matching::view(self),
            Kind::Ordering => ordering::view(self),
            Kind::Flashcards => return flashcards::view(self),
        };
        all([items, self.hint().html(), self.verdict().html(), self.actions().html()].into_iter())
    }

    /// What stands there until the code is there that shows it. Where that could not be loaded, a button asks for it again.
    fn awaited(&self) -> Html {
        let id = &self.exercise.id;
        let missing = self.scene.study.rest == Rest::Missing;
        let again = || button("main", self.scene.click(Msg::Retried(id.clone())), self.say(Message::TryAgain));
        let prompt = self.scene.text(Text::Prompt(id)).html();
        all([prompt, if missing { again().html() } else { self.scene.loading().html() }].into_iter())
    }

    /// Whether its items are moved on a board, of which the code must be there. What came of it shows in a list again, with the reason beside each item.
    fn shows_board(&self) -> bool {
        let study = self.scene.study;
        study.progress.board
            && study.rest == Rest::Here
            && self.exercise.has_board()
            && self.record.phase == Phase::Open
    }

    fn hint(&self) -> Option<Tag> {
        let summary = || tag("summary").with(Icon::Hint.view()).with(self.say(Message::Hint));
        (self.exercise.hint && self.record.phase == Phase::Open)
            .then(|| tag("details").class("hint").with(summary()).with(self.scene.text(Text::Hint(&self.exercise.id))))
    }

    /// What came of checking; before that, how far the answer is.
    fn verdict(&self) -> Tag {
        let Desk { scene: Scene { study, .. }, exercise, record } = *self;
        let lacking = study.incomplete.as_ref().filter(|(of, _)| *of == exercise.id);
        let right = ("verdict right", Some(Icon::Tick));
        let wrong = ("verdict wrong", Some(Icon::Cross));
        let ((class, icon), text) = match (record.phase, lacking) {
            (Phase::Open, None) => (("verdict", None), self.words().so_far(exercise, record)),
            (Phase::Open, Some((_, missing))) => {
                (("verdict alert", Some(Icon::Alert)), self.words().lacking(exercise, *missing))
            }
            (Phase::Checked, _) => {
                let full = exercise.grade(&record.answer).is_full();
                (if full { right } else { wrong }, self.words().verdict(exercise, record))
            }
            (Phase::Solved, _) => (("verdict", None), self.say(Message::Solution)),
        };
        let explains = record.phase != Phase::Open && exercise.explanation;
        let outcome = (!text.is_empty()).then(|| tag("p").class("outcome").with(icon.map(Icon::view)).with(text));
        tag("div")
            .class(class)
            .set("id", ids::verdict(&exercise.id))
            .with(outcome)
            .with((record.phase == Phase::Solved).then(|| self.solution()))
            .with(explains.then(|| self.scene.text(Text::Explanation(&exercise.id))))
    }

    fn actions(&self) -> Tag {
        let Desk { scene, exercise, record } = *self;
        let id = &exercise.id;
        let full = exercise.grade(&record.answer).is_full();
        let (label, msg) = match record.phase {
            Phase::Open => (Message::Check, Msg::Checked { exercise: id.clone(), anyway: false }),
            Phase::Checked if !full => (Message::TryAgain, Msg::Retried(id.clone())),
            Phase::Checked | Phase::Solved => (Message::PractiseAgain, Msg::Retried(id.clone())),
        };
        let anyway = scene.study.incomplete.as_ref().is_some_and(|(of, _)| of == id)
            && exercise.may_lack()
            && !record.answer.placements.is_empty();
        let may_give_up = record.attempts > 0 && record.phase != Phase::Solved && !full;
        let open = record.phase == Phase::Open;
        let begun = open && !record.answer.placements.is_empty();
        // Only for who has practised it, and asks for it.
        let may_race = exercise.can_be_raced() && record.attempts > 0 && record.race.is_none();
        let board = scene.study.progress.board;
        let other_view = if board { Message::AsList } else { Message::AsBoard };
        let offer = |is: bool, class, msg: Msg, label| is.then(|| button(class, scene.click(msg), self.say(label)));
        let check_anyway = Msg::Checked { exercise: id.clone(), anyway: true };
        tag("p")
            .class("actions")
            // It stays the same element throughout, and so keeps the focus when its meaning changes.
            .with(button("main", scene.click(msg), self.say(label)).set("id", ids::check(id)))
            .with(offer(anyway, "plain", check_anyway, Message::CheckAnyway))
            .with(offer(may_give_up, "plain", Msg::GaveUp(id.clone()), Message::ShowSolution))
            .with(offer(begun, "quiet", Msg::Restarted(id.clone()), Message::Reset))
            .with(offer(may_race, "quiet", Msg::Raced(id.clone()), Message::Race))
            .with(offer(open && exercise.has_board(), "quiet other-view", Msg::Viewed { board: !board }, other_view))
    }

    /// The learner's answer and the right one, side by side. The code of it is there, since it was asked for by that.
    // Only what is not inlined can be loaded later.
    #[inline(never)]
    fn solution(&self) -> Tag {
        let Desk { exercise, record, .. } = *self;
        let key = exercise.key();
        let part = |title, answer: Html| tag("div").with(tag("dt").with(self.say(title))).with(tag("dd").with(answer));
        let row = |text: Html, yours: Html, right: Html| {
            let answers = tag("dl").with(part(Message::YourAnswer, yours)).with(part(Message::Solution, right));
            tag("li").with(tag("p").with(text)).with(answers)
        };
        let rows = match exercise.kind {
            Kind::Choice { .. } => row(Html::default(), self.picked(&record.answer), self.picked(&key)).html(),
            Kind::Classification | Kind::Matching { .. } | Kind::Ordering | Kind::Flashcards => {
                let row = |item: &Item<bool>| {
                    row(
                        self.item(item).html(),
                        self.slots(record.answer.slot_of(&item.id)),
                        self.slots(item.accepts.iter()),
                    )
                };
                all(exercise.items.iter().map(row))
            }
        };
        tag("ol").class("solution").with(rows)
    }

    /// The options that are selected in that answer.
    fn picked(&self, answer: &Answer) -> Html {
        let picked = self.exercise.items.iter().filter(|item| answer.slot_of(&item.id).is_some());
        list(picked.map(|item| self.item(item)), &self.say(Message::Semicolon))
    }

    /// The names of those slots.
    fn slots<'b>(&self, slots: impl IntoIterator<Item = &'b Id>) -> Html {
        let known = slots.into_iter().filter_map(|slot| self.exercise.slot(slot));
        list(known.map(|slot| self.slot(slot)), &self.say(Message::Or))
    }

    /// How an item fared and why, directly after it; of one that a new try keeps, only that it is right.
    fn feedback(&self, item: &Item<bool>, name_the_slot: bool) -> Option<Tag> {
        let Desk { exercise, record, .. } = *self;
        let kept = record.phase == Phase::Open && record.kept.contains(&item.id);
        if record.phase == Phase::Open && !kept {
            return None;
        }
        let slot = record.answer.slot_of(&item.id);
        let mark = exercise.mark(&record.answer, item);
        let names = name_the_slot && !kept;
        let words = tag("span")
            .with(self.words().item_mark(mark))
            .with(names.then(|| self.say(if mark == Mark::Right { Message::RightIn } else { Message::BelongsTo })))
            .with(names.then(|| self.slots(item.accepts.iter())));
        Some(
            tag("div")
                .class(feedback_class(mark))
                .set("id", ids::feedback(&exercise.id, &item.id))
                .with(tag("p").class("mark").with(mark_icon(mark).view()).with(words))
                .with((!kept).then(|| self.why(item, slot))),
        )
    }

    /// What an item says.
    fn item(&self, item: &Item<bool>) -> Tag {
        self.scene.text(Text::Item(&self.exercise.id, &item.id))
    }

    /// What a slot says.
    fn slot(&self, slot: &Slot<bool>) -> Tag {
        if self.exercise.kind == Kind::Ordering {
            return tag("span").with(self.words().position_in(self.exercise, &slot.id));
        }
        self.scene.text(Text::Slot(&self.exercise.id, &slot.id))
    }

    /// What to say of an item that was placed there: the feedback for that very slot, or the item's own.
    fn why(&self, item: &Item<bool>, slot: Option<&Id>) -> Tag {
        self.scene.text(why(&self.exercise.id, item, slot))
    }

    /// A message that puts the item into the slot.
    fn place(&self, item: &Id, slot: Option<Id>) -> Msg {
        Msg::Placed { exercise: self.exercise.id.clone(), item: item.clone(), slot }
    }
}

/// Those parts one after the other with something between them; a dash if there are none.
pub fn list(parts: impl Iterator<Item = Tag>, separator: &str) -> Html {
    let mut parts = parts.enumerate().peekable();
    if parts.peek().is_none() {
        return "–".html();
    }
    all(parts.flat_map(|(at, part)| [(at > 0).then_some(separator.to_owned()).html(), part.html()]))
}

/// What to say of an item that was placed there: the feedback for that very slot, or the item's own.
pub fn why<'a>(exercise: &'a Id, item: &'a Item<bool>, slot: Option<&Id>) -> Text<'a> {
    match slot.and_then(|slot| item.misplaced_in(slot)) {
        Some(misplaced) => Text::Misplaced(exercise, &item.id, &misplaced.slot),
        None => Text::Feedback(exercise, &item.id),
    }
}

/// The class of what is said of an item that fared so.
pub fn feedback_class(mark: Mark) -> &'static str {
    match mark {
        Mark::Right => "feedback right",
        Mark::Wrong => "feedback wrong",
        Mark::Missed => "feedback missed",
        Mark::Left => "feedback left",
    }
}

/// The icon beside it.
pub fn mark_icon(mark: Mark) -> Icon {
    match mark {
        Mark::Right => Icon::Tick,
        Mark::Wrong => Icon::Cross,
        Mark::Missed => Icon::Alert,
        Mark::Left => Icon::Ring,
    }
}
