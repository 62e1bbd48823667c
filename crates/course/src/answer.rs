//! What a learner placed where, which placements are legal, and how they are graded.

use crate::{
    Id,
    exercise::{Exercise, Item, Kind, Misplaced, Slot},
    json::{Json, Reader},
    merge::add,
};

/// Every placement, oldest first.
///
/// An item stands in it once, except in flashcards, where each rating of a card is kept: undo takes the last one off,
/// and the pile is found again by replaying them ([`crate::deck`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    /// The placements, oldest first.
    pub placements: Vec<Placement>,
}

/// One item in one slot. Saved as `["item","slot"]`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Placement {
    /// What was placed.
    pub item: Id,
    /// Where.
    pub slot: Id,
}

/// How one item fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Placed where it belongs.
    Right,
    /// Placed where it does not belong.
    Wrong,
    /// Not placed, though it belongs somewhere.
    Missed,
    /// Not placed, and rightly so: a distractor that was left alone.
    Left,
}

/// Marks earned out of marks possible. `right` is at most `of`, and `of` at least 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    /// Marks earned.
    pub right: u32,
    /// Marks possible.
    pub of: u32,
}

/// A placement that was made, and what it pushed out.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// The answer with it.
    pub answer: Answer,
    /// The item that had to leave a slot that holds only one.
    pub displaced: Option<Id>,
}

impl Answer {
    /// Reads what [`Answer::write`] wrote.
    pub(crate) fn read<J: Json>(json: &Reader<J>) -> Answer {
        let placement = |placed: &Reader<J>| {
            let [item, slot] = placed.pair().map(|id| id.as_text().into());
            Placement { item, slot }
        };
        Answer { placements: json.list().iter().map(placement).collect() }
    }

    /// As an array of `[item, slot]`.
    pub(crate) fn write<J: Json>(&self) -> J {
        let pair =
            |placed: &Placement| J::from_list([&placed.item, &placed.slot].into_iter().map(|id| J::from_text(id)));
        J::from_list(self.placements.iter().map(pair))
    }

    /// Where that item is, by its latest placement.
    pub fn slot_of(&self, item: &str) -> Option<&Id> {
        self.placements.iter().rev().find(|placement| &*placement.item == item).map(|placement| &placement.slot)
    }

    /// The items that are in that slot, in the order in which they came there.
    pub fn items_in(&self, slot: &str) -> impl Iterator<Item = &Id> {
        self.placements.iter().filter(move |placement| &*placement.slot == slot).map(|placement| &placement.item)
    }
}

impl Score {
    /// Reads what [`Score::write`] wrote.
    pub(crate) fn read(json: &Reader<impl Json>) -> Score {
        Score { right: json.count("right"), of: json.count("of") }
    }

    /// As an object.
    pub(crate) fn write<J: Json>(self) -> J {
        let mut json = J::object();
        json.put_number("right", self.right.into());
        json.put_number("of", self.of.into());
        json
    }

    /// Whether every mark was earned.
    pub fn is_full(self) -> bool {
        self.right == self.of
    }
}

impl<T> Exercise<T> {
    /// The item of that id.
    pub fn item(&self, id: &str) -> Option<&Item<T>> {
        self.items.iter().find(|item| &*item.id == id)
    }

    /// The slot of that id.
    pub fn slot(&self, id: &str) -> Option<&Slot<T>> {
        self.slots.iter().find(|slot| &*slot.id == id)
    }

    /// The answer after `item` was put into `slot`, or taken back out (`None`).
    ///
    /// `None` if there is no such item or slot, or if nothing would change.
    pub fn place(&self, answer: &Answer, item: &str, slot: Option<&str>) -> Option<Placed> {
        let item = &self.item(item)?.id;
        let slot = match slot {
            Some(slot) => Some(&self.slot(slot)?.id),
            None => None,
        };
        let mut answer = answer.clone();
        let mut displaced = None;
        if self.kind != Kind::Flashcards {
            if answer.slot_of(item) == slot {
                return None;
            }
            if self.kind == Kind::Ordering {
                let to = self.slots.iter().position(|known| Some(&known.id) == slot)?;
                let answer = self.ordered(&answer, 0, Some((self.item(item)?, to)));
                return Some(Placed { answer, displaced });
            }
            answer.placements.retain(|placement| placement.item != *item);
            if let Some(slot) = slot.filter(|_| self.slots_hold_one()) {
                displaced = answer.items_in(slot).next().cloned();
                answer.placements.retain(|placement| placement.slot != *slot);
            }
        }
        if let Some(slot) = slot {
            answer.placements.push(Placement { item: item.clone(), slot: slot.clone() });
        }
        Some(Placed { answer, displaced })
    }

    /// How many items are still to be placed before the answer is complete.
    ///
    /// For a choice, how many options are still to be selected, which is below 0 if there are too many.
    pub fn missing(&self, answer: &Answer) -> i32 {
        let placed = self.items.iter().filter(|item| answer.slot_of(&item.id).is_some()).count() as i32;
        match self.kind {
            Kind::Choice { select } => select as i32 - placed,
            // Whatever the order, every item stands somewhere.
            Kind::Ordering => 0,
            Kind::Classification | Kind::Matching { .. } | Kind::Flashcards => self.items.len() as i32 - placed,
        }
    }

    /// How that item fares in that answer.
    pub fn mark(&self, answer: &Answer, item: &Item<T>) -> Mark {
        match answer.slot_of(&item.id) {
            Some(slot) if item.accepts.contains(slot) => Mark::Right,
            Some(_) => Mark::Wrong,
            None if item.accepts.is_empty() => Mark::Left,
            None => Mark::Missed,
        }
    }

    /// The marks that the answer earns: one for each right item, but a choice is exact or nothing.
    pub fn grade(&self, answer: &Answer) -> Score {
        let fared =
            |wanted: &[Mark]| self.items.iter().filter(|item| wanted.contains(&self.mark(answer, item))).count() as u32;
        match self.kind {
            Kind::Choice { .. } => Score { right: u32::from(fared(&[Mark::Wrong, Mark::Missed]) == 0), of: 1 },
            Kind::Classification | Kind::Matching { .. } | Kind::Ordering | Kind::Flashcards => {
                Score { right: fared(&[Mark::Right]), of: self.items.len() as u32 }
            }
        }
    }

    /// The first answer that earns full marks: each item in the first slot that it accepts and that is free.
    pub fn key(&self) -> Answer {
        let mut answer = Answer::default();
        for item in &self.items {
            let free = |slot: &&Id| !self.slots_hold_one() || answer.items_in(slot).next().is_none();
            if let Some(slot) = item.accepts.iter().find(free).cloned() {
                answer.placements.push(Placement { item: item.id.clone(), slot });
            }
        }
        answer
    }

    /// The content version of what decides right from wrong: other items or another key give another number,
    /// another wording does not. (32-bit FNV-1a of the ids.)
    pub fn key_version(&self) -> u32 {
        self.items.iter().fold(FNV_START, |hash, item| self.hash_key(item, hash))
    }

    /// The content version of the question that this item is, or is a part of, in digits: each row of a
    /// classification or a matching is a question; a choice or an ordering is one question, in whatever order its options
    /// stand in the text.
    pub fn question_version(&self, item: &Item<T>) -> Id {
        let version = match self.kind {
            Kind::Choice { .. } | Kind::Ordering => {
                self.items.iter().fold(0, |sum, item| self.hash_key(item, FNV_START).wrapping_add(sum))
            }
            Kind::Classification | Kind::Matching { .. } | Kind::Flashcards => self.hash_key(item, FNV_START),
        };
        version.to_string().into()
    }

    /// The content version of each question that it asks; none where learners rate themselves.
    pub fn question_versions(&self) -> Vec<Id> {
        let mut versions = Vec::new();
        for item in self.items.iter().filter(|_| self.is_graded()) {
            add(&mut versions, &self.question_version(item));
        }
        versions
    }

    /// The hash, going on with that item and where it is right, all by their first names: another name is no other key.
    fn hash_key(&self, item: &Item<T>, mut hash: u32) -> u32 {
        let mut mix = |text: &str| {
            for byte in text.bytes().chain([0]) {
                hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
        };
        mix(item.was.first().unwrap_or(&item.id));
        for id in &item.accepts {
            mix(self.slot(id).and_then(|slot| slot.was.first()).unwrap_or(id));
        }
        mix("");
        hash
    }

    /// Whether a second item in a slot pushes the first one out.
    fn slots_hold_one(&self) -> bool {
        matches!(self.kind, Kind::Choice { select: 1 } | Kind::Matching { reuse: false })
    }
}

/// Where 32-bit FNV-1a begins.
const FNV_START: u32 = 0x811c_9dc5;

impl<T> Item<T> {
    /// What is said of it only when it was placed in that slot, if something is.
    pub fn misplaced_in(&self, slot: &str) -> Option<&Misplaced<T>> {
        self.misplaced.iter().find(|misplaced| *misplaced.slot == *slot)
    }
}
