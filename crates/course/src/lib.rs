//! A course, and what learning it does.
//!
//! This crate knows nothing of the web, of the clock or of chance: the same inputs give the same outputs.
//! Every exercise places **items** in **slots** ([`exercise`]), so there is one answer, one grader and one saved form.
//! The compiler makes a [`course::Course`]; the player shows it, turns what the learner does into [`study::Msg`],
//! and keeps the [`progress::Progress`] that comes out.

pub mod answer;
pub mod by_id;
pub mod comparison;
pub mod course;
pub mod deck;
pub mod event;
pub mod exercise;
pub mod fsrs;
pub mod json;
pub mod markup;
pub mod merge;
pub mod order;
pub mod outlook;
pub mod part;
pub mod place;
pub mod progress;
pub mod recall;
pub mod results;
pub mod resume;
pub mod review;
pub mod sitting;
pub mod study;

/// An id that an author wrote: of a step, an exercise, an item, a slot or a term.
///
/// Lower-case ASCII letters, digits and hyphens, starting with a letter ([`is_id`]). Shared, since ids are passed about.
pub type Id = std::rc::Rc<str>;

/// Whether `text` may be an [`Id`]: 1 to 64 lower-case ASCII letters, digits and hyphens, starting with a letter.
pub fn is_id(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
