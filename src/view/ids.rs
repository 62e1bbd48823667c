//! The ids and names of elements, made of the ids that authors wrote.
//!
//! Authors' ids have no underscore ([`course::is_id`]), so parts joined by underscores never collide. The id of a place
//! is its address without the `#`, so links lead there even where no script runs.

use course::{
    Id,
    exercise::PICKED,
    place::Place,
    study::{Focus, Msg},
};

/// Where the reading starts, after the navigation.
pub const MAIN: &str = "main";
/// Leads there.
pub const SKIP: &str = "#main";
/// The list of steps.
pub const OUTLINE: &str = "outline";
/// What the learner may choose of how the player shows.
pub const DISPLAY: &str = "display";
/// The selector of the heading of the page, of which one shows at a time.
pub const HEADING: &str = "h1";
/// Leads from the glossary back to the step where the learner was.
pub const RETURN: &str = "#/";

/// The heading over the question of a review, and the name of its options.
pub const QUESTION: &str = "question";
/// The heading over the back of its card.
pub const QUESTION_BACK: &str = "question_back";
/// The heading over how the learner stands.
pub const STANDING: &str = "standing";

/// Where to type what is looked for in the course.
pub const SEARCH: &str = "search";

/// The selector of the element that takes the focus.
pub fn of(focus: &Focus) -> String {
    let id = match focus {
        Focus::Heading => return HEADING.to_owned(),
        Focus::Term(term) => self::place(&Place::Glossary(Some(term.clone()))),
        Focus::Item(exercise, item) => self::item(exercise, item),
        Focus::Verdict(exercise) => verdict(exercise),
        Focus::Card(exercise) => card(exercise),
        Focus::CardBack(exercise) => card_back(exercise),
        Focus::Exercise(exercise) => title(exercise),
        Focus::Question => QUESTION.to_owned(),
        Focus::QuestionBack => QUESTION_BACK.to_owned(),
    };
    ["[id=\"", &id, "\"]"].concat()
}

/// The sheet of a step, the glossary, or a term in it.
pub fn place(place: &Place) -> String {
    place.fragment().split_off(1)
}

/// The title of an exercise.
pub fn title(exercise: &str) -> String {
    ["title", exercise].join("_")
}

/// The name of the options of a choice, each of which has its own id as value.
pub fn choice(exercise: &str) -> String {
    ["choice", exercise].join("_")
}

/// The control of an item: the id of the (first) one, and the name of all of them; the value is the slot.
pub fn item(exercise: &str, item: &str) -> String {
    ["item", exercise, item].join("_")
}

/// The button that checks, and then tries again.
pub fn check(exercise: &str) -> String {
    ["check", exercise].join("_")
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

/// A comparison, and the name of its radio buttons, by its place: the step and the block in it.
pub fn comparison(step: usize, block: usize) -> String {
    format!("comparison_{step}_{block}")
}

/// What a control of that name and value says that was used before the player ran: an answer; or, as `check_exercise`,
/// a button that was pressed. The player answers only what the course has.
pub fn early_message(name: &str, value: &str) -> Option<Msg> {
    let mut parts = name.split('_').map(Id::from);
    let (what, exercise, item) = (parts.next()?, parts.next()?, parts.next());
    match (&*what, item) {
        ("check", None) => Some(Msg::Checked { exercise, anyway: false }),
        ("choice", None) => Some(Msg::Placed { exercise, item: value.into(), slot: Some(PICKED.into()) }),
        ("item", Some(item)) if !value.is_empty() => Some(Msg::Placed { exercise, item, slot: Some(value.into()) }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn em7_controls_used_early_say_what_they_would_have_said() {
        let check = |name: &str, value: &str, expect: Option<Msg>| {
            assert_eq!(early_message(name, value), expect, "{name}={value}");
        };
        let placed = |exercise: &str, item: &str, slot: &str| {
            Some(Msg::Placed { exercise: exercise.into(), item: item.into(), slot: Some(slot.into()) })
        };
        check(&item("duties", "drive"), "aws", placed("duties", "drive", "aws"));
        check(&choice("patient-data"), "split", placed("patient-data", "split", PICKED));
        check("check_duties", "", Some(Msg::Checked { exercise: "duties".into(), anyway: false }));
        check(&item("controls", "listen"), "", None);
        check("", "aws", None);
        check("item_duties", "aws", None);
        check("q", "v", None);
        check(&comparison(2, 1), "1", None);
        // Nor is how the player shows.
        check("theme", "dark", None);
        check("size", "1.5", None);
        check("shortcuts", "on", None);
    }
}
