//! Coming back to a course that has changed in the meantime.
//!
//! What was reworded or moved is what it was, and so is what was renamed, if the author says so. Where the key has changed,
//! the marks no longer hold: that question is asked again, and the learner is told why. Every other answer stands, and so
//! does what was done: how often, and when first.

use crate::{
    Id,
    answer::Score,
    course::Plan,
    exercise::{Exercise, Kind},
    merge::union,
    progress::{Phase, Progress, Record},
    review::Question,
};

impl Progress {
    /// The same as it stands in that course. `None` if it belongs to another.
    pub fn resumed(mut self, course: &Plan) -> Option<Progress> {
        if self.course != *course.id {
            return None;
        }
        for (_, step) in course.steps() {
            rename(&mut self.opened, &step.id, &step.was);
            rename(&mut self.read, &step.id, &step.was);
            if self.step.as_ref().is_some_and(|id| step.was.contains(id)) {
                self.step = Some(step.id.clone());
            }
        }
        self.opened = union(&[], &self.opened);
        self.read = union(&[], &self.read);
        for term in course.terms() {
            for was in &term.was {
                for question in [Question::Meaning, Question::Term] {
                    self.rename_log(&question(was.clone()), &question(term.id.clone()));
                }
            }
        }
        for exercise in course.exercises() {
            self.rename_logs(exercise);
            let mut anew = Vec::new();
            if let Some(record) = self.exercises.get_mut(&exercise.id) {
                anew = record.resume(exercise);
            }
            for was in &exercise.was {
                if let Some(mut record) = self.exercises.remove(was) {
                    anew.extend(record.resume(exercise));
                    let own = self.exercises.get_or_add(&exercise.id);
                    *own = own.merged(&record);
                }
            }
            // What was known of another question says nothing of this one.
            for (question, item) in exercise.review_questions() {
                let is_anew = item.map_or(!anew.is_empty(), |item| anew.contains(&item.id));
                if is_anew && let Some(log) = self.logs().get_mut(&question.key()) {
                    log.forget();
                }
            }
        }
        Some(self)
    }

    /// Keeps what is known of each question of that exercise under the names of now.
    fn rename_logs(&mut self, exercise: &Exercise<bool>) {
        for (question, item) in exercise.review_questions() {
            let items = item.map_or(&[][..], |item| &item.was);
            for exercise in [&exercise.id].into_iter().chain(&exercise.was) {
                for was in question.renamed(exercise, items) {
                    self.rename_log(&was, &question);
                }
            }
        }
    }

    fn rename_log(&mut self, was: &Question, now: &Question) {
        if was != now && self.log(was).is_some() {
            let logs = self.logs();
            if let Some(log) = logs.remove(&was.key()) {
                let own = logs.get_or_add(&now.key());
                *own = own.merged(&log);
            }
        }
    }
}

/// Makes that one of those ids which is what it was before.
fn rename(ids: &mut [Id], now: &Id, was: &[Id]) {
    for id in ids {
        if was.contains(id) {
            *id = now.clone();
        }
    }
}

impl Record {
    /// Takes back what was answered to another key than that of now. Returns the items that are asked anew.
    fn resume(&mut self, exercise: &Exercise<bool>) -> Vec<Id> {
        self.rename(exercise);
        let versions = exercise.question_versions();
        let version = exercise.key_version();
        let same = self.key_version == version;
        if same && self.attempts > 0 && self.question_versions.is_empty() && !self.corrected {
            // Checked by a build that knew of no single questions: they are those of now.
            self.question_versions = versions.clone();
        }
        // Before the first check nothing was marked, and cards are never marked but by the learner.
        let holds = same || self.attempts == 0 || !exercise.is_graded();
        let mut standing = Vec::new();
        for item in &exercise.items {
            let slot = self.answer.slot_of(&item.id);
            if slot.is_none_or(|slot| exercise.slot(slot).is_some())
                && (holds || self.question_versions.contains(&exercise.question_version(item)))
            {
                standing.push(item.id.clone());
            }
        }
        let anew: Vec<Id> =
            exercise.items.iter().map(|item| item.id.clone()).filter(|item| !standing.contains(item)).collect();
        if same && anew.is_empty() {
            return anew;
        }
        // Of the best answer nobody knows which rows were right; so many were at least.
        let lost = self.question_versions.iter().filter(|version| !versions.contains(version)).count();
        let of = exercise.grade(&self.answer).of;
        if let Some(best) = &mut self.best {
            let right = best.right.saturating_sub(lost as u32).min(standing.len() as u32);
            *best = Score { right: right.min(of), of };
        }
        if exercise.kind == Kind::Ordering && !self.answer.placements.is_empty() {
            // All of them stand in some order, whichever there are.
            self.answer = exercise.ordered(&self.answer, self.seed, None);
        } else {
            let before = self.answer.placements.len();
            self.answer.placements.retain(|placed| standing.contains(&placed.item));
            if self.answer.placements.len() < before {
                // Which of the ratings went is not known any more.
                self.rated.clear();
            }
        }
        for ids in [&mut self.kept, &mut self.ruled_out, &mut self.starred] {
            ids.retain(|id| standing.contains(id));
        }
        if self.attempts > 0 && !anew.is_empty() {
            self.corrected = true;
            self.race = None;
            if self.phase != Phase::Open && exercise.may_lack() {
                self.kept = self.answer.placements.iter().map(|placed| placed.item.clone()).collect();
            }
        }
        // A question that does not stand is asked again; and the card that shows may be another.
        if self.corrected || !exercise.is_graded() {
            self.phase = Phase::Open;
        }
        self.key_version = version;
        self.seq = self.seq.saturating_add(1);
        anew
    }

    /// Calls everything as it is called now.
    fn rename(&mut self, exercise: &Exercise<bool>) {
        for item in &exercise.items {
            for placed in &mut self.answer.placements {
                rename(std::slice::from_mut(&mut placed.item), &item.id, &item.was);
            }
            for ids in [&mut self.kept, &mut self.ruled_out, &mut self.starred] {
                rename(ids, &item.id, &item.was);
            }
        }
        for slot in &exercise.slots {
            for placed in &mut self.answer.placements {
                rename(std::slice::from_mut(&mut placed.slot), &slot.id, &slot.was);
            }
        }
    }
}
