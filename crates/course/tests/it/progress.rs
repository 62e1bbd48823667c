use crate::course;
use course::{
    answer::Score,
    course::{Page, Plan},
    exercise::Item,
    progress::{Progress, Record},
    results::State,
    study::{Msg, Study},
};
use proptest::prelude::*;
use serde_json::Value;

/// Progress from saved text, in that course.
fn read(json: &str, course: &Plan) -> Option<Progress> {
    Progress::read(&serde_json::from_str::<Value>(json).ok()?)?.resumed(course)
}

/// The text to save.
fn written(progress: &Progress) -> String {
    progress.write::<Value>().to_string()
}

fn checked() -> Progress {
    let mut study = Study::new(course(), Progress::new(&course()), None);
    let place =
        |item: &str, slot: &str| Msg::Placed { exercise: "duties".into(), item: item.into(), slot: Some(slot.into()) };
    for msg in [
        place("disk", "aws"),
        place("data", "aws"),
        place("training", "you"),
        Msg::Checked { exercise: "duties".into(), anyway: false },
    ] {
        study = study.update(&msg, 1_000).unwrap();
    }
    (*study.progress).clone()
}

#[test]
fn pr2_what_was_written_is_read_back() {
    let progress = checked();
    assert_eq!(read(&written(&progress), &course()), Some(progress));
}

#[test]
fn pr2_the_saved_form_of_schema_1() {
    let saved = include_str!("progress-1.json");
    let progress = read(saved, &course()).unwrap();
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let mut written = json(&written(&progress));
    let mut added = Vec::new();
    for (id, record) in written["exercises"].as_object_mut().unwrap() {
        added.extend(record.as_object_mut().unwrap().remove("questions").map(|questions| (id.clone(), questions)));
    }
    assert_eq!(written, json(saved), "schema 1 is released: what it wrote must be read and kept");
    let questions =
        |id: &str| (id.to_owned(), course().exercise(id).unwrap().question_versions().iter().map(|id| &**id).collect());
    assert_eq!(added, ["duties", "one-of-three", "pairs"].map(questions), "so that a change of one asks for one");
}

/// Of a learner of some days who is in the middle of a review, of a session of starred cards, and of a match against the
/// clock: with each field that schema 1 has had since.
#[test]
fn pr2_the_saved_form_of_schema_1_with_reviews_and_sessions() {
    let saved = include_str!("progress-1-review.json");
    let course = course();
    let progress = read(saved, &course).unwrap();
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(json(&written(&progress)), json(saved), "schema 1 is released: what it wrote must be read and kept");
    assert_eq!((progress.resets, progress.board, progress.wanted_retention().percent()), (1, true, 95));
    let sitting = progress.sitting(&course).unwrap();
    assert_eq!((sitting.done, sitting.pile.len(), sitting.pile[0].key()), (1, 12, "terms_c2".into()));
    assert_eq!(sitting.last.map(|(_, question)| question.key()), Some("duties_data".into()));
    let cards = course.exercise("terms").unwrap();
    let record = progress.record("terms").unwrap();
    let deck = cards.deck(record);
    let ids = |cards: &[&Item<bool>]| cards.iter().map(|card| card.id.to_string()).collect::<Vec<_>>();
    assert_eq!((deck.done, ids(&deck.pile), ids(&deck.missed)), (1, vec!["c6".into(), "c2".into()], vec!["c2".into()]));
    assert!(record.reversed && progress.record("pairs").unwrap().race.is_some());
    let undone = progress.reviews.get("terms_c5").unwrap();
    assert!(undone.is_taken_back(1_795_000_038_000) && undone.answers().count() == 2, "what was taken back stays so");
}

/// Of a learner who has rated two cards in a lesson, and between them was asked for one of these in a review.
#[test]
fn pr2_the_saved_form_of_schema_1_with_ratings_that_can_be_taken_back() {
    let saved = include_str!("progress-1-cards.json");
    let progress = read(saved, &course()).unwrap();
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(json(&written(&progress)), json(saved), "schema 1 is released: what it wrote must be read and kept");
    let mut study = Study::new(course(), progress, None);
    let mut left = Vec::new();
    while let Some(next) = study.update(&Msg::Undid("terms".into()), 1_795_000_900_000) {
        study = next;
        left.push(["terms_c1", "terms_c2"].map(|card| study.progress.reviews.get(card).unwrap().answers().count()));
    }
    assert_eq!(left, [[2, 0], [1, 0]]);
    let review = 1_795_000_600_000;
    assert_eq!(study.progress.reviews.get("terms_c1").unwrap().first(), Some(review), "what was answered there stays");
}

#[test]
fn pr2_unknown_exercises_are_kept() {
    let mut progress = checked();
    progress.exercises.insert("of-another-build".into(), Record { attempts: 2, ..Record::default() });
    let read = read(&written(&progress), &course()).unwrap();
    assert_eq!(read.record("of-another-build").unwrap().attempts, 2);
}

#[test]
fn pr2_json_by_another_program_is_read() {
    let progress = checked();
    let indented = serde_json::to_string_pretty(&progress.write::<Value>()).unwrap();
    let escaped = indented.replace("duties", "d\\u0075ties");
    let longer = indented.replacen('{', "{ \"of a later build\": [1.5, null, {\"a\": []}],", 1);
    for json in [indented, escaped, longer] {
        assert_eq!(read(&json, &course()).as_ref(), Some(&progress), "{json}");
    }
}

#[test]
fn pr1_what_cannot_be_read_is_an_error_and_no_panic() {
    for json in [
        "",
        "{",
        "null",
        "[]",
        "1",
        "{\"course\":1}",
        "{\"course\":\"other\"}",
        "{\"course\":\"mini\",\"exercises\":[]}",
    ] {
        assert_eq!(read(json, &course()), None, "{json}");
    }
    for deep in ["[", "{\"a\":", "{\"course\":\"mini\",\"of another build\":["] {
        assert_eq!(read(&deep.repeat(100_000), &course()), None);
    }
}

#[test]
fn pr2_each_page_of_a_course_in_parts_is_saved_under_a_key_of_its_own() {
    let whole = Page::new((*course()).clone(), None);
    let part = Page::new((*course()).clone(), Some("all".into()));
    assert_eq!(Progress::storage_key(&whole), "kurso:mini:1");
    assert_eq!(Progress::storage_key(&part), "kurso:mini:1:all");
}

#[test]
fn results_add_up() {
    let course = course();
    let module = &course.modules[0];
    let progress = checked();
    let summary = progress.summary(&course, module);
    assert_eq!((summary.done, summary.steps, summary.score), (1, 7, Score { right: 2, of: 10 }));
    let states: Vec<State> = module.steps.iter().map(|step| progress.step_state(&course, step)).collect();
    assert_eq!(states, [State::Started, State::Done, State::New, State::New, State::New, State::New, State::New]);
}

#[test]
fn the_last_step_is_done_once_opened_and_a_text_once_left_by_next() {
    let course = course();
    let study = Study::new(course.clone(), Progress::new(&course), None);
    let study = study.update(&Msg::Advanced, 1).unwrap();
    let study = study.update(&Msg::Went(course::place::Place::Step("end".into())), 2).unwrap();
    let state = |id: &str| study.progress.step_state(&course, course.step(id).unwrap().1);
    assert_eq!((state("read"), state("sort"), state("end")), (State::Done, State::Started, State::Done));
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        let _ = read(&text, &course());
    }

    #[test]
    fn any_damage_to_saved_progress_is_read_or_refused(at in 0usize..2_000, byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = written(&checked()).into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        if cut {
            bytes.truncate(at);
        }
        let course = course();
        if let Some(progress) = read(&String::from_utf8_lossy(&bytes), &course) {
            // What is read must also be usable.
            let study = Study::new(course.clone(), progress, None);
            for exercise in course.exercises() {
                exercise.grade(&study.record(exercise).answer);
                study.update(&Msg::Retried(exercise.id.clone()), 1);
            }
        }
    }
}
