//! The compiled course: modules of steps, steps of blocks.
//!
//! It holds what a learner meets and nothing of how an author wrote it: no source text, no file names, no positions.
//! As compiled, its texts are [`Markup`]. The page shows them all, so what runs there needs only a [`Plan`]: the same
//! course with `true` in the place of each text, and `false` where there is none.

use crate::{
    Id,
    comparison::Comparison,
    exercise::Exercise,
    json::{Json, Reader},
    markup::{Markup, Text},
};
use serde::{Deserialize, Serialize};

/// A whole course, as the compiler makes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Text")]
pub struct Course<T = Markup> {
    /// Names the course wherever progress is kept; never changes between versions.
    pub id: Id,
    /// The title that learners see.
    pub title: String,
    /// The language of the content, a BCP 47 tag such as `en` or `pt-BR`.
    pub language: String,
    /// Who wrote it and who did not: licence, trade marks, disclaimers. Shown at the foot of every page.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub notice: T,
    /// How many marks out of a hundred are a pass in all of it, for an LMS; in a plan the usual, since a player judges
    /// modules.
    #[serde(default = "mastery", skip_serializing_if = "is_usual")]
    pub mastery: u32,
    /// The modules, in the order in which they are studied. At least one.
    pub modules: Vec<Module<T>>,
}

/// How many marks out of a hundred are a pass where a course says nothing else.
pub const MASTERY: u32 = 80;

fn mastery() -> u32 {
    MASTERY
}

fn is_usual(mastery: &u32) -> bool {
    *mastery == MASTERY
}

/// What the player must know of a course: all of it but its texts, which are in the page.
pub type Plan = Course<bool>;

/// A part of a course that is studied in one go: steps in order, and the terms that it introduces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Text")]
pub struct Module<T = Markup> {
    /// Unique among the modules.
    pub id: Id,
    /// The title that learners see.
    pub title: String,
    /// One or two plain sentences on what it is about; none in a plan.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// The steps, in order. At least one.
    pub steps: Vec<Step<T>>,
    /// The key terms, in alphabetical order of their title.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<Term<T>>,
    /// How many marks out of a hundred are a pass in it.
    #[serde(default = "mastery", skip_serializing_if = "is_usual")]
    pub mastery: u32,
}

/// One page of a module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Text")]
pub struct Step<T = Markup> {
    /// Unique in the course; also its address, `#/id`.
    pub id: Id,
    /// The ids that it had before, the oldest first: what is kept under them is its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<Id>,
    /// The title that learners see, plain text.
    pub title: String,
    /// How long it takes, in whole minutes, at least 1.
    pub minutes: u32,
    /// What it shows, from top to bottom.
    pub blocks: Vec<Block<T>>,
}

/// One part of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", bound = "T: Text")]
pub enum Block<T = Markup> {
    /// Something to read: headings, prose, lists, tables, code, call-outs, figures.
    Prose(T),
    /// Something to look at from several sides. In a plan it is prose, since the page has all of it.
    Comparison(Box<Comparison<T>>),
    /// Something to do.
    Exercise(Box<Exercise<T>>),
    /// The learner's own results in this module.
    Results,
    /// The key terms of this module.
    Glossary,
}

/// A key term and its definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Text")]
pub struct Term<T = Markup> {
    /// Unique among the terms of the course; also its address, `#/glossary/id`.
    pub id: Id,
    /// The ids that it had before, the oldest first: what is kept under them is its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<Id>,
    /// The term itself, plain text.
    pub title: String,
    /// Other names of the same thing, such as an abbreviation; plain text. None in a plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// What it means: blocks.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub definition: T,
}

/// The version of [`Page`]. Whoever changes a type that is part of it, or where texts stand, changes this, too.
const FORM: u32 = 6;

/// What stands in a page beside the texts, for the player.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Page {
    /// Tells a page that was made for another player.
    form: u32,
    /// The module that this page is, where each has a page of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<Id>,
    /// The course, or that module of it.
    pub plan: Plan,
}

impl Page {
    /// The page of that course, or of that part of it.
    pub fn new(plan: Plan, part: Option<Id>) -> Page {
        Page { form: FORM, part, plan }
    }

    /// Reads what serde wrote; `None` if it was made for another player, or is another thing.
    pub fn read(json: &impl Json) -> Option<Page> {
        let read = |json: &Reader<_>| Page {
            form: json.count("form"),
            part: json.get("part").map(|part| part.as_text().into()),
            plan: Plan::read(&json.at("plan")),
        };
        Reader::whole(json, read).filter(|page| page.form == FORM)
    }
}

impl Plan {
    fn read(json: &Reader<impl Json>) -> Plan {
        Course {
            id: json.id("id"),
            title: json.text("title"),
            language: json.text("language"),
            notice: json.flag("notice"),
            mastery: MASTERY,
            modules: json.each("modules", Module::read),
        }
    }
}

impl Module<bool> {
    fn read<J: Json>(json: &Reader<J>) -> Module<bool> {
        let term = |json: &Reader<J>| Term {
            id: json.id("id"),
            was: json.ids("was"),
            title: json.text("title"),
            aliases: Vec::new(),
            definition: json.flag("definition"),
        };
        Module {
            id: json.id("id"),
            title: json.text("title"),
            summary: String::new(),
            steps: json.each("steps", Step::read),
            terms: json.each("terms", term),
            mastery: json.get("mastery").map_or(MASTERY, |mastery| mastery.as_count()),
        }
    }
}

impl Step<bool> {
    fn read<J: Json>(json: &Reader<J>) -> Step<bool> {
        let block = |json: &Reader<J>| match json.if_text().as_deref() {
            Some("results") => Block::Results,
            Some("glossary") => Block::Glossary,
            Some(_) => Block::Prose(json.sure(None)),
            None => match json.get("exercise") {
                Some(exercise) => Block::Exercise(Box::new(Exercise::read(&exercise))),
                None => Block::Prose(json.flag("prose")),
            },
        };
        Step {
            id: json.id("id"),
            was: json.ids("was"),
            title: json.text("title"),
            minutes: json.count("minutes"),
            blocks: json.each("blocks", block),
        }
    }
}

impl Course {
    /// What the player must know of it, where the page has the texts.
    pub fn plan(&self) -> Plan {
        Course {
            id: self.id.clone(),
            title: self.title.clone(),
            language: self.language.clone(),
            notice: !self.notice.is_empty(),
            mastery: MASTERY,
            modules: self.modules.iter().map(Module::plan).collect(),
        }
    }
}

impl Module {
    fn plan(&self) -> Module<bool> {
        let term = |term: &Term| Term {
            id: term.id.clone(),
            was: term.was.clone(),
            title: term.title.clone(),
            aliases: Vec::new(),
            definition: !term.definition.is_empty(),
        };
        Module {
            id: self.id.clone(),
            title: self.title.clone(),
            summary: String::new(),
            steps: self.steps.iter().map(Step::plan).collect(),
            terms: self.terms.iter().map(term).collect(),
            mastery: self.mastery,
        }
    }
}

impl Step {
    fn plan(&self) -> Step<bool> {
        let block = |block: &Block| match block {
            Block::Prose(text) => Block::Prose(!text.is_empty()),
            Block::Comparison(_) => Block::Prose(true),
            Block::Exercise(exercise) => Block::Exercise(Box::new(exercise.plan())),
            Block::Results => Block::Results,
            Block::Glossary => Block::Glossary,
        };
        Step {
            id: self.id.clone(),
            was: self.was.clone(),
            title: self.title.clone(),
            minutes: self.minutes,
            blocks: self.blocks.iter().map(block).collect(),
        }
    }
}

impl<T> Course<T> {
    /// Every step of the course with its module, in order.
    pub fn steps(&self) -> impl Iterator<Item = (&Module<T>, &Step<T>)> {
        self.modules.iter().flat_map(|module| module.steps.iter().map(move |step| (module, step)))
    }

    /// The step of that id, with its module.
    pub fn step(&self, id: &str) -> Option<(&Module<T>, &Step<T>)> {
        self.steps().find(|(_, step)| &*step.id == id)
    }

    /// Every exercise of the course, in order.
    pub fn exercises(&self) -> impl Iterator<Item = &Exercise<T>> {
        self.steps().flat_map(|(_, step)| step.exercises())
    }

    /// The exercise of that id.
    pub fn exercise(&self, id: &str) -> Option<&Exercise<T>> {
        self.exercises().find(|exercise| &*exercise.id == id)
    }

    /// Every term of the course, module by module.
    pub fn terms(&self) -> impl Iterator<Item = &Term<T>> {
        self.modules.iter().flat_map(|module| &module.terms)
    }
}

impl<T> Module<T> {
    /// How long it takes, in whole minutes.
    pub fn minutes(&self) -> u32 {
        self.steps.iter().map(|step| step.minutes).sum()
    }
}

impl<T> Step<T> {
    /// The exercises of this step, in order.
    pub fn exercises(&self) -> impl Iterator<Item = &Exercise<T>> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Exercise(exercise) => Some(&**exercise),
            Block::Prose(_) | Block::Comparison(_) | Block::Results | Block::Glossary => None,
        })
    }
}
