//! The order in which options and answers stand: the author's at the first try, another at each new one.
//!
//! The page shows the author's order before anything runs, so the first try keeps it, and nothing on the page moves. A
//! new try has a seed, which is kept with its answer: the same seed always gives the same order, after a reload and on
//! every machine. What an author fixed, such as "all of the above", stays in its place. Only what is to be put in order
//! cannot begin in the author's: its first order follows from the exercise itself.

use crate::{
    answer::{Answer, Placement},
    exercise::{Exercise, Item, Kind, Slot},
};

impl<T> Exercise<T> {
    /// The items as they stand with that seed: the options of a choice and cards are shuffled, others are not.
    pub fn items_in_order(&self, seed: u32) -> impl Iterator<Item = &Item<T>> {
        self.item_order(seed).into_iter().map(|at| &self.items[at])
    }

    /// The slots as they stand with that seed: the answers of a matching are shuffled, others are not.
    pub fn slots_in_order(&self, seed: u32) -> impl Iterator<Item = &Slot<T>> {
        self.slot_order(seed).into_iter().map(|at| &self.slots[at])
    }

    /// The items of an ordering as they stand in that answer: by position, those that it does not place after them.
    pub fn arranged(&self, answer: &Answer, seed: u32) -> Vec<&Item<T>> {
        let placed = self.slots.iter().filter_map(|slot| self.item(answer.items_in(&slot.id).next()?));
        let mut order: Vec<&Item<T>> = Vec::new();
        for item in placed.chain(self.items_in_order(seed)) {
            if !order.iter().any(|known| known.id == item.id) {
                order.push(item);
            }
        }
        order
    }

    /// That answer of an ordering with each item where it stands; and with one moved to that position, if one is.
    // Only what is not inlined can be loaded later.
    #[inline(never)]
    pub fn ordered(&self, answer: &Answer, seed: u32, moved: Option<(&Item<T>, usize)>) -> Answer {
        let mut order = self.arranged(answer, seed);
        if let Some((item, to)) = moved {
            order.retain(|other| other.id != item.id);
            order.insert(to.min(order.len()), item);
        }
        let place = |(item, slot): (&&Item<T>, &Slot<T>)| Placement { item: item.id.clone(), slot: slot.id.clone() };
        Answer { placements: order.iter().zip(&self.slots).map(place).collect() }
    }

    /// A seed that gives another order than `last` does, if there is one: the first such from `start` on.
    pub fn next_seed(&self, last: u32, start: u32) -> u32 {
        let order = |seed| [self.item_order(seed), self.slot_order(seed)];
        let now = order(last);
        (0..32).map(|step| start.wrapping_add(step).max(1)).find(|seed| order(*seed) != now).unwrap_or(0)
    }

    fn item_order(&self, seed: u32) -> Vec<usize> {
        match self.kind {
            Kind::Choice { .. } | Kind::Flashcards => in_order(&self.items, |item| item.fixed, seed),
            Kind::Ordering => self.unsorted(seed),
            Kind::Classification | Kind::Matching { .. } => in_order(&self.items, |item| item.fixed, 0),
        }
    }

    /// The places from which the items of an ordering come: not the author's order, unless there is no other.
    // Only what is not inlined can be loaded later.
    #[inline(never)]
    fn unsorted(&self, seed: u32) -> Vec<usize> {
        let start = if seed == 0 { self.key_version() } else { seed };
        let order = |seed| in_order(&self.items, |item| item.fixed, seed);
        let mut orders = (0..32).map(|step| order(start.wrapping_add(step).max(1)));
        orders.find(|order| !order.is_sorted()).unwrap_or_else(|| order(0))
    }

    fn slot_order(&self, seed: u32) -> Vec<usize> {
        let seed = if matches!(self.kind, Kind::Matching { .. }) { seed } else { 0 };
        in_order(&self.slots, |slot| slot.fixed, seed)
    }
}

/// The places from which those things come in the order of that seed. Only a new try has one, and for that all code is there.
fn in_order<T>(things: &[T], is_fixed: impl Fn(&T) -> bool, seed: u32) -> Vec<usize> {
    match seed {
        0 => (0..things.len()).collect(),
        _ => shuffled(things.iter().map(is_fixed).collect(), seed),
    }
}

/// The places from which things come in the order of that seed, 0 being the author's: those that are not fixed change
/// places among each other, by the method of Fisher and Yates (Durstenfeld 1964).
// Only what is not inlined can be loaded later.
#[inline(never)]
pub(crate) fn shuffled(fixed: Vec<bool>, seed: u32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..fixed.len()).collect();
    let places: Vec<usize> = order.iter().copied().filter(|at| seed != 0 && !fixed[*at]).collect();
    let mut random = seed;
    for last in (1..places.len()).rev() {
        random = xorshift(random);
        order.swap(places[last], places[random as usize % (last + 1)]);
    }
    order
}

/// The number after that one in the sequence of Marsaglia's xorshift (2003), which never comes to 0.
fn xorshift(mut number: u32) -> u32 {
    number ^= number << 13;
    number ^= number >> 17;
    number ^ (number << 5)
}
