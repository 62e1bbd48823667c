use crate::{COURSE, answer, exercise, plan, text};
use course::{
    answer::{Answer, Score},
    exercise::Exercise,
};
use proptest::prelude::*;

#[track_caller]
fn check(id: &str, given: &str, right: u32, of: u32) {
    assert_eq!(exercise(id).grade(&answer(given)), Score { right, of }, "{id}: {given}");
}

#[test]
fn cl6_cl7_classification_gives_a_mark_for_each_item_in_any_of_its_categories() {
    check("duties", "", 0, 3);
    check("duties", "disk>aws", 1, 3);
    check("duties", "disk>you data>you", 1, 3);
    check("duties", "disk>aws data>you training>aws", 3, 3);
    check("duties", "disk>aws data>you training>you", 3, 3);
}

#[test]
fn ma7_matching_gives_a_mark_for_each_right_pair() {
    check("pairs", "sniff>tls", 1, 2);
    check("pairs", "sniff>kms theft>tls", 0, 2);
    check("pairs", "sniff>tls theft>kms", 2, 2);
}

#[test]
fn an_ordering_gives_a_mark_for_each_item_at_its_position() {
    check("ladder", "", 0, 3);
    check("ladder", "ec2>position-1 rds>position-2 s3>position-3", 3, 3);
    check("ladder", "ec2>position-1 s3>position-2 rds>position-3", 1, 3);
    check("ladder", "s3>position-1 ec2>position-2 rds>position-3", 0, 3);
}

#[test]
fn mc3_a_choice_is_exact_or_nothing() {
    check("one-of-three", "", 0, 1);
    check("one-of-three", "a>picked", 0, 1);
    check("one-of-three", "b>picked", 1, 1);
    check("two-of-four", "a>picked", 0, 1);
    check("two-of-four", "a>picked b>picked", 0, 1);
    check("two-of-four", "a>picked b>picked c>picked", 0, 1);
    check("two-of-four", "c>picked a>picked", 1, 1);
}

#[test]
fn items_and_slots_of_other_versions_earn_nothing() {
    check("duties", "gone>aws disk>gone data>you", 1, 3);
}

#[track_caller]
fn places(id: &str, given: &str, item: &str, slot: Option<&str>, expect: &str) {
    let placed = exercise(id).place(&answer(given), item, slot);
    let got = placed.map_or("nothing".to_owned(), |placed| {
        let displaced = placed.displaced.map(|item| format!(" displacing {item}")).unwrap_or_default();
        text(&placed.answer) + &displaced
    });
    assert_eq!(got, expect);
}

#[test]
fn an_item_has_one_place() {
    places("duties", "disk>aws", "disk", Some("you"), "disk>you");
    places("duties", "disk>aws data>aws", "disk", None, "data>aws");
    places("duties", "disk>aws", "disk", Some("aws"), "nothing");
    places("duties", "", "disk", None, "nothing");
    places("duties", "", "ghost", Some("aws"), "nothing");
    places("duties", "", "disk", Some("ghost"), "nothing");
}

#[test]
fn an_answer_used_once_moves_and_an_option_replaces_the_other() {
    places("pairs", "sniff>tls", "theft", Some("tls"), "theft>tls displacing sniff");
    places("one-of-three", "a>picked", "b", Some("picked"), "b>picked displacing a");
    places("two-of-four", "a>picked b>picked", "c", Some("picked"), "a>picked b>picked c>picked");
}

#[test]
fn every_rating_of_a_card_is_kept() {
    places("terms", "c1>again", "c1", Some("got-it"), "c1>again c1>got-it");
}

#[test]
fn missing_counts_what_is_still_to_be_placed() {
    let missing = |id: &str, given: &str| exercise(id).missing(&answer(given));
    assert_eq!(missing("duties", "disk>aws"), 2);
    assert_eq!(missing("duties", "gone>aws"), 3);
    assert_eq!(missing("one-of-three", ""), 1);
    assert_eq!(missing("two-of-four", "a>picked b>picked c>picked"), -1);
}

#[test]
fn the_key_version_follows_the_key_and_not_the_wording() {
    let worded = plan(&COURSE.replace("Disks", "Hard disks"));
    assert_eq!(worded.exercise("duties").unwrap().key_version(), exercise("duties").key_version());
    let mut keyed = exercise("duties");
    keyed.items[0].accepts = vec!["you".into()];
    assert_ne!(keyed.key_version(), exercise("duties").key_version());
}

#[test]
fn ma7_a_particular_wrong_slot_has_its_own_feedback() {
    let exercise = exercise("pairs");
    let has_its_own = |slot: &str| exercise.items[0].misplaced_in(slot).is_some_and(|misplaced| misplaced.feedback);
    assert_eq!((has_its_own("kms"), has_its_own("spare")), (true, false));
}

const KINDS: [&str; 5] = ["duties", "pairs", "one-of-three", "two-of-four", "terms"];

fn any_exercise_and_answer() -> impl Strategy<Value = (Exercise<bool>, Answer)> {
    prop::sample::select(&KINDS[..]).prop_map(exercise).prop_flat_map(|exercise| {
        let answers = any_answer(&exercise);
        (Just(exercise), answers)
    })
}

fn any_answer(exercise: &Exercise<bool>) -> impl Strategy<Value = Answer> + use<> {
    let ids = |ids: Vec<course::Id>| prop::sample::select(ids.iter().map(|id| id.to_string()).collect::<Vec<_>>());
    let items = ids(exercise.items.iter().map(|item| item.id.clone()).chain(["ghost".into()]).collect());
    let slots = ids(exercise.slots.iter().map(|slot| slot.id.clone()).chain(["ghost".into()]).collect());
    prop::collection::vec((items, slots), 0..12)
        .prop_map(|pairs| answer(&pairs.iter().map(|(item, slot)| format!("{item}>{slot} ")).collect::<String>()))
}

proptest! {
    #[test]
    fn a_grade_is_within_its_bounds_and_only_the_key_is_full((exercise, given) in any_exercise_and_answer()) {
        let score = exercise.grade(&given);
        prop_assert!(score.right <= score.of && score.of > 0);
        prop_assert!(exercise.grade(&exercise.key()).is_full());
        prop_assert!(!exercise.grade(&Answer::default()).is_full());
    }

    #[test]
    fn placing_never_leaves_an_item_twice_nor_two_in_a_slot_for_one(moves in prop::collection::vec((0usize..3, 0usize..4), 0..20)) {
        let exercise = exercise("pairs");
        let mut given = Answer::default();
        for (item, slot) in moves {
            let item = ["sniff", "theft", "ghost"][item];
            let slot = [None, Some("tls"), Some("kms"), Some("spare")][slot];
            if let Some(placed) = exercise.place(&given, item, slot) {
                given = placed.answer;
            }
            let mut items: Vec<_> = given.placements.iter().map(|placement| placement.item.clone()).collect();
            let mut slots: Vec<_> = given.placements.iter().map(|placement| placement.slot.clone()).collect();
            let n = items.len();
            items.sort();
            items.dedup();
            slots.sort();
            slots.dedup();
            prop_assert_eq!((items.len(), slots.len()), (n, n));
        }
    }
}
