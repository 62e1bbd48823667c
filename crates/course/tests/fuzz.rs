//! Whatever stands where progress is kept, or in a file that a learner brings: it is read or refused without a panic, and
//! what is read stays the same however often it is written, resumed and merged.
//!
//! Plain `cargo test` tries random inputs for a few seconds. `cargo bolero test` drives the same targets with a
//! coverage-guided engine.

#![allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]

use bolero::{TypeGenerator, check};
use course::{
    course::{Course, Page, Plan},
    fsrs::Rating,
    part,
    place::Place,
    progress::Progress,
    sitting::Move,
    study::{Msg, Study},
};
use serde_json::{Value, json};
use std::{panic::AssertUnwindSafe, rc::Rc, sync::LazyLock, time::Duration};

const TIME: Duration = Duration::from_secs(2);

const COURSE: &str = include_str!("it/course.json");
const SAVED: &str = include_str!("it/progress-1.json");

/// What progress is made of, and what it is not.
const PIECES: &[&str] = &[
    "null",
    "true",
    "false",
    "-1",
    "0",
    "1",
    "3",
    "1.5",
    "9007199254740992",
    "18446744073709551616",
    "1e400",
    "\"\"",
    "[]",
    "{}",
    "[[]]",
    "\"disk\"",
    "\"hardware\"",
    "\"aws\"",
    "\"you\"",
    "\"picked\"",
    "\"again\"",
    "\"got-it\"",
    "\"c1\"",
    "\"position-2\"",
    "\"open\"",
    "\"checked\"",
    "\"solved\"",
    "\"__proto__\"",
    "[\"disk\",\"aws\"]",
    "[[\"disk\",\"aws\"],[\"disk\",\"you\"]]",
    "[[\"c1\",\"again\"],[\"c9\",\"got-it\"],[\"c1\",\"got-it\"]]",
    "[\"training\",\"training\",\"ghost\"]",
    "{\"right\":9,\"of\":2}",
    "{\"right\":0,\"of\":0}",
    "[1,1]",
    "[7,3]",
    "[5,0]",
    "[[7,3],[5,1],[7,0],[9007199254740992,4]]",
    "\"sort\"",
    "\"mini\"",
    "\"\\ud83e\\udd80 \\u0000\"",
];

/// The names under which something is kept.
const KEYS: &[&str] = &[
    "course",
    "resets",
    "step",
    "board",
    "at",
    "opened",
    "read",
    "exercises",
    "duties",
    "who",
    "pairs",
    "one-of-three",
    "two-of-four",
    "ladder",
    "terms",
    "answer",
    "kept",
    "seed",
    "ruled_out",
    "unsure",
    "starred",
    "rated",
    "reversed",
    "race",
    "times",
    "phase",
    "attempts",
    "first",
    "best",
    "solution_seen",
    "key_version",
    "questions",
    "corrected",
    "seq",
    "sitting",
    "retention",
    "reviews",
    "duties_disk",
    "who_hardware",
    "terms_c1",
    "_mfa",
    "_mfa_meaning",
];

/// A change to a value, somewhere in it.
#[derive(Clone, Debug, TypeGenerator)]
enum Change {
    /// To something of the same kind, which may mean as much.
    Alike(u8, u8, u8),
    /// To anything.
    Put(u8, u8, u8),
    Number(u8, u64),
    Remove(u8, u8),
}

impl Change {
    fn apply(&self, root: &mut Value) {
        let any = |list: &[&str], at: u8| list[usize::from(at) % list.len()].to_owned();
        let (Change::Alike(at, ..) | Change::Put(at, ..) | Change::Number(at, _) | Change::Remove(at, _)) = *self;
        let mut all = 0;
        count(root, &mut all);
        let target = nth(root, &mut (usize::from(at) * 7 % all)).unwrap();
        match (self, target) {
            (Change::Alike(_, from, to), Value::Object(entries)) => {
                let values: Vec<Value> = entries.values().cloned().collect();
                if !values.is_empty() {
                    entries.insert(any(KEYS, *to), values[usize::from(*from) % values.len()].clone());
                }
            }
            (Change::Alike(_, from, to), Value::Array(list)) if !list.is_empty() => {
                let value = list[usize::from(*from) % list.len()].clone();
                list.insert(usize::from(*to) % list.len(), value);
            }
            (Change::Alike(_, _, piece), other) => {
                let alike: Vec<&str> = PIECES
                    .iter()
                    .copied()
                    .filter(|piece| piece.chars().next().is_some_and(char::is_numeric) == other.is_number())
                    .filter(|piece| piece.starts_with('"') == other.is_string())
                    .collect();
                *other = serde_json::from_str(&any(&alike, *piece)).unwrap_or(Value::Null);
            }
            (Change::Put(_, key, piece), Value::Object(entries)) => {
                entries.insert(any(KEYS, *key), serde_json::from_str(&any(PIECES, *piece)).unwrap_or(Value::Null));
            }
            (Change::Put(_, _, piece), other) => {
                *other = serde_json::from_str(&any(PIECES, *piece)).unwrap_or(Value::Null);
            }
            (Change::Number(_, number), other) if other.is_number() => *other = json!(number),
            (Change::Remove(_, key), Value::Object(entries)) => drop(entries.remove(&any(KEYS, *key))),
            (Change::Remove(_, key), Value::Array(list)) if !list.is_empty() => {
                list.remove(usize::from(*key) % list.len());
            }
            (Change::Number(..) | Change::Remove(..), _) => {}
        }
    }
}

/// The values within a value.
fn inside(value: &mut Value) -> Vec<&mut Value> {
    match value {
        Value::Array(list) => list.iter_mut().collect(),
        Value::Object(entries) => entries.values_mut().collect(),
        _ => Vec::new(),
    }
}

/// Adds the number of values that it is and has in it.
fn count(value: &mut Value, sum: &mut usize) {
    *sum += 1;
    inside(value).into_iter().for_each(|inner| count(inner, sum));
}

/// The value that has so many before it.
fn nth<'a>(value: &'a mut Value, before: &mut usize) -> Option<&'a mut Value> {
    if *before == 0 {
        return Some(value);
    }
    *before -= 1;
    inside(value).into_iter().find_map(|inner| nth(inner, before))
}

/// The course, and the same with a row renamed, one corrected, one new and one gone.
fn plans() -> [Rc<Plan>; 2] {
    let edits = [
        (r#""id": "duties","#, r#""id": "who", "was": ["duties"],"#),
        (r#""id": "disk","#, r#""id": "hardware", "was": ["disk"],"#),
        (r#"{ "id": "data","#, r#"{ "id": "guards", "text": ["Guards"], "accepts": ["aws"] }, { "id": "data","#),
        (r#""accepts": ["tls"]"#, r#""accepts": ["spare"]"#),
        (r#"{ "id": "a", "text": ["A"] }, "#, ""),
        (r#"{ "id": "c2", "text": ["2"], "accepts": ["got-it"] },"#, ""),
        (r#"{ "id": "sort","#, r#"{ "id": "arrange", "was": ["sort"],"#),
    ];
    let edited = edits.iter().fold(COURSE.to_owned(), |course, (this, that)| {
        assert!(course.contains(this), "{this}");
        course.replacen(this, that, 1)
    });
    [COURSE, &edited].map(|course| Rc::new(serde_json::from_str::<Course>(course).unwrap().plan()))
}

fn size(progress: &Progress) -> usize {
    progress.write::<Value>().to_string().len()
}

/// What holds for every value: it is refused, or it stays what it is, in both courses, and together with any other.
fn holds(value: &Value, other: &Progress, plans: &[Rc<Plan>]) {
    let Some(progress) = Progress::read(value) else { return };
    assert_eq!(Progress::read(&progress.write::<Value>()).as_ref(), Some(&progress), "what is written is read");
    for plan in plans {
        let Some(resumed) = progress.clone().resumed(plan) else {
            assert_ne!(progress.course, *plan.id);
            return;
        };
        // Single questions may be new in it.
        let room = 13 * plan.exercises().flat_map(|exercise| &exercise.items).count() + 200;
        assert!(size(&resumed) <= size(&progress) + room, "it does not grow");
        let again = Progress::read(&resumed.write::<Value>()).unwrap().resumed(plan);
        assert_eq!(again.as_ref(), Some(&resumed), "once is enough");
        let other = other.clone().resumed(plan).unwrap();
        let merged = resumed.merged(&other);
        assert_eq!(merged, other.merged(&resumed));
        assert_eq!(merged.merged(&resumed), merged);
        assert_eq!(merged.clone().resumed(plan).as_ref(), Some(&merged), "what is merged stands in the same course");
        assert!(size(&merged) <= size(&resumed) + size(&other));
        usable(merged, plan);
    }
    can_be_asked_for(value, other);
}

/// From another page, too, it can be told how it stands, what of it is of a module, and what it is with other progress.
fn can_be_asked_for(value: &Value, other: &Progress) {
    static PAGE: LazyLock<Value> = LazyLock::new(|| {
        let course: Course = serde_json::from_str(COURSE).unwrap();
        serde_json::to_value(Page::new(course.plan(), Some("one".into()))).unwrap()
    });
    let other = other.write::<Value>();
    let ask = |asks: Value| part::ask(&asks, 1_795_000_000_000).unwrap();
    let stands = ask(json!({ "page": *PAGE, "kept": value }));
    assert!(stands["done"].as_u64() <= stands["steps"].as_u64());
    for asks in [
        json!({ "page": *PAGE, "found": value }),
        json!({ "kept": other, "found": value }),
        json!({ "kept": value, "found": other }),
    ] {
        assert!(Progress::read(&ask(asks)["progress"]).is_some());
    }
}

/// Does with it whatever a learner may do.
fn usable(progress: Progress, plan: &Rc<Plan>) {
    let study = Study::new(plan.clone(), progress, Some(Place::Step("sort".into())));
    for module in &plan.modules {
        let summary = study.progress.summary(plan, module);
        assert!(summary.done <= summary.steps);
    }
    for exercise in plan.exercises() {
        let id = &exercise.id;
        let mut now = study.clone();
        let item = exercise.items[0].id.clone();
        let slot = exercise.slots.last().map(|slot| slot.id.clone());
        for msg in [
            Msg::Placed { exercise: id.clone(), item, slot },
            Msg::Checked { exercise: id.clone(), anyway: true },
            Msg::Undid(id.clone()),
            Msg::Retried(id.clone()),
            Msg::Raced(id.clone()),
            Msg::GaveUp(id.clone()),
            Msg::Restarted(id.clone()),
        ] {
            now = now.update(&msg, u64::MAX).unwrap_or(now);
        }
    }
    for time in [0, 1_000_000, u64::MAX] {
        let mut now = study.clone().at(time);
        assert_eq!(now.due as usize, now.progress.due(plan, time).len());
        for of in [
            Move::Begin,
            Move::Check,
            Move::Rate(Rating::Again),
            Move::Undo,
            Move::Check,
            Move::Rate(Rating::Easy),
            Move::Retain(u32::MAX),
            Move::End,
        ] {
            now = now.update(&Msg::Review(of), time).unwrap_or(now);
            for (question, _) in now.progress.questions(plan) {
                let standing = now.progress.standing(&question);
                assert!(
                    standing.is_none_or(|standing| (0.0..=1.0).contains(&standing.retrievability(time))),
                    "{standing:?}"
                );
            }
        }
    }
}

/// Progress in all of the course, with every field.
fn rich() -> Value {
    let mut rich: Value = serde_json::from_str(SAVED).unwrap();
    rich["resets"] = json!(0);
    rich["at"] = json!(5);
    rich["reviews"] = json!({ "duties_disk": [[1, 1], [900_000, 3]], "terms_c1": [[5, 0]], "_mfa": [[9, 2]] });
    let plan = &plans()[0];
    let mut study = Study::new(plan.clone(), Progress::read(&rich).unwrap().resumed(plan).unwrap(), None);
    for msg in [
        Msg::Retried("one-of-three".into()),
        Msg::RuledOut { exercise: "one-of-three".into(), item: "a".into() },
        Msg::Doubted { exercise: "one-of-three".into(), unsure: true },
        Msg::Checked { exercise: "ladder".into(), anyway: false },
        Msg::Starred { exercise: "terms".into(), item: "c2".into() },
        Msg::Raced("pairs".into()),
    ] {
        study = study.update(&msg, 9).unwrap();
    }
    study.progress.write()
}

#[test]
fn any_bytes() {
    let plans = plans();
    let other = AssertUnwindSafe(Progress::read(&rich()).unwrap());
    check!().with_type::<Vec<u8>>().with_test_time(TIME).for_each(|bytes| {
        if let Ok(value) = serde_json::from_slice(bytes) {
            holds(&value, &other, &plans);
        }
    });
}

#[test]
fn real_progress_with_changes() {
    let plans = plans();
    let rich = rich();
    let other = AssertUnwindSafe(Progress::read(&rich).unwrap());
    check!().with_type::<Vec<Change>>().with_test_time(TIME).for_each(|changes| {
        let mut value = rich.clone();
        // With many, hardly anything can be read.
        changes.iter().take(3).for_each(|change| change.apply(&mut value));
        holds(&value, &other, &plans);
    });
}

#[test]
fn real_progress_with_damage() {
    let plans = plans();
    let rich = rich();
    let other = AssertUnwindSafe(Progress::read(&rich).unwrap());
    let text = rich.to_string().into_bytes();
    check!().with_type::<Vec<(u16, u8, bool)>>().with_test_time(TIME).for_each(|damage| {
        let mut bytes = text.clone();
        for (at, byte, cut) in damage.iter().take(2) {
            let at = usize::from(*at) % bytes.len();
            if *cut { bytes.truncate(at.max(1)) } else { bytes[at] = *byte }
        }
        if let Ok(value) = serde_json::from_slice(&bytes) {
            holds(&value, &other, &plans);
        }
    });
}
