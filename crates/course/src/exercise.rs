//! An exercise places items in slots.
//!
//! A choice places options in *picked*; a classification, items in categories; matching, prompts in answers;
//! flashcards, a card in *again* or *got it*. Kinds differ in what they allow ([`Kind`]), in how an author writes them
//! and in how they look; the answer, the moves, the grading and the saved form are the same for all.

use crate::{Id, markup::Markup};
use serde::{Deserialize, Serialize};

/// Something for the learner to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exercise {
    /// Unique in the course; progress is kept under it.
    pub id: Id,
    /// What it allows and how it is graded.
    pub kind: Kind,
    /// A short plain name, for headings and results.
    pub title: String,
    /// The instruction or the stem of the question: blocks.
    pub prompt: Markup,
    /// What is placed, in the order the author gave. At least one.
    pub items: Vec<Item>,
    /// Where it may be placed. For [`Kind::Choice`] this is [`PICKED`] alone, for [`Kind::Flashcards`] [`AGAIN`] and [`GOT_IT`].
    pub slots: Vec<Slot>,
    /// Help before answering: blocks, or empty.
    #[serde(default)]
    pub hint: Markup,
    /// What to take away, shown after checking: blocks, or empty.
    #[serde(default)]
    pub explanation: Markup,
    /// Where the facts come from.
    #[serde(default)]
    pub source: Option<Source>,
}

/// The kinds of exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Multiple choice (one correct) or multiple response (several): exact or nothing.
    Choice {
        /// How many options to select, as the question says; equals the number of correct ones.
        select: u32,
    },
    /// Each item into a category; an item may accept several categories.
    Classification,
    /// Each prompt to an answer, a mark for each right pair.
    Matching {
        /// Whether one answer may be used for several prompts.
        reuse: bool,
    },
    /// Cards that the learner turns and rates.
    Flashcards,
}

/// What is placed: an option, an item to sort, a prompt, a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Unique among the items of the exercise.
    pub id: Id,
    /// What it says; on a card, the front. Inline.
    pub text: Markup,
    /// The slots in which it is right; none, if it is right to leave it alone (a distractor of a choice).
    #[serde(default)]
    pub accepts: Vec<Id>,
    /// Why, shown after checking; on a card, the back. Blocks, or empty.
    #[serde(default)]
    pub feedback: Markup,
    /// What to say instead when it was placed in that particular wrong slot.
    #[serde(default)]
    pub misplaced: Vec<Misplaced>,
}

/// Feedback on one particular wrong placement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Misplaced {
    /// The wrong slot.
    pub slot: Id,
    /// Why it is wrong. Blocks.
    pub feedback: Markup,
}

/// Where an item may be placed: a category, an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// Unique among the slots of the exercise.
    pub id: Id,
    /// What it says, inline; empty where the player has a word of its own for it.
    #[serde(default)]
    pub text: Markup,
}

/// Where the facts of an exercise come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// An `http` or `https` address.
    pub url: String,
    /// What is found there, plain text.
    pub title: String,
    /// The day on which somebody looked, as `YYYY-MM-DD`, if somebody did.
    #[serde(default)]
    pub checked: Option<String>,
}

/// The one slot of a [`Kind::Choice`].
pub const PICKED: &str = "picked";
/// The slot of a card that is to come again.
pub const AGAIN: &str = "again";
/// The slot of a card that was known.
pub const GOT_IT: &str = "got-it";
