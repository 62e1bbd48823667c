//! From a folder of Markdown to a [`Course`], or to every problem in it.
//!
//! The way in is [`compile`], which reads a folder, or [`compile_files`], which needs no disk. The way out is
//! [`Compiled`]: the course if nothing is wrong, and every [`Diagnostic`] otherwise, each with file, line, column,
//! what is wrong and how to mend it. It never stops at the first problem, and no bytes make it panic.

mod assemble;
mod attributes;
mod comparison;
mod context;
mod diagnostic;
mod entry;
mod exercise;
mod figure;
mod glossary;
mod highlight;
mod manifest;
mod markdown;
mod mention;
mod names;
mod page;
mod prose;
mod source;
mod step;

pub use diagnostic::{Diagnostic, Severity};
pub use source::Files;

use course::course::Course;
use std::{env, io::IsTerminal, path::Path};

/// What became of a folder.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The course, if no diagnostic is an error: never half a course.
    pub course: Option<Course>,
    /// Every problem, by file and position.
    pub diagnostics: Vec<Diagnostic>,
    /// What was read, for a tool that watches or shows it.
    pub files: Files,
}

impl Compiled {
    /// Shows every problem on standard error, each with its source, in colour where that is a terminal and nobody
    /// objects (<https://no-color.org>); and gives the course, if there is one.
    pub fn report(self) -> Option<Course> {
        let colour = std::io::stderr().is_terminal() && env::var_os("NO_COLOR").is_none();
        for problem in &self.diagnostics {
            eprintln!("{}\n", problem.render(colour));
        }
        self.course
    }
}

/// Compiles the folder that holds `course.toml`. Diagnostics name files as `dir` does.
pub fn compile(dir: &Path) -> Compiled {
    compile_files(Files::read(dir))
}

/// Compiles files that were read before.
pub fn compile_files(files: Files) -> Compiled {
    let (course, problems) = assemble::assemble(&files);
    let diagnostics = problems.into_sorted();
    let broken = diagnostics.iter().any(|problem| problem.severity == Severity::Error);
    Compiled { course: (!broken).then_some(course), diagnostics, files }
}
