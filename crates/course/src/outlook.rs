//! How a learner stands, to look at: what is mastered, what comes when, what would be known now, and what was answered.
//!
//! All of it is counted in whole numbers from records and logs. A day is a span of 24 hours, from now on or back from now:
//! where the learner's midnight lies is not known here.

use crate::{
    answer::Score,
    course::{Plan, Step},
    exercise::Exercise,
    fsrs::Rating,
    progress::{Progress, Record},
    recall::{DAY, Standing},
    review::Question,
};

/// How many days are looked ahead.
pub const AHEAD: usize = 14;

/// How many days are looked back.
pub const BACK: usize = 28;

/// How many answers were right and how many were not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Those that were known, however well.
    pub known: u32,
    /// Those that were not.
    pub missed: u32,
}

impl Standing {
    /// With how many percent it would be known at that time; `None` where it was missed, and not known since.
    pub fn strength(&self, now: u64) -> Option<u32> {
        (self.last != Rating::Again).then(|| (self.retrievability(now) * 100.0).round() as u32)
    }
}

impl Progress {
    /// Whether full marks were earned in that exercise without seeing the solution.
    pub fn has_mastered(&self, exercise: &Exercise<bool>) -> bool {
        self.record(&exercise.id).is_some_and(Record::is_mastered)
    }

    /// How many exercises of that step are mastered, out of all.
    pub fn mastered(&self, step: &Step<bool>) -> Score {
        let right = step.exercises().filter(|exercise| self.has_mastered(exercise)).count();
        Score { right: right as u32, of: step.exercises().count() as u32 }
    }

    /// How many questions are to be asked on each of the days to come, if all are known: on the first what is due by now,
    /// and new terms as many in a day as there may be.
    pub fn forecast(&self, course: &Plan, now: u64) -> [u32; AHEAD] {
        let retention = self.wanted_retention();
        let mut days = [0; AHEAD];
        let mut add = |day: usize, questions: u32| days.get_mut(day).into_iter().for_each(|day| *day += questions);
        for (_, log) in self.questions(course) {
            if let Some(standing) = log.and_then(|log| log.standing(u64::MAX, retention)) {
                add(standing.due_in(now) as usize, 1);
            }
        }
        self.new_terms(course, now).into_iter().enumerate().for_each(|(day, terms)| add(day, terms as u32));
        days
    }

    /// The [strength](Standing::strength) of each question that was answered, the weakest first.
    pub fn strengths(&self, course: &Plan, now: u64) -> Vec<(Option<u32>, Question)> {
        let mut strengths: Vec<(Option<u32>, Question)> = Vec::new();
        let retention = self.wanted_retention();
        for (question, log) in self.questions(course) {
            let Some(standing) = log.and_then(|log| log.standing(u64::MAX, retention)) else { continue };
            let strength = standing.strength(now);
            let at = strengths.partition_point(|(other, _)| *other <= strength);
            strengths.insert(at, (strength, question));
        }
        strengths
    }

    /// What was answered on each of the last days, in lessons and in reviews, the last day at the end.
    pub fn history(&self, now: u64) -> [Answers; BACK] {
        let mut days = [Answers::default(); BACK];
        for (at, rating) in self.reviews.iter().flat_map(|(_, log)| log.answers()) {
            // What is said to be of later is of a clock that was set back since.
            let ago = usize::try_from(now.saturating_sub(at) / DAY).unwrap_or(BACK);
            if let Some(day) = BACK.checked_sub(ago + 1).map(|day| &mut days[day]) {
                match rating {
                    Rating::Again => day.missed += 1,
                    _ => day.known += 1,
                }
            }
        }
        days
    }
}
