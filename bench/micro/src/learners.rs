//! Simulated learners: what the review does to people who forget, over half a year.
//!
//! They read a step a day and answer its exercises rightly, then review what is due, by the same functions as the page:
//! [`Study::update`] and nothing else. What they remember follows the curve of FSRS-6, but with parameters of their own,
//! which the schedule does not know. Whether they recall something is chance, from a seed: the same seed gives the same
//! half year. They never guess, so what they know is a little less than what people with four options would have right.

use crate::subjects;
use course::{
    Id,
    course::Plan,
    fsrs::{Memory, Rating},
    place::Place,
    progress::Progress,
    review::Question,
    sitting::Move,
    study::{Msg, Study},
};
use std::{collections::HashMap, rc::Rc};

/// How many days are simulated.
const DAYS: usize = 180;

/// How many learners of each kind.
const EACH: u64 = 8;

/// The modules of the course that they learn, and the exercises in each.
const COURSE: (usize, usize) = (2, 10);

const HOUR: u64 = 3_600_000;
const DAY: u64 = 24 * HOUR;

/// When everything begins, in milliseconds since 1970: a Monday at midnight.
const BEGIN: u64 = 1_798_416_000_000;

/// How long one answer takes.
const ANSWER: u64 = 15_000;

/// The parameters that the schedule believes in.
const BELIEVED: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// A kind of learner.
struct Habit {
    name: &'static str,
    /// The retention that is wanted, in percent.
    wanted: u32,
    /// How much longer than the schedule believes they remember.
    memory: f64,
    /// How far each of their parameters is from what is believed, as a share of it.
    noise: f64,
    /// Whether they leave out the weekends.
    rests: bool,
    /// Whether they take the [`BREAK`].
    pauses: bool,
    /// How many sittings of twenty they do in a day at most.
    sittings: usize,
}

const EVERY_DAY: Habit = Habit {
    name: "as believed, every day",
    wanted: 90,
    memory: 1.0,
    noise: 0.0,
    rests: false,
    pauses: false,
    sittings: 9,
};

const HABITS: [Habit; 10] = [
    EVERY_DAY,
    Habit { name: "each of their own, every day", noise: 0.2, ..EVERY_DAY },
    Habit { name: "want 80 %", wanted: 80, noise: 0.2, ..EVERY_DAY },
    Habit { name: "want 85 %", wanted: 85, noise: 0.2, ..EVERY_DAY },
    Habit { name: "want 95 %", wanted: 95, noise: 0.2, ..EVERY_DAY },
    Habit { name: "forget twice as fast", memory: 0.5, noise: 0.2, ..EVERY_DAY },
    Habit { name: "forget half as fast", memory: 2.0, noise: 0.2, ..EVERY_DAY },
    Habit { name: "no weekends", noise: 0.2, rests: true, ..EVERY_DAY },
    Habit { name: "one sitting a day", noise: 0.2, sittings: 1, ..EVERY_DAY },
    Habit { name: "three weeks off, one sitting a day", noise: 0.2, pauses: true, sittings: 1, ..EVERY_DAY },
];

/// The days of the break.
const BREAK: std::ops::Range<usize> = 60..81;

/// What became of one learner, or of several.
#[derive(Default)]
struct Outcome {
    /// How many questions were asked on a later day than the last time, and how many of them were known.
    asked: u32,
    known: u32,
    /// The answers given on each day on which they reviewed.
    answers: Vec<u32>,
    /// What was due before the review of each day.
    due: Vec<u32>,
}

/// The table of all of them in Markdown, line by line.
pub fn table() -> impl Iterator<Item = String> {
    let course = Rc::new(subjects::course(COURSE.0, COURSE.1).plan());
    let head = String::from(
        "| Learners | wanted | known when asked | answers a day: median | 95th percentile | due at most | due after the \
         break | days until worked off |\n|---|--:|--:|--:|--:|--:|--:|--:|",
    );
    [head].into_iter().chain(HABITS.iter().map(move |habit| {
        let half_a_year = |seed| Learner::new(&course, habit, seed).half_a_year();
        row(habit, &(1..=EACH).map(half_a_year).collect::<Vec<Outcome>>())
    }))
}

fn row(habit: &Habit, outcomes: &[Outcome]) -> String {
    let [asked, known] =
        [|one: &Outcome| one.asked, |one: &Outcome| one.known].map(|of| outcomes.iter().map(of).sum::<u32>());
    let mut answers: Vec<u32> = outcomes.iter().flat_map(|one| one.answers.iter().copied()).collect();
    answers.sort_unstable();
    let at = |percent: usize| answers[(answers.len() - 1) * percent / 100];
    let most = outcomes.iter().flat_map(|one| one.due.iter().copied()).max().unwrap_or_default();
    let median = |mut of: Vec<usize>| {
        of.sort_unstable();
        of[of.len() / 2].to_string()
    };
    let after = |of: fn(&Outcome) -> usize| {
        if habit.pauses { median(outcomes.iter().map(of).collect()) } else { "–".to_owned() }
    };
    format!(
        "| {} | {} % | {:.1} % | {} | {} | {most} | {} | {} |",
        habit.name,
        habit.wanted,
        100.0 * f64::from(known) / f64::from(asked),
        at(50),
        at(95),
        after(|one| one.due[BREAK.end] as usize),
        after(Outcome::worked_off),
    )
}

impl Outcome {
    /// After how many days since the break no more was due than one sitting has.
    fn worked_off(&self) -> usize {
        self.due[BREAK.end..].iter().position(|due| *due <= 20).unwrap_or(DAYS)
    }
}

/// One learner, with a memory and habits.
struct Learner<'a> {
    habit: &'a Habit,
    chance: Chance,
    forgetting: Forgetting,
    /// What is remembered of each question, and since when.
    memories: HashMap<Id, (Memory, u64)>,
    study: Study,
    now: u64,
    outcome: Outcome,
}

impl<'a> Learner<'a> {
    fn new(course: &Rc<Plan>, habit: &'a Habit, seed: u64) -> Learner<'a> {
        let mut chance = Chance(seed);
        let forgetting = Forgetting::of(habit, &mut chance);
        let study = Study::new(course.clone(), Progress::new(course), None);
        let mut learner = Learner {
            habit,
            chance,
            forgetting,
            memories: HashMap::new(),
            study,
            now: BEGIN,
            outcome: Outcome::default(),
        };
        learner.does(Msg::Review(Move::Retain(habit.wanted)));
        learner
    }

    fn half_a_year(mut self) -> Outcome {
        let course = self.study.course.clone();
        let mut steps = course.steps().map(|(_, step)| step);
        for day in 0..DAYS {
            // In the evening, now a little sooner and now a little later.
            self.now = BEGIN + day as u64 * DAY + 17 * HOUR + self.chance.below(3 * HOUR);
            self.study = self.study.clone().at(self.now);
            self.outcome.due.push(self.study.due);
            if self.habit.rests && day % 7 > 4 || self.habit.pauses && BREAK.contains(&day) {
                continue;
            }
            let answers = self.review();
            self.outcome.answers.push(answers);
            if let Some(step) = steps.next() {
                self.does(Msg::Went(Place::Step(step.id.clone())));
                for exercise in step.exercises() {
                    subjects::messages(exercise).into_iter().for_each(|msg| self.does(msg));
                    for (question, _) in exercise.review_questions() {
                        self.learns(&question, Rating::Good);
                    }
                }
            }
        }
        self.outcome
    }

    /// Works off what is due, as far as one wants to in a day. Tells how many answers that took.
    fn review(&mut self) -> u32 {
        let mut answers = 0;
        for _ in 0..self.habit.sittings {
            if self.study.due == 0 {
                break;
            }
            self.does(Msg::Review(Move::Begin));
            while let Some(asked) = self.study.asked() {
                self.answer(&asked.question, asked.seed);
                answers += 1;
            }
            self.does(Msg::Review(Move::End));
        }
        answers
    }

    fn answer(&mut self, question: &Question, seed: u32) {
        let course = self.study.course.clone();
        let rating = self.recalls(question);
        if question.select(&course) == 0 {
            self.does(Msg::Review(Move::Check));
            self.does(Msg::Review(Move::Rate(rating)));
        } else {
            for option in picks(question, &course, seed, rating != Rating::Again) {
                self.does(Msg::Review(Move::Pick(option)));
            }
            self.does(Msg::Review(Move::Check));
            self.does(Msg::Review(Move::Next));
        }
        self.learns(question, rating);
        self.now += ANSWER;
    }

    /// How well it is known now: by chance, as likely as it is remembered. What was never seen is known by every second.
    fn recalls(&mut self, question: &Question) -> Rating {
        let (likely, later) = match self.memories.get(&question.key()) {
            Some((memory, at)) => {
                let days = (self.now - at) as f64 / DAY as f64;
                (self.forgetting.recall(*memory, days), days > 0.5)
            }
            None => (0.5, false),
        };
        let known = self.chance.part() < likely;
        self.outcome.asked += u32::from(later);
        self.outcome.known += u32::from(later && known);
        match (known, self.chance.below(10)) {
            (false, _) => Rating::Again,
            // Only cards are rated by the learner.
            (true, 0) if matches!(question, Question::Card(..)) => Rating::Hard,
            (true, 1) if matches!(question, Question::Card(..)) => Rating::Easy,
            (true, _) => Rating::Good,
        }
    }

    fn learns(&mut self, question: &Question, rating: Rating) {
        let (now, forgetting) = (self.now, &self.forgetting);
        let known = self.memories.get(&question.key());
        let memory = match known {
            Some((memory, at)) => forgetting.after(*memory, (now - at) as f64 / DAY as f64, rating),
            None => forgetting.first(rating),
        };
        self.memories.insert(question.key(), (memory, now));
    }

    fn does(&mut self, msg: Msg) {
        if let Some(study) = self.study.update(&msg, self.now) {
            self.study = study;
        }
    }
}

/// Options that are right, or are not.
fn picks(question: &Question, course: &Plan, seed: u32, right: bool) -> Vec<Id> {
    let options = question.options(course, seed);
    let select = question.select(course) as usize;
    let alone = |option: &&Id| question.mark(course, &[(*option).clone()], option) == Some(course::answer::Mark::Right);
    let (good, bad): (Vec<&Id>, Vec<&Id>) = options.iter().partition(alone);
    let (first, rest) = if right { (good, bad) } else { (bad, good) };
    first.into_iter().chain(rest).take(select).cloned().collect()
}

/// How somebody forgets: FSRS-6 with parameters of their own, in days and parts of them.
struct Forgetting([f64; 21]);

impl Forgetting {
    fn of(habit: &Habit, chance: &mut Chance) -> Forgetting {
        let mut w = BELIEVED.map(|believed| believed * (1.0 + habit.noise * (2.0 * chance.part() - 1.0)));
        w[..4].iter_mut().for_each(|stability| *stability *= habit.memory);
        // How much longer it is remembered after each recall.
        w[8] += habit.memory.ln() / 2.0;
        Forgetting(w)
    }

    fn recall(&self, memory: Memory, days: f64) -> f64 {
        let decay = -self.0[20];
        let factor = 0.9_f64.powf(1.0 / decay) - 1.0;
        (1.0 + factor * days / memory.stability).powf(decay)
    }

    fn first(&self, rating: Rating) -> Memory {
        Memory { stability: self.0[rating as usize - 1], difficulty: self.first_difficulty(rating).clamp(1.0, 10.0) }
    }

    fn first_difficulty(&self, rating: Rating) -> f64 {
        self.0[4] - (self.0[5] * (f64::from(rating as u8) - 1.0)).exp() + 1.0
    }

    fn after(&self, memory: Memory, days: f64, rating: Rating) -> Memory {
        let w = &self.0;
        let Memory { stability: s, difficulty: d } = memory;
        let grade = f64::from(rating as u8);
        let unknown = 1.0 - self.recall(memory, days);
        let stability = match rating {
            _ if days < 0.5 => {
                let increase = s.powf(-w[19]) * (w[17] * (grade - 3.0 + w[18])).exp();
                s * if rating == Rating::Again { increase } else { increase.max(1.0) }
            }
            Rating::Again => s.min(w[11] * d.powf(-w[12]) * ((s + 1.0).powf(w[13]) - 1.0) * (w[14] * unknown).exp()),
            _ => {
                let factor = [1.0, w[15], 1.0, w[16]][rating as usize - 1];
                s * (1.0 + w[8].exp() * (11.0 - d) * s.powf(-w[9]) * ((w[10] * unknown).exp() - 1.0) * factor)
            }
        };
        let damped = d - w[6] * (grade - 3.0) * (10.0 - d) / 9.0;
        let difficulty = w[7] * self.first_difficulty(Rating::Easy) + (1.0 - w[7]) * damped;
        Memory { stability: stability.clamp(0.001, 36_500.0), difficulty: difficulty.clamp(1.0, 10.0) }
    }
}

/// Chance that can be had again: SplitMix64.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_as_believed_forgets_as_the_schedule_says() {
        let forgetting = Forgetting::of(&EVERY_DAY, &mut Chance(1));
        for first in Rating::ALL {
            let (mut believed, mut own) = (Memory::first(first), forgetting.first(first));
            for (days, rating) in [
                (0, Rating::Good),
                (2, Rating::Good),
                (9, Rating::Again),
                (0, Rating::Again),
                (4, Rating::Easy),
                (60, Rating::Hard),
            ] {
                let [known, is] = [believed.retrievability(days), forgetting.recall(own, f64::from(days))];
                assert!((known - is).abs() < 1e-4, "{first:?} {days}: {known} {is}");
                (believed, own) = (believed.after(days, rating), forgetting.after(own, f64::from(days), rating));
                assert!(
                    (believed.stability / own.stability - 1.0).abs() < 1e-4,
                    "{first:?} {rating:?}: {believed:?} {own:?}"
                );
            }
        }
    }
}
