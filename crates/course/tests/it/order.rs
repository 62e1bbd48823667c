use crate::{course, exercise};
use course::{
    exercise::Exercise,
    progress::{Phase, Progress},
    study::{Msg, Study},
};
use proptest::prelude::*;

fn options(exercise: &Exercise<bool>, seed: u32) -> String {
    exercise.items_in_order(seed).map(|item| &*item.id).collect::<Vec<_>>().join(" ")
}

fn answers(exercise: &Exercise<bool>, seed: u32) -> String {
    exercise.slots_in_order(seed).map(|slot| &*slot.id).collect::<Vec<_>>().join(" ")
}

#[test]
fn g10_the_first_try_keeps_the_authors_order() {
    assert_eq!(options(&exercise("two-of-four"), 0), "a b c d");
    assert_eq!(answers(&exercise("pairs"), 0), "tls kms spare");
}

#[test]
fn g10_a_seed_gives_the_same_order_on_every_machine() {
    // As another program computed it: whoever changes the method changes what learners see after an update.
    let orders: Vec<String> = (1..5).map(|seed| options(&exercise("two-of-four"), seed)).collect();
    assert_eq!(orders, ["a c d b", "b d a c", "a b c d", "b c d a"]);
}

#[test]
fn g10_only_options_answers_and_cards_are_shuffled() {
    for seed in 1..50 {
        assert_eq!(options(&exercise("duties"), seed), options(&exercise("duties"), 0));
        assert_eq!(options(&exercise("pairs"), seed), options(&exercise("pairs"), 0), "prompts stay");
        assert_eq!(answers(&exercise("duties"), seed), answers(&exercise("duties"), 0), "categories stay");
    }
    assert_eq!(options(&exercise("terms"), 0), "c1 c2 c3 c4 c5 c6");
    assert_eq!(options(&exercise("terms"), 1), "c1 c6 c3 c2 c5 c4");
}

#[test]
fn g10_trying_again_gives_another_order_that_stays_with_the_answer() {
    let mut study = Study::new(course(), Progress::new(&course()), None);
    let seed = |study: &Study| study.record(&exercise("one-of-three")).seed;
    let msgs = |study: &mut Study, now: u64| {
        for msg in [
            Msg::Placed { exercise: "one-of-three".into(), item: "a".into(), slot: Some("picked".into()) },
            Msg::Checked { exercise: "one-of-three".into(), anyway: false },
        ] {
            *study = study.update(&msg, now).unwrap();
        }
    };
    for now in [1_000, 2_000, 77_777, 1 << 53] {
        let before = seed(&study);
        msgs(&mut study, now);
        assert_eq!(seed(&study), before, "not while an attempt goes on");
        study = study.update(&Msg::Retried("one-of-three".into()), now).unwrap();
        let exercise = exercise("one-of-three");
        assert_ne!(options(&exercise, seed(&study)), options(&exercise, before));
        let json = study.progress.write::<serde_json::Value>();
        let read = Progress::read(&json).unwrap();
        assert_eq!(read.record("one-of-three").unwrap().seed, seed(&study));
        assert_eq!(study.record(&exercise).phase, Phase::Open);
    }
}

proptest! {
    #[test]
    fn g10_every_order_has_each_option_once_and_fixed_ones_in_their_places(seed in any::<u32>(), fixed in 0u8..16) {
        let mut exercise = exercise("two-of-four");
        for (at, item) in exercise.items.iter_mut().enumerate() {
            item.fixed = fixed & (1 << at) != 0;
        }
        let order: Vec<_> = exercise.items_in_order(seed).collect();
        for (at, item) in exercise.items.iter().enumerate() {
            prop_assert_eq!(order.iter().filter(|other| other.id == item.id).count(), 1);
            prop_assert!(!item.fixed || order[at].id == item.id);
        }
    }

    #[test]
    fn g10_the_next_order_is_another_where_there_is_one(last in any::<u32>(), start in any::<u32>()) {
        let exercise = exercise("two-of-four");
        let next = exercise.next_seed(last, start);
        prop_assert_ne!(options(&exercise, next), options(&exercise, last));
    }
}
