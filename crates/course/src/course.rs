//! The compiled course: modules of steps, steps of blocks.
//!
//! It holds what a learner meets and nothing of how an author wrote it: no source text, no file names, no positions.

use crate::{Id, exercise::Exercise, markup::Markup};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What the bytes of a compiled course begin with: a name, and the version of their form. Whoever changes a type that
/// is part of a course changes the version.
const HEADER: &[u8] = b"kurso course 1\n";

/// A whole course, as the compiler makes it and the player shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Course {
    /// Names the course wherever progress is kept; never changes between versions.
    pub id: Id,
    /// The title that learners see.
    pub title: String,
    /// The language of the content, a BCP 47 tag such as `en` or `pt-BR`.
    pub language: String,
    /// Who wrote it and who did not: licence, trade marks, disclaimers. Shown at the foot of every page.
    #[serde(default)]
    pub notice: Markup,
    /// The modules, in the order in which they are studied. At least one.
    pub modules: Vec<Module>,
}

/// A part of a course that is studied in one go: steps in order, and the terms that it introduces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Module {
    /// Unique among the modules.
    pub id: Id,
    /// The title that learners see.
    pub title: String,
    /// One or two plain sentences on what it is about.
    pub summary: String,
    /// The steps, in order. At least one.
    pub steps: Vec<Step>,
    /// The key terms, in alphabetical order of their title.
    #[serde(default)]
    pub terms: Vec<Term>,
}

/// One page of a module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Unique in the course; also its address, `#/id`.
    pub id: Id,
    /// The title that learners see, plain text.
    pub title: String,
    /// How long it takes, in whole minutes, at least 1.
    pub minutes: u32,
    /// What it shows, from top to bottom.
    pub blocks: Vec<Block>,
}

/// One part of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// Something to read: headings, prose, lists, tables, code, call-outs, figures.
    Prose(Markup),
    /// Something to do.
    Exercise(Box<Exercise>),
    /// The learner's own results in this module.
    Results,
    /// The key terms of this module.
    Glossary,
}

/// A key term and its definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Unique among the terms of the course; also its address, `#/glossary/id`.
    pub id: Id,
    /// The term itself, plain text.
    pub title: String,
    /// Other names of the same thing, such as an abbreviation; plain text.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What it means: blocks.
    pub definition: Markup,
}

/// Bytes that are no compiled course, or one in a form of another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable;

impl std::error::Error for Unreadable {}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("this is not a course that was compiled for this player")
    }
}

impl Course {
    /// Reads what [`Course::to_bytes`] wrote.
    ///
    /// # Errors
    ///
    /// If anything else stands there, or any markup that is not allowed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Course, Unreadable> {
        let body = bytes.strip_prefix(HEADER).ok_or(Unreadable)?;
        match postcard::take_from_bytes(body) {
            Ok((course, [])) => Ok(course),
            _ => Err(Unreadable),
        }
    }

    /// The compiled form: [postcard](https://postcard.jamesmunns.com/wire-format), which needs
    /// little code to read.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Plain data of known lengths: writing it cannot fail.
        postcard::to_extend(self, HEADER.to_vec()).unwrap_or_default()
    }

    /// Every step of the course with its module, in order.
    pub fn steps(&self) -> impl Iterator<Item = (&Module, &Step)> {
        self.modules.iter().flat_map(|module| module.steps.iter().map(move |step| (module, step)))
    }

    /// The step of that id, with its module.
    pub fn step(&self, id: &str) -> Option<(&Module, &Step)> {
        self.steps().find(|(_, step)| &*step.id == id)
    }

    /// Every exercise of the course, in order.
    pub fn exercises(&self) -> impl Iterator<Item = &Exercise> {
        self.steps().flat_map(|(_, step)| step.exercises())
    }

    /// The exercise of that id.
    pub fn exercise(&self, id: &str) -> Option<&Exercise> {
        self.exercises().find(|exercise| &*exercise.id == id)
    }

    /// Every term of the course, module by module.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.modules.iter().flat_map(|module| &module.terms)
    }
}

impl Step {
    /// The exercises of this step, in order.
    pub fn exercises(&self) -> impl Iterator<Item = &Exercise> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Exercise(exercise) => Some(&**exercise),
            Block::Prose(_) | Block::Results | Block::Glossary => None,
        })
    }
}
