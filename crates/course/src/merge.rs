//! Bringing together what one learner did in two places: in two tabs, on two devices, in a file.
//!
//! Merging is the join of a semilattice: it is commutative, associative and idempotent. So it does not matter who merges
//! what with whom, in which order and how often; in the end everybody has the same, and nothing that one of them had
//! is lost. No clock has to be right: a record counts its own changes.

use crate::{
    Id,
    progress::{Progress, Record},
    recall::Log,
};
use std::{cmp::Ordering, rc::Rc};

/// What merging with other progress would bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct News {
    /// So many exercises that have no answers here.
    pub added: u32,
    /// So many exercises of which the other has something newer or better.
    pub newer: u32,
}

impl Progress {
    /// What both have, of the same course: see [`crate::merge`]. A reset wins over everything before it.
    // Only what is not inlined can be loaded later.
    #[must_use]
    #[inline(never)]
    pub fn merged(&self, other: &Progress) -> Progress {
        match self.resets.cmp(&other.resets) {
            Ordering::Greater => return self.clone(),
            Ordering::Less => return other.clone(),
            Ordering::Equal => {}
        }
        let newer = if (self.at, self.chosen()) < (other.at, other.chosen()) { other } else { self };
        Progress {
            opened: union(&self.opened, &other.opened),
            read: union(&self.read, &other.read),
            exercises: self.exercises.merged(&other.exercises, Record::merged),
            reviews: Rc::new(self.reviews.merged(&other.reviews, Log::merged)),
            ..newer.clone()
        }
    }

    /// What there is in `other` that is not here.
    // Only what is not inlined can be loaded later.
    #[inline(never)]
    pub fn news_in(&self, other: &Progress) -> News {
        let mut added = 0;
        let mut newer: Vec<&str> = Vec::new();
        for (exercise, record) in other.exercises.iter() {
            match self.record(exercise) {
                None => added += 1,
                Some(mine) if mine.merged(record) != *mine => newer.push(exercise),
                Some(_) => {}
            }
        }
        for (question, log) in other.reviews.iter() {
            // All key terms together are one: theirs begin with the underscore.
            let exercise = question.split('_').next().unwrap_or_default();
            let has_it = self.reviews.get(question).is_some_and(|mine| mine.merged(log) == *mine);
            let is_counted =
                newer.contains(&exercise) || self.record(exercise).is_none() && other.record(exercise).is_some();
            if !has_it && !is_counted {
                newer.push(exercise);
            }
        }
        News { added, newer: newer.len() as u32 }
    }

    /// The same, as if it were of now: what a learner brings back is wanted, though everything was deleted since.
    #[must_use]
    pub fn brought_back(self, now: &Progress) -> Progress {
        Progress { resets: now.resets, ..self }
    }
}

impl Record {
    /// The newer answer, with the marks that either has earned.
    ///
    /// The best marks of another key mean nothing beside these: of two [versions](Record::key_version), those of one are
    /// taken. That does not happen to progress that was [resumed](Progress::resumed) in the same course.
    #[must_use]
    pub fn merged(&self, other: &Record) -> Record {
        let (newer, older) = if self.cmp(other) == Ordering::Less { (other, self) } else { (self, other) };
        let mut merged = newer.clone();
        merged.attempts = newer.attempts.max(older.attempts);
        // Of two first tries nobody knows which was the first; the lower one flatters nobody.
        merged.first = newer.first.into_iter().chain(older.first).min();
        merged.solution_seen |= older.solution_seen;
        if newer.key_version == older.key_version {
            merged.best = newer.best.max(older.best);
            if merged.question_versions < older.question_versions {
                merged.question_versions = older.question_versions.clone();
            }
        }
        merged
    }

    /// Orders by version, then by age; then by what was answered, so that of two different records one always wins.
    fn cmp(&self, other: &Record) -> Ordering {
        let age = |record: &Record| (record.key_version, record.seq, record.at, record.phase, record.seed);
        let others = |record: &Record| (record.unsure, record.reversed, record.race, record.times, record.corrected);
        age(self)
            .cmp(&age(other))
            .then_with(|| self.answer.cmp(&other.answer))
            .then_with(|| self.kept.cmp(&other.kept))
            .then_with(|| self.ruled_out.cmp(&other.ruled_out))
            .then_with(|| self.starred.cmp(&other.starred))
            .then_with(|| self.rated.cmp(&other.rated))
            .then_with(|| others(self).cmp(&others(other)))
    }
}

/// Adds that id to those, which stand in order, each once.
pub(crate) fn add(ids: &mut Vec<Id>, id: &Id) {
    if let Err(at) = ids.binary_search(id) {
        ids.insert(at, id.clone());
    }
}

/// All of those ids and the others, in order, each once.
pub(crate) fn union(ids: &[Id], others: &[Id]) -> Vec<Id> {
    let mut union = ids.to_vec();
    others.iter().for_each(|id| add(&mut union, id));
    union
}
