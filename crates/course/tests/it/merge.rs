use crate::course;
use course::{
    Id,
    answer::{Answer, Placement, Score},
    merge::News,
    progress::{Phase, Progress, Record},
    study::{Msg, Notice, Study},
};
use proptest::prelude::*;
use std::rc::Rc;

fn ids() -> impl Strategy<Value = Vec<Id>> {
    prop::collection::vec(prop::sample::select(&["a", "b", "c"][..]).prop_map(Id::from), 0..3)
}

fn score() -> impl Strategy<Value = Option<Score>> {
    prop::option::of((0u32..3).prop_map(|right| Score { right, of: 3 }))
}

fn record() -> impl Strategy<Value = Record> {
    let phase = prop::sample::select(&[Phase::Open, Phase::Checked, Phase::Solved][..]);
    let numbers = (0u32..2, 0u32..3, 0u64..2, 0u32..2, 0u32..3);
    (ids(), ids(), ids(), phase, numbers, score(), score(), any::<[bool; 3]>()).prop_map(
        |(placed, kept, starred, phase, (key_version, seq, at, seed, attempts), first, best, flags)| Record {
            answer: Answer {
                placements: placed.into_iter().map(|item| Placement { item, slot: "slot".into() }).collect(),
            },
            ruled_out: kept.clone(),
            kept: kept.clone(),
            starred,
            rated: vec![at; seed as usize],
            phase,
            key_version,
            question_versions: kept,
            corrected: flags[2],
            seq,
            at,
            seed,
            attempts,
            first,
            best,
            race: flags[0].then_some(3),
            times: flags[1].then_some((seed + 1, 1)),
            unsure: flags[0],
            solution_seen: flags[1],
            reversed: flags[2],
        },
    )
}

/// Answers to a question, as they are written.
fn log() -> impl Strategy<Value = serde_json::Value> {
    prop::collection::vec((0u64..5, 0u32..5), 0..4).prop_map(|answers| serde_json::json!(answers))
}

fn progress() -> impl Strategy<Value = Progress> {
    let exercises = prop::collection::vec((prop::sample::select(&["one", "two", "three"][..]), record()), 0..4);
    let reviews = prop::collection::btree_map(prop::sample::select(&["one", "two_a"][..]), log(), 0..2);
    let chosen = (0u64..2, prop::option::of(ids()), any::<bool>(), prop::option::of(0u64..2));
    (0u32..2, chosen, ids(), ids(), exercises, reviews).prop_map(
        |(resets, (at, step, board, sitting), opened, read, exercises, reviews)| {
            let step = step.and_then(|ids| ids.first().cloned());
            let mut progress =
                Progress { course: "mini".to_owned(), resets, at, step, board, sitting, ..Progress::default() };
            for (exercise, record) in exercises {
                progress.exercises.insert(exercise.into(), record);
            }
            // As they are when they were read.
            let mut json = Progress { opened, read, ..progress }.write::<serde_json::Value>();
            json["reviews"] = serde_json::json!(reviews);
            Progress::read(&json).unwrap()
        },
    )
}

proptest! {
    #[test]
    fn pr3_merging_is_commutative_associative_and_idempotent(a in progress(), b in progress(), c in progress()) {
        prop_assert_eq!(a.merged(&b), b.merged(&a));
        prop_assert_eq!(a.merged(&b).merged(&c), a.merged(&b.merged(&c)));
        prop_assert_eq!(a.merged(&a), a.clone());
        prop_assert_eq!(a.merged(&b).merged(&b), a.merged(&b));
    }

    #[test]
    fn pr3_nothing_that_either_has_is_lost(a in progress(), b in progress()) {
        prop_assume!(a.resets == b.resets);
        let merged = a.merged(&b);
        for one in [&a, &b] {
            prop_assert!(one.opened.iter().all(|step| merged.opened.contains(step)));
            prop_assert!(one.read.iter().all(|step| merged.read.contains(step)));
            for (question, log) in one.reviews.iter() {
                let times: Vec<u64> = log.answers().map(|(at, _)| at).collect();
                let merged = merged.reviews.get(question).unwrap();
                let taken_back = |at: &u64| [&a, &b].iter().any(|one| one.reviews.get(question).is_some_and(|log| log.is_taken_back(*at)));
                prop_assert!(times.iter().all(|at| taken_back(at) || merged.answers().any(|(kept, _)| kept == *at)));
            }
            for (exercise, record) in one.exercises.iter() {
                let now = merged.record(exercise).unwrap();
                prop_assert!(now.key_version >= record.key_version);
                prop_assert!(now.attempts >= record.attempts && now.first.is_some() >= record.first.is_some());
                prop_assert!(now.solution_seen || !record.solution_seen);
                if now.key_version == record.key_version {
                    prop_assert!(now.seq >= record.seq && now.best >= record.best && now.question_versions >= record.question_versions);
                }
            }
        }
    }
}

/// What a learner at that place has done after those answers, from where `before` left off.
fn after(before: &Progress, answers: &[(&str, &str, &str)]) -> Study {
    let mut study = Study::new(course(), before.clone(), None);
    for (exercise, item, slot) in answers {
        let msg = Msg::Placed { exercise: (*exercise).into(), item: (*item).into(), slot: Some((*slot).into()) };
        study = study.update(&msg, 5).unwrap();
    }
    study
}

#[test]
fn pr4_two_tabs_that_hear_of_each_other_end_with_all_answers() {
    let begin = Progress::new(&course());
    let one = after(&begin, &[("duties", "disk", "aws"), ("pairs", "sniff", "tls")]);
    let two = after(&begin, &[("one-of-three", "a", "picked")]);
    let both = one.update(&Msg::Found(two.progress.clone()), 6).unwrap();
    let other = two.update(&Msg::Found(one.progress.clone()), 6).unwrap();
    assert_eq!(both.progress, other.progress);
    assert_eq!(
        ["duties", "pairs", "one-of-three"].map(|id| both.progress.record(id).unwrap().answer.placements.len()),
        [1, 1, 1]
    );
    assert_eq!(both.update(&Msg::Found(other.progress.clone()), 7), None, "then there is no news");
    assert_eq!((both.place, both.focus, both.notice), (one.place, None, None), "nobody is disturbed");
}

#[test]
fn pr4_a_verdict_is_told_to_the_end_though_another_tab_answers_meanwhile() {
    let begin = Progress::new(&course());
    let check = Msg::Checked { exercise: "one-of-three".into(), anyway: true };
    let checked = after(&begin, &[("one-of-three", "a", "picked")]).update(&check, 6).unwrap();
    let told = (checked.notice.clone(), checked.focus.clone(), checked.turn);
    assert_eq!(told.0, Some(Notice::Checked("one-of-three".into()).into()));
    let elsewhere = after(&begin, &[("duties", "disk", "aws")]);
    let both = checked.update(&Msg::Found(elsewhere.progress.clone()), 7).unwrap();
    assert!(both.progress.record("duties").is_some());
    assert_eq!((both.notice, both.focus, both.turn), told);
    // Not where it is about something else now.
    let again = checked.update(&Msg::Retried("one-of-three".into()), 7).unwrap();
    let open = checked.update(&Msg::Found(again.progress.clone()), 8).unwrap();
    assert_eq!(open.notice, None);
}

#[test]
fn pr4_the_newer_answer_wins_whatever_the_clocks_say() {
    let begin = after(&Progress::new(&course()), &[("duties", "disk", "you")]);
    let mut newer = begin.clone();
    for item in ["data", "training"] {
        let msg = Msg::Placed { exercise: "duties".into(), item: item.into(), slot: Some("you".into()) };
        // The clock was set back.
        newer = newer.update(&msg, 1).unwrap();
    }
    let merged = begin.update(&Msg::Found(newer.progress.clone()), 9).unwrap();
    assert_eq!(merged.progress.record("duties").unwrap().answer.placements.len(), 3);
    assert_eq!(newer.update(&Msg::Found(begin.progress.clone()), 9), None);
}

#[test]
fn s7_what_was_deleted_does_not_come_back_from_another_tab() {
    let one = after(&Progress::new(&course()), &[("duties", "disk", "aws")]);
    let reset = one.update(&Msg::Reset, 6).unwrap();
    assert_eq!(reset.update(&Msg::Found(one.progress.clone()), 7), None);
    let told = one.update(&Msg::Found(reset.progress.clone()), 7).unwrap();
    assert!(told.progress.exercises.is_empty());
    let again = after(&told.progress, &[("pairs", "sniff", "tls")]);
    let merged = reset.update(&Msg::Found(Rc::new((*again.progress).clone())), 8).unwrap();
    assert_eq!(merged.progress.exercises.len(), 1);
}

#[test]
fn pr3_a_preview_counts_exercises_once_and_answers_of_a_review_too() {
    let check = |mine: &str, other: &str, added: u32, newer: u32| {
        let read = |json: &str| {
            let json = format!(r#"{{ "course": "mini", "opened": [], "read": [], {json} }}"#);
            Progress::read(&serde_json::from_str::<serde_json::Value>(&json).unwrap()).unwrap()
        };
        assert_eq!(read(mine).news_in(&read(other)), News { added, newer }, "{other}");
    };
    let record = |seq: u32| {
        format!(r#"{{ "answer": [], "phase": "open", "attempts": 0, "key_version": 1, "seq": {seq}, "at": 1 }}"#)
    };
    let mine = format!(r#""exercises": {{ "pairs": {} }}, "reviews": {{ "pairs_a": [[5, 3]] }}"#, record(1));
    check(&mine, &mine, 0, 0);
    check(&mine, r#""reviews": { "pairs_a": [[6, 1]] }"#, 0, 1);
    check(
        &mine,
        r#""reviews": { "pairs_a": [[6, 1]], "pairs_b": [[6, 1]], "_mfa": [[7, 1]], "_kms": [[7, 1]] }"#,
        0,
        2,
    );
    let newer = format!(r#""exercises": {{ "pairs": {} }}, "reviews": {{ "pairs_a": [[6, 1]] }}"#, record(2));
    check(&mine, &newer, 0, 1);
    let added = format!(r#""exercises": {{ "one": {} }}, "reviews": {{ "one": [[6, 1]] }}"#, record(1));
    check(&mine, &added, 1, 0);
}
