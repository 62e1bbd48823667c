//! `cargo xtask content`: what a build would say about the content, without a build.

use crate::count;
use anyhow::{Context, Error, Result, anyhow, bail};
use compiler::Severity;
use std::{
    env, fs,
    path::{self, Path, PathBuf},
};

/// Checks the course in the folder that is named, or every course in `content/`.
pub fn run(arguments: &[String]) -> Result<()> {
    match arguments {
        [] => {
            env::set_current_dir(crate::root()).context("the repository's folder cannot be entered")?;
            courses(Path::new("content"))?.iter().try_for_each(|course| check(course))
        }
        [folder] => check(Path::new(folder)),
        _ => bail!("`cargo xtask content` takes one folder at most"),
    }
}

/// The folder of a course, if an argument names one, as a build calls it; and the other arguments.
pub fn named(arguments: &[String]) -> Result<(Option<PathBuf>, Vec<String>)> {
    let mut rest = arguments.to_vec();
    let Some(at) = rest.iter().position(|argument| Path::new(argument).join("course.toml").is_file()) else {
        return Ok((None, rest));
    };
    let folder = path::absolute(rest.remove(at))?;
    // Problems are then shown by short names.
    Ok((Some(folder.strip_prefix(crate::root()).unwrap_or(&folder).to_owned()), rest))
}

/// What to say where a folder should be a course.
pub fn missing(folder: impl AsRef<Path>) -> Error {
    anyhow!("there is no course in {}: a course is a folder with a course.toml", folder.as_ref().display())
}

/// The folders that hold a `course.toml`, in order of their names.
fn courses(content: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(content).with_context(|| format!("{} cannot be read", content.display()))?;
    let mut courses: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|folder| folder.join("course.toml").is_file()).collect();
    courses.sort();
    if courses.is_empty() {
        return Err(missing(content));
    }
    Ok(courses)
}

fn check(folder: &Path) -> Result<()> {
    let compiled = compiler::compile(folder);
    let errors = compiled.diagnostics.iter().filter(|problem| problem.severity == Severity::Error).count();
    let Some(course) = compiled.report() else {
        bail!("{} in {}, so no course comes of it", count(errors, "error"), folder.display());
    };
    let cards = course.exercises().filter(|exercise| !exercise.is_graded()).map(|deck| deck.items.len()).sum();
    let parts = [
        count(course.modules.len(), "module"),
        count(course.steps().count(), "step"),
        count(course.exercises().count(), "exercise"),
        count(cards, "card"),
        count(course.terms().count(), "term"),
    ];
    println!("{}: {}", folder.display(), parts.join(", "));
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_courses_are_found() {
        let courses = courses(&crate::root().join("content")).unwrap();
        assert!(courses.iter().any(|course| course.ends_with("clf-c02")), "{courses:?}");
    }

    #[test]
    fn a_course_is_found_among_other_arguments_and_called_by_a_short_name_if_it_is_one_of_ours() {
        let named = |line: &str| named(&line.split(' ').map(str::to_owned).collect::<Vec<_>>()).unwrap();
        let (course, rest) = named(&format!("--open {}/tests/courses/options --port 3000", crate::root().display()));
        assert_eq!(course, Some(PathBuf::from("tests/courses/options")));
        assert_eq!(rest, ["--open", "--port", "3000"]);
        // A build begins in the folder of the repository, wherever it is called.
        let course = named("../tests/courses/options").0.unwrap();
        assert!(crate::root().join(course).join("course.toml").is_file());
        assert_eq!(named("--open ../tests"), (None, vec!["--open".to_owned(), "../tests".to_owned()]));
    }

    #[test]
    fn a_folder_without_a_course_is_refused() {
        let error = courses(&crate::root().join("xtask")).unwrap_err().to_string();
        assert!(error.contains("there is no course in"), "{error}");
        assert!(check(&crate::root().join("xtask")).is_err());
    }
}
