use course::{
    fsrs::{Memory, Rating, Retention, intervals},
    recall::days_between,
};
use proptest::prelude::*;
use serde_json::Value;

/// What ts-fsrs 5.4.1 makes of some series of reviews, with its default parameters and no fuzz: for each review the days
/// since the last one, the rating, and then stability, difficulty, the retrievability before it, and the next interval.
const REFERENCE: &str = include_str!("fsrs.json");

fn rating(number: u64) -> Rating {
    Rating::ALL[number as usize - 1]
}

#[track_caller]
fn check(found: f64, expect: &Value, what: &str) {
    let expect = expect.as_f64().unwrap();
    assert!((found - expect).abs() < 1e-6 * expect.abs().max(1.0), "{what}: {found} and not {expect}");
}

#[test]
fn fc6_the_numbers_are_those_of_ts_fsrs() {
    let reference: Value = serde_json::from_str(REFERENCE).unwrap();
    let mut reviewed = 0;
    for series in reference["reviews"].as_array().unwrap() {
        let retention = Retention::new(series["retention"].as_f64().unwrap());
        let mut memory: Option<Memory> = None;
        for review in series["reviews"].as_array().unwrap() {
            let [days, grade, stability, difficulty, retrievability, interval] = &review.as_array().unwrap()[..] else {
                panic!("{review}")
            };
            let (days, grade) = (days.as_u64().unwrap() as u32, rating(grade.as_u64().unwrap()));
            if let Some(memory) = memory {
                check(memory.retrievability(days), retrievability, "retrievability");
            }
            let next = memory.map_or_else(|| Memory::first(grade), |memory| memory.after(days, grade));
            check(next.stability, stability, "stability");
            check(next.difficulty, difficulty, "difficulty");
            assert_eq!(u64::from(next.interval(retention)), interval.as_u64().unwrap());
            memory = Some(next);
            reviewed += 1;
        }
    }
    assert_eq!(reviewed, 60 * 7);
}

#[test]
fn fc6_a_clock_that_was_set_back_or_moved_to_another_zone_makes_no_strange_interval() {
    assert_eq!(days_between(5_000, 4_000), 0);
    assert_eq!(days_between(0, 17 * 3_600_000), 0);
    assert_eq!(days_between(0, 18 * 3_600_000), 1);
    assert_eq!(days_between(0, 2 * 86_400_000), 2);
    assert_eq!(days_between(0, u64::MAX), u32::MAX);
    assert_eq!(Retention::new(f64::NAN), Retention::default());
    assert_eq!(Retention::new(2.0), Retention::new(0.99));
}

#[test]
fn fc6_what_was_missed_and_then_known_on_the_same_day_comes_back_on_the_next() {
    let missed = Memory::first(Rating::Again);
    assert_eq!(intervals(Some((missed, 0)), Retention::default()), [1, 1, 2]);
    assert_eq!(intervals(Some((missed, 1)), Retention::default())[..2], [1, 2]);
}

proptest! {
    #[test]
    fn fc6_intervals_never_shrink_for_a_better_rating_nor_grow_for_again(
        reviews in prop::collection::vec((0u32..2_000, 1u64..=4), 1..20),
        later in 0u32..5_000,
        retention in 0.0f64..1.0,
    ) {
        let retention = Retention::new(retention);
        let mut memory = Memory::first(rating(reviews[0].1));
        for (days, grade) in &reviews[1..] {
            memory = memory.after(*days, rating(*grade));
            prop_assert!((0.001..=36_500.0).contains(&memory.stability), "{memory:?}");
            prop_assert!((1.0..=10.0).contains(&memory.difficulty), "{memory:?}");
            prop_assert!((1..=36_500).contains(&memory.interval(retention)), "{memory:?}");
        }
        prop_assert!((0.0..=1.0).contains(&memory.retrievability(later)));
        prop_assert!(memory.after(later, Rating::Again).stability <= memory.stability);
        prop_assert!(memory.after(later, Rating::Again).interval(retention) <= memory.interval(retention));
        let known = Rating::ALL.map(|rating| memory.after(later, rating).stability);
        prop_assert!(known.is_sorted(), "{known:?}");
        for offered in [intervals(None, retention), intervals(Some((memory, later)), retention)] {
            prop_assert!(offered[0] <= offered[1] && offered[1] < offered[2], "{offered:?}");
        }
        let [hard, good, _] = intervals(Some((memory, later)), retention);
        prop_assert!(later == 0 || hard < good, "{hard} {good}");
    }
}
