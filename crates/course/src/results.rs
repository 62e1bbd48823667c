//! What the learner's work adds up to.

use crate::{
    answer::Score,
    course::{Module, Plan, Step},
    deck::Deck,
    exercise::{Exercise, Kind},
    progress::{Progress, Record},
};

/// How far a step or an exercise is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not opened, or nothing answered.
    New,
    /// Begun.
    Started,
    /// A step read to its end, with all its exercises answered; an exercise that was answered.
    Done,
}

/// Steps done out of all, and marks earned out of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Steps done.
    pub done: usize,
    /// Steps in all.
    pub steps: usize,
    /// The best marks in the exercises that are graded, out of all their marks.
    pub score: Score,
}

impl Progress {
    /// How far that step is: done when it was left by *Next*, or was the last one and opened, and all its exercises are done.
    pub fn step_state(&self, course: &Plan, step: &Step<bool>) -> State {
        let last = course.steps().last().is_some_and(|(_, last)| last.id == step.id);
        let opened = self.opened.contains(&step.id);
        let mut exercises = step.exercises().map(|exercise| self.exercise_state(exercise)).peekable();
        let done = match exercises.peek() {
            Some(_) => exercises.all(|state| state == State::Done),
            None => self.read.contains(&step.id) || (last && opened),
        };
        match (done, opened) {
            (true, _) => State::Done,
            (false, true) => State::Started,
            (false, false) => State::New,
        }
    }

    /// How far that exercise is: done when it was checked at least once; flashcards, when every card was known.
    pub fn exercise_state(&self, exercise: &Exercise<bool>) -> State {
        match self.record(&exercise.id) {
            None => State::New,
            Some(record) if record.attempts > 0 || record.solution_seen => State::Done,
            Some(record) if record.answer.placements.is_empty() => State::New,
            Some(_) => State::Started,
        }
    }

    /// The best score in that exercise so far.
    pub fn best(&self, exercise: &Exercise<bool>) -> Option<Score> {
        self.record(&exercise.id).and_then(|record| record.best)
    }

    /// What it adds up to in that module.
    pub fn summary(&self, course: &Plan, module: &Module<bool>) -> Summary {
        let mut summary = Summary { done: 0, steps: module.steps.len(), score: Score { right: 0, of: 0 } };
        for step in &module.steps {
            summary.done += usize::from(self.step_state(course, step) == State::Done);
            for exercise in step.exercises().filter(|exercise| exercise.is_graded()) {
                summary.score.right += self.best(exercise).map_or(0, |score| score.right);
                summary.score.of += exercise.grade(&Default::default()).of;
            }
        }
        summary
    }
}

impl<T> Exercise<T> {
    /// Whether there are marks in it: not where learners rate themselves.
    pub fn is_graded(&self) -> bool {
        self.kind != Kind::Flashcards
    }

    /// Its cards as they stand in that record.
    pub fn deck(&self, record: &Record) -> Deck<'_, T> {
        Deck::replay(self, record.seed, &record.kept, &record.answer)
    }
}
