//! What stands in a page for the player: what the build wrote is read back, and anything else is refused without a panic.

use crate::{COURSE, course};
use course::{
    course::{Course, Page, Plan},
    progress::Progress,
    study::{Msg, Study},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::rc::Rc;

fn page() -> Page {
    Page::new((*course()).clone(), Some("all".into()))
}

fn written() -> Value {
    serde_json::to_value(page()).unwrap()
}

#[test]
fn what_was_written_is_read_back() {
    assert_eq!(Page::read(&written()), Some(page()));
    let whole = Page::new((*course()).clone(), None);
    assert_eq!(Page::read(&serde_json::to_value(&whole).unwrap()), Some(whole));
}

#[test]
fn a_plan_holds_no_text_but_titles_and_labels() {
    let course: Course = serde_json::from_str(COURSE).unwrap();
    let json = serde_json::to_string(&Page::new(course.plan(), None)).unwrap();
    assert!(json.contains(r#""title":"Sort these""#) || json.contains("\"title\""), "{json}");
    for exercise in course.exercises() {
        // What can be moved has a label, to be read out.
        for item in exercise.items.iter().filter(|_| !exercise.kind.moves_items()) {
            let text = course::markup::plain_text(&item.text);
            assert!(!json.contains(&format!("\"{text}\"")), "{text}");
        }
    }
}

#[test]
fn a_page_of_another_form_and_another_thing_are_refused() {
    let mut newer = written();
    newer["form"] = json!(newer["form"].as_u64().unwrap() + 1);
    for other in [newer, json!(null), json!([]), json!({}), json!({ "form": 2 }), json!("page")] {
        assert_eq!(Page::read(&other), None, "{other}");
    }
}

/// Every value within that one, by the way to it.
fn pointers(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, inner)| pointers(inner, format!("{at}/{index}"), found));
        }
        Value::Object(map) => map.iter().for_each(|(key, inner)| pointers(inner, format!("{at}/{key}"), found)),
        _ => {}
    }
    found.push(at);
}

/// Whatever is read can be studied.
fn use_it(plan: Plan) {
    let plan = Rc::new(plan);
    let study = Study::new(plan.clone(), Progress::new(&plan), None);
    for exercise in plan.exercises() {
        exercise.grade(&exercise.key());
        study.update(&Msg::Checked { exercise: exercise.id.clone(), anyway: false }, 1);
    }
}

proptest! {
    #[test]
    fn any_damage_is_read_or_refused(
        at in any::<prop::sample::Index>(),
        other in prop::sample::select(vec![json!(null), json!(-1), json!(1.5), json!(1u64 << 60), json!("x"), json!([[]]), json!({ "a": {} }), json!(true)])
    ) {
        let mut json = written();
        let mut found = Vec::new();
        pointers(&json, String::new(), &mut found);
        *json.pointer_mut(&found[at.index(found.len())]).unwrap() = other;
        if let Some(page) = Page::read(&json) {
            use_it(page.plan);
        }
    }
}
