//! What is kept of a learner's work, under the ids that authors wrote.
//!
//! Records of exercises that this build does not know are kept as they are: they belong to an older or a newer course.

use crate::{
    Id,
    answer::{Answer, Score},
    course::Course,
};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};
use std::fmt;

/// The version of the saved form. It is part of the key that it is saved under, so that builds that
/// speak different versions never overwrite each other's data.
pub const SCHEMA: u32 = 1;

/// Everything that is kept for one learner in one course.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// The id of the course that it belongs to.
    pub course: String,
    /// The step at which the learner was last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Id>,
    /// The steps that the learner has opened, each once, in that order.
    #[serde(default)]
    pub opened: Vec<Id>,
    /// The steps that the learner has read to the end, that is, left by *Next*; each once, in that order.
    #[serde(default)]
    pub read: Vec<Id>,
    /// The record of each exercise that was begun.
    #[serde(default)]
    pub exercises: Records,
}

/// Records by the id of their exercise, in the order in which they were begun. Saved as a map.
///
/// A course has few enough exercises to look through them all, and a list is less to load than a map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records(Vec<(Id, Record)>);

/// What is kept of one exercise.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// What is placed where at present.
    pub answer: Answer,
    /// The items that stand since an earlier attempt: right rows that a new try keeps; cards that it leaves out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Id>,
    /// How far the present attempt is.
    pub phase: Phase,
    /// How often the answer was checked.
    pub attempts: u32,
    /// The score of the first check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Score>,
    /// The best score so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<Score>,
    /// Whether the solution was shown; then it does not count as mastered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub solution_seen: bool,
    /// The [content version](crate::exercise::Exercise::key_version) that it was answered in.
    pub key_version: u32,
    /// How many changes there were. The record with more of them is the newer one, whatever the clocks say.
    pub seq: u32,
    /// When it changed last, in milliseconds since 1970 by the learner's clock.
    pub at: u64,
}

/// How far an attempt is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// Items can be placed. A card shows its front.
    #[default]
    Open,
    /// The answer was checked, and feedback shows. A card shows its back.
    Checked,
    /// The solution shows.
    Solved,
}

impl Progress {
    /// Nothing yet, in that course.
    pub fn new(course: &Course) -> Progress {
        Progress { course: course.id.to_string(), ..Progress::default() }
    }

    /// Reads what [`Progress::to_json`] wrote.
    ///
    /// # Errors
    ///
    /// If it is not JSON, has other types, or belongs to another course.
    pub fn from_json(json: &str, course: &Course) -> Result<Progress, Unreadable> {
        let progress: Progress = serde_json::from_str(json).map_err(|_| Unreadable)?;
        if progress.course != *course.id { Err(Unreadable) } else { Ok(progress.for_course(course)) }
    }

    /// As JSON without white space, for saving.
    pub fn to_json(&self) -> String {
        // Plain fields under string keys: writing them cannot fail, and an empty text is never saved over anything.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The key under which progress in that course is saved.
    pub fn storage_key(course: &Course) -> String {
        format!("kurso:{}:{SCHEMA}", course.id)
    }

    /// The record of an exercise, if it was begun.
    pub fn record(&self, exercise: &str) -> Option<&Record> {
        self.exercises.get(exercise)
    }

    /// Opens those exercises again whose key has changed since they were answered: their marks no longer hold.
    fn for_course(mut self, course: &Course) -> Progress {
        for exercise in course.exercises() {
            if let Some(record) = self.exercises.get_mut(&exercise.id)
                && record.key_version != exercise.key_version()
            {
                *record = Record {
                    answer: record.answer.clone(),
                    key_version: exercise.key_version(),
                    seq: record.seq.saturating_add(1),
                    at: record.at,
                    ..Record::default()
                };
            }
        }
        self
    }
}

impl Record {
    /// Whether full marks were earned without seeing the solution.
    pub fn is_mastered(&self) -> bool {
        self.best.is_some_and(Score::is_full) && !self.solution_seen
    }
}

impl Records {
    /// The record of that exercise.
    pub fn get(&self, exercise: &str) -> Option<&Record> {
        self.0.iter().find(|(id, _)| **id == *exercise).map(|(_, record)| record)
    }

    /// The record of that exercise, to be changed.
    pub fn get_mut(&mut self, exercise: &str) -> Option<&mut Record> {
        self.0.iter_mut().find(|(id, _)| **id == *exercise).map(|(_, record)| record)
    }

    /// The record of that exercise, to be changed; an empty one if it was not begun.
    pub fn get_or_add(&mut self, exercise: &Id) -> &mut Record {
        let at = self.0.iter().position(|(id, _)| id == exercise).unwrap_or_else(|| {
            self.0.push((exercise.clone(), Record::default()));
            self.0.len() - 1
        });
        &mut self.0[at].1
    }

    /// Makes that the record of that exercise.
    pub fn insert(&mut self, exercise: Id, record: Record) {
        *self.get_or_add(&exercise) = record;
    }

    /// How many exercises were begun.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none was begun.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Records {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, record)| (id, record)))
    }
}

impl<'de> Deserialize<'de> for Records {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Records, D::Error> {
        struct Map;

        impl<'de> Visitor<'de> for Map {
            type Value = Records;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("records by exercise")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Records, A::Error> {
                let mut records = Records::default();
                while let Some((exercise, record)) = map.next_entry()? {
                    records.insert(exercise, record);
                }
                Ok(records)
            }
        }

        deserializer.deserialize_map(Map)
    }
}

/// Saved progress that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;
