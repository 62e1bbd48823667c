//! A course of any size, in the Markdown that an author would write.
//!
//! Nothing is left to chance: the same numbers give the same bytes, and a module is the same in a short course and in a
//! long one. A module has as many steps, terms and bytes as the one that is shipped. Its sentences mean nothing, but
//! mix words of the field with names that only this module has, as courses do, so that they compress as badly as
//! real ones.

mod exercises;
mod sentences;

use compiler::Files;
use sentences::{Sentences, capitalised};
use std::fmt::Write;

/// The steps of each module.
pub const STEPS: usize = 12;

/// The exercises of a module unless another number is asked for, as many as in the module that is shipped.
pub const EXERCISES: usize = 4;

/// The key terms of each module.
pub const TERMS: usize = 15;

/// A course with that many modules and exercises in each.
///
/// The ids tell what stands where: `step-3-12` is the last step of the third module, and `choice-1-3` the third
/// exercise of the first. The kinds of exercise follow each other in turn through the whole course.
pub fn course(modules: usize, exercises: usize) -> Files {
    let mut files = Files::new("");
    let mut manifest = String::from(
        "id = \"generated\"\ntitle = \"A course of any size\"\nlanguage = \"en\"\n\
         notice = \"Written by a program, to measure with; its sentences mean nothing.\"\n",
    );
    for module in 1..=modules {
        let mut words = Sentences::new(&[module]);
        let steps: Vec<String> = (1..=STEPS).map(file_of_step).collect();
        let list: String = steps.iter().map(|file| format!("    \"{file}\",\n")).collect();
        let (title, summary) = (capitalised(&words.topic()), words.paragraph(2));
        // Writing into a string cannot fail.
        let _ = write!(
            manifest,
            "\n[[modules]]\nid = \"module-{module}\"\nfolder = \"{}\"\ntitle = \"{title}\"\nsummary = \"{summary}\"\n\
             steps = [\n{list}]\nglossary = \"glossary.md\"\n",
            folder(module)
        );
        for (at, file) in steps.iter().enumerate() {
            let text = step(module, at + 1, exercises);
            files.insert(&format!("{}/{file}", folder(module)), text);
        }
        files.insert(&format!("{}/glossary.md", folder(module)), glossary(module));
    }
    files.insert("course.toml", manifest);
    files
}

fn folder(module: usize) -> String {
    format!("{module:03}-module")
}

fn file_of_step(step: usize) -> String {
    format!("{step:02}-step.md")
}

/// One step: something to read, then its share of the exercises. The last one shows the results and the key terms.
fn step(module: usize, step: usize, exercises: usize) -> String {
    let mut words = Sentences::new(&[module, step]);
    let title = capitalised(&words.topic());
    let mut text = format!("---\nid: step-{module}-{step}\ntitle: {title}\nminutes: {}\n---\n\n", 1 + words.below(3));
    text += &format!("{}\n\n", words.paragraph(4));
    if step == STEPS {
        text += "::: results\n:::\n\n## Key terms\n\n::: glossary\n:::\n";
        return text;
    }
    text += &section(&mut words, module, step);
    // All steps but the last carry exercises, and each about as many.
    let share = |step: usize| step * exercises / (STEPS - 1);
    for number in share(step - 1) + 1..=share(step) {
        text += &exercises::exercise(module, number, (module - 1) * exercises + number - 1);
    }
    text
}

/// What a step says besides its first paragraph: each has a heading, a link to the next step and one to a term, and
/// something that the steps beside it have not.
fn section(words: &mut Sentences, module: usize, step: usize) -> String {
    let mut text = format!("## {}\n\n{}\n\n", capitalised(&words.topic()), words.paragraph(5));
    text += &match step % 5 {
        0 => format!("```json\n{}\n```\n\n", policy(words)),
        1 => list(words),
        2 => table(words),
        3 => format!("> [!note] {}\n> {}\n\n", capitalised(&words.topic()), words.paragraph(2)),
        _ => {
            format!("> [!exam-tip]\n> {}\n\n### {}\n\n{}", words.paragraph(2), capitalised(&words.topic()), list(words))
        }
    };
    let term = format!("[{}](glossary.md#term-{module}-{})", words.topic(), 1 + words.below(TERMS));
    let next = format!("[{}]({})", words.topic(), file_of_step(step + 1));
    text + &format!("{} It rests on {term} and leads to {next}. {}\n\n", words.paragraph(2), words.paragraph(3))
}

fn list(words: &mut Sentences) -> String {
    let entries = (0..5).map(|_| format!("- **{}:** {}\n", capitalised(&words.topic()), words.paragraph(2)));
    entries.collect::<String>() + "\n"
}

fn table(words: &mut Sentences) -> String {
    let rows = (0..4).map(|_| format!("| {} | {} | {} |\n", words.name(), words.topic(), words.topic()));
    format!("| Service | What it keeps | Who looks after it |\n| --- | --- | --- |\n{}\n", rows.collect::<String>())
}

/// A policy in JSON, which the compiler puts into colour.
fn policy(words: &mut Sentences) -> String {
    let (service, bucket) = (words.name().to_lowercase(), words.slug());
    format!(
        "{{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {{\n      \"Effect\": \"Allow\",\n      \
         \"Action\": [\"{service}:Get\", \"{service}:List\"],\n      \
         \"Resource\": \"arn:aws:{service}:::{bucket}/*\"\n    }}\n  ]\n}}"
    )
}

fn glossary(module: usize) -> String {
    let mut words = Sentences::new(&[module, STEPS + 1]);
    let term = |at: usize| {
        let (title, alias) = (capitalised(&words.topic()), words.name());
        format!("{title} {{#term-{module}-{at} aliases=\"{alias}\"}}\n: {}\n\n", words.paragraph(2))
    };
    (1..=TERMS).map(term).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;
    use ::course::exercise::{Exercise, Kind};
    use compiler::compile_files;
    use std::collections::BTreeMap;

    /// How many exercises there are of each kind.
    fn kinds<'a>(exercises: impl Iterator<Item = &'a Exercise>) -> BTreeMap<&'static str, usize> {
        let mut kinds = BTreeMap::new();
        for exercise in exercises {
            let kind = match exercise.kind {
                Kind::Choice { select: 1 } => "choice",
                Kind::Choice { .. } => "multiple response",
                Kind::Classification => "classification",
                Kind::Matching { .. } => "matching",
                Kind::Ordering => "ordering",
                Kind::Flashcards => "flashcards",
            };
            *kinds.entry(kind).or_default() += 1;
        }
        kinds
    }

    #[track_caller]
    fn assert_compiles(modules: usize, exercises: usize) -> BTreeMap<&'static str, usize> {
        let compiled = compile_files(course(modules, exercises));
        let problems: Vec<String> = compiled.diagnostics.iter().map(|problem| problem.short()).collect();
        assert!(problems.is_empty(), "{problems:#?}");
        let course = compiled.course.unwrap();
        assert_eq!(course.modules.len(), modules);
        assert_eq!(course.steps().count(), modules * STEPS);
        assert_eq!(course.terms().count(), modules * TERMS);
        assert_eq!(course.exercises().count(), modules * exercises);
        kinds(course.exercises())
    }

    #[test]
    fn one_module_compiles_and_has_the_kinds_of_the_shipped_one() {
        let kinds = assert_compiles(1, EXERCISES);
        assert_eq!(kinds, [("choice", 1), ("classification", 1), ("flashcards", 1), ("matching", 1)].into());
    }

    #[test]
    fn ten_modules_compile_and_have_as_many_of_each_kind() {
        let kinds = assert_compiles(10, EXERCISES);
        let each = ["choice", "classification", "flashcards", "matching", "multiple response"];
        assert_eq!(kinds, each.map(|kind| (kind, 8)).into());
    }

    #[test]
    fn a_module_of_many_exercises_compiles_and_so_does_one_of_none() {
        assert_compiles(1, 100);
        assert_compiles(1, 0);
    }

    #[test]
    fn a_module_is_the_same_in_every_course() {
        let (short, long) = (course(1, EXERCISES), course(3, EXERCISES));
        for path in short.paths().filter(|path| path.ends_with(".md")) {
            assert_eq!(short.get(path), long.get(path), "{path}");
        }
    }

    #[test]
    fn a_module_has_about_the_bytes_of_the_shipped_one() {
        let bytes = |files: &Files| crate::subjects::markdown_bytes(files) as f64;
        let ratio = bytes(&course(1, EXERCISES)) / bytes(&crate::subjects::shipped());
        assert!((0.8..1.25).contains(&ratio), "{ratio}");
    }
}
