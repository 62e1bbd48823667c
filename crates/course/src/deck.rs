//! A pile of flashcards, as it stands after the ratings so far.
//!
//! A card rated *again* comes back four cards later, or last if fewer are left; a card rated *got it* leaves the pile.
//! So a session ends when every card was right once after its last miss. Nothing of this is stored: the pile is found
//! by replaying the ratings, which makes undo, and going on after a reload, one and the same thing.

use crate::{
    Id,
    answer::Answer,
    exercise::{AGAIN, Exercise, Item},
};

/// How many cards come between a miss and the same card's return.
pub const GAP: usize = 4;

/// Where a session of flashcards stands.
#[derive(Debug, PartialEq)]
pub struct Deck<'a, T> {
    /// The cards to come, the present one first.
    pub pile: Vec<&'a Item<T>>,
    /// The cards that have been rated *got it* after their last miss.
    pub done: usize,
    /// The cards that were missed at least once, in the order of the session.
    pub missed: Vec<&'a Item<T>>,
}

impl<'a, T> Deck<'a, T> {
    /// The session of all cards but those `set_apart`, in the order of that seed, after these ratings.
    pub fn replay(exercise: &'a Exercise<T>, seed: u32, set_apart: &[Id], answer: &Answer) -> Deck<'a, T> {
        let in_order = exercise.items_in_order(seed);
        let cards: Vec<&Item<T>> = in_order.filter(|item| !set_apart.contains(&item.id)).collect();
        let mut pile = cards.clone();
        let mut missed = Vec::new();
        for rating in &answer.placements {
            // It is on top, unless cards came before it or went since it was rated.
            let Some(at) = pile.iter().position(|card| card.id == rating.item) else { continue };
            let card = pile.remove(at);
            if &*rating.slot == AGAIN {
                missed.push(card.id.clone());
                pile.insert(GAP.min(pile.len()), card);
            }
        }
        let done = cards.len() - pile.len();
        let missed = cards.into_iter().filter(|card| missed.contains(&card.id)).collect();
        Deck { pile, done, missed }
    }

    /// The card to show, or `None` when the session is over.
    pub fn card(&self) -> Option<&'a Item<T>> {
        self.pile.first().copied()
    }

    /// How many cards the session has.
    pub fn len(&self) -> usize {
        self.done + self.pile.len()
    }

    /// Whether the session has no cards at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
