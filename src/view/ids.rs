//! The ids of elements inside a player's shadow root, made of the ids that authors wrote.
//!
//! Authors' ids have no underscore ([`course::is_id`]), so parts joined by underscores never collide.

use course::study::Focus;

/// The heading of the page.
pub const HEADING: &str = "heading";
/// Where the reading starts, after the navigation.
pub const MAIN: &str = "main";
/// The list of steps.
pub const OUTLINE: &str = "outline";

/// The element that takes the focus.
pub fn of(focus: &Focus) -> String {
    match focus {
        Focus::Heading => HEADING.to_owned(),
        Focus::Term(term) => self::term(term),
        Focus::Item(exercise, item) => self::item(exercise, item),
        Focus::Verdict(exercise) => verdict(exercise),
        Focus::Card(exercise) => card(exercise),
        Focus::CardBack(exercise) => card_back(exercise),
    }
}

/// A term in the glossary.
pub fn term(term: &str) -> String {
    ["term", term].join("_")
}

/// The title of an exercise.
pub fn title(exercise: &str) -> String {
    ["title", exercise].join("_")
}

/// The control of an item.
pub fn item(exercise: &str, item: &str) -> String {
    ["item", exercise, item].join("_")
}

/// What is said of an item after checking.
pub fn feedback(exercise: &str, item: &str) -> String {
    ["feedback", exercise, item].join("_")
}

/// The verdict or the solution of an exercise.
pub fn verdict(exercise: &str) -> String {
    ["verdict", exercise].join("_")
}

/// The heading over the front of a card, or over the end of the session.
pub fn card(exercise: &str) -> String {
    ["card", exercise].join("_")
}

/// The heading over the back of a card.
pub fn card_back(exercise: &str) -> String {
    ["back", exercise].join("_")
}
