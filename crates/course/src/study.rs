//! A learner studying a course: one value, and one function that changes it.
//!
//! Click, tap, key and drag all become the same [`Msg`]. [`Study::update`] answers with the next value,
//! or with `None` if nothing happened: a double click, a stale id, a key held down.

use crate::{
    Id,
    answer::{Answer, Mark, Placed, Placement},
    course::{Block, Module, Plan, Step},
    exercise::{AGAIN, Exercise, Item, Kind},
    fsrs::Rating,
    merge::add,
    place::Place,
    progress::{Phase, Progress, Record},
    review::{Question, Sitting},
    sitting::{Asked, Move},
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
    /// Whether progress is safe here.
    pub saving: Saving,
    /// How it stands with the LMS around, if there is one that has said anything.
    pub lms: Option<Saving>,
    /// Whether saved progress could not be read, and was set aside.
    pub set_aside: bool,
    /// The exercise that was checked before it was complete, and how many items it lacked.
    pub incomplete: Option<(Id, i32)>,
    /// What the last placement pushed out of its slot. It goes back if that placement was only passed through, as when
    /// the arrow keys run through a list.
    pub displaced: Option<Displaced>,
    /// What the learner has picked up on a board and not put down yet.
    pub held: Option<Held>,
    /// The exercise in which it was said how a board is used; once is enough.
    pub taught: Option<Id>,
    /// The question of a review that is being answered.
    pub asked: Option<Asked>,
    /// How many questions are due for review; none as long as nobody can count them.
    pub due: u32,
    /// The review that goes on, as it stands. Like what is due, it takes some work to find, so it is found when a log changes
    /// and not at each choice of an option.
    pub sitting: Option<Rc<Sitting>>,
    /// Whether all of the player's code is there.
    pub rest: Rest,
    /// Whether somebody else has saved something that only all of the code can read.
    pub heard: bool,
    /// What the learner did last, if only the rest of the code can do it: it waits for that.
    pub waiting: Option<Rc<Msg>>,
    /// When something happened last, in milliseconds since 1970 by the learner's clock.
    pub now: u64,
    /// The last thing to tell a screen reader.
    pub notice: Option<Rc<Notice>>,
    /// Where the focus is to go, if the last message moved it.
    pub focus: Option<Focus>,
    /// How many messages changed something: tells a notice or a focus from the same one before.
    pub turn: u32,
}

/// The rest of the player's code: it reads what was saved, asks again what was learned, tells what was achieved, opens
/// exercises again, and shows orderings, cards, boards, solutions and results. A first visit does without it; natively, all
/// code is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// It is loaded when it is needed.
    Awaited,
    /// It is there.
    Here,
    /// It could not be loaded. That is tried again at the next place, or when something of it is asked for.
    Missing,
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

/// What is picked up on a board: it waits for a slot, or for an item.
#[derive(Clone, Debug, PartialEq)]
pub struct Held {
    /// The exercise.
    pub exercise: Id,
    /// What it is.
    pub what: Piece,
    /// The slot to which the arrow keys have led; it has to be confirmed.
    pub aimed: Option<Id>,
}

/// What can be picked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// An item, to be put into a slot.
    Item(Id),
    /// A slot, for the item that is picked next.
    Slot(Id),
    /// Where the items come from: a held one goes back there.
    Pool,
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
    /// Touched an item or a slot on a board: picks it up, puts it down, or brings it together with what is held.
    Touched {
        /// The exercise.
        exercise: Id,
        /// What was touched.
        what: Piece,
    },
    /// Looks for a slot for the held item, so many further on.
    Aimed(i32),
    /// Puts what is held back where it was.
    LetGo,
    /// Would rather see boards, or lists.
    Viewed {
        /// Whether boards.
        board: bool,
    },
    /// Thinks that an option is wrong, or does not any more.
    RuledOut {
        /// The exercise.
        exercise: Id,
        /// The option.
        item: Id,
    },
    /// Says before checking whether it is more than a guess.
    Doubted {
        /// The exercise.
        exercise: Id,
        /// Whether it may be a guess.
        unsure: bool,
    },
    /// Marks a card to find it again, or does not any more.
    Starred {
        /// The exercise.
        exercise: Id,
        /// The card.
        item: Id,
    },
    /// Would rather see the backs of cards first, or the fronts.
    Reversed {
        /// The exercise.
        exercise: Id,
        /// Whether the backs.
        reversed: bool,
    },
    /// Starts a session of cards from nothing.
    Dealt {
        /// The exercise.
        exercise: Id,
        /// Whether of the starred cards only.
        starred: bool,
        /// Whether in a new order, or in the author's.
        shuffled: bool,
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
    /// Matches against the clock, from nothing.
    Raced(Id),
    /// Asked for the solution.
    GaveUp(Id),
    /// Starts that exercise from nothing; what was achieved in it stays.
    Restarted(Id),
    /// Took back the last rating of a card.
    Undid(Id),
    /// Made a move in a review.
    Review(Move),
    /// Forgets everything.
    Reset,
    /// Found progress elsewhere, in another tab or in a file: of the same course, and [resumed](Progress::resumed) in it.
    Found(Rc<Progress>),
    /// Somebody else has saved something that only all of the code can read.
    Heard,
    /// Saving went well or failed.
    Saved(Saving),
    /// The rest of the code has arrived, or will not.
    Loaded(Rest),
    /// The LMS has got everything, or has not; nothing, while that is not known.
    Reported(Option<Saving>),
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
    /// The page around wants nothing to be kept, so that is no failure.
    Unwanted,
    /// In the LMS.
    Recorded,
    /// On this device; the LMS cannot be reached, and gets it later.
    Unsent,
    /// On this device; the LMS takes nothing more, as when somebody looks once more at what is done.
    Closed,
    /// On this device; the session with the LMS has ended.
    Over,
}

impl Saving {
    /// Whether progress that should be kept is not.
    pub fn has_failed(self) -> bool {
        matches!(self, Saving::Refused | Saving::Full | Saving::Unsent | Saving::Over)
    }
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
    /// An item was put somewhere by other means than a control that says so itself.
    Placed {
        /// The exercise.
        exercise: Id,
        /// The item.
        item: Id,
    },
    /// An item was taken back out.
    TakenOut(Id),
    /// Something was picked up.
    PickedUp {
        /// What.
        held: Held,
        /// Whether to say how to go on.
        teach: bool,
    },
    /// The held item would go there.
    Aimed(Held),
    /// What was held is back where it was.
    LetGo,
    /// That option is ruled out, or not any more.
    RuledOut {
        /// The exercise.
        exercise: Id,
        /// The option.
        item: Id,
    },
    /// So many options are selected now.
    Selected(Id),
    /// The solution shows.
    Solved(Id),
    /// The exercise can be tried again.
    Reopened(Id),
    /// The clock runs.
    Raced(Id),
    /// The last rating was taken back.
    Undone(Id),
    /// All cards of the session are done.
    DeckDone(Id),
    /// An answer in a review was right or not.
    Reviewed {
        /// Whether it was.
        right: bool,
    },
    /// It was checked before it was complete.
    ReviewIncomplete,
    /// The last answer of the review was taken back.
    ReviewUndone,
    /// Everything was forgotten.
    Reset,
    /// Progress is not safe. What is to be told of the change that could not be saved, such as a verdict, is told first.
    Unsaved(Saving, Option<Rc<Notice>>),
    /// What is to show could not be loaded.
    RestMissing,
}

impl Notice {
    /// The exercise that it is about, if it says how that stands.
    fn exercise(&self) -> Option<&Id> {
        match self {
            Notice::Checked(id)
            | Notice::Incomplete(id, _)
            | Notice::TakenOut(id)
            | Notice::Selected(id)
            | Notice::Solved(id)
            | Notice::Reopened(id)
            | Notice::Raced(id)
            | Notice::Undone(id)
            | Notice::DeckDone(id)
            | Notice::Moved { exercise: id, .. }
            | Notice::MovedBack { exercise: id, .. }
            | Notice::Placed { exercise: id, .. }
            | Notice::RuledOut { exercise: id, .. }
            | Notice::PickedUp { held: Held { exercise: id, .. }, .. }
            | Notice::Aimed(Held { exercise: id, .. }) => Some(id),
            Notice::Unsaved(_, first) => first.as_ref()?.exercise(),
            Notice::LetGo
            | Notice::Reviewed { .. }
            | Notice::ReviewIncomplete
            | Notice::ReviewUndone
            | Notice::Reset
            | Notice::RestMissing => None,
        }
    }
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
    /// The title of an exercise.
    Exercise(Id),
    /// The heading over the question of a review, or over the end of the sitting.
    Question,
    /// The heading over the back of a card in a review.
    QuestionBack,
}

impl Study {
    /// A learner comes to that course with that progress, at the place that the address names or else where they left.
    pub fn new(course: Rc<Plan>, progress: Progress, place: Option<Place>) -> Study {
        let place = place.and_then(|place| found(&course, &place)).map(|(place, _)| place);
        let place = place.or_else(|| last_place(&course, &progress)).unwrap_or(Place::Glossary(None));
        let mut study = Study {
            course: course.clone(),
            progress: Rc::new(progress),
            place: place.clone(),
            saving: Saving::Kept,
            lms: None,
            set_aside: false,
            incomplete: None,
            displaced: None,
            held: None,
            taught: None,
            asked: None,
            due: 0,
            sitting: None,
            rest: Rest::Here,
            heard: false,
            waiting: None,
            now: 0,
            notice: None,
            focus: None,
            turn: 0,
        };
        study.arrive(place);
        study.focus = None;
        study
    }

    /// The same at that time (milliseconds since 1970), by which it is known what is due.
    #[must_use]
    pub fn at(mut self, now: u64) -> Study {
        self.now = now;
        self.due = 0;
        self.sitting = None;
        if self.rest == Rest::Here {
            self.progress.mend(now);
            let (due, sitting) = self.progress.at_hand(&self.course, now);
            (self.due, self.sitting) = (due, sitting.map(Rc::new));
        }
        self
    }

    /// Whether the rest of the code is to be loaded now: to show something, to read it, or to count what is due.
    pub fn needs_rest(&self) -> bool {
        self.rest == Rest::Awaited && (self.heard || self.shows_rest() || self.progress.may_be_due(&self.course))
    }

    /// Whether what shows, or was asked for, is missing without the rest of the code.
    pub fn shows_rest(&self) -> bool {
        let has_board = |step: &Step<bool>| self.progress.board && step.exercises().any(Exercise::has_board);
        self.waiting.is_some()
            || self.place == Place::Review
            || self.step().is_some_and(|(_, step)| step.needs_rest() || has_board(step))
    }

    /// The study after that message at that time (milliseconds since 1970), or `None` if nothing happened.
    pub fn update(&self, msg: &Msg, now: u64) -> Option<Study> {
        let mut next = self.clone();
        next.take(msg, now)?;
        let chose = next.progress.chosen() != self.progress.chosen();
        if chose && !matches!(msg, Msg::Found(_)) {
            Rc::make_mut(&mut next.progress).at = now;
        }
        // What is due takes some work to find, so not at each choice of an option.
        let others = next.place != self.place || !Rc::ptr_eq(&next.progress.reviews, &self.progress.reviews);
        if chose || others || next.rest != self.rest {
            return Some(next.at(now));
        }
        next.now = now;
        Some(next)
    }

    /// What comes from elsewhere leaves the learner where they are, in the middle of something; it may have something to say.
    fn take(&mut self, msg: &Msg, now: u64) -> Option<()> {
        match msg {
            Msg::Found(found) if self.rest == Rest::Here => self.found(found)?,
            Msg::Heard if !self.heard => self.heard = true,
            Msg::Found(_) | Msg::Heard => return None,
            Msg::Saved(saving) if *saving == self.saving => return None,
            // It comes with a change, before anybody can have heard what is told of that.
            Msg::Saved(saving) => {
                self.saving = *saving;
                self.complain(*saving);
            }
            Msg::Loaded(rest) if *rest == self.rest => return None,
            Msg::Loaded(rest) => {
                self.rest = *rest;
                self.heard &= *rest != Rest::Here;
                self.waiting = self.waiting.take().filter(|_| *rest != Rest::Here);
                if *rest == Rest::Missing && self.shows_rest() {
                    self.begin_turn();
                    self.tell(Notice::RestMissing);
                }
            }
            Msg::Reported(lms) if *lms == self.lms => return None,
            // It comes right after an answer, and must not take the place of what is said of that.
            Msg::Reported(lms) => {
                let before = self.saved();
                self.lms = *lms;
                let told = self.saved();
                if told != before {
                    self.complain(told);
                }
            }
            _ => self.act(msg, now)?,
        }
        Some(())
    }

    /// What the learner does.
    fn act(&mut self, msg: &Msg, now: u64) -> Option<()> {
        let course = &*self.course.clone();
        let (displaced, held) = (self.displaced.take(), self.held.take());
        let in_first = |exercise: &Id| course.exercise(exercise).is_none_or(|exercise| !exercise.needs_rest());
        let choice =
            |exercise: &Id| course.exercise(exercise).filter(|known| matches!(known.kind, Kind::Choice { .. }));
        self.begin_turn();
        self.waiting = None;
        match msg {
            Msg::Went(place) => {
                let (place, focus) = found(course, place)?;
                if place == self.place && !matches!(focus, Focus::Exercise(_)) {
                    return None;
                }
                self.arrive(place);
                self.focus = Some(focus);
            }
            Msg::Advanced => {
                let step = self.step()?.1.id.clone();
                add(&mut Rc::make_mut(&mut self.progress).read, &step);
                self.arrive(Place::Step(self.neighbours().1?.id.clone()));
            }
            Msg::Placed { exercise, item, slot } if in_first(exercise) => {
                self.displaced = displaced.filter(|last| last.exercise == *exercise && last.by == *item);
                self.place_item(course.exercise(exercise)?, item, slot.as_deref(), now)?;
            }
            Msg::Checked { exercise, anyway } if in_first(exercise) => {
                self.check(course.exercise(exercise)?, *anyway, now)?;
            }
            Msg::Viewed { board } => {
                if *board == self.progress.board {
                    return None;
                }
                Rc::make_mut(&mut self.progress).board = *board;
                self.retry_rest();
            }
            Msg::RuledOut { exercise, item } => {
                let known = choice(exercise)?;
                let item = &known.item(item)?.id;
                let record = self.edit(known, now);
                if record.phase != Phase::Open {
                    return None;
                }
                toggle(&mut record.ruled_out, item);
                self.tell(Notice::RuledOut { exercise: known.id.clone(), item: item.clone() });
            }
            Msg::Doubted { exercise, unsure } => {
                let record = self.edit(choice(exercise)?, now);
                if record.phase != Phase::Open || record.unsure == *unsure {
                    return None;
                }
                record.unsure = *unsure;
            }
            Msg::Reset => {
                self.progress = Rc::new(self.progress.reset(course));
                self.arrive(Place::Step(course.steps().next()?.1.id.clone()));
                self.tell(Notice::Reset);
            }
            _ if self.rest != Rest::Here => {
                self.waiting = Some(Rc::new(msg.clone()));
                self.retry_rest();
            }
            _ => self.act_further(course, msg, held, now)?,
        }
        Some(())
    }

    /// What the learner does that is in the rest of the code: what no first answer needs.
    // Only what is not inlined can be loaded later.
    #[inline(never)]
    fn act_further(&mut self, course: &Plan, msg: &Msg, held: Option<Held>, now: u64) -> Option<()> {
        match msg {
            Msg::Placed { exercise, item, slot } => {
                let known = course.exercise(exercise)?;
                match known.kind {
                    Kind::Flashcards => self.rate(known, item, slot.as_deref()?, now)?,
                    _ => self.place_item(known, item, slot.as_deref(), now)?,
                }
            }
            Msg::Checked { exercise, anyway } => {
                let known = course.exercise(exercise)?;
                match known.kind {
                    Kind::Flashcards => self.turn_card(known, now)?,
                    _ => self.check(known, *anyway, now)?,
                }
            }
            Msg::Touched { exercise, what } => self.touch(course.exercise(exercise)?, held, what, now)?,
            Msg::Aimed(by) => self.aim(course, held?, *by)?,
            Msg::Review(of) => self.review(course, of, now)?,
            Msg::LetGo => {
                held?;
                self.tell(Notice::LetGo);
            }
            Msg::Starred { exercise, item } => {
                let known = course.exercise(exercise)?;
                let item = &known.item(item)?.id;
                toggle(&mut self.cards(known, now)?.starred, item);
            }
            Msg::Reversed { exercise, reversed } => {
                let record = self.cards(course.exercise(exercise)?, now)?;
                if record.reversed == *reversed {
                    return None;
                }
                record.reversed = *reversed;
            }
            Msg::Dealt { exercise, starred, shuffled } => {
                let known = course.exercise(exercise)?;
                let record = self.cards(known, now)?;
                let apart = |item: &&Item<bool>| *starred && !record.starred.contains(&item.id);
                let kept: Vec<Id> = known.items.iter().filter(apart).map(|item| item.id.clone()).collect();
                if kept.len() == known.items.len() {
                    return None;
                }
                record.seed = if *shuffled { record.new_seed(known, now) } else { 0 };
                record.start(Answer::default(), kept);
                self.focus = Some(Focus::Card(known.id.clone()));
            }
            Msg::Retried(exercise) => self.retry(course.exercise(exercise)?, now)?,
            Msg::Raced(exercise) => {
                let known = course.exercise(exercise)?;
                let record = self.edit(known, now);
                if !known.can_be_raced() || record.attempts == 0 {
                    return None;
                }
                record.seed = record.new_seed(known, now);
                self.focus = Some(record.restart(known, Some(now)));
                self.incomplete = None;
                self.tell(Notice::Raced(known.id.clone()));
            }
            Msg::GaveUp(exercise) => {
                let known = course.exercise(exercise)?;
                let record = self.edit(known, now);
                if !known.is_graded() || record.attempts == 0 || record.phase == Phase::Solved {
                    return None;
                }
                record.phase = Phase::Solved;
                record.solution_seen = true;
                record.race = None;
                self.focus = Some(Focus::Verdict(known.id.clone()));
                self.tell(Notice::Solved(known.id.clone()));
            }
            Msg::Restarted(exercise) => {
                let known = course.exercise(exercise)?;
                let record = self.edit(known, now);
                if record.answer.placements.is_empty() && record.phase == Phase::Open {
                    return None;
                }
                self.focus = Some(record.restart(known, None));
                self.incomplete = None;
                self.tell(Notice::Reopened(known.id.clone()));
            }
            Msg::Undid(exercise) => {
                let known = course.exercise(exercise)?;
                let record = self.cards(known, now)?;
                let at = record.rated.pop()?;
                let card = record.answer.placements.pop()?.item;
                record.phase = Phase::Open;
                self.take_back(&Question::Card(known.id.clone(), card), at);
                self.focus = Some(Focus::Card(known.id.clone()));
                self.tell(Notice::Undone(known.id.clone()));
            }
            // What needs no more than the first part, or comes from elsewhere.
            Msg::Went(_)
            | Msg::Advanced
            | Msg::Viewed { .. }
            | Msg::RuledOut { .. }
            | Msg::Doubted { .. }
            | Msg::Reset => {
                return None;
            }
            Msg::Found(_) | Msg::Heard | Msg::Saved(_) | Msg::Loaded(_) | Msg::Reported(_) => return None,
        }
        Some(())
    }

    /// Begins another turn, of which nothing is told yet.
    fn begin_turn(&mut self) {
        self.turn = self.turn.wrapping_add(1);
        (self.notice, self.focus) = (None, None);
    }

    /// Has that told.
    pub(crate) fn tell(&mut self, notice: Notice) {
        self.notice = Some(Rc::new(notice));
    }

    /// Has it told that progress is not safe, after what was told last of anything else: that may not have been heard yet.
    fn complain(&mut self, saving: Saving) {
        if saving.has_failed() {
            self.turn = self.turn.wrapping_add(1);
            let said = match self.notice.as_deref() {
                Some(Notice::Unsaved(_, first)) => first.clone(),
                _ => self.notice.clone(),
            };
            self.tell(Notice::Unsaved(saving, said));
        }
    }

    /// Takes in that progress, which comes from elsewhere. The learner hears what was said to the end.
    // Only what is not inlined can be loaded later.
    #[inline(never)]
    fn found(&mut self, found: &Progress) -> Option<()> {
        let merged = self.progress.merged(found);
        if merged == *self.progress {
            return None;
        }
        let before = std::mem::replace(&mut self.progress, Rc::new(merged));
        let merged = self.progress.clone();
        let stands = |id: &Id| merged.record(id) == before.record(id);
        if !self.notice.as_ref().and_then(|notice| notice.exercise()).is_none_or(stands) {
            self.begin_turn();
        }
        self.incomplete = self.incomplete.take().filter(|(id, _)| stands(id));
        self.displaced = self.displaced.take().filter(|last| stands(&last.exercise));
        Some(())
    }

    /// Whether progress is safe, here and with the LMS.
    pub fn saved(&self) -> Saving {
        match (self.lms, self.saving) {
            (Some(Saving::Recorded), _) => Saving::Recorded,
            (Some(lms), Saving::Kept) => lms,
            (_, saving) => saving,
        }
    }

    /// Whether that address leads to where the learner is.
    pub fn is_at(&self, place: Place) -> bool {
        found(&self.course, &place).is_some_and(|(place, _)| place == self.place)
    }

    /// The step where the learner was last, or else the first one; where the glossary leads back to.
    pub fn last_place(&self) -> Option<Place> {
        last_place(&self.course, &self.progress)
    }

    /// The step that shows, with its module; `None` in the glossary.
    pub fn step(&self) -> Option<(&Module<bool>, &Step<bool>)> {
        match &self.place {
            Place::Step(id) => self.course.step(id),
            Place::Glossary(_) | Place::Review => None,
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
        self.focus = Some(Focus::Heading);
        self.retry_rest();
        if let Place::Step(step) = &place
            && (self.progress.step.as_ref() != Some(step) || !self.progress.opened.contains(step))
        {
            let progress = Rc::make_mut(&mut self.progress);
            progress.step = Some(step.clone());
            add(&mut progress.opened, step);
        }
        self.place = place;
    }

    fn retry_rest(&mut self) {
        if self.rest == Rest::Missing {
            self.rest = Rest::Awaited;
        }
    }

    /// The record of that exercise, begun if it was not, and stamped as changed.
    fn edit(&mut self, exercise: &Exercise<bool>, now: u64) -> &mut Record {
        let record = Rc::make_mut(&mut self.progress).exercises.get_or_add(&exercise.id);
        record.key_version = exercise.key_version();
        record.seq = record.seq.saturating_add(1);
        record.at = now;
        if exercise.kind == Kind::Ordering && record.answer.placements.is_empty() {
            // The order that shows is an answer from the start.
            record.answer = exercise.ordered(&record.answer, record.seed, None);
        }
        record
    }

    /// The record of a deck of cards, to be changed.
    fn cards(&mut self, exercise: &Exercise<bool>, now: u64) -> Option<&mut Record> {
        (exercise.kind == Kind::Flashcards).then(|| self.edit(exercise, now))
    }

    fn place_item(&mut self, exercise: &Exercise<bool>, item: &Id, slot: Option<&str>, now: u64) -> Option<()> {
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
        let notice = match (&displaced, back, exercise.kind) {
            (Some(from), _, _) => Some(Notice::Moved { exercise: id.clone(), from: from.clone() }),
            (None, Some(last), _) => Some(Notice::MovedBack { exercise: id.clone(), to: last.item }),
            (_, _, Kind::Choice { select }) if select > 1 => Some(Notice::Selected(id.clone())),
            (_, _, Kind::Ordering) => Some(Notice::Placed { exercise: id.clone(), item: item.clone() }),
            _ => None,
        };
        self.notice = notice.map(Rc::new);
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

    /// What comes of touching that piece on a board where `held` was held.
    fn touch(&mut self, exercise: &Exercise<bool>, held: Option<Held>, what: &Piece, now: u64) -> Option<()> {
        let record = self.record(exercise);
        let known = match what {
            Piece::Item(item) => exercise.item(item).is_some() && !record.kept.contains(item),
            Piece::Slot(slot) => exercise.slot(slot).is_some(),
            Piece::Pool => matches!(&held, Some(Held { what: Piece::Item(_), .. })),
        };
        if !known || record.phase != Phase::Open || !exercise.has_board() {
            return None;
        }
        let id = &exercise.id;
        let held = held.filter(|held| held.exercise == *id);
        let (item, slot) = match (held.as_ref().map(|held| &held.what), what) {
            (Some(Piece::Item(item)), Piece::Slot(slot)) | (Some(Piece::Slot(slot)), Piece::Item(item)) => {
                (item.clone(), Some(slot.clone()))
            }
            (Some(Piece::Item(item)), Piece::Pool) => (item.clone(), None),
            (Some(was), _) if was == what => match (held.and_then(|held| held.aimed), what) {
                (Some(slot), Piece::Item(item)) => (item.clone(), Some(slot)),
                _ => {
                    self.tell(Notice::LetGo);
                    return Some(());
                }
            },
            _ => {
                let held = Held { exercise: id.clone(), what: what.clone(), aimed: None };
                let teach = self.taught.as_ref() != Some(id);
                self.taught = Some(id.clone());
                self.tell(Notice::PickedUp { held: held.clone(), teach });
                self.held = Some(held);
                return Some(());
            }
        };
        // Where it is already, it stays.
        let _ = self.place_item(exercise, &item, slot.as_deref(), now);
        let done = match slot {
            Some(_) => Notice::Placed { exercise: id.clone(), item },
            None => Notice::TakenOut(id.clone()),
        };
        if self.notice.is_none() {
            self.tell(done);
        }
        Some(())
    }

    /// Leads what is held to the slot so many further on; round the end to the first again.
    fn aim(&mut self, course: &Plan, mut held: Held, by: i32) -> Option<()> {
        let Piece::Item(_) = held.what else { return None };
        let exercise = course.exercise(&held.exercise)?;
        let slots: Vec<&Id> = exercise.slots_in_order(self.record(exercise).seed).map(|slot| &slot.id).collect();
        if slots.is_empty() {
            return None;
        }
        let at = held.aimed.as_ref().and_then(|aimed| slots.iter().position(|slot| *slot == aimed));
        // From nowhere, forwards leads to the first and backwards to the last.
        let from = at.map_or(if by > 0 { -1 } else { 0 }, |at| at as i32);
        held.aimed = Some(slots[(from + by).rem_euclid(slots.len() as i32) as usize].clone());
        self.held = Some(held.clone());
        self.tell(Notice::Aimed(held));
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
        // A session of some cards counts only after one of all of them.
        if over && (record.kept.is_empty() || record.best.is_some()) {
            record.score(exercise);
        }
        let rating = if slot == AGAIN { Rating::Again } else { Rating::Good };
        let at = self.log(&Question::Card(exercise.id.clone(), item.clone()), rating, now);
        Rc::make_mut(&mut self.progress).exercises.get_or_add(&exercise.id).rated.push(at);
        if over {
            self.tell(Notice::DeckDone(exercise.id.clone()));
        }
        self.focus = Some(Focus::Card(exercise.id.clone()));
        Some(())
    }

    fn turn_card(&mut self, exercise: &Exercise<bool>, now: u64) -> Option<()> {
        let record = self.record(exercise);
        exercise.deck(&record).card().filter(|_| record.phase == Phase::Open)?;
        self.edit(exercise, now).phase = Phase::Checked;
        self.focus = Some(Focus::CardBack(exercise.id.clone()));
        Some(())
    }

    fn check(&mut self, exercise: &Exercise<bool>, anyway: bool, now: u64) -> Option<()> {
        let record = self.record(exercise);
        if record.phase != Phase::Open {
            return None;
        }
        let id = &exercise.id;
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
            self.tell(Notice::Incomplete(id.clone(), missing));
            return Some(());
        }
        let record = self.edit(exercise, now);
        record.phase = Phase::Checked;
        match record.race {
            // A race is played, not marked.
            Some(since) if exercise.grade(&record.answer).is_full() => record.finish(since, now),
            Some(_) => {}
            None => {
                record.score(exercise);
                let record = record.clone();
                Rc::make_mut(&mut self.progress).log_checked(exercise, &record, now);
            }
        }
        self.incomplete = None;
        self.tell(Notice::Checked(id.clone()));
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
            let afresh = record.phase == Phase::Solved || exercise.grade(&record.answer).is_full();
            let right = |placed: &Placement| {
                exercise.item(&placed.item).is_some_and(|item| exercise.mark(&record.answer, item) == Mark::Right)
            };
            let mut answer = record.answer.clone();
            let mut kept = Vec::new();
            if exercise.may_lack() && !afresh {
                answer.placements.retain(right);
                kept.extend(answer.placements.iter().map(|placement| placement.item.clone()));
            } else if exercise.kind != Kind::Ordering || afresh {
                // In a choice the verdict shows the whole key, so there is nothing to keep.
                answer = Answer::default();
            }
            record.seed = record.new_seed(exercise, now);
            record.start(answer, kept);
        }
        self.tell(Notice::Reopened(exercise.id.clone()));
        Some(())
    }
}

/// Puts that id into the list, or takes it out.
fn toggle(ids: &mut Vec<Id>, id: &Id) {
    match ids.iter().position(|known| known == id) {
        Some(at) => drop(ids.remove(at)),
        None => ids.push(id.clone()),
    }
}

impl Record {
    /// Starts from nothing, against the clock if that began then; returns what takes the focus.
    fn restart(&mut self, exercise: &Exercise<bool>, race: Option<u64>) -> Focus {
        self.start(Answer::default(), Vec::new());
        self.race = race;
        first_control(exercise, self)
    }

    fn start(&mut self, answer: Answer, kept: Vec<Id>) {
        self.answer = answer;
        self.kept = kept;
        self.rated = Vec::new();
        self.ruled_out = Vec::new();
        self.unsure = false;
        self.phase = Phase::Open;
    }

    /// Ends a race that began then.
    fn finish(&mut self, since: u64, now: u64) {
        let seconds = u32::try_from(now.saturating_sub(since) / 1000).unwrap_or(u32::MAX).max(1);
        let fastest = self.times.map_or(seconds, |(_, fastest)| fastest.min(seconds));
        self.times = Some((seconds, fastest));
        self.race = None;
    }

    /// A seed that gives another order.
    fn new_seed(&self, exercise: &Exercise<bool>, now: u64) -> u32 {
        exercise.next_seed(self.seed, now as u32 ^ self.seq.rotate_left(16))
    }

    fn score(&mut self, exercise: &Exercise<bool>) {
        let score = exercise.grade(&self.answer);
        self.question_versions = exercise.question_versions();
        self.corrected = false;
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

    /// Whether it can be answered against the clock, for who wants that.
    pub fn can_be_raced(&self) -> bool {
        matches!(self.kind, Kind::Matching { .. })
    }

    /// Whether only the rest of the player's code ([`Rest`]) can show it, and does what is done in it: few meet it first.
    pub fn needs_rest(&self) -> bool {
        matches!(self.kind, Kind::Ordering | Kind::Flashcards)
    }

    /// Whether its items can be picked up and put into slots that all show at once.
    pub fn has_board(&self) -> bool {
        self.may_lack()
    }
}

impl<T> Step<T> {
    /// Whether only the rest of the player's code can show all of it.
    pub fn needs_rest(&self) -> bool {
        self.blocks.iter().any(|block| match block {
            Block::Exercise(exercise) => exercise.needs_rest(),
            Block::Results => true,
            Block::Prose(_) | Block::Comparison(_) | Block::Glossary => false,
        })
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

/// Where that address leads, and what takes the focus there: in the place of a step may stand an exercise, which leads to
/// the step that has it.
fn found(course: &Plan, place: &Place) -> Option<(Place, Focus)> {
    let focus = match place {
        Place::Step(step) if course.step(step).is_some() => Focus::Heading,
        Place::Step(other) => {
            // An exercise, or what a step or an exercise was called before.
            for (_, step) in course.steps() {
                let mut exercises = step.exercises();
                let focus = match exercises.find(|known| known.id == *other || known.was.contains(other)) {
                    Some(exercise) => Focus::Exercise(exercise.id.clone()),
                    None if step.was.contains(other) => Focus::Heading,
                    None => continue,
                };
                return Some((Place::Step(step.id.clone()), focus));
            }
            return None;
        }
        Place::Glossary(Some(term)) => {
            let id = course.terms().find(|known| known.id == *term || known.was.contains(term))?.id.clone();
            return Some((Place::Glossary(Some(id.clone())), Focus::Term(id)));
        }
        Place::Glossary(None) | Place::Review => Focus::Heading,
    };
    Some((place.clone(), focus))
}
