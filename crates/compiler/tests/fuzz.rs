//! Whatever is in the files, the compiler says what is wrong with them and does not panic.
//!
//! Plain `cargo test` tries random inputs for a few seconds. `cargo bolero test` drives the same targets with a
//! coverage-guided engine.

mod lesson;

use bolero::{TypeGenerator, check};
use compiler::{Files, Severity, compile_files};
use course::course::Course;
use std::{collections::BTreeMap, path::Path, time::Duration};

const TIME: Duration = Duration::from_secs(2);

/// The files of the small course that are replaced.
const FILES: &[&str] = &[lesson::STEP, "course.toml", "01-start/glossary.md", "01-start/media/line.svg"];

/// What authors write, in pieces that mean something.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "   ",
    "\t",
    "- ",
    "1. ",
    "1) ",
    "* ",
    "> ",
    ": ",
    "|",
    "**",
    "*",
    "`",
    "```",
    "```json\n",
    "~~",
    "{#",
    "}",
    "{#a}",
    "{#b was=\"a c\"}",
    "=",
    "\"",
    ":::",
    "\n::: choice {#q select=2}\n",
    "\n::: matching {#q}\n",
    "\n::: comparison {tally=\"# of #\"}\n",
    "\n| a | b | c | d |\n| - | - | - | - |\n",
    "\n:::\n",
    "### ",
    "# ",
    "[x] ",
    "[ ] ",
    "[!note]",
    "[!hint]",
    "[!",
    "]",
    "[",
    "](",
    ")",
    "![",
    "javascript:",
    "https://",
    ".md",
    "#",
    "<b>",
    "</",
    "<!--",
    "<![CDATA[",
    "&amp;",
    "&#0;",
    "\\",
    "---\n",
    "\0",
    "é",
    "🦀",
    "\u{feff}",
    "\u{2028}",
    "Source:",
    "url(#",
    "Select TWO ",
    "[[modules]]",
    "'''",
    "<g>",
    "<svg xmlns='http://www.w3.org/2000/svg'>",
];

/// A change to a text, at places given as parts of its length.
#[derive(Clone, Debug, TypeGenerator)]
enum Change {
    Insert(u16, u8),
    Remove(u16, u8),
    Repeat(u16, u8, u8),
    Replace(u16, u8),
    End(u16),
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let place = |at: u16| usize::from(at) * bytes.len() / usize::from(u16::MAX);
        let piece = |piece: u8| PIECES[usize::from(piece) % PIECES.len()].bytes();
        match *self {
            Change::Insert(at, with) => {
                let at = place(at);
                bytes.splice(at..at, piece(with));
            }
            Change::Remove(at, length) => {
                let at = place(at);
                let end = bytes.len().min(at + usize::from(length));
                bytes.drain(at..end);
            }
            Change::Repeat(at, length, times) => {
                let at = place(at);
                let end = bytes.len().min(at + usize::from(length));
                let part = bytes[at..end].repeat(usize::from(times % 32));
                bytes.splice(at..at, part);
            }
            Change::Replace(at, with) => {
                let at = place(at);
                let end = bytes.len().min(at + 1);
                bytes.splice(at..end, [with]);
            }
            Change::End(at) => bytes.truncate(place(at)),
        }
    }
}

/// What holds for every folder: the course is there exactly if nothing is wrong, problems are in order and stand
/// where there is something, and a course survives being written and read.
fn holds(files: Files) {
    let compiled = compile_files(files);
    let errors = compiled.diagnostics.iter().filter(|problem| problem.severity == Severity::Error).count();
    assert_eq!(compiled.course.is_some(), errors == 0);
    let places: Vec<_> =
        compiled.diagnostics.iter().map(|problem| (&problem.path, problem.line, problem.column)).collect();
    assert!(places.is_sorted());
    let text_of = |path: &str| String::from_utf8_lossy(compiled.files.get(path).unwrap_or_default()).into_owned();
    let texts: BTreeMap<&str, String> = compiled.files.paths().map(|path| (path, text_of(path))).collect();
    let lines: BTreeMap<&str, Vec<&str>> =
        texts.iter().map(|(path, text)| (*path, text.split('\n').collect())).collect();
    for problem in &compiled.diagnostics {
        let line = lines[problem.path.as_str()][problem.line - 1];
        assert!(problem.column <= line.chars().count() + 1, "{}", problem.short());
        assert!(!problem.message.contains('\n') && !problem.help.contains('\n'), "{}", problem.short());
        assert!(!problem.message.ends_with('.') && !problem.help.ends_with('.'), "{}", problem.short());
    }
    // An excerpt that is out of bounds would panic here.
    if let Some(problem) = compiled.diagnostics.last() {
        assert!(!problem.to_string().is_empty());
    }
    if let Some(course) = compiled.course {
        let json = serde_json::to_string(&course).expect("a course is JSON");
        assert_eq!(serde_json::from_str::<Course>(&json).expect("a course can be read"), course);
    }
}

#[test]
fn the_deepest_that_is_allowed() {
    for mark in ["> ", "- ", "1. "] {
        let deepest = (1..40).rev().find(|depth| {
            let compiled = compile_files(lesson::around(&format!("{}**a**", mark.repeat(*depth))));
            compiled.course.is_some()
        });
        let deepest = deepest.expect("something is allowed");
        assert!(deepest > 8);
        holds(lesson::around(&format!("{}**a**", mark.repeat(deepest))));
    }
}

#[test]
fn any_bytes() {
    check!().with_type::<(u8, Vec<u8>)>().with_test_time(TIME).for_each(|(file, bytes)| {
        let mut files = lesson::around("a");
        files.insert(FILES[usize::from(*file) % FILES.len()], bytes.clone());
        holds(files);
    });
}

#[test]
fn pieces_of_markdown() {
    check!().with_type::<(u8, Vec<u8>)>().with_test_time(TIME).for_each(|(file, pieces)| {
        let text: String = pieces.iter().map(|piece| PIECES[usize::from(*piece) % PIECES.len()]).collect();
        let mut files = lesson::around(&text);
        if file % 4 != 0 {
            files.insert(FILES[usize::from(*file) % FILES.len()], text);
        }
        holds(files);
    });
}

#[test]
fn real_content_with_changes() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/clf-c02");
    let content = Files::read(&content);
    let texts: Vec<(&str, Vec<u8>)> = content
        .paths()
        .filter_map(|path| {
            let place = match path {
                _ if path.ends_with("glossary.md") => "01-start/glossary.md",
                _ if path.ends_with(".md") => lesson::STEP,
                _ if path.ends_with(".svg") => "01-start/media/line.svg",
                _ => "course.toml",
            };
            Some((place, content.get(path)?.to_vec()))
        })
        .collect();
    assert!(texts.len() > 10, "the course that comes with the compiler is where it was");
    check!().with_type::<(u8, Vec<Change>)>().with_test_time(TIME).for_each(|(file, changes)| {
        let (place, mut bytes) = texts[usize::from(*file) % texts.len()].clone();
        for change in changes.iter().take(16) {
            change.apply(&mut bytes);
            bytes.truncate(50_000);
        }
        let mut files = lesson::around("a");
        files.insert(place, bytes);
        holds(files);
    });
}

#[test]
fn much_of_the_same() {
    for piece in
        PIECES.iter().chain(&["[a](", "> - ", "*a _b ", "![[", "&", "<g ", "{#a}\n", "- [x] a {#a}\n", "a\n: b\n\n"])
    {
        let text = piece.repeat(1_000);
        for file in FILES {
            let mut files = lesson::around(&text);
            files.insert(file, text.clone());
            holds(files);
        }
    }
}
