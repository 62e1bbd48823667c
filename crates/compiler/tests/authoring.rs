//! The guide for authors is a test: every example in it is compiled, and every message in it is a real one.
//!
//! An example is a fence of four backticks, `markdown`, `toml` or `xml`. It is the text of a step or, if a file is
//! named after the language, that file, in the small course that all tests share. A `text` fence after it shows all
//! that the compiler says about it; without one, there is nothing to say. `UPDATE_EXPECT=1 cargo test` writes the
//! `text` fences anew.

mod lesson;

use compiler::compile_files;
use expect_test::expect_file;

const GUIDE: &str = include_str!("../../../docs/authoring.md");

/// What the compiler says about an example.
fn said(info: &str, text: &str) -> String {
    let (_, file) = info.split_once(' ').unwrap_or((info, ""));
    let mut files = lesson::around(if file.is_empty() { text } else { "Some text." });
    if file == "course.toml" {
        files.insert(file, text);
    } else if !file.is_empty() {
        files.insert(&format!("01-start/{file}"), text);
    }
    let mut diagnostics = compile_files(files).diagnostics;
    if file.is_empty() {
        for problem in diagnostics.iter_mut().filter(|problem| problem.path == lesson::STEP) {
            // The example begins below the front matter, and so do its lines.
            problem.line -= lesson::FRONT_MATTER_LINES;
        }
    }
    let said: Vec<String> = diagnostics.iter().map(|problem| format!("{problem}\n")).collect();
    said.join("\n")
}

#[test]
fn the_guide_is_true() {
    let mut anew = String::new();
    let mut lines = GUIDE.lines().peekable();
    let mut examples = 0;
    let mut complaints = 0;
    while let Some(line) = lines.next() {
        anew += &format!("{line}\n");
        let Some(info) = line.strip_prefix("````").filter(|info| !info.is_empty() && !info.starts_with('`')) else {
            continue;
        };
        let mut example = String::new();
        for line in lines.by_ref().take_while(|line| *line != "````") {
            example += &format!("{line}\n");
        }
        anew += &format!("{example}````\n");
        examples += 1;
        let said = said(info, &example);
        let between: Vec<&str> = std::iter::from_fn(|| lines.next_if(|line| line.is_empty())).collect();
        anew += &"\n".repeat(between.len());
        if lines.next_if(|line| *line == "```text").is_some() {
            lines.by_ref().take_while(|line| *line != "```").for_each(drop);
            assert!(!said.is_empty(), "nothing is wrong with this example, though the guide says so:\n{example}");
            anew += &format!("```text\n{said}```\n");
            complaints += 1;
        } else {
            assert!(said.is_empty(), "something is wrong with this example:\n{example}\n{said}");
        }
    }
    assert!(examples > 20 && complaints > 10, "the examples are found: {examples}, {complaints}");
    expect_file!["../../../docs/authoring.md"].assert_eq(&anew);
}
