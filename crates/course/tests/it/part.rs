use crate::course;
use course::{
    course::Page,
    part::ask,
    progress::Progress,
    study::{Msg, Study},
};
use serde_json::{Value, json};
use std::rc::Rc;

const NOW: u64 = 1_795_000_000_000;
const MINUTE: u64 = 60_000;
const DAY: u64 = 86_400_000;

/// A learner who has done that with those duties at that time, after that progress.
fn sorted(before: Progress, disk: &str, at: u64) -> Progress {
    let study = Study::new(course(), before, None).update(&Msg::Restarted("duties".into()), at);
    let mut study = study.unwrap_or_else(|| Study::new(course(), Progress::new(&course()), None));
    for (item, slot) in [("disk", disk), ("data", "you"), ("training", "you")] {
        let placed = Msg::Placed { exercise: "duties".into(), item: item.into(), slot: Some(slot.into()) };
        study = study.update(&placed, at).unwrap();
    }
    study = study.update(&Msg::Checked { exercise: "duties".into(), anyway: false }, at).unwrap();
    (*study.progress).clone()
}

fn page() -> Value {
    serde_json::to_value(Page::new((*course()).clone(), Some("one".into()))).unwrap()
}

#[test]
fn how_a_module_stands_is_told_to_other_pages() {
    let kept = sorted(Progress::new(&course()), "you", NOW - DAY);
    let told = ask(&json!({ "page": page(), "kept": kept.write::<Value>() }), NOW).unwrap();
    assert_eq!([&told["done"], &told["steps"], &told["right"], &told["of"]], [1, 7, 2, 10]);
    let due: Vec<u64> = told["due"].as_array().unwrap().iter().map(|at| at.as_u64().unwrap() * MINUTE).collect();
    assert_eq!(due.len(), 3);
    assert_eq!(due.iter().min(), Some(&(NOW - DAY + 600_000).next_multiple_of(MINUTE)), "ten minutes after the miss");
    assert_eq!((&told["mastered"], &told["new"]), (&json!(0), &json!([0])));
    let kept_right = sorted(Progress::new(&course()), "aws", NOW - DAY);
    let told_right = ask(&json!({ "page": page(), "kept": kept_right.write::<Value>() }), NOW).unwrap();
    assert_eq!(told_right["mastered"], 1);
    // At any time as many as the module's own page finds.
    for days in 0..400 {
        let now = NOW + days * DAY;
        assert_eq!(due.iter().filter(|at| **at <= now).count(), kept.due(&course(), now).len(), "after {days} days");
    }
}

#[test]
fn new_terms_are_due_at_once() {
    let study = Study::new(course(), Progress::new(&course()), None);
    let study = study.update(&Msg::Went(course::place::Place::Step("end".into())), NOW).unwrap();
    let told = ask(&json!({ "page": page(), "kept": study.progress.write::<Value>() }), NOW).unwrap();
    assert_eq!((&told["due"], &told["new"]), (&json!([]), &json!([2])));
}

#[test]
fn new_terms_come_ten_a_day_and_the_others_on_the_days_after() {
    let mut page = page();
    let term = page["plan"]["modules"][0]["terms"][0].clone();
    page["plan"]["modules"][0]["terms"] = (0..13)
        .map(|at| {
            let mut term = term.clone();
            term["id"] = json!(format!("t{at}"));
            term
        })
        .collect();
    let kept = json!({ "course": course().id, "opened": ["end"], "read": [], "exercises": {} });
    let told = ask(&json!({ "page": page, "kept": kept }), NOW).unwrap();
    assert_eq!(told["new"], json!([10, 10, 6]), "thirteen terms, both ways");
}

#[test]
fn pr3_what_was_found_of_another_module_is_added_to_what_is_kept_there() {
    let kept = sorted(Progress::new(&course()), "you", NOW);
    let found = sorted(kept.clone(), "aws", NOW + DAY);
    let ask = |kept: Option<&Progress>, found: &Progress| {
        let kept = kept.map(|kept| kept.write::<Value>());
        ask(&json!({ "kept": kept, "found": found.write::<Value>() }), NOW)
    };
    let told = ask(Some(&kept), &found).unwrap();
    assert_eq!([&told["added"], &told["newer"]], [0, 1]);
    assert_eq!(Progress::read(&told["progress"]), Some(kept.merged(&found)));
    let told = ask(None, &found).unwrap();
    assert_eq!([&told["added"], &told["newer"]], [1, 0]);
    assert_eq!(Progress::read(&told["progress"]), Some(found.clone()));
    let told = ask(Some(&found), &kept).unwrap();
    assert_eq!([&told["added"], &told["newer"]], [0, 0]);
    // What a learner brings back is wanted, though everything was deleted since.
    let empty = Progress { resets: 3, ..Progress::new(&course()) };
    assert_eq!(Progress::read(&ask(Some(&empty), &found).unwrap()["progress"]).unwrap().exercises, found.exercises);
    assert_eq!(ask(Some(&kept), &Progress { course: "other".into(), ..found }), None);
}

#[test]
fn pr3_of_progress_in_the_whole_course_a_module_gets_its_own() {
    let own = sorted(Progress::new(&course()), "you", NOW);
    let mut whole = own.clone();
    whole.opened.push("step-of-another".into());
    whole.read.push("step-of-another".into());
    whole.exercises.insert("exercise-of-another".into(), own.record("duties").unwrap().clone());
    let log = own.reviews.get("duties_disk").unwrap().clone();
    for key in ["exercise-of-another", "exercise-of-another_disk", "_term-of-another", "_mfa", "_mfa_meaning"] {
        Rc::make_mut(&mut whole.reviews).insert(key.into(), log.clone());
    }
    let ask = |found: &Progress| ask(&json!({ "page": page(), "found": found.write::<Value>() }), NOW);
    let mut expect = own;
    for key in ["_mfa", "_mfa_meaning"] {
        Rc::make_mut(&mut expect.reviews).insert(key.into(), log.clone());
    }
    assert_eq!(Progress::read(&ask(&whole).unwrap()["progress"]), Some(expect));
    whole.step = Some("step-of-another".into());
    assert_eq!(Progress::read(&ask(&whole).unwrap()["progress"]).unwrap().step, None);
    assert_eq!(ask(&Progress { course: "other".into(), ..whole }), None);
}

#[test]
fn pr1_what_cannot_be_read_is_not_answered() {
    let kept = sorted(Progress::new(&course()), "you", NOW).write::<Value>();
    for asks in [
        json!({}),
        json!({ "kept": kept }),
        json!({ "page": page() }),
        json!({ "page": {}, "kept": kept }),
        json!({ "page": {}, "found": kept }),
        json!({ "page": page(), "kept": kept, "found": kept }),
        json!({ "page": page(), "kept": { "course": "other" } }),
        json!({ "found": [], "kept": kept }),
        json!({ "found": kept, "kept": 1 }),
    ] {
        assert_eq!(ask(&asks, NOW), None, "{asks}");
    }
}
