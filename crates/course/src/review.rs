//! Asking again: one queue over all kinds of question, and sittings in which it is worked off.
//!
//! Whatever is checked in a lesson leaves an answer in the [`Log`] of its question, and so does each answer of a review;
//! what is due follows from the logs. Questions are drawn from what the course has: a choice is asked as it stands, an
//! item of a classification or a matching by itself, a card as a card, and a term in both directions, with other terms of
//! the course as distractors. A sitting is like a pile of flashcards ([`crate::deck`]): a question that was missed comes
//! back four questions later, and it ends when each was right once after its last miss. All of it is found by replaying
//! the logs, so undo, and going on after a reload, need nothing of their own.

use crate::{
    Id,
    answer::Mark,
    course::{Block, Module, Plan},
    deck::GAP,
    exercise::{Exercise, Item, Kind},
    fsrs::{Rating, Retention},
    order::shuffled,
    progress::Progress,
    recall::{Log, Standing, Wait, days_between},
};

/// How many questions a sitting has at most; after a long break the others wait.
pub const LARGEST: usize = 20;

/// How many terms are asked for the first time in a day.
const NEW_A_DAY: usize = 10;

/// How many options a question about a term has.
const OPTIONS: usize = 4;

/// Something that can be asked by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// A choice, as it stands in its step.
    Choice(Id),
    /// An item of that exercise, a classification or a matching: which slot is right for it?
    Item(Id, Id),
    /// A card of that exercise.
    Card(Id, Id),
    /// What a term means.
    Meaning(Id),
    /// Which term has a meaning.
    Term(Id),
}

/// A sitting, as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Sitting {
    /// The questions to come, the present one first.
    pub pile: Vec<Question>,
    /// How many were right after their last miss.
    pub done: usize,
    /// Those that were missed at least once, in the order in which that happened.
    pub missed: Vec<Question>,
    /// The one that was answered last, and when: that answer can be taken back.
    pub last: Option<(u64, Question)>,
}

/// Why a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It was not asked before.
    New,
    /// It was missed so many times.
    Missed(u32),
    /// It was answered with doubt.
    Unsure,
    /// It may be forgotten by now: it was known so many days ago.
    Fading(u32),
}

impl Question {
    /// The name that its log is kept under. Authors' ids have no underscore, so no two questions share one.
    pub fn key(&self) -> Id {
        match self {
            Question::Choice(exercise) => exercise.clone(),
            Question::Item(exercise, item) | Question::Card(exercise, item) => [exercise, "_", item].concat().into(),
            Question::Meaning(term) => ["_", term, "_meaning"].concat().into(),
            Question::Term(term) => ["_", term].concat().into(),
        }
    }

    /// The same question as it was called in an exercise of that name, by its own name and by those of its item.
    pub(crate) fn renamed(&self, exercise: &Id, items: &[Id]) -> Vec<Question> {
        let each = |question: fn(Id, Id) -> Question, item: &Id| {
            [item].into_iter().chain(items).map(|item| question(exercise.clone(), item.clone())).collect()
        };
        match self {
            Question::Choice(_) => vec![Question::Choice(exercise.clone())],
            Question::Item(_, item) => each(Question::Item, item),
            Question::Card(_, item) => each(Question::Card, item),
            Question::Meaning(_) | Question::Term(_) => Vec::new(),
        }
    }

    /// The exercise that it is from, if it is from one.
    pub fn exercise<'a>(&self, course: &'a Plan) -> Option<&'a Exercise<bool>> {
        match self {
            Question::Choice(exercise) | Question::Item(exercise, _) | Question::Card(exercise, _) => {
                course.exercise(exercise)
            }
            Question::Meaning(_) | Question::Term(_) => None,
        }
    }

    /// How many options are to be picked; 0 of a card, which is rated by the learner.
    pub fn select(&self, course: &Plan) -> u32 {
        match (self, self.exercise(course).map(|exercise| exercise.kind)) {
            (Question::Card(..), _) => 0,
            (_, Some(Kind::Choice { select })) => select,
            _ => 1,
        }
    }

    /// The ids of its options, in the order of that seed: items of a choice, slots for an item, terms.
    pub fn options(&self, course: &Plan, seed: u32) -> Vec<Id> {
        match (self, self.exercise(course)) {
            (Question::Choice(_), Some(exercise)) => {
                exercise.items_in_order(seed).map(|item| item.id.clone()).collect()
            }
            (Question::Item(..), Some(exercise)) => exercise.slots_in_order(seed).map(|slot| slot.id.clone()).collect(),
            (Question::Meaning(term) | Question::Term(term), _) => among_terms(course, term, seed),
            _ => Vec::new(),
        }
    }

    fn accepts(&self, course: &Plan, option: &Id) -> bool {
        match (self, self.exercise(course)) {
            (Question::Choice(_), Some(exercise)) => {
                exercise.item(option).is_some_and(|option| !option.accepts.is_empty())
            }
            (Question::Item(_, item), Some(exercise)) => {
                exercise.item(item).is_some_and(|item| item.accepts.contains(option))
            }
            (Question::Meaning(term) | Question::Term(term), _) => term == option,
            _ => false,
        }
    }

    /// How an option fares in that answer. `None` of one that would have been right as well, where one is enough.
    pub fn mark(&self, course: &Plan, picked: &[Id], option: &Id) -> Option<Mark> {
        match (self.accepts(course, option), picked.contains(option)) {
            (true, true) => Some(Mark::Right),
            (false, true) => Some(Mark::Wrong),
            (false, false) => Some(Mark::Left),
            (true, false) => (!self.is_right(course, picked)).then_some(Mark::Missed),
        }
    }

    /// Whether that answer is right.
    pub fn is_right(&self, course: &Plan, picked: &[Id]) -> bool {
        picked.len() == self.select(course) as usize && picked.iter().all(|option| self.accepts(course, option))
    }
}

/// A term and some others, of its own module first.
fn among_terms(course: &Plan, term: &Id, seed: u32) -> Vec<Id> {
    let has = |module: &&Module<bool>| module.terms.iter().any(|known| known.id == *term);
    let of = |module: &Module<bool>| {
        let others: Vec<&Id> = module.terms.iter().map(|known| &known.id).filter(|known| *known != term).collect();
        shuffled(vec![false; others.len()], seed).into_iter().map(|at| others[at].clone()).collect::<Vec<Id>>()
    };
    let (own, foreign): (Vec<_>, Vec<_>) = course.modules.iter().partition(has);
    let others = own.into_iter().chain(foreign).flat_map(of).take(OPTIONS - 1);
    let options: Vec<Id> = others.chain([term.clone()]).collect();
    shuffled(vec![false; options.len()], seed).into_iter().map(|at| options[at].clone()).collect()
}

impl<T> Exercise<T> {
    /// What can be asked of it by itself, with the item that it is about; a whole order cannot.
    pub fn review_questions(&self) -> Vec<(Question, Option<&Item<T>>)> {
        let id = &self.id;
        let each = |question: fn(Id, Id) -> Question| {
            self.items.iter().map(|item| (question(id.clone(), item.id.clone()), Some(item))).collect()
        };
        match self.kind {
            Kind::Choice { .. } => vec![(Question::Choice(id.clone()), None)],
            Kind::Classification | Kind::Matching { .. } => each(Question::Item),
            Kind::Flashcards => each(Question::Card),
            Kind::Ordering => Vec::new(),
        }
    }
}

impl Progress {
    /// The retention that the learner wants.
    pub fn wanted_retention(&self) -> Retention {
        self.retention.map_or_else(Retention::default, |percent| Retention::new(f64::from(percent) / 100.0))
    }

    /// The log of that question, if it was ever answered.
    pub fn log(&self, question: &Question) -> Option<&Log> {
        self.reviews.get(&question.key())
    }

    /// How that question stands; `None` if it was not answered.
    pub fn standing(&self, question: &Question) -> Option<Standing> {
        self.log(question)?.standing(u64::MAX, self.wanted_retention())
    }

    /// How long each rating of now would have that question wait, from the worst to the best.
    pub fn waits(&self, question: &Question, now: u64) -> [Wait; 4] {
        self.log(question).unwrap_or(&Log::default()).waits(now, self.wanted_retention())
    }

    /// All questions of the course that were answered or may be asked for the first time, in the order of the course; each
    /// with its log, if it has one.
    pub fn questions(&self, course: &Plan) -> Vec<(Question, Option<&Log>)> {
        let with_log = |question: Question| {
            let log = self.log(&question);
            (question, log)
        };
        let is_answered = |(_, log): &(Question, Option<&Log>)| log.is_some_and(|log| log.first().is_some());
        let exercises =
            course.exercises().flat_map(|exercise| exercise.review_questions()).map(|(question, _)| with_log(question));
        let mut all: Vec<_> = exercises.filter(is_answered).collect();
        // First what each means, then the other way round: the one would give the other away.
        for ask in [Question::Meaning, Question::Term] {
            for module in &course.modules {
                let reached = self.has_reached_terms(module);
                let terms = module.terms.iter().map(|term| with_log(ask(term.id.clone())));
                all.extend(terms.filter(|term| reached || is_answered(term)));
            }
        }
        all
    }

    /// Whether anything can be due at all: something was answered, or there are terms to ask for the first time.
    pub(crate) fn may_be_due(&self, course: &Plan) -> bool {
        let has_terms = |module: &Module<bool>| !module.terms.is_empty() && self.has_reached_terms(module);
        !self.reviews.is_empty() || course.modules.iter().any(has_terms)
    }

    /// Whether the learner has seen all terms of a module: in a step that lists them, or else by opening all steps.
    fn has_reached_terms(&self, module: &Module<bool>) -> bool {
        let mut listing = module.steps.iter().filter(|step| step.blocks.contains(&Block::Glossary)).peekable();
        match listing.peek() {
            Some(_) => listing.any(|step| self.opened.contains(&step.id)),
            None => module.steps.iter().all(|step| self.opened.contains(&step.id)),
        }
    }

    /// What is to be asked at that time, the most urgent first: what was missed, then what is nearest to be forgotten, then
    /// some new terms.
    pub fn due(&self, course: &Plan, now: u64) -> Vec<Question> {
        self.due_among(&self.questions(course), now, u64::MAX).into_iter().cloned().collect()
    }

    /// How many questions are to be asked at that time, and the sitting that goes on, if one does.
    // Only what is not inlined can be loaded later.
    #[inline(never)]
    pub(crate) fn at_hand(&self, course: &Plan, now: u64) -> (u32, Option<Sitting>) {
        let questions = self.questions(course);
        (self.due_among(&questions, now, u64::MAX).len() as u32, self.sitting_among(&questions))
    }

    /// When each question that was answered is to be asked again, in milliseconds since 1970.
    pub(crate) fn due_times(&self, course: &Plan) -> Vec<u64> {
        let retention = self.wanted_retention();
        let due_at = |log: &Log| log.standing(u64::MAX, retention).map(|standing| standing.due_at());
        self.questions(course).into_iter().filter_map(|(_, log)| log.and_then(due_at)).collect()
    }

    /// How many terms are asked for the first time on the day that begins now, and on each of those after it.
    pub(crate) fn new_terms(&self, course: &Plan, now: u64) -> Vec<usize> {
        let questions = self.questions(course);
        let is_new = |question: &&Question| self.standing(question).is_none();
        let today = self.due_among(&questions, now, u64::MAX).into_iter().filter(is_new).count();
        let mut left = questions.iter().filter(|(question, _)| is_new(&question)).count() - today;
        let mut days = vec![today];
        while left > 0 {
            days.push(left.min(NEW_A_DAY));
            left = left.saturating_sub(NEW_A_DAY);
        }
        days
    }

    /// Which of those questions are to be asked at that time, as far as was known before that other one.
    fn due_among<'a>(&self, questions: &'a [(Question, Option<&Log>)], now: u64, before: u64) -> Vec<&'a Question> {
        let retention = self.wanted_retention();
        let (mut due, mut fresh, mut begun) = (Vec::<(f64, &Question)>::new(), Vec::new(), 0);
        for (question, log) in questions {
            let is_term = matches!(question, Question::Meaning(_) | Question::Term(_));
            match log.and_then(|log| Some((log.first()?, log.standing(before, retention)?))) {
                Some((first, standing)) => {
                    begun += usize::from(is_term && days_between(first, now) == 0);
                    if standing.is_due(now) {
                        let rank = if standing.last == Rating::Again { -1.0 } else { standing.retrievability(now) };
                        let at = due.partition_point(|(other, _)| *other <= rank);
                        due.insert(at, (rank, question));
                    }
                }
                None if is_term => fresh.push(question),
                None => {}
            }
        }
        let fresh = fresh.into_iter().take(NEW_A_DAY.saturating_sub(begun));
        due.into_iter().map(|(_, question)| question).chain(fresh).collect()
    }

    /// The sitting that goes on, if one does.
    pub fn sitting(&self, course: &Plan) -> Option<Sitting> {
        self.sitting_among(&self.questions(course))
    }

    fn sitting_among(&self, questions: &[(Question, Option<&Log>)]) -> Option<Sitting> {
        let since = self.sitting?;
        let due = self.due_among(questions, since, since).into_iter();
        let mut pile: Vec<Question> = due.take(LARGEST).cloned().collect();
        let all = pile.len();
        let mut missed = Vec::new();
        let answers = self.answers_since(&pile, since);
        let last = answers.last().map(|(at, _, question)| (*at, question.clone()));
        for (_, rating, question) in answers {
            let Some(at) = pile.iter().position(|waiting| *waiting == question) else { continue };
            pile.remove(at);
            if rating == Rating::Again {
                if !missed.contains(&question) {
                    missed.push(question.clone());
                }
                pile.insert(GAP.min(pile.len()), question);
            }
        }
        Some(Sitting { done: all - pile.len(), pile, missed, last })
    }

    /// The answers that those questions got since then, oldest first.
    fn answers_since(&self, questions: &[Question], since: u64) -> Vec<(u64, Rating, Question)> {
        let mut answers = Vec::new();
        for question in questions {
            let given = self.log(question).into_iter().flat_map(Log::answers).filter(|(at, _)| *at >= since);
            for (at, rating) in given {
                let place = answers.partition_point(|(other, _, _)| *other <= at);
                answers.insert(place, (at, rating, question.clone()));
            }
        }
        answers
    }

    /// Why that question is asked at that time.
    pub fn reason(&self, question: &Question, now: u64) -> Reason {
        match self.standing(question) {
            None => Reason::New,
            Some(standing) if standing.missed > 0 => Reason::Missed(standing.missed),
            Some(standing) if standing.last == Rating::Hard => Reason::Unsure,
            Some(standing) => Reason::Fading(days_between(standing.at, now)),
        }
    }

    /// In what order the options of that question stand: another one at each time that it is asked.
    pub fn seed_of(&self, question: &Question) -> u32 {
        let answers = self.log(question).map_or(0, |log| log.answers().count() as u32);
        question.key().bytes().fold(answers + 1, |seed, byte| seed.wrapping_mul(31).wrapping_add(byte.into())).max(1)
    }
}
