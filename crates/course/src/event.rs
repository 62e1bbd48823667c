//! What a learner has just achieved, as whoever embeds the course wants to hear it: a page as events, an LMS as a report.
//!
//! It follows from the study before and after, so nothing has to remember to tell.

use crate::{
    Id,
    answer::Score,
    course::{Module, Plan},
    progress::Progress,
    results::State,
    study::Study,
};
use std::rc::Rc;

/// Something that is worth telling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The first answer in this course was begun.
    Started,
    /// An answer was checked, or a session of cards came to its end.
    Answered {
        /// The exercise.
        exercise: Id,
        /// The marks of this attempt.
        score: Score,
        /// Which attempt it was, from 1.
        attempt: u32,
    },
    /// The learner went to that step.
    Reached(Id),
    /// That step is done.
    Completed(Id),
    /// All steps of a module are done, or what it comes to has changed since.
    Judged {
        /// The module.
        module: Id,
        /// The best marks in it.
        score: Score,
        /// Whether that is a pass.
        passed: bool,
    },
}

impl Study {
    /// What was achieved since `before`. What came from elsewhere, and what was forgotten, is nobody's achievement: that is
    /// for the caller to know.
    // Only what is not inlined can be loaded later.
    #[inline(never)]
    pub fn events_since(&self, before: &Study) -> Vec<Event> {
        let mut events = Vec::new();
        let course = &*self.course;
        let (now, then) = (&self.progress, &before.progress);
        if !Rc::ptr_eq(now, then) {
            if then.exercises.is_empty() && !now.exercises.is_empty() {
                events.push(Event::Started);
            }
            let attempts = |progress: &Progress, id| progress.record(id).map_or(0, |record| record.attempts);
            for exercise in course.exercises() {
                let attempt = attempts(now, &exercise.id);
                if attempt > attempts(then, &exercise.id) {
                    let score = exercise.grade(&self.record(exercise).answer);
                    events.push(Event::Answered { exercise: exercise.id.clone(), score, attempt });
                }
            }
            let done = |progress: &Progress, step| progress.step_state(course, step) == State::Done;
            for (_, step) in course.steps().filter(|(_, step)| done(now, step) && !done(then, step)) {
                events.push(Event::Completed(step.id.clone()));
            }
            for module in &course.modules {
                let verdict = now.verdict(course, module);
                if let Some((score, passed)) = verdict
                    && verdict != then.verdict(course, module)
                {
                    events.push(Event::Judged { module: module.id.clone(), score, passed });
                }
            }
        }
        if let Some((_, step)) = self.step().filter(|_| self.place != before.place) {
            events.push(Event::Reached(step.id.clone()));
        }
        events
    }
}

impl Progress {
    /// What a module that is done comes to: its best marks, and whether that is a pass. Where nothing is marked, it is.
    pub fn verdict(&self, course: &Plan, module: &Module<bool>) -> Option<(Score, bool)> {
        let summary = self.summary(course, module);
        let Score { right, of } = summary.score;
        (summary.done == summary.steps).then_some((summary.score, right * 100 >= of * module.mastery))
    }
}
