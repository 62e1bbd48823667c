//! The shipped module, played from the first step to the last without a browser.

#![allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]

use course::{
    course::Plan,
    exercise::{AGAIN, Exercise, GOT_IT, Kind},
    place::Place,
    progress::{Phase, Progress},
    results::State,
    study::{Msg, Study},
};
use std::{path::Path, rc::Rc};

fn course() -> Rc<Plan> {
    Rc::new(compiler::compile(Path::new("content/clf-c02")).course.unwrap().plan())
}

#[track_caller]
fn tell(study: &mut Study, msg: Msg) {
    *study = study.update(&msg.clone(), 1).unwrap_or_else(|| panic!("{msg:?} changed nothing"));
}

fn place(study: &mut Study, exercise: &Exercise<bool>, item: &course::Id, slot: &str) {
    tell(study, Msg::Placed { exercise: exercise.id.clone(), item: item.clone(), slot: Some(slot.into()) });
}

fn check(study: &mut Study, exercise: &Exercise<bool>) {
    tell(study, Msg::Checked { exercise: exercise.id.clone(), anyway: false });
}

/// Answers as the key says.
fn answer(study: &mut Study, exercise: &Exercise<bool>) {
    if exercise.kind == Kind::Flashcards {
        while let Some(card) = exercise.deck(&study.record(exercise)).card() {
            check(study, exercise);
            place(study, exercise, &card.id, GOT_IT);
        }
        return;
    }
    for placement in exercise.key().placements {
        // Of what is to be put in order, something may be in its place already.
        let placed = study.record(exercise).answer.slot_of(&placement.item) == Some(&placement.slot);
        if !placed {
            place(study, exercise, &placement.item, &placement.slot);
        }
    }
    check(study, exercise);
}

#[test]
fn the_whole_module_is_played_answered_and_remembered() {
    let course = course();
    let mut study = Study::new(course.clone(), Progress::new(&course), None);
    let ids: Vec<_> = course.steps().map(|(_, step)| step.id.clone()).collect();
    for (at, id) in ids.iter().enumerate() {
        assert_eq!(study.place, Place::Step(id.clone()));
        for exercise in course.step(id).unwrap().1.exercises() {
            answer(&mut study, exercise);
        }
        // Close the tab here and come back.
        let saved = study.progress.write::<serde_json::Value>();
        let saved = Progress::read(&saved).unwrap().resumed(&course).unwrap();
        study = Study::new(course.clone(), saved, None);
        if at + 1 < ids.len() {
            tell(&mut study, Msg::Advanced);
        }
    }
    let summary = study.progress.summary(&course, &course.modules[0]);
    assert_eq!((summary.done, summary.steps), (12, 12));
    assert!(summary.score.is_full() && summary.score.of == 15);
    for exercise in course.exercises() {
        assert_eq!(study.progress.exercise_state(exercise), State::Done);
        assert!(study.record(exercise).is_mastered());
    }
}

/// All words of that JSON, as keys or as values.
fn words(json: &serde_json::Value) -> Vec<&str> {
    match json {
        serde_json::Value::String(word) => vec![word],
        serde_json::Value::Array(list) => list.iter().flat_map(words).collect(),
        serde_json::Value::Object(entries) => {
            entries.iter().flat_map(|(key, value)| [vec![key.as_str()], words(value)].concat()).collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn s5_what_is_kept_of_a_learner_is_ids_and_numbers() {
    let course = course();
    let mut study = Study::new(course.clone(), Progress::new(&course), None);
    course.exercises().for_each(|exercise| answer(&mut study, exercise));
    let kept = study.progress.write::<serde_json::Value>();
    assert!(words(&kept).len() > 100);
    for word in words(&kept) {
        let is_id = word.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
        assert!(is_id, "{word} is no id, but something that a learner or an author has written");
    }
}

#[test]
fn every_wrong_answer_can_be_put_right() {
    let course = course();
    for exercise in course.exercises().filter(|exercise| exercise.is_graded()) {
        let mut study = Study::new(course.clone(), Progress::new(&course), None);
        match exercise.kind {
            Kind::Choice { .. } => {
                let wrong = exercise.items.iter().find(|item| item.accepts.is_empty()).unwrap();
                place(&mut study, exercise, &wrong.id, course::exercise::PICKED);
            }
            _ => {
                for (at, item) in exercise.items.iter().enumerate() {
                    let slot = &exercise.slots[(at + 1) % exercise.slots.len()];
                    let msg = Msg::Placed {
                        exercise: exercise.id.clone(),
                        item: item.id.clone(),
                        slot: Some(slot.id.clone()),
                    };
                    // In an ordering it may be there already.
                    study = study.update(&msg, 2).unwrap_or(study);
                }
            }
        }
        check(&mut study, exercise);
        assert!(!exercise.grade(&study.record(exercise).answer).is_full(), "{}", exercise.id);
        tell(&mut study, Msg::Retried(exercise.id.clone()));
        for placement in exercise.key().placements {
            let msg = Msg::Placed { exercise: exercise.id.clone(), item: placement.item, slot: Some(placement.slot) };
            study = study.update(&msg, 2).unwrap_or(study);
        }
        check(&mut study, exercise);
        let record = study.record(exercise);
        assert!(record.best.unwrap().is_full() && record.phase == Phase::Checked, "{}", exercise.id);
        assert_eq!(record.attempts, 2);
    }
}

#[test]
fn a_card_that_is_always_missed_never_leaves_and_loses_nothing() {
    let course = course();
    let cards = course.exercises().find(|exercise| exercise.kind == Kind::Flashcards).unwrap();
    let mut study = Study::new(course.clone(), Progress::new(&course), None);
    for _ in 0..30 {
        let card = cards.deck(&study.record(cards)).card().unwrap().id.clone();
        check(&mut study, cards);
        place(&mut study, cards, &card, AGAIN);
    }
    assert_eq!(cards.deck(&study.record(cards)).len(), cards.items.len());
    answer(&mut study, cards);
    assert_eq!(cards.deck(&study.record(cards)).missed.len(), 5);
}
