//! What is measured: courses, exercises with an answer, learners with progress, and the calls that a benchmark times.
//!
//! Everything that the benchmarks know of the compiler and of the course is here, so that a change there is met here.

use crate::generator;
use compiler::{Files, compile_files};
use course::{
    Id,
    answer::{Answer, Score},
    course::{Course, Page, Plan},
    deck::Deck,
    exercise::{AGAIN, Exercise, GOT_IT, Item, Kind},
    fsrs::Rating,
    progress::Progress,
    sitting::Move,
    study::{Msg, Study},
};
use serde_json::Value;
use std::{path::Path, rc::Rc};

/// When the learner answers, in milliseconds since 1970. It decides nothing.
const NOW: u64 = 1_800_000_000_000;

/// Milliseconds in a day.
const DAY: u64 = 86_400_000;

/// The files of the course that is shipped.
pub fn shipped() -> Files {
    Files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/clf-c02"))
}

/// The bytes of Markdown in them.
pub fn markdown_bytes(files: &Files) -> usize {
    files.paths().filter(|path| path.ends_with(".md")).filter_map(|path| files.get(path)).map(<[u8]>::len).sum()
}

/// Compiles files that are known to be good.
pub fn compile(files: Files) -> Course {
    compile_files(files).course.expect("the courses to measure with are without errors")
}

/// A generated course, compiled.
pub fn course(modules: usize, exercises: usize) -> Course {
    compile(generator::course(modules, exercises))
}

/// What stands in the page of that course for the player.
pub fn page(course: &Course) -> String {
    serde_json::to_string(&Page::new(course.plan(), None)).expect("a plan can be written")
}

/// Reads what stands in a page.
pub fn read_page(json: &str) -> Page {
    let json: Value = serde_json::from_str(json).expect("a page holds JSON");
    Page::read(&json).expect("a page is readable by the player of its build")
}

/// An exercise, and an answer to it.
pub struct Answered {
    exercise: Exercise<bool>,
    answer: Answer,
}

impl Answered {
    /// The first exercise of that kind, `choice` and so on, answered in full.
    pub fn of_kind(kind: &str) -> Answered {
        let is_it = |exercise: &&Exercise<bool>| match exercise.kind {
            Kind::Choice { select: 1 } => kind == "choice",
            Kind::Choice { .. } => kind == "multiple response",
            Kind::Classification => kind == "classification",
            Kind::Matching { .. } => kind == "matching",
            Kind::Ordering => kind == "ordering",
            Kind::Flashcards => kind == "flashcards",
        };
        let course = course(1, 5).plan();
        let exercise = course.exercises().find(is_it).expect("five exercises are one of each kind").clone();
        Answered { answer: exercise.key(), exercise }
    }

    /// A session of that many cards, each third of which was missed once, up to its end.
    pub fn deck(cards: usize) -> Answered {
        let Answered { mut exercise, .. } = Answered::of_kind("flashcards");
        let some = exercise.items.clone();
        let card = |(at, item): (usize, &Item<bool>)| Item { id: format!("card-{at}").into(), ..item.clone() };
        exercise.items = some.iter().cycle().take(cards).enumerate().map(card).collect();
        let missed: Vec<Id> = exercise.items.iter().step_by(3).map(|card| card.id.clone()).collect();
        let mut answer = Answer::default();
        while let Some(card) = Deck::replay(&exercise, 0, &[], &answer).card() {
            let again = missed.contains(&card.id) && answer.slot_of(&card.id).is_none();
            let slot = if again { AGAIN } else { GOT_IT };
            answer = exercise.place(&answer, &card.id, Some(slot)).expect("the card can be rated").answer;
        }
        Answered { exercise, answer }
    }

    /// The marks that the answer earns.
    pub fn grade(&self) -> Score {
        self.exercise.grade(&self.answer)
    }

    /// The pile of cards after the ratings.
    pub fn replay(&self) -> Deck<'_, bool> {
        Deck::replay(&self.exercise, 0, &[], &self.answer)
    }
}

/// A learner who is about to finish the last graded exercise of a course, with all others behind them.
pub struct Learner {
    study: Study,
    last: Vec<Msg>,
}

impl Learner {
    /// In a generated course of that many modules.
    pub fn in_course(modules: usize) -> Learner {
        let course = Rc::new(course(modules, generator::EXERCISES).plan());
        let last = course.exercises().filter(|exercise| exercise.is_graded()).last().expect("an exercise is graded");
        let others = course.exercises().filter(|exercise| exercise.id != last.id);
        let begin = Study::new(course.clone(), Progress::new(&course), None);
        let study = others.flat_map(messages).fold(begin, after);
        let mut messages = messages(last);
        // The placement that completes the answer, and the check.
        let last = messages.split_off(messages.len() - 2);
        Learner { study: messages.into_iter().fold(study, after), last }
    }

    /// The study after that answer: an item is placed, and the whole is checked.
    pub fn answer(&self) -> Study {
        self.last.iter().cloned().fold(self.study.clone(), after)
    }
}

/// What is kept of a learner, and the course that it belongs to.
pub struct Kept {
    course: Rc<Plan>,
    progress: Rc<Progress>,
}

impl Kept {
    /// With that many exercises answered, all that the course has: a hundred in a module, or all in one.
    pub fn of(exercises: usize) -> Kept {
        let modules = exercises.div_ceil(100);
        let course = Rc::new(course(modules, exercises / modules).plan());
        let begin = Study::new(course.clone(), Progress::new(&course), None);
        let study = course.exercises().flat_map(messages).fold(begin, after);
        Kept { progress: study.progress.clone(), course }
    }

    /// As it is saved.
    pub fn write(&self) -> String {
        self.progress.write::<Value>().to_string()
    }

    /// The same as another tab has it that went on meanwhile: every second exercise was tried again.
    pub fn elsewhere(&self) -> Progress {
        let course = &self.course;
        let begin = Study::new(course.clone(), (*self.progress).clone(), None);
        let again = course.exercises().step_by(2).map(|exercise| Msg::Retried(exercise.id.clone()));
        (*again.fold(begin, after).progress).clone()
    }

    /// Both in one.
    pub fn merge(&self, other: &Progress) -> Progress {
        self.progress.merged(other)
    }

    /// What was saved, read again.
    pub fn read(&self, saved: &str) -> Progress {
        let json: Value = serde_json::from_str(saved).expect("progress is saved as JSON");
        let read = Progress::read(&json).and_then(|progress| progress.resumed(&self.course));
        read.expect("what was written can be read")
    }
}

/// A learner with a long history of answers, in the middle of a review.
pub struct Reviewer {
    study: Study,
}

impl Reviewer {
    /// Of that many questions, each answered eight times before, and with one that is chosen but not checked.
    pub fn of(questions: usize) -> Reviewer {
        let course = Rc::new(course(questions.div_ceil(80), 20).plan());
        let all = course.exercises().flat_map(|exercise| exercise.review_questions());
        let log = |at: u64| {
            Value::from_iter((1..=8).map(|day| vec![NOW - (9 - day) * 5 * DAY + at, 3 - u64::from(day == 2) * 2]))
        };
        let keys = all.map(|(question, _)| question.key().to_string()).take(questions);
        let reviews: serde_json::Map<String, Value> = keys.zip((0..).map(log)).collect();
        let saved = serde_json::json!({
            "course": &*course.id, "opened": [], "read": [], "exercises": {}, "reviews": reviews,
        });
        let progress = Progress::read(&saved).expect("that is progress");
        assert_eq!(progress.reviews.iter().count(), questions, "the course has so many questions");
        let later = NOW + 300 * DAY;
        let mut study = Study::new(course.clone(), progress, None).at(later);
        study = study.update(&Msg::Review(Move::Begin), later).expect("something is due");
        Reviewer { study: picked(study) }
    }

    /// How many questions are due.
    pub fn due(&self) -> usize {
        self.study.progress.due(&self.study.course, self.study.now).len()
    }

    /// The study after the answer was checked, or the card turned.
    pub fn check(&self) -> Study {
        moves(&self.study, Move::Check)
    }

    /// The study after the same, with the next question asked, and answered but not checked.
    pub fn answer(&self) -> Study {
        let on = if is_card(&self.study) { Move::Rate(Rating::Good) } else { Move::Next };
        picked(moves(&self.check(), on))
    }
}

/// Whether the question that is asked is a card.
fn is_card(study: &Study) -> bool {
    study.asked().is_some_and(|asked| asked.question.select(&study.course) == 0)
}

fn moves(study: &Study, of: Move) -> Study {
    study.update(&Msg::Review(of), study.now).expect("that move can be made")
}

/// The study with as many options picked as are asked for, but for those that are.
fn picked(study: Study) -> Study {
    let asked = study.asked().expect("a question is asked");
    let select = asked.question.select(&study.course) as usize;
    let options = asked.question.options(&study.course, asked.seed).into_iter();
    let others = options.filter(|option| !asked.picked.contains(option)).take(select - asked.picked.len());
    others.fold(study, |study, option| moves(&study, Move::Pick(option)))
}

/// What a learner does who answers an exercise in full at the first try.
pub(crate) fn messages(exercise: &Exercise<bool>) -> Vec<Msg> {
    let check = || Msg::Checked { exercise: exercise.id.clone(), anyway: false };
    let place = |placement: course::answer::Placement| {
        let course::answer::Placement { item, slot } = placement;
        Msg::Placed { exercise: exercise.id.clone(), item, slot: Some(slot) }
    };
    let placements = exercise.key().placements.into_iter().map(place);
    match exercise.kind {
        // Each card is turned before it is rated.
        Kind::Flashcards => placements.flat_map(|rating| [check(), rating]).collect(),
        _ => placements.chain([check()]).collect(),
    }
}

fn after(study: Study, msg: Msg) -> Study {
    study.update(&msg, NOW).expect("each message changes something")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    #[test]
    fn an_exercise_of_each_kind_is_answered_in_full() {
        for kind in ["choice", "multiple response", "classification", "matching", "flashcards"] {
            assert!(Answered::of_kind(kind).grade().is_full(), "{kind}");
        }
    }

    #[test]
    fn a_session_of_cards_is_over_with_a_third_of_them_missed() {
        let deck = Answered::deck(10);
        let deck = deck.replay();
        assert_eq!((deck.done, deck.missed.len(), deck.card()), (10, 4, None));
    }

    #[test]
    fn the_last_answer_is_full_and_so_are_all_before_it() {
        let learner = Learner::in_course(1);
        let count = |study: &Study| study.progress.exercises.len();
        let study = learner.answer();
        assert_eq!(count(&study), generator::EXERCISES);
        for exercise in study.course.exercises() {
            assert!(study.progress.best(exercise).unwrap().is_full(), "{}", exercise.id);
        }
    }

    #[test]
    fn a_reviewer_goes_on_to_the_next_question() {
        let reviewer = Reviewer::of(100);
        let after = reviewer.answer();
        let done = |study: &Study| study.sitting.as_ref().unwrap().done;
        assert_eq!((done(&reviewer.study), done(&after), reviewer.due()), (0, 1, 100));
        assert!(!after.asked().unwrap().picked.is_empty() || is_card(&after));
    }

    #[test]
    fn what_is_kept_has_every_exercise_and_is_read_as_it_was_written() {
        let kept = Kept::of(4);
        assert_eq!(kept.progress.exercises.len(), 4);
        assert_eq!(kept.read(&kept.write()), *kept.progress);
    }
}
