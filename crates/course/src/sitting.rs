//! What a learner does in a review: the moves, and what comes of them.

use crate::{
    Id,
    answer::Mark,
    by_id::ById,
    course::Plan,
    exercise::Exercise,
    fsrs::Rating,
    progress::{Progress, Record},
    recall::Log,
    review::Question,
    study::{Focus, Notice, Study},
};
use std::rc::Rc;

/// A move in a review.
#[derive(Clone, Debug, PartialEq)]
pub enum Move {
    /// Starts a sitting of what is due.
    Begin,
    /// Picks an option, instead of the other one or beside others; or puts it back.
    Pick(Id),
    /// Asks for the verdict, or turns the card.
    Check,
    /// Rates a card that is turned.
    Rate(Rating),
    /// Goes on to the next question.
    Next,
    /// Takes the last answer of the sitting back.
    Undo,
    /// Ends the sitting.
    End,
    /// Wants to know so many percent of the answers when they are asked.
    Retain(u32),
}

/// A question of a sitting that is being answered. What is not checked yet is kept as long as it shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// The options that are picked.
    pub picked: Vec<Id>,
    /// Whether the answer shows.
    pub answered: bool,
    /// The order of its options ([`crate::order`]); it stays until the next question.
    pub seed: u32,
    /// Whether the verdict was asked for too early.
    pub incomplete: bool,
}

impl Study {
    /// The question that is being asked; `None` before and after a sitting.
    pub fn asked(&self) -> Option<Asked> {
        self.asked.clone().or_else(|| {
            let question = self.sitting.as_ref()?.pile.first()?.clone();
            let seed = self.progress.seed_of(&question);
            Some(Asked { question, picked: Vec::new(), answered: false, seed, incomplete: false })
        })
    }

    // Only what is not inlined can be loaded later.
    #[inline(never)]
    pub(crate) fn review(&mut self, course: &Plan, of: &Move, now: u64) -> Option<()> {
        match of {
            Move::Begin => {
                let progress = Rc::make_mut(&mut self.progress);
                progress.sitting = Some(progress.moment(now));
                self.turn_to_next();
            }
            Move::Pick(option) => {
                let mut asked = self.asked().filter(|asked| !asked.answered)?;
                let select = asked.question.select(course);
                if select == 0 || !asked.question.options(course, asked.seed).contains(option) {
                    return None;
                }
                match asked.picked.iter().position(|picked| picked == option) {
                    Some(at) if select > 1 => drop(asked.picked.remove(at)),
                    Some(_) => return None,
                    None => {
                        if select == 1 {
                            asked.picked.clear();
                        }
                        asked.picked.push(option.clone());
                    }
                }
                asked.incomplete = false;
                self.asked = Some(asked);
            }
            Move::Check => {
                let mut asked = self.asked().filter(|asked| !asked.answered)?;
                let select = asked.question.select(course) as usize;
                if asked.picked.len() != select {
                    asked.incomplete = true;
                    self.tell(Notice::ReviewIncomplete);
                } else if select == 0 {
                    asked.answered = true;
                    self.focus = Some(Focus::QuestionBack);
                } else {
                    asked.answered = true;
                    let right = asked.question.is_right(course, &asked.picked);
                    self.log(&asked.question, if right { Rating::Good } else { Rating::Again }, now);
                    self.tell(Notice::Reviewed { right });
                }
                self.asked = Some(asked);
            }
            Move::Rate(rating) => {
                let asked = self.asked().filter(|asked| asked.answered && asked.question.select(course) == 0)?;
                self.log(&asked.question, *rating, now);
                self.turn_to_next();
            }
            Move::Next => {
                self.asked.as_ref().filter(|asked| asked.answered && asked.question.select(course) > 0)?;
                self.turn_to_next();
            }
            Move::Undo => {
                let (at, question) = self.sitting.as_ref()?.last.clone()?;
                self.take_back(&question, at);
                self.turn_to_next();
                self.tell(Notice::ReviewUndone);
            }
            Move::End => {
                self.progress.sitting?;
                Rc::make_mut(&mut self.progress).sitting = None;
                self.asked = None;
                self.focus = Some(Focus::Heading);
            }
            Move::Retain(percent) => {
                if self.progress.retention == Some(*percent) {
                    return None;
                }
                Rc::make_mut(&mut self.progress).retention = Some(*percent);
            }
        }
        Some(())
    }

    fn turn_to_next(&mut self) {
        self.asked = None;
        self.focus = Some(Focus::Question);
    }

    /// Notes how well the answer to that question was known, and returns at which time it stands in the log.
    pub(crate) fn log(&mut self, question: &Question, rating: Rating, now: u64) -> u64 {
        let progress = Rc::make_mut(&mut self.progress);
        let at = progress.moment(now);
        progress.logs().get_or_add(&question.key()).add(rating, at);
        at
    }

    /// Takes the answer of that time to that question back.
    pub(crate) fn take_back(&mut self, question: &Question, at: u64) {
        Rc::make_mut(&mut self.progress).logs().get_or_add(&question.key()).take_back(at);
    }
}

impl Progress {
    /// Brings back to now what was answered when the clock was wrong.
    // Only what is not inlined can be loaded later.
    #[inline(never)]
    pub(crate) fn mend(self: &mut Rc<Progress>, now: u64) {
        if self.reviews.iter().any(|(_, log)| log.has_wrong_times(now)) {
            Rc::make_mut(self).logs().iter_mut().for_each(|(_, log)| log.mend(now));
        }
    }

    /// Notes for the review how each question of that exercise was answered, but for those that stand since an earlier try.
    pub(crate) fn log_checked(&mut self, exercise: &Exercise<bool>, record: &Record, now: u64) {
        let known = if record.unsure { Rating::Hard } else { Rating::Good };
        let at = self.moment(now);
        for (question, item) in exercise.review_questions() {
            if item.is_some_and(|item| record.kept.contains(&item.id)) {
                continue;
            }
            let right = match item {
                Some(item) => exercise.mark(&record.answer, item) == Mark::Right,
                None => exercise.grade(&record.answer).is_full(),
            };
            self.logs().get_or_add(&question.key()).add(if right { known } else { Rating::Again }, at);
        }
    }

    /// Now, or a moment after the last answer, so that answers have an order whatever the clock does.
    fn moment(&self, now: u64) -> u64 {
        self.reviews
            .iter()
            .filter_map(|(_, log)| log.latest(now))
            .max()
            .map_or(now, |last| now.max(last.saturating_add(1)))
    }

    /// The logs, to be changed.
    pub(crate) fn logs(&mut self) -> &mut ById<Log> {
        Rc::make_mut(&mut self.reviews)
    }
}
