//! The course that is shipped: complete, and sound both ways.

#![allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]

use course::{
    answer::Answer,
    course::{Block, Course},
    exercise::{Exercise, Kind},
    markup::{Markup, Node},
    progress::Progress,
};
use std::path::Path;

fn course() -> Course {
    compiler::compile(Path::new("content/clf-c02")).course.unwrap()
}

/// Every tree of text in a step, in order.
fn prose(course: &Course) -> Vec<&Markup> {
    let blocks = course.steps().flat_map(|(_, step)| &step.blocks);
    blocks.filter_map(|block| if let Block::Prose(markup) = block { Some(markup) } else { None }).collect()
}

fn count(markup: &[Node], is: &dyn Fn(&course::markup::Element) -> bool) -> usize {
    let of = |node: &Node| match node {
        Node::Text(_) => 0,
        Node::Element(element) => usize::from(is(element)) + count(&element.children, is),
    };
    markup.iter().map(of).sum()
}

#[test]
fn the_bundled_course_is_the_whole_of_module_4() {
    let course = course();
    assert_eq!((&*course.id, course.language.as_str(), course.modules.len()), ("clf-c02", "en", 1));
    let module = &course.modules[0];
    assert_eq!((module.steps.len(), module.terms.len()), (12, 15));
    let kinds: Vec<(Kind, usize)> = course.exercises().map(|exercise| (exercise.kind, exercise.items.len())).collect();
    let expected = [
        (Kind::Classification, 6),
        (Kind::Ordering, 4),
        (Kind::Matching { reuse: false }, 4),
        (Kind::Choice { select: 1 }, 4),
        (Kind::Flashcards, 10),
    ];
    assert_eq!(kinds, expected);
    let last: Vec<&Block> = module.steps[11].blocks.iter().filter(|block| !matches!(block, Block::Prose(_))).collect();
    assert_eq!(last, [&Block::Results, &Block::Glossary]);
}

#[test]
fn figures_code_and_call_outs_are_there() {
    let course = course();
    let sum = |is: &dyn Fn(&course::markup::Element) -> bool| {
        prose(&course).iter().map(|markup| count(markup, is)).sum::<usize>()
    };
    assert!(
        sum(&|element| element.tag() == "svg" && element.attribute("aria-label").is_some_and(|alt| alt.len() > 40))
            >= 2
    );
    assert!(sum(&|element| element.attribute("class") == Some("tok-key")) >= 5, "the policy is highlighted");
    for kind in ["mental-model", "rule-of-thumb", "exam-tip", "note"] {
        assert!(sum(&|element| element.attribute("class") == Some(&format!("callout {kind}"))) >= 1, "no {kind}");
    }
    assert!(sum(&|element| element.attribute("class") == Some("term")) >= 10, "terms are linked");
}

#[test]
fn each_key_earns_full_marks_and_the_empty_answer_is_no_attempt() {
    for exercise in course().exercises() {
        assert!(exercise.grade(&exercise.key()).is_full(), "{}", exercise.id);
        assert_eq!(exercise.grade(&Answer::default()).right, 0, "{}", exercise.id);
        // In an ordering everything stands somewhere from the start.
        let complete = exercise.kind == Kind::Ordering;
        assert_eq!(exercise.missing(&Answer::default()) == 0, complete, "{}", exercise.id);
    }
}

#[test]
fn g7_every_item_teaches() {
    let words = |markup: &Markup| course::markup::plain_text(markup).split_whitespace().count();
    for exercise in course().exercises() {
        for item in &exercise.items {
            assert!(words(&item.feedback) >= 8, "{}: {} has no feedback that explains", exercise.id, item.id);
        }
        if exercise.is_graded() {
            assert!(words(&exercise.explanation) >= 8 && words(&exercise.hint) >= 4, "{}", exercise.id);
            assert!(exercise.source.is_some(), "{} says where its facts come from", exercise.id);
        }
    }
}

#[test]
fn le1_the_line_rises_from_service_to_service_and_data_access_and_keys_stay_yours() {
    let course = course();
    let (_, step) = course.step("service-types").unwrap();
    let comparison = step.blocks.iter().find_map(|block| match block {
        Block::Comparison(comparison) => Some(comparison),
        _ => None,
    });
    let comparison = comparison.unwrap();
    assert_eq!(comparison.options, ["EC2", "RDS", "Lambda", "S3"]);
    let yours = |option| comparison.layers.iter().filter(|layer| layer.held[option] == 0).count();
    assert_eq!([0, 1, 2, 3].map(yours), [6, 4, 3, 2]);
    assert_eq!(comparison.tally(1), "4 of 9 layers are yours");
    for option in 0..4 {
        let held: Vec<usize> = comparison.layers.iter().map(|layer| layer.held[option]).collect();
        assert!(held.is_sorted() && held[..2] == [0, 0], "{held:?}");
    }
}

#[test]
fn le2_a_plan_knows_nothing_of_a_comparison_but_that_it_is_there() {
    let plan = course().plan();
    let (_, step) = plan.step("service-types").unwrap();
    assert!(step.blocks.iter().all(|block| *block == Block::Prose(true)), "{:?}", step.blocks);
}

#[test]
fn ma2_matching_has_an_answer_to_spare() {
    for exercise in course().exercises().filter(|exercise| matches!(exercise.kind, Kind::Matching { .. })) {
        assert!(exercise.slots.len() > exercise.items.len(), "{}: the last pair would be free", exercise.id);
    }
}

#[test]
fn progress_in_the_whole_course_stays_small() {
    let course = course();
    let mut progress = Progress::new(&course.plan());
    for exercise in course.exercises() {
        let record = course::progress::Record { answer: exercise.key(), attempts: 1, ..Default::default() };
        progress.exercises.insert(exercise.id.clone(), record);
    }
    let json = progress.write::<serde_json::Value>().to_string();
    assert!(json.len() < 16_384, "{} bytes", json.len());
}

#[test]
fn ids_are_unique_where_progress_and_pages_rely_on_them() {
    fn unique<'a>(what: &str, ids: impl Iterator<Item = &'a course::Id>) {
        let mut seen = std::collections::BTreeSet::new();
        for id in ids {
            assert!(course::is_id(id) && seen.insert(id), "{what} {id}");
        }
    }
    let course = course();
    unique("step", course.steps().map(|(_, step)| &step.id));
    unique("exercise", course.exercises().map(|exercise| &exercise.id));
    unique("term", course.terms().map(|term| &term.id));
    let within = |exercise: &Exercise| {
        unique("item", exercise.items.iter().map(|item| &item.id));
        unique("slot", exercise.slots.iter().map(|slot| &slot.id));
    };
    course.exercises().for_each(within);
}

#[test]
fn s10_the_course_says_whose_it_is_and_whose_it_is_not() {
    let course = course();
    let notice = format!("{:?}", course.notice);
    assert!(notice.contains("original") && notice.contains("not affiliated"), "{notice}");
}
