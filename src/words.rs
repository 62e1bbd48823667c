//! Every word of the interface, in English. What an author wrote is in the author's language and not here.

use course::{
    answer::{Mark, Score},
    deck::Deck,
    exercise::{Exercise, Kind},
    place::Place,
    progress::Record,
    results::{State, Summary},
    study::{Held, Notice, Piece, Saving, Study},
};

/// `n` things, in the singular or the plural.
pub fn count(n: impl Into<i64>, one: &str, many: &str) -> String {
    let n = n.into();
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The title of the page: where the learner is, then the course.
pub fn page_title(study: &Study) -> String {
    let here = match study.place {
        Place::Step(_) => study.step().map_or("", |(_, step)| &step.title),
        Place::Glossary(_) => GLOSSARY,
    };
    [here, &study.course.title].join(" – ")
}

/// The heading of the page of all terms, where the search of the course is, too.
pub const GLOSSARY: &str = "Search and glossary";
/// Names the box of the search.
pub const SEARCH: &str = "Search steps, cards and terms";
/// Heads the cards that were found.
pub const CARDS: &str = "Cards";
/// Heads the terms that were found.
pub const TERMS: &str = "Terms";
/// Names the letters that lead to terms.
pub const LETTERS: &str = "Terms by letter";
/// Before the steps that mention a term.
pub const USED_IN: &str = "Used in:";
/// Puts away what opened.
pub const CLOSE: &str = "Close";
/// Names the list of steps.
pub const OUTLINE: &str = "Course outline";
/// Names the bar of Back and Next; opens the list of steps.
pub const STEPS: &str = "Steps";
/// To the step before.
pub const BACK: &str = "Back";
/// Before the title of the module before this one.
pub const MODULE_BEFORE: &str = "Module before: ";
/// Before the title of the module after this one.
pub const MODULE_AFTER: &str = "Next module: ";
/// Heads the list of all modules, and leads to it.
pub const ALL_MODULES: &str = "All modules";
/// To the step after.
pub const NEXT: &str = "Next";
/// Leads past the navigation.
pub const SKIP: &str = "Skip to the lesson";
/// Heads the results.
pub const RESULTS: &str = "Your results";
/// Opens the question whether to delete everything.
pub const RESET_ALL: &str = "Reset everything…";
/// What deleting everything means.
pub const RESET_WARNING: &str = "This deletes every answer and all progress in this course on this device. It cannot be undone, so you may want to download your progress first.";
/// Deletes everything.
pub const DELETE_ALL: &str = "Delete all progress";
/// Saves all progress as a file.
pub const DOWNLOAD: &str = "Download progress";
/// Opens a hint.
pub const HINT: &str = "Hint";
/// Heads the right answer.
pub const SOLUTION: &str = "Solution";
/// Heads what the learner answered.
pub const YOUR_ANSWER: &str = "Your answer";
/// Before the page that an exercise relies on.
pub const SOURCE: &str = "Source";
/// Before the day on which that page was looked at.
pub const CHECKED: &str = "checked";
/// Opens the answers of an exercise where no player runs.
pub const ANSWERS: &str = "Answers";
/// Asks for the verdict.
pub const CHECK: &str = "Check";
/// Asks for the verdict though items are missing.
pub const CHECK_ANYWAY: &str = "Check anyway";
/// Opens a wrong answer again.
pub const TRY_AGAIN: &str = "Try again";
/// Starts over after full marks or the solution.
pub const PRACTISE_AGAIN: &str = "Practise again";
/// Shows the right answer.
pub const SHOW_SOLUTION: &str = "Show solution";
/// Clears one exercise.
pub const RESET: &str = "Reset";
/// Shows items and slots as a board.
pub const AS_BOARD: &str = "Use a board";
/// Shows items and slots as a list.
pub const AS_LIST: &str = "Use a list";
/// Before the slot in which an item is.
pub const IN: &str = ", in ";
/// Takes an item out of its slot.
pub const TAKE_OUT: &str = "Back to the list";
/// Before the item that goes up by one.
pub const MOVE_UP: &str = "Move up: ";
/// Before the item that goes down by one.
pub const MOVE_DOWN: &str = "Move down: ";
/// Says of an answer that it may be a guess.
pub const UNSURE: &str = "I am not sure";
/// Between two right answers.
pub const OR: &str = " or ";
/// Stands in a select until something is chosen.
pub const CHOOSE: &str = "Choose an answer…";
/// Heads the back of a card.
pub const ANSWER: &str = "Answer";
/// Turns a card.
pub const SHOW_ANSWER: &str = "Show answer";
/// Rates a card as not known.
pub const AGAIN: &str = "Again";
/// Rates a card as known.
pub const GOT_IT: &str = "Got it";
/// Takes the last rating back.
pub const UNDO: &str = "Undo";
/// Leaves the cards for the next step.
pub const DONE: &str = "Done";
/// Starts the cards over.
pub const ONCE_MORE: &str = "Go through them again";
/// Before the cards that were missed.
pub const MISSED: &str = "You missed these at least once:";
/// Said when no card was missed.
pub const NONE_MISSED: &str = "You knew every one of them at the first go.";

/// Where a step stands among the others; `at` counts from 0.
pub fn position(at: usize, of: usize) -> String {
    format!("Step {} of {of}", at + 1)
}

/// How long a module is.
pub fn module_length(steps: usize, minutes: u32) -> String {
    format!("{} · {}", count(steps as i64, "step", "steps"), count(minutes, "minute", "minutes"))
}

/// How many steps are done.
pub fn steps_done(summary: &Summary) -> String {
    format!("{} of {} steps done", summary.done, summary.steps)
}

/// All results in two sentences.
pub fn total(summary: &Summary) -> String {
    format!("{}. {} in the exercises.", steps_done(summary), correct(summary.score))
}

/// The other names of a term.
pub fn aliases(aliases: &[&str]) -> String {
    format!(" also: {}", aliases.join(", "))
}

/// Said when nothing was found of what was looked for.
pub fn found_none(what: &str) -> String {
    format!("No results for “{what}”")
}

/// Said when one thing was found of what was looked for.
pub fn found_one(what: &str) -> String {
    format!("1 result for “{what}”")
}

/// Said when so many things were found of what was looked for.
pub fn found_many(n: &str, what: &str) -> String {
    format!("{n} results for “{what}”")
}

/// How many options to select.
pub fn select(n: u32) -> String {
    format!("Select {}", number(n))
}

/// Said of an answer that another prompt has; `at` counts the prompts from 0.
pub fn used_for(at: usize) -> String {
    format!(" (used for {})", at + 1)
}

/// Which card of the session it is.
pub fn card(deck: &Deck<bool>) -> String {
    format!("Card {} of {}", deck.done + 1, deck.len())
}

/// The end of a session of cards.
pub fn deck_done(deck: &Deck<bool>) -> String {
    format!("{} known", count(deck.len() as i64, "card", "cards"))
}

/// The letter of an option or answer; `at` counts from 0.
pub fn letter(at: usize) -> String {
    char::from(b'A'.saturating_add(at as u8)).to_string()
}

/// Strikes out the option of that letter.
pub fn rule_out(letter: &str) -> String {
    ["Rule out ", letter].concat()
}

/// That position in an order.
pub fn position_in<T>(exercise: &Exercise<T>, slot: &str) -> String {
    let at = exercise.slots.iter().position(|known| *known.id == *slot).unwrap_or_default();
    format!("position {}", at + 1)
}

/// How much a slot on a board holds.
pub fn contains(n: i64) -> String {
    [", contains ", &count(n, "item", "items")].concat()
}

/// Starts a session of the missed cards.
pub fn review(missed: i64) -> String {
    format!("Review missed ({missed})")
}

/// What an exercise asks for, in a few words.
pub fn task(exercise: &Exercise<bool>) -> String {
    let n = exercise.items.len() as i64;
    match exercise.kind {
        Kind::Choice { select: 1 } => "Question · choose one answer".to_owned(),
        Kind::Choice { select } => format!("Question · {}", self::select(select)),
        Kind::Classification => format!("Sort · {}", count(n, "item", "items")),
        Kind::Matching { .. } => format!("Match · {}", count(n, "pair", "pairs")),
        Kind::Ordering => format!("Put in order · {}", count(n, "item", "items")),
        Kind::Flashcards => format!("Flashcards · {}", count(n, "card", "cards")),
    }
}

/// A small number in capitals, as exam questions write it.
pub fn number(n: u32) -> String {
    let small = ["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX"];
    small.get(n as usize).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// How many are done, while an exercise is open.
pub fn so_far(exercise: &Exercise<bool>, record: &Record) -> String {
    let missing = exercise.missing(&record.answer);
    let placed = exercise.items.len() as i32 - missing;
    let of = exercise.items.len();
    match exercise.kind {
        Kind::Choice { select: 1 } | Kind::Ordering | Kind::Flashcards => String::new(),
        Kind::Choice { select } => format!("{} of {select} selected", select as i32 - missing),
        Kind::Classification => format!("{placed} of {of} sorted"),
        Kind::Matching { .. } => format!("{placed} of {of} matched"),
    }
}

/// What is lacking (or too much, below 0) when an answer was checked too early.
pub fn lacking(exercise: &Exercise<bool>, missing: i32) -> String {
    match exercise.kind {
        Kind::Choice { select: 1 } => "Choose an answer first.".to_owned(),
        Kind::Choice { select } if missing < 0 => {
            format!("The question asks for {}. Clear {}.", number(select), count(-missing, "option", "options"))
        }
        Kind::Choice { .. } => format!("Choose {}.", count(missing, "more answer", "more answers")),
        Kind::Classification | Kind::Matching { .. } | Kind::Ordering | Kind::Flashcards => {
            format!("Choose an answer for {}.", count(missing, "more item", "more items"))
        }
    }
}

/// The verdict on a checked answer, in a sentence or two.
pub fn verdict(exercise: &Exercise<bool>, record: &Record) -> String {
    let score = exercise.grade(&record.answer);
    match exercise.kind {
        Kind::Choice { .. } if score.is_full() => "Correct.".to_owned(),
        Kind::Choice { select: 1 } => "Not correct this time.".to_owned(),
        Kind::Choice { select } => {
            let fared = |mark| exercise.items.iter().filter(|item| exercise.mark(&record.answer, item) == mark).count();
            let wrong = match fared(Mark::Wrong) as i64 {
                0 => String::new(),
                n => format!(" and chose {n} that {} not correct", if n == 1 { "is" } else { "are" }),
            };
            format!(
                "You found {} of {select}{wrong}. In the exam this scores 0; there is no partial credit.",
                fared(Mark::Right)
            )
        }
        Kind::Classification | Kind::Matching { .. } | Kind::Ordering | Kind::Flashcards if score.is_full() => {
            format!("All {} correct.", score.of)
        }
        Kind::Classification | Kind::Matching { .. } | Kind::Ordering | Kind::Flashcards => {
            let wrong = i64::from(score.of - score.right);
            format!("{}. {} another look.", correct(score), count(wrong, "item needs", "items need"))
        }
    }
}

/// What can be done next, after the verdict.
pub fn next(exercise: &Exercise<bool>, record: &Record) -> &'static str {
    if exercise.grade(&record.answer).is_full() {
        "Go on, or practise again."
    } else {
        "Try again or show the solution."
    }
}

/// So many out of so many correct.
pub fn correct(score: Score) -> String {
    format!("{} of {} correct", score.right, score.of)
}

/// The text beside the mark of an option of a choice.
pub fn option_mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Right => "Correct, you chose it",
        Mark::Missed => "Correct, you missed it",
        Mark::Wrong => "Incorrect, you chose it",
        Mark::Left => "Incorrect, not chosen",
    }
}

/// The text beside the mark of an item that was placed.
pub fn item_mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Right => "Correct",
        Mark::Wrong => "Incorrect",
        Mark::Missed | Mark::Left => "Not answered",
    }
}

/// Before the category in which an item that is so marked belongs.
pub fn belongs(mark: Mark) -> &'static str {
    match mark {
        Mark::Right => ": ",
        Mark::Wrong | Mark::Missed | Mark::Left => ". Belongs to: ",
    }
}

/// How far a step is.
pub fn state(state: State) -> &'static str {
    match state {
        State::New => "Not started",
        State::Started => "Started",
        State::Done => "Done",
    }
}

/// Whether progress is safe, in a sentence.
pub fn saving(saving: Saving) -> &'static str {
    match saving {
        Saving::Kept => "Progress is saved on this device.",
        Saving::Refused => "Progress cannot be saved here. Download it, or open the course in its own tab.",
        Saving::Full => "Progress cannot be saved: this browser's storage is full. Download it, or free some space.",
    }
}

/// Said when saved progress could not be read.
pub const SET_ASIDE: &str = "The progress saved on this device could not be read. It was set aside, not deleted, and you start from the beginning.";

/// What to tell a screen reader.
pub fn notice(study: &Study, notice: &Notice) -> String {
    let about = |id: &str| study.course.exercise(id).map(|exercise| (exercise, study.record(exercise)));
    let in_exercise = |id: &str, say: &dyn Fn(&Exercise<bool>, &Record) -> String| {
        about(id).map(|(exercise, record)| say(exercise, &record)).unwrap_or_default()
    };
    match notice {
        Notice::Checked(id) => {
            in_exercise(id, &|exercise, record| [&verdict(exercise, record), " ", next(exercise, record)].concat())
        }
        Notice::Incomplete(id, missing) => in_exercise(id, &|exercise, _| lacking(exercise, *missing)),
        Notice::Moved { exercise, from } => in_exercise(exercise, &|exercise, _| {
            let at = item_number(exercise, from);
            format!("Moved from {at}. {at} is now empty.")
        }),
        Notice::MovedBack { exercise, to } => {
            in_exercise(exercise, &|exercise, _| format!("{} has its answer back.", item_number(exercise, to)))
        }
        Notice::Placed { exercise, item } => in_exercise(exercise, &|exercise, record| placed(exercise, record, item)),
        Notice::TakenOut(id) => {
            in_exercise(id, &|exercise, record| format!("Back in the list. {}.", so_far(exercise, record)))
        }
        Notice::PickedUp { held, teach } => {
            in_exercise(&held.exercise, &|exercise, _| picked_up(exercise, held, *teach))
        }
        Notice::Aimed(held) => in_exercise(&held.exercise, &|exercise, record| aimed(exercise, record, held)),
        Notice::LetGo => "Cancelled. Everything is where it was.".to_owned(),
        Notice::RuledOut { exercise, item } => in_exercise(exercise, &|exercise, record| {
            let at = exercise.items_in_order(record.seed).position(|known| known.id == *item).unwrap_or_default();
            let letter = letter(at);
            let out = if record.ruled_out.contains(item) { "ruled out" } else { "possible again" };
            [&letter, " is ", out, "."].concat()
        }),
        Notice::Selected(id) => in_exercise(id, &so_far),
        Notice::Solved(_) => "The solution is shown.".to_owned(),
        Notice::Reopened(id) => in_exercise(id, &|exercise, record| match record.kept.len() as i64 {
            0 => "Ready for another try.".to_owned(),
            _ if exercise.kind == Kind::Flashcards => "Reviewing the cards you missed.".to_owned(),
            kept => format!("Ready for another try. {} kept.", count(kept, "correct item is", "correct items are")),
        }),
        Notice::Undone(_) => "The last rating was taken back.".to_owned(),
        Notice::DeckDone(_) => "That was the last card.".to_owned(),
        Notice::Reset => "All progress was deleted.".to_owned(),
        Notice::Unsaved(why) => saving(*why).to_owned(),
    }
}

/// That item was put where it is now.
fn placed(exercise: &Exercise<bool>, record: &Record, item: &str) -> String {
    let slot = record.answer.slot_of(item).and_then(|slot| exercise.slot(slot));
    let (Some(item), Some(slot)) = (exercise.item(item), slot) else { return String::new() };
    match exercise.kind {
        Kind::Ordering => {
            format!("{} is now at {} of {}.", item.label, position_in(exercise, &slot.id), exercise.items.len())
        }
        Kind::Matching { .. } => format!("{} matched with {}. {}.", item.label, slot.label, so_far(exercise, record)),
        Kind::Choice { .. } | Kind::Classification | Kind::Flashcards => {
            format!("Placed in {}. {}.", slot.label, so_far(exercise, record))
        }
    }
}

/// That was picked up; at the first time in an exercise, also how to go on.
fn picked_up(exercise: &Exercise<bool>, held: &Held, teach: bool) -> String {
    let n = exercise.slots.len() as i64;
    let (what, how) = match &held.what {
        Piece::Slot(slot) => (exercise.slot(slot).map(|slot| &slot.label), "Choose what goes there.".to_owned()),
        Piece::Item(item) => {
            let places = match exercise.kind {
                Kind::Matching { .. } => count(n, "answer", "answers"),
                _ => count(n, "group", "groups"),
            };
            let how = format!("{places}. Use arrows, Enter to place, Escape to cancel.");
            (exercise.item(item).map(|item| &item.label), how)
        }
        Piece::Pool => (None, String::new()),
    };
    let what = what.map_or("", |label| label);
    if teach { format!("{what}, picked up. {how}") } else { format!("{what}, picked up.") }
}

/// Where the held item would go.
fn aimed(exercise: &Exercise<bool>, record: &Record, held: &Held) -> String {
    let mut slots = exercise.slots_in_order(record.seed).enumerate();
    let Some((at, slot)) = slots.find(|(_, slot)| Some(&slot.id) == held.aimed.as_ref()) else { return String::new() };
    let n = record.answer.items_in(&slot.id).count() as i64;
    format!("{}, {} of {}{}", slot.label, at + 1, exercise.slots.len(), contains(n))
}

/// The number that an item has on the page, from 1.
fn item_number(exercise: &Exercise<bool>, id: &str) -> usize {
    exercise.items.iter().position(|item| &*item.id == id).map_or(0, |at| at + 1)
}
