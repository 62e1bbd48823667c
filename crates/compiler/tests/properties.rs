//! What holds for every exercise and every place, not only for the examples.

mod lesson;

use compiler::compile_files;
use course::exercise::{Exercise, Kind};
use proptest::prelude::*;

fn exercise(text: &str) -> Exercise {
    let compiled = compile_files(lesson::around(text));
    let problems: Vec<String> = compiled.diagnostics.iter().map(|problem| problem.short()).collect();
    assert!(problems.is_empty(), "{text}\n{problems:#?}");
    compiled.course.and_then(|course| course.exercise("q").cloned()).expect("the exercise of this test")
}

proptest! {
    #[test]
    fn a_choice_marks_what_its_author_marked(
        marks in prop::collection::vec(any::<bool>(), 2..9).prop_filter("one is correct", |marks| marks.contains(&true)),
        tight in any::<bool>(),
    ) {
        let correct = marks.iter().filter(|mark| **mark).count();
        let gap = if tight { "  - " } else { "\n  " };
        let options: String = marks
            .iter()
            .enumerate()
            .map(|(at, mark)| format!("- [{}] option {at} {{#o{at}}}\n{gap}why\n\n", if *mark { 'x' } else { ' ' }))
            .collect();
        let text = format!("::: choice {{#q select={correct}}}\n### T\nSelect {correct}.\n\n{options}:::");
        let exercise = exercise(&text);
        prop_assert_eq!(exercise.kind, Kind::Choice { select: u32::try_from(correct).expect("a few") });
        let marked: Vec<bool> = exercise.items.iter().map(|item| !item.accepts.is_empty()).collect();
        prop_assert_eq!(marked, marks);
    }

    #[test]
    fn an_item_belongs_where_its_author_put_it(
        right in prop::collection::vec(prop::collection::btree_set(0_usize..4, 1..4), 1..7),
        by_id in any::<bool>(),
    ) {
        let slots: String = (0..4).map(|slot| format!("- Slot *{slot}* {{#s{slot}}}\n")).collect();
        let name = |slot: &usize| if by_id { format!("S{slot}") } else { format!("slot {slot}") };
        let items: String = right
            .iter()
            .enumerate()
            .map(|(at, slots)| {
                let names: Vec<String> = slots.iter().map(name).collect();
                format!("{}. item {{#i{at}}}\n\n    **{}.** why\n\n", at + 1, names.join(" | "))
            })
            .collect();
        let exercise = exercise(&format!("::: classification {{#q}}\n### T\nSort.\n\n{slots}\n{items}:::"));
        let accepted: Vec<Vec<String>> = exercise
            .items
            .iter()
            .map(|item| item.accepts.iter().map(|id| id.to_string()).collect())
            .collect();
        let expected: Vec<Vec<String>> =
            right.iter().map(|slots| slots.iter().map(|slot| format!("s{slot}")).collect()).collect();
        prop_assert_eq!(accepted, expected);
    }

    #[test]
    fn a_problem_stands_where_it_is(
        before in "[a-zäß日 ]{0,20}",
        lines in prop::collection::vec("[a-zäß日]{1,9}", 0..5),
        crlf in any::<bool>(),
    ) {
        let end = if crlf { "\r\n\r\n" } else { "\n\n" };
        let above: String = lines.iter().map(|line| format!("{line}{end}")).collect();
        let before = format!("x{before}");
        let compiled = compile_files(lesson::around(&format!("{above}{before}<b>{end}")));
        prop_assert_eq!(compiled.diagnostics.len(), 1);
        let problem = &compiled.diagnostics[0];
        prop_assert_eq!(problem.line, lesson::FRONT_MATTER_LINES + 2 * lines.len() + 1);
        prop_assert_eq!(problem.column, before.chars().count() + 1);
        prop_assert_eq!(problem.marked(), "<b>");
    }
}
