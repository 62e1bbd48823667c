//! A course that is not what it was when the learner left: what is asked again, and what stands.

use crate::{COURSE, course, plan, text};
use course::{
    Id,
    answer::Score,
    course::Plan,
    place::Place,
    progress::{Phase, Progress, Record},
    study::{Msg, Study},
};
use serde_json::Value;
use std::rc::Rc;

/// What a learner keeps of those words in that exercise: `item>slot`, `check`, `anyway`, `retry`, `solve`, `again`.
fn after(exercise: &str, words: &str) -> Progress {
    words
        .split_whitespace()
        .fold(Study::new(course(), Progress::new(&course()), None), |study, word| {
            let exercise = exercise.into();
            let msg = match word {
                "check" => Msg::Checked { exercise, anyway: false },
                "anyway" => Msg::Checked { exercise, anyway: true },
                "retry" => Msg::Retried(exercise),
                "solve" => Msg::GaveUp(exercise),
                "again" => Msg::Restarted(exercise),
                _ => {
                    let (item, slot) = word.split_once('>').unwrap();
                    Msg::Placed { exercise, item: item.into(), slot: Some(slot.into()) }
                }
            };
            study.update(&msg, 1_000).unwrap()
        })
        .progress
        .as_ref()
        .clone()
}

/// The course after that was written for this in it.
fn edited(edits: &[(&str, &str)]) -> Rc<Plan> {
    let replace = |course: String, (this, that): &(&str, &str)| {
        assert!(course.contains(this), "{this}");
        course.replacen(this, that, 1)
    };
    plan(&edits.iter().fold(COURSE.to_owned(), replace))
}

/// The record of that exercise when its learner comes back to that course.
#[track_caller]
fn back(progress: &Progress, exercise: &str, course: &Plan) -> Record {
    let saved = Progress::read(&progress.write::<Value>()).unwrap();
    let resumed = saved.resumed(course).unwrap();
    assert_eq!(
        Progress::read(&resumed.write::<Value>()).unwrap().resumed(course).as_ref(),
        Some(&resumed),
        "once is enough"
    );
    resumed.record(exercise).unwrap().clone()
}

/// Checks how an exercise stands after an edit: its phase, its answer, what is kept of it, and the best marks.
#[track_caller]
fn check(
    exercise: &str,
    words: &str,
    edits: &[(&str, &str)],
    phase: Phase,
    answer: &str,
    kept: &str,
    best: Option<(u32, u32)>,
) -> Record {
    let before = after(exercise, words);
    let record = back(&before, exercise, &edited(edits));
    assert_eq!((record.phase, &*text(&record.answer), &*record.kept.join(" ")), (phase, answer, kept));
    assert_eq!(record.best, best.map(|(right, of)| Score { right, of }));
    let was = before.record(exercise).unwrap();
    assert_eq!((record.attempts, record.first, record.at), (was.attempts, was.first, was.at), "what was done was done");
    record
}

const DISK: &[(&str, &str)] = &[(r#""accepts": ["aws"]"#, r#""accepts": ["you"]"#)];
const NEW: &[(&str, &str)] =
    &[(r#"{ "id": "data","#, r#"{ "id": "guards", "text": ["Guards"], "accepts": ["aws"] }, { "id": "data","#)];
const GONE: &[(&str, &str)] = &[(r#"{ "id": "data", "text": ["Data"], "accepts": ["you"] },"#, "")];
const ALL: &str = "disk>aws data>aws training>you";

#[test]
fn pr2_a_corrected_row_is_asked_again_and_the_others_stand() {
    let checked = format!("{ALL} check");
    let record = check("duties", &checked, DISK, Phase::Open, "data>aws training>you", "data training", Some((1, 3)));
    assert!(record.corrected);
    // Also what was wrong stands: its marks hold.
    let solved = format!("{ALL} check solve");
    let record = check("duties", &solved, DISK, Phase::Open, "data>aws training>you", "data training", Some((1, 3)));
    assert!(record.corrected && record.solution_seen);
    // In a new try, what it keeps.
    let retried = format!("{ALL} check retry data>you");
    check("duties", &retried, DISK, Phase::Open, "training>you data>you", "training", Some((1, 3)));
    // What was not there when it was checked was never answered.
    let record = check("duties", &checked, NEW, Phase::Open, ALL, "disk data training", Some((2, 4)));
    assert!(record.corrected);
}

#[test]
fn pr2_what_was_never_checked_stays_as_it_is() {
    for edit in [DISK, NEW] {
        let record = check("duties", ALL, edit, Phase::Open, ALL, "", None);
        assert!(!record.corrected, "nobody was told that it was right or wrong");
    }
}

#[test]
fn pr2_what_was_reworded_reordered_or_moved_is_what_it_was() {
    let typo = [("Disks", "Hard disks")];
    let reordered = [
        (r#"{ "id": "disk", "text": ["Disks"], "accepts": ["aws"] },"#, ""),
        (r#"{ "id": "training""#, r#"{ "id": "disk", "text": ["Disks"], "accepts": ["aws"] }, { "id": "training""#),
    ];
    let category = [(r#"{ "id": "you","#, r#"{ "id": "both", "text": ["Both"] }, { "id": "you","#)];
    for edits in [&typo[..], &reordered, &category] {
        let record = check("duties", &format!("{ALL} check"), edits, Phase::Checked, ALL, "", Some((2, 3)));
        assert!(!record.corrected, "{edits:?}");
    }
    let options = [
        (r#"{ "id": "a", "text": ["A"] },"#, ""),
        (
            r#"{ "id": "c", "text": ["C"] }] } },"#,
            r#"{ "id": "c", "text": ["C"] }, { "id": "a", "text": ["A"] }] } },"#,
        ),
    ];
    check("one-of-three", "b>picked check", &options, Phase::Checked, "b>picked", "", Some((1, 1)));
}

#[test]
fn pr2_rows_that_are_gone_take_nothing_with_them() {
    let left = "disk>aws training>you";
    let record = check("duties", &format!("{ALL} check"), GONE, Phase::Checked, left, "", Some((1, 2)));
    assert!(!record.corrected);
    let slot = [(r#"{ "id": "spare", "text": ["Spare"] }"#, r#"{ "id": "other", "text": ["Other"] }"#)];
    check(
        "pairs",
        "sniff>tls theft>spare check retry theft>spare",
        &slot,
        Phase::Open,
        "sniff>tls",
        "sniff",
        Some((1, 2)),
    );
}

#[test]
fn pr2_a_choice_is_one_question_and_so_is_an_ordering() {
    let distractor =
        [(r#"{ "id": "a", "text": ["A"] },"#, r#"{ "id": "z", "text": ["Z"] }, { "id": "a", "text": ["A"] },"#)];
    let record = check("one-of-three", "b>picked check", &distractor, Phase::Open, "", "", Some((0, 1)));
    assert!(record.corrected);
    let order = [
        (r#""accepts": ["position-1"]"#, r#""accepts": ["position-9"]"#),
        (r#""accepts": ["position-2"]"#, r#""accepts": ["position-1"]"#),
        (r#""accepts": ["position-9"]"#, r#""accepts": ["position-2"]"#),
    ];
    let stood = "ec2>position-1 rds>position-2 s3>position-3";
    let moves = "ec2>position-1 check";
    let record = check("ladder", moves, &order, Phase::Open, stood, "", Some((0, 3)));
    assert!(record.corrected);
}

#[test]
fn pr2_cards_that_came_are_asked_and_the_others_are_known() {
    let rated = |cards: &[&str]| cards.iter().map(|card| format!("check {card}>got-it ")).collect::<String>();
    let all = rated(&["c1", "c2", "c3", "c4", "c5", "c6"]);
    let before = after("terms", &all);
    let changed = edited(&[(
        r#"{ "id": "c2", "text": ["2"], "accepts": ["got-it"] }"#,
        r#"{ "id": "c7", "text": ["7"], "accepts": ["got-it"] }"#,
    )]);
    let record = back(&before, "terms", &changed);
    let exercise = changed.exercise("terms").unwrap();
    let deck = exercise.deck(&record);
    assert_eq!((deck.card().map(|card| &*card.id), deck.done), (Some("c7"), 5));
    assert!(record.attempts == 1 && !record.corrected);
}

#[test]
fn pr2_it_is_said_until_it_is_checked_again() {
    let changed = edited(DISK);
    let resumed = after("duties", &format!("{ALL} check")).resumed(&changed).unwrap();
    let study = Study::new(changed, resumed, None);
    let corrected = |study: &Study| study.progress.record("duties").unwrap().corrected;
    let placed = study
        .update(&Msg::Placed { exercise: "duties".into(), item: "disk".into(), slot: Some("you".into()) }, 1)
        .unwrap();
    assert!(corrected(&study) && corrected(&placed));
    let checked = placed.update(&Msg::Checked { exercise: "duties".into(), anyway: false }, 1).unwrap();
    let record = checked.progress.record("duties").unwrap();
    assert_eq!((record.corrected, record.attempts, record.best), (false, 2, Some(Score { right: 2, of: 3 })));
}

#[test]
fn pr2_of_what_an_earlier_build_kept_the_whole_exercise_is_asked_again() {
    let mut before = after("duties", &format!("{ALL} check"));
    before.exercises.get_mut("duties").unwrap().question_versions = Vec::new();
    let record = back(&before, "duties", &edited(DISK));
    assert_eq!((record.phase, record.best, record.attempts), (Phase::Open, Some(Score { right: 0, of: 3 }), 1));
    assert!(record.corrected && record.answer.placements.is_empty());
}

#[test]
fn pr2_what_was_renamed_is_found_under_its_new_name() {
    let before = after("duties", &format!("{ALL} check retry data>aws"));
    let renamed = edited(&[
        (r#""id": "duties","#, r#""id": "who", "was": ["tasks", "duties"],"#),
        (r#""id": "disk","#, r#""id": "hardware", "was": ["disk", "disks"],"#),
        (r#""id": "aws","#, r#""id": "provider", "was": ["aws"],"#),
        (r#""accepts": ["aws"]"#, r#""accepts": ["provider"]"#),
        (r#""accepts": ["aws", "you"]"#, r#""accepts": ["provider", "you"]"#),
    ]);
    let record = back(&before, "who", &renamed);
    assert_eq!(text(&record.answer), "hardware>provider training>you data>provider");
    assert_eq!(record.kept, ["hardware", "training"].map(Into::into));
    let was = before.record("duties").unwrap();
    assert_eq!(
        (record.key_version, &record.question_versions, record.seq),
        (was.key_version, &was.question_versions, was.seq)
    );
    let resumed = before.clone().resumed(&renamed).unwrap();
    assert_eq!(resumed.record("duties"), None, "it moved");
    // A tab that has the course of before goes on under the old name.
    let mut both = resumed.clone();
    let later = after("duties", &format!("{ALL} check retry data>you check"));
    both.exercises.insert("duties".into(), later.record("duties").unwrap().clone());
    let record = back(&both, "who", &renamed);
    assert_eq!((text(&record.answer).as_str(), record.attempts), ("hardware>provider training>you data>you", 2));
}

#[test]
fn pr2_what_was_renamed_and_corrected_is_one_question() {
    let before = after("duties", &format!("{ALL} check"));
    let changed = edited(&[
        (r#""id": "disk","#, r#""id": "hardware", "was": ["disk"],"#),
        (r#""accepts": ["you"]"#, r#""accepts": ["aws"]"#),
    ]);
    let record = back(&before, "duties", &changed);
    assert_eq!((text(&record.answer).as_str(), record.corrected), ("hardware>aws training>you", true));
}

#[test]
fn pr2_a_step_may_be_renamed_and_an_exercise_moved_to_another() {
    let study = Study::new(course(), after("duties", &format!("{ALL} check")), None);
    let study = study.update(&Msg::Advanced, 1).unwrap();
    let renamed = edited(&[
        (r#"{ "id": "read","#, r#"{ "id": "begin", "was": ["read"],"#),
        (r#"{ "id": "sort","#, r#"{ "id": "arrange", "was": ["sort"],"#),
    ]);
    let progress = (*study.progress).clone().resumed(&renamed).unwrap();
    let ids = |ids: &[&str]| ids.iter().map(|id| Id::from(*id)).collect::<Vec<_>>();
    assert_eq!((progress.step.as_deref(), &progress.opened), (Some("arrange"), &ids(&["arrange", "begin"])));
    assert_eq!(progress.read, ids(&["begin"]));
    let there = |place: &str| Study::new(renamed.clone(), progress.clone(), Some(Place::Step(place.into()))).place;
    assert_eq!(
        [there("sort"), there("arrange")],
        ["arrange"; 2].map(|id| Place::Step(id.into())),
        "also by a link of before"
    );

    let start = COURSE.find(r#"{ "exercise": {"#).unwrap();
    let end = start + COURSE[start..].find("] } }").unwrap() + 5;
    let moved = COURSE.replacen(&COURSE[start..end], r#"{ "prose": [] }"#, 1);
    let moved =
        plan(&moved.replacen(r#"["p", "Text."]] }"#, &format!(r#"["p", "Text."]] }}, {}"#, &COURSE[start..end]), 1));
    let step = moved.steps().find(|(_, step)| step.exercises().any(|exercise| &*exercise.id == "duties")).unwrap().1;
    assert_eq!(&*step.id, "read");
    assert_eq!(
        (*study.progress).clone().resumed(&moved).as_ref(),
        Some(&*study.progress),
        "ids are those of the course"
    );
}
