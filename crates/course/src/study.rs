//! A learner studying a course: one value, and one function that changes it.
//!
//! Click, tap, key and (later) drag all become the same [`Msg`]. [`Study::update`] answers with the next value,
//! or with `None` if nothing happened: a double click, a stale id, a key held down.

use crate::{
    Id,
    answer::{Answer, Mark, Placed},
    course::{Module, Plan, Step},
    exercise::{Exercise, Item, Kind},
    place::Place,
    progress::{Phase, Progress, Record},
};
use std::rc::Rc;

/// All that the player shows follows from this.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    /// What is studied.
    pub course: Rc<Plan>,
    /// What has been done. The same `Rc` as before means that there is nothing to save.
    pub progress: Rc<Progress>,
    /// Where the learner is.
    pub place: Place,
    /// Whether progress is safe.
    pub saving: Saving,
    /// Whether saved progress could not be read, and was set aside.
    pub set_aside: bool,
    /// The exercise that was checked before it was complete, and how many items it lacked.
    pub incomplete: Option<(Id, i32)>,
    /// What the last placement pushed out of its slot. It goes back if that placement was only passed through, as when
    /// the arrow keys run through a list.
    pub displaced: Option<Displaced>,
    /// The last thing to tell a screen reader.
    pub notice: Option<Notice>,
    /// Where the focus is to go, if the last message moved it.
    pub focus: Option<Focus>,
    /// How many messages changed something: tells a notice or a focus from the same one before.
    pub turn: u32,
}

/// A placement that pushed another item out.
#[derive(Clone, Debug, PartialEq)]
pub struct Displaced {
    /// The exercise.
    pub exercise: Id,
    /// The item that was placed.
    pub by: Id,
    /// The item that had to go.
    pub item: Id,
    /// The slot that it was in.
    pub slot: Id,
    /// Whether it stood since an earlier attempt.
    pub kept: bool,
}

/// What the learner did, or what became of saving it.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// Went to a place, by the outline, a link or the address.
    Went(Place),
    /// Finished this step and went on to the next.
    Advanced,
    /// Put an item into a slot, or took it back out. Rated a card.
    Placed {
        /// The exercise.
        exercise: Id,
        /// The item in it.
        item: Id,
        /// The slot, or `None` for back out.
        slot: Option<Id>,
    },
    /// Asked for the verdict. Turned a card.
    Checked {
        /// The exercise.
        exercise: Id,
        /// Whether items that are not placed may count as wrong.
        anyway: bool,
    },
    /// Tries once more: what is right stays, unless all of it is. Reviews the cards that were missed.
    Retried(Id),
    /// Asked for the solution.
    GaveUp(Id),
    /// Starts that exercise from nothing; what was achieved in it stays.
    Restarted(Id),
    /// Took back the last rating of a card.
    Undid(Id),
    /// Forgets everything.
    Reset,
    /// Saving went well or failed.
    Saved(Saving),
}

/// Whether progress is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saving {
    /// On this device.
    Kept,
    /// The browser does not let this page keep anything.
    Refused,
    /// There is no room left.
    Full,
}

/// What to tell a screen reader, in data; the player has the words.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// An answer was checked.
    Checked(Id),
    /// It was checked too early: so many are still to be placed (below 0: too many are).
    Incomplete(Id, i32),
    /// An item took the place of another, which is now empty.
    Moved {
        /// The exercise.
        exercise: Id,
        /// The item that is now empty.
        from: Id,
    },
    /// The item that had been displaced has its answer back.
    MovedBack {
        /// The exercise.
        exercise: Id,
        /// The item.
        to: Id,
    },
    /// So many options are selected now.
    Selected(Id),
    /// The solution shows.
    Solved(Id),
    /// The exercise can be tried again.
    Reopened(Id),
    /// The last rating was taken back.
    Undone(Id),
    /// All cards of the session are done.
    DeckDone(Id),
    /// Everything was forgotten.
    Reset,
    /// Progress is not safe.
    Unsaved(Saving),
}

/// Something that can take the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Focus {
    /// The heading of the page.
    Heading,
    /// A term in the glossary.
    Term(Id),
    /// The control of an item.
    Item(Id, Id),
    /// The verdict or solution of an exercise.
    Verdict(Id),
    /// The front of the present card, or the end of the session.
    Card(Id),
    /// The back of the present card.
    CardBack(Id),
}

impl Study {
    /// A learner comes to that course with that progress, at the place that the address names or else where they left.
    pub fn new(course: Rc<Plan>, progress: Progress, place: Option<Place>) -> Study {
        let place = place.filter(|place| exists(&course, place)).or_else(|| last_place(&course, &progress));
        let place = place.unwrap_or(Place::Glossary(None));
        let mut study = Study {
            course: course.clone(),
            progress: Rc::new(progress),
            place: place.clone(),
            saving: Saving::Kept,
            set_aside: false,
            incomplete: None,
            displaced: None,
            notice: None,
            focus: None,
            turn: 0,
        };
        study.arrive(place);
        study.focus = None;
        study
    }

    /// The study after that message at that time (milliseconds since 1970), or `None` if nothing happened.
    pub fn update(&self, msg: Msg, now: u64) -> Option<Study> {
        let mut next =
            Study { displaced: None, notice: None, focus: None, turn: self.turn.wrapping_add(1), ..self.clone() };
        let course = &*self.course;
        match msg {
            Msg::Went(place) => {
                if place == self.place || !exists(course, &place) {
                    return None;
                }
                next.arrive(place);
            }
            Msg::Advanced => {
                let (_, step) = self.step()?;
                add(&mut Rc::make_mut(&mut next.progress).read, &step.id);
                next.arrive(Place::Step(self.neighbours().1?.id.clone()));
            }
            Msg::Placed { exercise, item, slot } => {
                next.displaced = self.displaced.clone().filter(|last| last.exercise == exercise && last.by == item);
                next.place_item(course.exercise(&exercise)?, &item, slot.as_deref(), now)?;
            }
            Msg::Checked { exercise, anyway } => next.check(course.exercise(&exercise)?, anyway, now)?,
            Msg::Retried(exercise) => next.retry(course.exercise(&exercise)?, now)?,
            Msg::GaveUp(exercise) => {
                let known = course.exercise(&exercise)?;
                let record = next.edit(known, now);
                if !known.is_graded() || record.attempts == 0 || record.phase == Phase::Solved {
                    return None;
                }
                record.phase = Phase::Solved;
                record.solution_seen = true;
                next.notice = Some(Notice::Solved(exercise.clone()));
                next.focus = Some(Focus::Verdict(exercise));
            }
            Msg::Restarted(exercise) => {
                let known = course.exercise(&exercise)?;
                let record = next.edit(known, now);
                if record.answer.placements.is_empty() && record.phase == Phase::Open {
                    return None;
                }
                record.start(Answer::default(), Vec::new());
                next.focus = Some(first_control(known, record));
                next.incomplete = None;
                next.notice = Some(Notice::Reopened(exercise));
            }
            Msg::Undid(exercise) => {
                let known = course.exercise(&exercise)?;
                let record = next.edit(known, now);
                if known.kind != Kind::Flashcards {
                    return None;
                }
                record.answer.placements.pop()?;
                record.phase = Phase::Open;
                next.notice = Some(Notice::Undone(exercise.clone()));
                next.focus = Some(Focus::Card(exercise));
            }
            Msg::Reset => {
                next.progress = Rc::new(Progress::new(course));
                next.arrive(Place::Step(course.steps().next()?.1.id.clone()));
                next.notice = Some(Notice::Reset);
            }
            Msg::Saved(saving) => {
                if saving == self.saving {
                    return None;
                }
                next.saving = saving;
                next.notice = (saving != Saving::Kept).then_some(Notice::Unsaved(saving));
            }
        }
        Some(next)
    }

    /// The step where the learner was last, or else the first one; where the glossary leads back to.
    pub fn last_place(&self) -> Option<Place> {
        last_place(&self.course, &self.progress)
    }

    /// The step that shows, with its module; `None` in the glossary.
    pub fn step(&self) -> Option<(&Module<bool>, &Step<bool>)> {
        match &self.place {
            Place::Step(id) => self.course.step(id),
            Place::Glossary(_) => None,
        }
    }

    /// The steps before and after the one that shows.
    pub fn neighbours(&self) -> (Option<&Step<bool>>, Option<&Step<bool>>) {
        let Place::Step(id) = &self.place else { return (None, None) };
        let steps: Vec<&Step<bool>> = self.course.steps().map(|(_, step)| step).collect();
        let Some(at) = steps.iter().position(|step| step.id == *id) else { return (None, None) };
        (at.checked_sub(1).map(|before| steps[before]), steps.get(at + 1).copied())
    }

    /// The record of an exercise; an empty one if it was not begun.
    pub fn record(&self, exercise: &Exercise<bool>) -> Record {
        self.progress.record(&exercise.id).cloned().unwrap_or_default()
    }

    fn arrive(&mut self, place: Place) {
        self.incomplete = None;
        self.focus = Some(match &place {
            Place::Glossary(Some(term)) => Focus::Term(term.clone()),
            Place::Glossary(None) | Place::Step(_) => Focus::Heading,
        });
        if let Place::Step(step) = &place
            && (self.progress.step.as_ref() != Some(step) || !self.progress.opened.contains(step))
        {
            let progress = Rc::make_mut(&mut self.progress);
            progress.step = Some(step.clone());
            add(&mut progress.opened, step);
        }
        self.place = place;
    }

    /// The record of that exercise, begun if it was not, and stamped as changed.
    fn edit(&mut self, exercise: &Exercise<bool>, now: u64) -> &mut Record {
        let record = Rc::make_mut(&mut self.progress).exercises.get_or_add(&exercise.id);
        record.key_version = exercise.key_version();
        record.seq = record.seq.saturating_add(1);
        record.at = now;
        record
    }

    fn place_item(&mut self, exercise: &Exercise<bool>, item: &Id, slot: Option<&str>, now: u64) -> Option<()> {
        if exercise.kind == Kind::Flashcards {
            return self.rate(exercise, item, slot?, now);
        }
        let passed = self.displaced.take();
        let record = self.edit(exercise, now);
        if record.phase != Phase::Open || record.kept.contains(item) {
            return None;
        }
        let Placed { mut answer, displaced } = exercise.place(&record.answer, item, slot)?;
        // What this item had pushed out in passing goes back, if there is still room for it.
        let back = passed.filter(|last| answer.items_in(&last.slot).next().is_none());
        if let Some(last) = &back {
            answer = exercise.place(&answer, &last.item, Some(&last.slot))?.answer;
            record.kept.extend(last.kept.then(|| last.item.clone()));
        }
        // Among the options of a question, the one that was selected before is simply not selected any more.
        let displaced = displaced.filter(|_| matches!(exercise.kind, Kind::Matching { .. }));
        let kept = displaced.as_ref().is_some_and(|displaced| record.kept.contains(displaced));
        record.kept.retain(|kept| Some(kept) != displaced.as_ref());
        record.answer = answer;
        let missing = exercise.missing(&record.answer);
        let id = &exercise.id;
        self.notice = match (&displaced, back, exercise.kind) {
            (Some(from), _, _) => Some(Notice::Moved { exercise: id.clone(), from: from.clone() }),
            (None, Some(last), _) => Some(Notice::MovedBack { exercise: id.clone(), to: last.item }),
            (_, _, Kind::Choice { select }) if select > 1 => Some(Notice::Selected(id.clone())),
            _ => None,
        };
        self.displaced = displaced.zip(slot).map(|(displaced, slot)| Displaced {
            exercise: id.clone(),
            by: item.clone(),
            item: displaced,
            slot: slot.into(),
            kept,
        });
        self.incomplete = self.incomplete.take().filter(|(of, _)| of != id || missing != 0);
        if let Some((_, lacked)) = self.incomplete.as_mut().filter(|(of, _)| of == id) {
            *lacked = missing;
        }
        Some(())
    }

    fn rate(&mut self, exercise: &Exercise<bool>, item: &Id, slot: &str, now: u64) -> Option<()> {
        let record = self.edit(exercise, now);
        let on_top = exercise.deck(record).card().is_some_and(|card| card.id == *item);
        if record.phase != Phase::Checked || !on_top {
            return None;
        }
        record.answer = exercise.place(&record.answer, item, Some(slot))?.answer;
        record.phase = Phase::Open;
        let over = exercise.deck(record).card().is_none();
        if over {
            record.score(exercise);
        }
        self.notice = over.then(|| Notice::DeckDone(exercise.id.clone()));
        self.focus = Some(Focus::Card(exercise.id.clone()));
        Some(())
    }

    fn check(&mut self, exercise: &Exercise<bool>, anyway: bool, now: u64) -> Option<()> {
        let record = self.record(exercise);
        if record.phase != Phase::Open {
            return None;
        }
        let id = &exercise.id;
        if exercise.kind == Kind::Flashcards {
            exercise.deck(&record).card()?;
            self.edit(exercise, now).phase = Phase::Checked;
            self.focus = Some(Focus::CardBack(id.clone()));
            return Some(());
        }
        let missing = exercise.missing(&record.answer);
        let may_lack = anyway && !record.answer.placements.is_empty() && exercise.may_lack();
        if missing != 0 && !may_lack {
            let open = exercise.items_in_order(record.seed).find(|item| match exercise.kind {
                // The options of a choice are one question: the first of them leads to all.
                Kind::Choice { .. } => true,
                _ => record.answer.slot_of(&item.id).is_none(),
            });
            self.focus = open.map(|item| Focus::Item(id.clone(), item.id.clone()));
            self.incomplete = Some((id.clone(), missing));
            self.notice = Some(Notice::Incomplete(id.clone(), missing));
            return Some(());
        }
        let record = self.edit(exercise, now);
        record.phase = Phase::Checked;
        record.score(exercise);
        self.incomplete = None;
        self.notice = Some(Notice::Checked(id.clone()));
        Some(())
    }

    fn retry(&mut self, exercise: &Exercise<bool>, now: u64) -> Option<()> {
        let record = self.edit(exercise, now);
        if exercise.kind == Kind::Flashcards {
            let deck = exercise.deck(record);
            if deck.card().is_some() {
                return None;
            }
            let missed: Vec<Id> = deck.missed.iter().map(|card| card.id.clone()).collect();
            let apart = |item: &&Item<bool>| !missed.is_empty() && !missed.contains(&item.id);
            let kept = exercise.items.iter().filter(apart).map(|item| item.id.clone()).collect();
            record.start(Answer::default(), kept);
            self.focus = Some(Focus::Card(exercise.id.clone()));
        } else {
            if record.phase == Phase::Open {
                return None;
            }
            let afresh = record.phase == Phase::Solved
                || exercise.grade(&record.answer).is_full()
                || !exercise.keeps_right_items();
            let mut answer = record.answer.clone();
            let right = |item| exercise.mark(&record.answer, item) == Mark::Right;
            answer.placements.retain(|placed| !afresh && exercise.item(&placed.item).is_some_and(right));
            let kept = answer.placements.iter().map(|placement| placement.item.clone()).collect();
            record.seed = exercise.next_seed(record.seed, now as u32 ^ record.seq.rotate_left(16));
            record.start(answer, kept);
        }
        self.notice = Some(Notice::Reopened(exercise.id.clone()));
        Some(())
    }
}

impl Record {
    fn start(&mut self, answer: Answer, kept: Vec<Id>) {
        self.answer = answer;
        self.kept = kept;
        self.phase = Phase::Open;
    }

    fn score(&mut self, exercise: &Exercise<bool>) {
        let score = exercise.grade(&self.answer);
        self.attempts = self.attempts.saturating_add(1);
        self.first.get_or_insert(score);
        if self.best.is_none_or(|best| best.of != score.of || best.right <= score.right) {
            self.best = Some(score);
        }
    }
}

impl<T> Exercise<T> {
    /// Whether an answer that lacks items can be checked all the same, those items counting as wrong.
    pub fn may_lack(&self) -> bool {
        matches!(self.kind, Kind::Classification | Kind::Matching { .. })
    }

    /// Whether a new try keeps what was right. In a choice the verdict shows the whole key, so there is nothing to keep.
    fn keeps_right_items(&self) -> bool {
        self.may_lack()
    }
}

fn add(ids: &mut Vec<Id>, id: &Id) {
    if !ids.contains(id) {
        ids.push(id.clone());
    }
}

fn first_control(exercise: &Exercise<bool>, record: &Record) -> Focus {
    let mut items = exercise.items_in_order(record.seed);
    match (exercise.kind, items.find(|item| !record.kept.contains(&item.id))) {
        (Kind::Flashcards, _) | (_, None) => Focus::Card(exercise.id.clone()),
        (_, Some(item)) => Focus::Item(exercise.id.clone(), item.id.clone()),
    }
}

fn last_place(course: &Plan, progress: &Progress) -> Option<Place> {
    let known = |id: &Id| course.step(id).is_some();
    let first = || course.steps().next().map(|(_, step)| step.id.clone());
    progress.step.clone().filter(known).or_else(first).map(Place::Step)
}

fn exists(course: &Plan, place: &Place) -> bool {
    match place {
        Place::Step(step) => course.step(step).is_some(),
        Place::Glossary(Some(term)) => course.terms().any(|known| known.id == *term),
        Place::Glossary(None) => true,
    }
}
