//! When to ask again: FSRS-6, the [Free Spaced Repetition Scheduler](https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm),
//! with its published formulas and default parameters.
//!
//! A memory has a *stability*, the days after which it is recalled with a probability of 90 %, and a *difficulty* from 1 to
//! 10. Each review changes both. Results are rounded to eight decimals at the same places as in ts-fsrs 5.4.1, whose
//! numbers are the reference of the tests.

/// The default parameters of FSRS-6, as the formulas number them.
const W: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// The least stability, in days.
const LEAST: f64 = 0.001;
/// The greatest stability, and the longest interval, in days: a hundred years.
const MOST: f64 = 36_500.0;

/// How well an answer was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rating {
    /// Not known.
    Again = 1,
    /// Known with effort.
    Hard,
    /// Known.
    Good,
    /// Known at once.
    Easy,
}

impl Rating {
    /// All of them, from the worst to the best.
    pub const ALL: [Rating; 4] = [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy];

    /// The rating of that grade, from 1 to 4; for 0, none at all. `None` of anything else.
    pub(crate) fn from_grade(grade: u32) -> Option<Option<Rating>> {
        match grade {
            0 => Some(None),
            _ => Rating::ALL.get(grade as usize - 1).copied().map(Some),
        }
    }

    fn grade(self) -> f64 {
        f64::from(self as u8)
    }
}

/// The probability with which a learner wants to know an answer when it is asked again: from 0.7 to 0.99.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Retention(f64);

impl Retention {
    /// As near to that as is allowed; the usual one for what is no number.
    pub fn new(retention: f64) -> Retention {
        if retention.is_nan() { Retention::default() } else { Retention(retention.clamp(0.7, 0.99)) }
    }

    /// The same in whole percent.
    pub fn percent(self) -> u32 {
        (self.0 * 100.0).round() as u32
    }
}

impl Default for Retention {
    fn default() -> Retention {
        Retention(0.9)
    }
}

/// How well something is remembered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Memory {
    /// After so many days it is recalled with a probability of 90 %: from 0.001 to 36,500.
    pub stability: f64,
    /// How hard it is to keep: from 1 to 10.
    pub difficulty: f64,
}

impl Memory {
    /// After the first answer.
    pub fn first(rating: Rating) -> Memory {
        let stability = W[rating as usize - 1].max(0.1);
        Memory { stability, difficulty: first_difficulty(rating).clamp(1.0, 10.0) }
    }

    /// After another answer, so many days later; 0 for one of the same day.
    #[must_use]
    pub fn after(self, days: u32, rating: Rating) -> Memory {
        let stability = match (days, rating) {
            (0, _) => self.same_day(rating),
            (_, Rating::Again) => self.forgotten(days),
            _ => self.recalled(days, rating),
        };
        Memory { stability, difficulty: self.difficulty_after(rating) }
    }

    /// The probability that it is recalled after so many days: from 0 to 1.
    pub fn retrievability(self, days: u32) -> f64 {
        rounded((1.0 + factor() * f64::from(days) / self.stability).powf(-W[20]))
    }

    /// In how many days to ask again, so that it is recalled with that probability: from 1 to 36,500.
    pub fn interval(self, retention: Retention) -> u32 {
        let modifier = rounded((retention.0.powf(1.0 / -W[20]) - 1.0) / factor());
        (self.stability * modifier).round().clamp(1.0, MOST) as u32
    }

    fn same_day(self, rating: Rating) -> f64 {
        let increase = self.stability.powf(-W[19]) * (W[17] * (rating.grade() - 3.0 + W[18])).exp();
        bounded(self.stability * if rating == Rating::Again { increase } else { increase.max(1.0) })
    }

    fn forgotten(self, days: u32) -> f64 {
        let Memory { stability, difficulty } = self;
        let forgetting = (W[14] * (1.0 - self.retrievability(days))).exp();
        let after = W[11] * difficulty.powf(-W[12]) * ((stability + 1.0).powf(W[13]) - 1.0) * forgetting;
        rounded(stability / (W[17] * W[18]).exp()).max(LEAST).min(bounded(after))
    }

    fn recalled(self, days: u32, rating: Rating) -> f64 {
        let Memory { stability, difficulty } = self;
        let factor = match rating {
            Rating::Hard => W[15],
            Rating::Easy => W[16],
            Rating::Again | Rating::Good => 1.0,
        };
        let spacing = (W[10] * (1.0 - self.retrievability(days))).exp() - 1.0;
        let increase = W[8].exp() * (11.0 - difficulty) * stability.powf(-W[9]) * spacing * factor;
        bounded(stability * (1.0 + increase))
    }

    fn difficulty_after(self, rating: Rating) -> f64 {
        let change = -W[6] * (rating.grade() - 3.0);
        let damped = self.difficulty + rounded(change * (10.0 - self.difficulty) / 9.0);
        rounded(W[7] * first_difficulty(Rating::Easy) + (1.0 - W[7]) * damped).clamp(1.0, 10.0)
    }
}

/// In how many days *hard*, *good* and *easy* would ask again: later for a better one, as ts-fsrs has it where what was
/// missed is asked again on the same day; but *good* may be as soon as *hard* where it has not lasted a night.
/// `memory` is that of before, and so many days old; none for something new.
pub fn intervals(memory: Option<(Memory, u32)>, retention: Retention) -> [u32; 3] {
    let interval = |rating: Rating| {
        let next = memory.map_or_else(|| Memory::first(rating), |(memory, days)| memory.after(days, rating));
        next.interval(retention)
    };
    let [hard, good, easy] = [Rating::Hard, Rating::Good, Rating::Easy].map(interval);
    let hard = hard.min(good);
    // What was missed today and is known now is weak, and one day more than for *hard* would be twice as long.
    let lasted = memory.is_some_and(|(_, days)| days > 0);
    let good = if lasted { good.max(hard + 1) } else { good };
    [hard, good, easy.max(good + 1)]
}

fn first_difficulty(rating: Rating) -> f64 {
    rounded(W[4] - ((rating.grade() - 1.0) * W[5]).exp() + 1.0)
}

fn factor() -> f64 {
    rounded((0.9_f64.ln() / -W[20]).exp() - 1.0)
}

fn bounded(stability: f64) -> f64 {
    rounded(stability.clamp(LEAST, MOST))
}

/// To eight decimals.
fn rounded(number: f64) -> f64 {
    (number * 1e8).round() / 1e8
}
