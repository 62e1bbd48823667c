//! What to say of a study: which message, and what goes into it.

use super::{
    Words,
    message::Message,
    pattern::Value::{self, Number, Text},
};
use course::{
    answer::{Mark, Score},
    course::Plan,
    exercise::{Exercise, Kind},
    place::Place,
    progress::Record,
    recall::{RELEARN, Wait},
    results::{State, Summary},
    review::Reason,
    study::{Held, Notice, Piece, Saving, Study},
};

impl Words {
    /// The title of the page: where the learner is, then the course.
    pub fn page_title(&self, study: &Study) -> String {
        let here = match study.place {
            Place::Step(_) => study.step().map_or(String::new(), |(_, step)| step.title.clone()),
            Place::Glossary(_) => self.say(Message::Glossary),
            Place::Review => self.say(Message::Review),
        };
        [&here, " – ", &study.course.title].concat()
    }

    /// How many steps are done.
    pub fn steps_done(&self, summary: &Summary) -> String {
        self.fill(Message::StepsDone, &[("done", count(summary.done)), ("of", count(summary.steps))])
    }

    /// All results in two sentences.
    pub fn total(&self, summary: &Summary) -> String {
        let Score { right, of } = summary.score;
        let steps = [("done", count(summary.done)), ("steps", count(summary.steps))];
        self.fill(Message::Total, &[steps[0], steps[1], ("right", Number(right)), ("of", Number(of))])
    }

    /// The best score in an exercise and how it came about.
    pub fn outcome(&self, exercise: &Exercise<bool>, record: &Record, state: State) -> String {
        let Some(Score { right, of }) = record.best else { return self.state(state) };
        if !exercise.is_graded() {
            return self.count(Message::CardsKnown, right);
        }
        let message = if record.solution_seen { Message::OutcomeSeen } else { Message::Outcome };
        let n = Number(record.attempts);
        self.fill(message, &[("right", Number(right)), ("of", Number(of)), ("n", n)])
    }

    /// The letter of an option or answer; `at` counts from 0.
    pub fn letter(&self, at: usize) -> String {
        self.say(Message::Letters).chars().nth(at).map_or_else(String::new, String::from)
    }

    /// That position in an order.
    pub fn position_in<T>(&self, exercise: &Exercise<T>, slot: &str) -> String {
        self.fill(Message::Position, &[("n", position(exercise, slot))])
    }

    /// What an exercise asks for, in a few words.
    pub fn task(&self, exercise: &Exercise<bool>) -> String {
        let n = exercise.items.len() as u32;
        match exercise.kind {
            Kind::Choice { select: 1 } => self.say(Message::TaskChoice),
            Kind::Choice { select } => self.count(Message::TaskChoices, select),
            Kind::Classification => self.count(Message::TaskClassification, n),
            Kind::Matching { .. } => self.count(Message::TaskMatching, n),
            Kind::Ordering => self.count(Message::TaskOrdering, n),
            Kind::Flashcards => self.count(Message::TaskFlashcards, n),
        }
    }

    /// How many are done, while an exercise is open.
    pub fn so_far(&self, exercise: &Exercise<bool>, record: &Record) -> String {
        let of = match exercise.kind {
            Kind::Choice { select } => select,
            _ => exercise.items.len() as u32,
        };
        let message = match exercise.kind {
            Kind::Choice { select: 1 } | Kind::Ordering | Kind::Flashcards => return String::new(),
            Kind::Choice { .. } => Message::SoFarSelected,
            Kind::Classification => Message::SoFarSorted,
            Kind::Matching { .. } => Message::SoFarMatched,
        };
        let n = of.saturating_add_signed(-exercise.missing(&record.answer));
        self.fill(message, &[("n", Number(n)), ("of", Number(of))])
    }

    /// What is lacking (or too much, below 0) when an answer was checked too early.
    pub fn lacking(&self, exercise: &Exercise<bool>, missing: i32) -> String {
        match exercise.kind {
            Kind::Choice { select: 1 } => self.say(Message::LacksAnswer),
            Kind::Choice { select } if missing < 0 => {
                self.fill(Message::TooMany, &[("select", Number(select)), ("n", Number(missing.unsigned_abs()))])
            }
            Kind::Choice { .. } => self.count(Message::LacksOptions, missing.unsigned_abs()),
            Kind::Classification | Kind::Matching { .. } | Kind::Ordering | Kind::Flashcards => {
                self.count(Message::LacksItems, missing.unsigned_abs())
            }
        }
    }

    /// The verdict on a checked answer, in a sentence or two.
    pub fn verdict(&self, exercise: &Exercise<bool>, record: &Record) -> String {
        let score = exercise.grade(&record.answer);
        match exercise.kind {
            Kind::Choice { .. } if score.is_full() => self.say(Message::VerdictRight),
            Kind::Choice { select: 1 } => self.say(Message::VerdictWrong),
            Kind::Choice { select } => {
                let fared = |mark| {
                    count(exercise.items.iter().filter(|item| exercise.mark(&record.answer, item) == mark).count())
                };
                let values = [("right", fared(Mark::Right)), ("wrong", fared(Mark::Wrong)), ("of", Number(select))];
                self.fill(Message::VerdictChoices, &values)
            }
            _ if score.is_full() => {
                let all = self.count(Message::VerdictAll, score.of);
                let Some((last, fastest)) = record.times else { return all };
                let times = self.fill(Message::RaceTimes, &[("last", Number(last)), ("fastest", Number(fastest))]);
                [&all, " ", &times].concat()
            }
            Kind::Classification | Kind::Matching { .. } | Kind::Ordering | Kind::Flashcards => {
                let Score { right, of } = score;
                let wrong = Number(of - right);
                let values = [("right", Number(right)), ("of", Number(of)), ("wrong", wrong)];
                self.fill(Message::VerdictSome, &values)
            }
        }
    }

    /// The text beside the mark of an option of a choice.
    pub fn option_mark(&self, mark: Mark) -> String {
        self.say(match mark {
            Mark::Right => Message::OptionRight,
            Mark::Missed => Message::OptionMissed,
            Mark::Wrong => Message::OptionWrong,
            Mark::Left => Message::OptionLeft,
        })
    }

    /// The text beside the mark of an item that was placed.
    pub fn item_mark(&self, mark: Mark) -> String {
        self.say(match mark {
            Mark::Right => Message::ItemRight,
            Mark::Wrong => Message::ItemWrong,
            Mark::Missed | Mark::Left => Message::ItemMissed,
        })
    }

    /// How far a step is.
    pub fn state(&self, state: State) -> String {
        self.say(match state {
            State::New => Message::NotStarted,
            State::Started => Message::Started,
            State::Done => Message::StepDone,
        })
    }

    /// Whether progress is safe, in a sentence.
    pub fn saving(&self, saving: Saving) -> String {
        self.say(match saving {
            Saving::Kept => Message::Saved,
            Saving::Refused => Message::SavingRefused,
            Saving::Full => Message::SavingFull,
            Saving::Unwanted => Message::SavingUnwanted,
            Saving::Recorded => Message::Recorded,
            Saving::Unsent => Message::LmsUnreached,
            Saving::Closed => Message::LmsClosed,
            Saving::Over => Message::LmsOver,
        })
    }

    /// What to tell a screen reader.
    pub fn notice(&self, study: &Study, notice: &Notice) -> String {
        match notice {
            Notice::Checked(id) => in_exercise(study, id, &|exercise, record| {
                let full = exercise.grade(&record.answer).is_full();
                let next = if full { Message::NextRight } else { Message::NextWrong };
                [&self.verdict(exercise, record), " ", &self.say(next)].concat()
            }),
            Notice::Incomplete(id, missing) => in_exercise(study, id, &|exercise, _| self.lacking(exercise, *missing)),
            Notice::Moved { exercise, from: item } | Notice::MovedBack { exercise, to: item } => {
                let is_back = matches!(notice, Notice::MovedBack { .. });
                let message = if is_back { Message::MovedBack } else { Message::Moved };
                in_exercise(study, exercise, &|exercise, _| self.fill(message, &[("n", item_number(exercise, item))]))
            }
            Notice::RuledOut { exercise, item } => in_exercise(study, exercise, &|exercise, record| {
                let at = exercise.items_in_order(record.seed).position(|known| known.id == *item).unwrap_or_default();
                let out = record.ruled_out.contains(item);
                let message = if out { Message::RuledOut } else { Message::PossibleAgain };
                self.fill(message, &[("letter", Text(&self.letter(at)))])
            }),
            Notice::Selected(id) => in_exercise(study, id, &|exercise, record| self.so_far(exercise, record)),
            Notice::RestMissing => self.say(Message::RestMissing),
            Notice::Reset => self.say(Message::AllDeleted),
            Notice::Unsaved(why, None) => self.saving(*why),
            Notice::Unsaved(why, Some(first)) => [&self.notice(study, first), " ", &self.saving(*why)].concat(),
            _ => self.notice_further(study, notice),
        }
    }

    /// What to tell of what only the rest of the code does.
    // Only what is not inlined can be loaded later.
    #[inline(never)]
    fn notice_further(&self, study: &Study, notice: &Notice) -> String {
        match notice {
            Notice::Placed { exercise, item } => {
                in_exercise(study, exercise, &|exercise, record| self.placed(exercise, record, item))
            }
            Notice::TakenOut(id) => in_exercise(study, id, &|exercise, record| {
                self.fill(Message::TakenOut, &[("so_far", Text(&self.so_far(exercise, record)))])
            }),
            Notice::PickedUp { held, teach } => {
                in_exercise(study, &held.exercise, &|exercise, _| self.picked_up(exercise, held, *teach))
            }
            Notice::Aimed(held) => {
                in_exercise(study, &held.exercise, &|exercise, record| self.aimed(exercise, record, held))
            }
            Notice::LetGo => self.say(Message::LetGo),
            Notice::Solved(_) => self.say(Message::Solved),
            Notice::Reopened(id) => in_exercise(study, id, &|exercise, record| match record.kept.len() as u32 {
                0 => self.say(Message::Reopened),
                _ if exercise.kind == Kind::Flashcards => self.say(Message::Reviewing),
                kept => self.count(Message::ReopenedKept, kept),
            }),
            Notice::Raced(_) => self.say(Message::RaceBegun),
            Notice::Undone(_) | Notice::ReviewUndone => self.say(Message::Undone),
            Notice::DeckDone(_) => self.say(Message::DeckDone),
            Notice::Reviewed { right: true } => self.say(Message::VerdictRight),
            Notice::Reviewed { right: false } => self.say(Message::ReviewWrong),
            Notice::ReviewIncomplete => self.say(Message::LacksAnswer),
            // What the first part does.
            Notice::Checked(_)
            | Notice::Incomplete(..)
            | Notice::Moved { .. }
            | Notice::MovedBack { .. }
            | Notice::RuledOut { .. }
            | Notice::Selected(_)
            | Notice::RestMissing
            | Notice::Reset
            | Notice::Unsaved(..) => String::new(),
        }
    }

    /// Why a question is asked.
    pub fn reason(&self, reason: Reason) -> String {
        match reason {
            Reason::New => self.say(Message::ReasonNew),
            Reason::Missed(times) => self.count(Message::ReasonMissed, times),
            Reason::Unsure => self.say(Message::ReasonUnsure),
            Reason::Fading(days) => self.count(Message::ReasonFading, days),
        }
    }

    /// After how long something is asked again, roughly.
    pub fn wait(&self, wait: Wait) -> String {
        match wait {
            Wait::Relearn => self.count(Message::Minutes, (RELEARN / 60_000) as u32),
            Wait::Days(days @ 0..60) => self.count(Message::Days, days),
            Wait::Days(days) => self.count(Message::Months, days / 30),
        }
    }

    /// The question what that term means.
    pub fn meaning_of(&self, course: &Plan, term: &str) -> String {
        self.fill(Message::WhatMeans, &[("term", Text(&self.term(course, term)))])
    }

    /// A term by its name.
    pub fn term(&self, course: &Plan, id: &str) -> String {
        course.terms().find(|term| *term.id == *id).map_or_else(String::new, |term| term.title.clone())
    }

    /// That item was put where it is now.
    fn placed(&self, exercise: &Exercise<bool>, record: &Record, item: &str) -> String {
        let slot = record.answer.slot_of(item).and_then(|slot| exercise.slot(slot));
        let (Some(item), Some(slot)) = (exercise.item(item), slot) else { return String::new() };
        let item = ("item", Text(&item.label));
        if exercise.kind == Kind::Ordering {
            let of = count(exercise.items.len());
            return self.fill(Message::PlacedAt, &[item, ("at", position(exercise, &slot.id)), ("of", of)]);
        }
        let pairs = matches!(exercise.kind, Kind::Matching { .. });
        let message = if pairs { Message::MatchedWith } else { Message::PlacedIn };
        self.fill(message, &[item, ("slot", Text(&slot.label)), ("so_far", Text(&self.so_far(exercise, record)))])
    }

    /// That was picked up; at the first time in an exercise, also how to go on.
    fn picked_up(&self, exercise: &Exercise<bool>, held: &Held, teach: bool) -> String {
        let (what, how) = match &held.what {
            Piece::Slot(slot) => (exercise.slot(slot).map(|slot| &slot.label), Message::PickedUpSlot),
            Piece::Item(item) => {
                let pairs = matches!(exercise.kind, Kind::Matching { .. });
                let how = if pairs { Message::PickedUpToMatch } else { Message::PickedUpToGroup };
                (exercise.item(item).map(|item| &item.label), how)
            }
            Piece::Pool => return String::new(),
        };
        let what = Text(what.map_or("", |label| label));
        let message = if teach { how } else { Message::PickedUp };
        self.fill(message, &[("what", what), ("n", count(exercise.slots.len()))])
    }

    /// Where the held item would go.
    fn aimed(&self, exercise: &Exercise<bool>, record: &Record, held: &Held) -> String {
        let mut slots = exercise.slots_in_order(record.seed).enumerate();
        let Some((at, slot)) = slots.find(|(_, slot)| Some(&slot.id) == held.aimed.as_ref()) else {
            return String::new();
        };
        let n = count(record.answer.items_in(&slot.id).count());
        let place = [("at", count(at + 1)), ("of", count(exercise.slots.len()))];
        self.fill(Message::Aimed, &[("slot", Text(&slot.label)), place[0], place[1], ("n", n)])
    }
}

/// What there is to say of that exercise as it stands.
fn in_exercise(study: &Study, id: &str, say: &dyn Fn(&Exercise<bool>, &Record) -> String) -> String {
    study.course.exercise(id).map_or_else(String::new, |exercise| say(exercise, &study.record(exercise)))
}

fn count(n: usize) -> Value<'static> {
    Number(n as u32)
}

/// The number that an item has on the page, from 1.
fn item_number(exercise: &Exercise<bool>, id: &str) -> Value<'static> {
    count(exercise.items.iter().position(|item| &*item.id == id).map_or(0, |at| at + 1))
}

/// The number of a slot in an order, from 1.
fn position<T>(exercise: &Exercise<T>, slot: &str) -> Value<'static> {
    count(exercise.slots.iter().position(|known| *known.id == *slot).map_or(0, |at| at + 1))
}
