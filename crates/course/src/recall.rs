//! What a learner remembers of one question, found by replaying when it was answered and how well.
//!
//! Only the answers are kept, each with its time. How well something is remembered and when it is due follow from them by
//! [`crate::fsrs`], for whatever retention the learner wants; two logs are merged by taking the answers of both; and an
//! answer that is taken back stays in the log as such, so that no other copy brings it back.

use crate::{
    fsrs::{self, Memory, Rating, Retention},
    json::{Json, Reader},
};
use std::cell::Cell;

/// How many answers are kept of a question, the newest ones. What came before says next to nothing.
const LONGEST: usize = 64;

/// After so many milliseconds a missed question is due again, if it was not known since: ten minutes.
pub const RELEARN: u64 = 600_000;

/// Milliseconds in a day.
pub(crate) const DAY: u64 = 86_400_000;

/// A day is over some hours before the clock has gone round, so that who studies every evening need not wait until later
/// each time. In milliseconds.
const EARLY: u64 = DAY / 4;

/// The answers that a question got, by their time in milliseconds since 1970; those that were taken back have no rating.
#[derive(Clone, Debug, Default)]
pub struct Log {
    answers: Vec<(u64, Option<Rating>)>,
    /// How the question stands after all of them, for the retention that was asked for last, once that was found: a review
    /// asks it of each question at every step, and hardly any was answered since.
    found: Cell<Option<(Retention, Standing)>>,
}

impl PartialEq for Log {
    fn eq(&self, other: &Log) -> bool {
        self.answers == other.answers
    }
}

/// How a question stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// How well it is remembered.
    pub memory: Memory,
    /// When it was answered last.
    pub at: u64,
    /// How well it was known then.
    pub last: Rating,
    /// How often it was answered.
    pub answers: u32,
    /// How often it was missed.
    pub missed: u32,
    /// How long after the last answer it is to be asked again.
    pub wait: Wait,
}

/// How long until something is asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wait {
    /// [`RELEARN`].
    Relearn,
    /// So many days.
    Days(u32),
}

impl Log {
    /// Reads what [`Log::write`] wrote.
    pub(crate) fn read(json: &Reader<impl Json>) -> Log {
        let mut log = Log::default();
        for answer in json.list() {
            let [at, rating] = answer.pair();
            log.put(at.as_number(), rating.sure(Rating::from_grade(rating.as_count())));
        }
        log
    }

    /// As an array of `[time, grade]`, the grade from 1 for *again* to 4 for *easy*, and 0 for what was taken back.
    pub(crate) fn write<J: Json>(&self) -> J {
        let grade = |rating: Option<Rating>| rating.map_or(0, |rating| rating as u64);
        let answer =
            |(at, rating): &(u64, Option<Rating>)| J::from_list([*at, grade(*rating)].map(J::from_number).into_iter());
        J::from_list(self.answers.iter().map(answer))
    }

    /// The answers of both. Where they differ on one, it was taken back, or else was the worse one.
    #[must_use]
    pub(crate) fn merged(&self, other: &Log) -> Log {
        let mut merged = self.clone();
        other.answers.iter().for_each(|(at, rating)| merged.put(*at, *rating));
        merged
    }

    fn put(&mut self, at: u64, rating: Option<Rating>) {
        self.found.set(None);
        match self.answers.binary_search_by_key(&at, |(known, _)| *known) {
            Ok(known) => self.answers[known].1 = self.answers[known].1.min(rating),
            Err(place) => self.answers.insert(place, (at, rating)),
        }
        let surplus = self.answers.len().saturating_sub(LONGEST);
        self.answers.drain(..surplus);
    }

    /// Adds an answer of that time.
    pub(crate) fn add(&mut self, rating: Rating, at: u64) {
        self.put(at, Some(rating));
    }

    /// The time of the last answer, also of one that was taken back, but for those of a wrong clock.
    pub(crate) fn latest(&self, now: u64) -> Option<u64> {
        self.answers.iter().rev().map(|(at, _)| *at).find(|at| !is_wrong(*at, now))
    }

    /// Whether it has answers of more than a day later than now: then the clock was wrong.
    pub(crate) fn has_wrong_times(&self, now: u64) -> bool {
        self.answers().any(|(at, _)| is_wrong(at, now))
    }

    /// Brings such answers back to now, so that no question waits for a day that is far off.
    pub(crate) fn mend(&mut self, now: u64) {
        let wrong: Vec<Rating> =
            self.answers().filter(|(at, _)| is_wrong(*at, now)).map(|(_, rating)| rating).collect();
        for (_, rating) in self.answers.iter_mut().filter(|(at, _)| is_wrong(*at, now)) {
            *rating = None;
        }
        let mut at = now.saturating_sub(wrong.len() as u64);
        for rating in wrong {
            while self.answers.iter().any(|(known, _)| *known == at) {
                at += 1;
            }
            self.put(at, Some(rating));
        }
    }

    /// Takes the answer of that time back.
    pub(crate) fn take_back(&mut self, at: u64) {
        self.put(at, None);
    }

    /// Takes all answers back: they answered something else.
    pub(crate) fn forget(&mut self) {
        self.found.set(None);
        self.answers.iter_mut().for_each(|(_, rating)| *rating = None);
    }

    /// The answers that stand, by their time.
    pub fn answers(&self) -> impl Iterator<Item = (u64, Rating)> {
        self.answers.iter().filter_map(|(at, rating)| Some((*at, (*rating)?)))
    }

    /// Whether there was an answer at that time that was taken back.
    pub fn is_taken_back(&self, at: u64) -> bool {
        self.answers.contains(&(at, None))
    }

    /// When it was answered for the first time; `None` if it was not.
    pub fn first(&self) -> Option<u64> {
        self.answers().next().map(|(at, _)| at)
    }

    /// How it stands after the answers before that time; `None` if there are none.
    pub fn standing(&self, before: u64, retention: Retention) -> Option<Standing> {
        let all = self.answers.last().is_none_or(|(at, _)| *at < before);
        if let Some((_, standing)) = self.found.get().filter(|(of, _)| all && *of == retention) {
            return Some(standing);
        }
        let mut standing: Option<Standing> = None;
        for (at, rating) in self.answers().take_while(|(at, _)| *at < before) {
            let remembered = standing.map(|last| (last.memory, days_between(last.at, at)));
            let memory = remembered.map_or_else(|| Memory::first(rating), |(memory, days)| memory.after(days, rating));
            let (answers, missed) = standing.map_or((0, 0), |last| (last.answers, last.missed));
            standing = Some(Standing {
                memory,
                at,
                last: rating,
                answers: answers + 1,
                missed: missed + u32::from(rating == Rating::Again),
                wait: waits(remembered, retention)[rating as usize - 1],
            });
        }
        if all {
            self.found.set(standing.map(|standing| (retention, standing)));
        }
        standing
    }

    /// How long each rating of now would have it wait, from the worst to the best: never shorter for a better one.
    pub fn waits(&self, now: u64, retention: Retention) -> [Wait; 4] {
        let standing = self.standing(u64::MAX, retention);
        waits(standing.map(|last| (last.memory, days_between(last.at, now))), retention)
    }
}

impl Standing {
    /// When it is to be asked again, in milliseconds since 1970.
    pub fn due_at(&self) -> u64 {
        let wait = match self.wait {
            Wait::Relearn => RELEARN,
            Wait::Days(days) => (u64::from(days) * DAY).saturating_sub(EARLY),
        };
        self.at.saturating_add(wait)
    }

    /// Whether it is to be asked again at that time.
    pub fn is_due(&self, now: u64) -> bool {
        now >= self.due_at()
    }

    /// In how many days from then it is to be asked again; 0 if it is due.
    pub fn due_in(&self, now: u64) -> u32 {
        match self.wait {
            Wait::Days(days) => days.saturating_sub(days_between(self.at, now)),
            Wait::Relearn => 0,
        }
    }

    /// The probability that it is known at that time: from 0 to 1.
    pub fn retrievability(&self, now: u64) -> f64 {
        self.memory.retrievability(days_between(self.at, now))
    }
}

fn waits(remembered: Option<(Memory, u32)>, retention: Retention) -> [Wait; 4] {
    let [hard, good, easy] = fsrs::intervals(remembered, retention).map(Wait::Days);
    [Wait::Relearn, hard, good, easy]
}

fn is_wrong(at: u64, now: u64) -> bool {
    at > now.saturating_add(DAY)
}

/// The days from one time to another, both in milliseconds since 1970; none if the clock was set back.
pub fn days_between(before: u64, now: u64) -> u32 {
    let passed = now.saturating_sub(before);
    u32::try_from(passed.saturating_add(EARLY) / DAY).unwrap_or(u32::MAX)
}
