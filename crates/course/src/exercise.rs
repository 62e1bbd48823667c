//! An exercise places items in slots.
//!
//! A choice places options in *picked*; a classification, items in categories; matching, prompts in answers; ordering,
//! items in positions; flashcards, a card in *again* or *got it*. Kinds differ in what they allow ([`Kind`]), in how an author writes them
//! and in how they look; the answer, the moves, the grading and the saved form are the same for all.

use crate::{
    Id,
    json::{Json, Reader},
    markup::{Markup, Text, plain_text},
};
use serde::{Deserialize, Serialize};

/// Something for the learner to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Text")]
pub struct Exercise<T = Markup> {
    /// Unique in the course; progress is kept under it.
    pub id: Id,
    /// The ids that it had before, the oldest first: what is kept under them is its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<Id>,
    /// What it allows and how it is graded.
    pub kind: Kind,
    /// A short plain name, for headings and results.
    pub title: String,
    /// The instruction or the stem of the question: blocks.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub prompt: T,
    /// What is placed, in the order the author gave. At least one.
    pub items: Vec<Item<T>>,
    /// Where it may be placed. For [`Kind::Choice`] this is [`PICKED`] alone, for [`Kind::Flashcards`] [`AGAIN`] and
    /// [`GOT_IT`], for [`Kind::Ordering`] the positions from 1 on.
    pub slots: Vec<Slot<T>>,
    /// Help before answering: blocks, or empty.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub hint: T,
    /// What to take away, shown after checking: blocks, or empty.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub explanation: T,
    /// Where the facts come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The address at which a problem with it is reported, with its id and version filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
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
    /// Each item at its position, a mark for each that is there. The items stand in some other order at first.
    Ordering,
    /// Cards that the learner turns and rates.
    Flashcards,
}

/// What is placed: an option, an item to sort, a prompt, a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Text")]
pub struct Item<T = Markup> {
    /// Unique among the items of the exercise.
    pub id: Id,
    /// The ids that it had before, the oldest first: what is kept under them is its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<Id>,
    /// What it says; on a card, the front. Inline.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub text: T,
    /// In a plan, the same without markup where it may have to be read out: of an item that can be picked up and moved.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// The slots in which it is right; none, if it is right to leave it alone (a distractor of a choice).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accepts: Vec<Id>,
    /// Why, shown after checking; on a card, the back. Blocks, or empty.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub feedback: T,
    /// Whether it stays where it is when the others are shuffled.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fixed: bool,
    /// What to say instead when it was placed in that particular wrong slot.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub misplaced: Vec<Misplaced<T>>,
}

/// Feedback on one particular wrong placement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Text")]
pub struct Misplaced<T = Markup> {
    /// The wrong slot.
    pub slot: Id,
    /// Why it is wrong. Blocks.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub feedback: T,
}

/// Where an item may be placed: a category, an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Text")]
pub struct Slot<T = Markup> {
    /// Unique among the slots of the exercise.
    pub id: Id,
    /// The ids that it had before, the oldest first: what is kept under them is its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<Id>,
    /// What it says, inline; empty where the player has a word of its own for it.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub text: T,
    /// In a plan, the same without markup: an option of a `<select>` can show nothing else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Whether it stays where it is when the others are shuffled.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fixed: bool,
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

impl Exercise {
    /// What the player must know of it, where the page has the texts.
    pub(crate) fn plan(&self) -> Exercise<bool> {
        let misplaced = |misplaced: &Misplaced| Misplaced {
            slot: misplaced.slot.clone(),
            feedback: !misplaced.feedback.is_empty(),
        };
        let item = |item: &Item| Item {
            id: item.id.clone(),
            was: item.was.clone(),
            text: !item.text.is_empty(),
            label: if self.kind.moves_items() { plain_text(&item.text) } else { String::new() },
            accepts: item.accepts.clone(),
            feedback: !item.feedback.is_empty(),
            fixed: item.fixed,
            misplaced: item.misplaced.iter().map(misplaced).collect(),
        };
        let slot = |slot: &Slot| Slot {
            id: slot.id.clone(),
            was: slot.was.clone(),
            text: !slot.text.is_empty(),
            label: plain_text(&slot.text),
            fixed: slot.fixed,
        };
        Exercise {
            id: self.id.clone(),
            was: self.was.clone(),
            kind: self.kind,
            title: self.title.clone(),
            prompt: !self.prompt.is_empty(),
            items: self.items.iter().map(item).collect(),
            slots: self.slots.iter().map(slot).collect(),
            hint: !self.hint.is_empty(),
            // Where the facts come from stands below the explanation, and where to report a problem.
            explanation: !self.explanation.is_empty() || self.source.is_some() || self.report.is_some(),
            source: None,
            report: None,
        }
    }
}

impl Exercise<bool> {
    /// Reads what serde wrote.
    pub(crate) fn read<J: Json>(json: &Reader<J>) -> Exercise<bool> {
        let label = |json: &Reader<J>| json.get("label").map(|label| label.as_text()).unwrap_or_default();
        let misplaced = |json: &Reader<J>| Misplaced { slot: json.id("slot"), feedback: json.flag("feedback") };
        let item = |json: &Reader<J>| Item {
            id: json.id("id"),
            was: json.ids("was"),
            text: json.flag("text"),
            label: label(json),
            accepts: json.ids("accepts"),
            feedback: json.flag("feedback"),
            fixed: json.flag("fixed"),
            misplaced: json.each("misplaced", misplaced),
        };
        let slot = |json: &Reader<J>| Slot {
            id: json.id("id"),
            was: json.ids("was"),
            text: json.flag("text"),
            label: label(json),
            fixed: json.flag("fixed"),
        };
        Exercise {
            id: json.id("id"),
            was: json.ids("was"),
            kind: Kind::read(&json.at("kind")),
            title: json.text("title"),
            prompt: json.flag("prompt"),
            items: json.each("items", item),
            slots: json.each("slots", slot),
            hint: json.flag("hint"),
            explanation: json.flag("explanation"),
            source: None,
            report: None,
        }
    }
}

impl Kind {
    /// Whether items are picked up and put into one of several slots, as on a board.
    pub fn moves_items(self) -> bool {
        matches!(self, Kind::Classification | Kind::Matching { .. } | Kind::Ordering)
    }

    fn read(json: &Reader<impl Json>) -> Kind {
        if let Some(choice) = json.get("choice") {
            return Kind::Choice { select: choice.count("select") };
        }
        if let Some(matching) = json.get("matching") {
            return Kind::Matching { reuse: matching.flag("reuse") };
        }
        match &*json.as_text() {
            "classification" => Kind::Classification,
            "ordering" => Kind::Ordering,
            "flashcards" => Kind::Flashcards,
            _ => Kind::Choice { select: json.sure(None) },
        }
    }
}

/// The one slot of a [`Kind::Choice`].
pub const PICKED: &str = "picked";
/// The slot of a card that is to come again.
pub const AGAIN: &str = "again";
/// The slot of a card that was known.
pub const GOT_IT: &str = "got-it";
