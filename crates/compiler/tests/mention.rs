//! Which mentions of key terms in a step become links to the glossary.

mod lesson;

use compiler::compile_files;
use course::{
    course::{Block, Course},
    markup::{Markup, Node, plain_text},
};
use proptest::prelude::*;

const GLOSSARY: &str = "\
Least privilege {#least-privilege}
: No more permissions than the task needs.

Multi-factor authentication (MFA) {#mfa aliases=\"MFA, two-factor\"}
: A second proof of who you are, besides the password.

Security group {#security-group aliases=SG}
: A firewall around an instance, as least privilege asks for.

Group {#group}
: Several users who are given permissions together.

Access key {#access-key aliases=\"access-key policy\"}
: What a program proves itself with.

Policy {#policy link=no}
: What allows and forbids.
";

fn course(text: &str) -> Course {
    let mut files = lesson::around(text);
    files.insert("01-start/glossary.md", GLOSSARY);
    let compiled = compile_files(files);
    let problems: Vec<String> = compiled.diagnostics.iter().map(|problem| problem.short()).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    compiled.course.expect("no problem, so there is a course")
}

fn prose(course: &Course) -> Vec<&Markup> {
    let (_, step) = course.step("welcome").expect("the step of this test");
    let blocks = step.blocks.iter().map(|block| match block {
        Block::Prose(prose) => Some(prose),
        _ => None,
    });
    blocks.flatten().collect()
}

/// The links to terms in that text of a step: `words>term`.
fn links(text: &str) -> Vec<String> {
    fn collect(markup: &[Node], found: &mut Vec<String>) {
        for node in markup {
            let Node::Element(element) = node else { continue };
            if let Some(term) = element.attribute("href").and_then(|href| href.strip_prefix("#/glossary/")) {
                assert_eq!(element.attribute("class"), Some("term"));
                found.push(format!("{}>{term}", plain_text(&element.children)));
            }
            collect(&element.children, found);
        }
    }
    let course = course(text);
    let mut found = Vec::new();
    prose(&course).into_iter().for_each(|markup| collect(markup, &mut found));
    found
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(links(text), expected, "{text}");
}

#[test]
fn gl5_capitals_plurals_and_other_names_are_the_same_term() {
    check("MFA protects you.", &["MFA>mfa"]);
    check("Use mfa.", &["mfa>mfa"]);
    check("Multi-Factor Authentication", &["Multi-Factor Authentication>mfa"]);
    check("multi factor authentication", &["multi factor authentication>mfa"]);
    check("Multi-factor authentication (MFA)", &["Multi-factor authentication (MFA)>mfa"]);
    check("Two-factor it is", &["Two-factor>mfa"]);
    check("Two SGs, and LEAST PRIVILEGE", &["SGs>security-group", "LEAST PRIVILEGE>least-privilege"]);
    check("of many least\nprivileges, some", &["least privileges>least-privilege"]);
}

#[test]
fn gl5_only_whole_words_in_one_go_are_a_mention() {
    check("The groupings of MFAX and XMFA regroup.", &[]);
    check("the least. Privilege", &[]);
    check("the *least* privilege", &[]);
    check("least, privilege", &[]);
    check("MFA’s, “MFA”", &["MFA>mfa"]);
}

#[test]
fn gl5_the_longest_name_has_the_words() {
    check("A security group guards.", &["security group>security-group"]);
    check("Groups, and security groups", &["Groups>group", "security groups>security-group"]);
    check("Our access-key policy, or a group", &["access-key policy>access-key", "group>group"]);
}

#[test]
fn gl3_only_the_first_mention_in_a_step_is_linked() {
    check("MFA and multi-factor authentication.\n\nMFA again.", &["MFA>mfa"]);
    check("One MFA.\n\n::: results\n:::\n\nTwo MFA.", &["MFA>mfa"]);
    check("A security group, a security group", &["security group>security-group"]);
}

#[test]
fn gl3_what_the_author_links_is_linked_there_and_only_there() {
    check("First MFA, then [this](glossary.md#mfa).", &["this>mfa"]);
    check("[MFA](02-service-types.md)", &[]);
    check("[MFA](02-service-types.md) and MFA", &["MFA>mfa"]);
}

#[test]
fn gl3_never_in_headings_code_figures_or_heads_of_tables() {
    check("## MFA\n\n### Least privilege\n\n#### Group\n\nWords.", &[]);
    check("`MFA`\n\n```\nMFA\n```", &[]);
    check("![MFA](media/line.svg \"MFA\")", &[]);
    check("| MFA | Group |\n| --- | --- |\n| least privilege | 1 |", &["least privilege>least-privilege"]);
    check("| | Group |\n| --- | --- |\n| MFA | 1 |", &[]);
    check("MFA\n: See least privilege.", &["least privilege>least-privilege"]);
    check("> [!note] MFA\n> Groups.", &["Groups>group"]);
    check("- **MFA** is\n- *a group*", &["MFA>mfa", "group>group"]);
}

#[test]
fn gl3_an_exercise_and_the_glossary_are_left_alone() {
    let text = "\
::: choice {#q}

### MFA?

Is MFA two-factor?

- [x] MFA {#a}

  Least privilege.

- [ ] A group {#b}

  No group.

> [!hint]
> MFA

> [!explanation]
> MFA

:::";
    let course = course(text);
    assert!(prose(&course).is_empty());
    let exercise = serde_json::to_string(course.exercise("q").expect("the exercise")).expect("a course is JSON");
    assert!(!exercise.contains("#/glossary"), "{exercise}");
    let terms = serde_json::to_string(&course.modules[0].terms).expect("a course is JSON");
    assert!(!terms.contains("#/glossary"), "{terms}");
}

#[test]
fn gl3_a_term_can_be_left_alone_by_its_author() {
    check("A policy, and policies", &[]);
    check("[A policy](glossary.md#policy)", &["A policy>policy"]);
}

#[test]
fn a_word_for_link_that_is_neither_yes_nor_no_is_a_problem() {
    let mut files = lesson::around("[t](glossary.md#mfa)");
    files.insert("01-start/glossary.md", "MFA {#mfa link=never}\n: A second proof.\n");
    let problems: Vec<String> = compile_files(files).diagnostics.iter().map(|problem| problem.short()).collect();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("`link` cannot be `never`"), "{problems:?}");
}

proptest! {
    /// Words of names and others, in any order: linking changes no word of a text, and links a term at most once.
    #[test]
    fn gl3_gl5_linking_changes_no_word(picked in prop::collection::vec((0_usize..12, 0_usize..6), 1..60)) {
        const WORDS: [&str; 12] = [
            "least", "privilege", "Privileges", "MFA", "security", "group", "groups", "access", "keys", "policy", "two",
            "factor",
        ];
        const GAPS: [&str; 6] = [" ", " ", "-", ", ", "\n", "\n\n"];
        let text: String = picked.iter().map(|(word, gap)| [WORDS[*word], GAPS[*gap]].concat()).collect();
        let course = course(&text);
        let shown: String = prose(&course).into_iter().map(|markup| plain_text(markup)).collect();
        let only_letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(only_letters(&shown), only_letters(&text));
        let links = links(&text);
        let mut terms: Vec<&str> = links.iter().filter_map(|link| Some(link.split_once('>')?.1)).collect();
        terms.sort_unstable();
        let count = terms.len();
        terms.dedup();
        prop_assert_eq!(terms.len(), count);
        for link in &links {
            prop_assert!(!link.to_lowercase().contains("policy>policy"));
        }
    }
}
