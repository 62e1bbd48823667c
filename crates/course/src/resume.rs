//! Coming back to a course that has changed in the meantime.
//!
//! What was reworded or moved is what it was. Where the key has changed, the marks no longer hold: that question is asked
//! again, and the learner is told why. Every other answer stands, and so does what was done: how often, and when first.

use crate::{
    Id,
    answer::Score,
    course::Plan,
    exercise::{Exercise, Item, Kind},
    progress::{Phase, Progress, Record},
};

impl Progress {
    /// The same as it stands in that course. `None` if it belongs to another.
    pub fn resumed(mut self, course: &Plan) -> Option<Progress> {
        if self.course != *course.id {
            return None;
        }
        for exercise in course.exercises() {
            if let Some(record) = self.exercises.get_mut(&exercise.id) {
                record.resume(exercise);
            }
        }
        Some(self)
    }
}

impl Record {
    /// Takes back what was answered to another key than that of now.
    fn resume(&mut self, exercise: &Exercise<bool>) {
        let known = |slot: &Id| exercise.slot(slot).is_some();
        self.answer.placements.retain(|placed| exercise.item(&placed.item).is_some() && known(&placed.slot));
        let questions = exercise.questions();
        if self.key_version == exercise.key_version() {
            if self.attempts > 0 && self.questions.is_empty() && !self.corrected {
                // Checked by a build that knew of no single questions: they are those of now.
                self.questions = questions;
            }
            return;
        }
        // Before the first check nothing was marked, and cards are never marked but by the learner.
        let unmarked = self.attempts == 0 || !exercise.is_graded();
        let stands = |item: &&Item<bool>| unmarked || self.questions.contains(&exercise.question(item));
        let standing: Vec<Id> = exercise.items.iter().filter(stands).map(|item| item.id.clone()).collect();
        let corrected = standing.len() < exercise.items.len();
        // Of the best answer nobody knows which rows were right; so many were at least.
        let lost = self.questions.iter().filter(|question| !questions.contains(question)).count();
        let of = exercise.grade(&self.answer).of;
        self.best = self.best.map(|best| {
            let right = best.right.saturating_sub(lost as u32).min(standing.len() as u32);
            Score { right: right.min(of), of }
        });
        if exercise.kind == Kind::Ordering && !self.answer.placements.is_empty() {
            // All of them stand in some order, whichever there are.
            self.answer = exercise.at_positions(&exercise.arranged(&self.answer, self.seed));
        } else {
            self.answer.placements.retain(|placed| standing.contains(&placed.item));
        }
        let is_item = |id: &Id| exercise.item(id).is_some();
        self.ruled_out.retain(is_item);
        self.starred.retain(is_item);
        let has_place = |item: &Id| exercise.kind == Kind::Flashcards || self.answer.slot_of(item).is_some();
        self.kept.retain(|item| standing.contains(item) && has_place(item));
        if corrected {
            self.corrected = true;
            self.race = None;
            if self.phase != Phase::Open && exercise.may_lack() {
                self.kept = self.answer.placements.iter().map(|placed| placed.item.clone()).collect();
            }
        }
        if corrected || unmarked {
            self.phase = Phase::Open;
        }
        self.key_version = exercise.key_version();
        self.seq = self.seq.saturating_add(1);
    }
}
