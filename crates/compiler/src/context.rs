//! What every part of the compiler needs to know of the whole course: its files, the targets of links, the ids in
//! use and the problems so far.

use crate::{
    Files,
    names::{Unique, did_you_mean},
    source::Problems,
};
use course::Id;
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

/// The course as far as it is known.
pub struct Context<'a> {
    /// All its files.
    pub files: &'a Files,
    /// What is wrong with it.
    pub problems: Problems,
    /// The steps, by the path of their file.
    pub steps: BTreeMap<String, Id>,
    /// The paths of the glossaries.
    pub glossaries: BTreeSet<String>,
    /// The ids of the terms.
    pub terms: RefCell<Unique>,
    /// The ids of the exercises.
    pub exercises: RefCell<Unique>,
    /// The media that are shown somewhere.
    pub used: RefCell<BTreeSet<String>>,
    /// How many figures there are so far.
    pub figures: Cell<usize>,
    /// Where a problem with an exercise is reported, if anywhere: an address with `{exercise}`, and maybe `{version}`.
    pub report: Option<String>,
}

impl<'a> Context<'a> {
    /// Nothing is known but the files.
    pub fn new(files: &'a Files) -> Context<'a> {
        Context {
            files,
            problems: Problems::default(),
            steps: BTreeMap::new(),
            glossaries: BTreeSet::new(),
            terms: RefCell::default(),
            exercises: RefCell::default(),
            used: RefCell::default(),
            figures: Cell::default(),
            report: None,
        }
    }

    /// Where a problem with that exercise is reported. Its version is the CRC-32 of what its author wrote.
    pub fn report_address(&self, exercise: &str, text: &str) -> Option<String> {
        let version = format!("{:08x}", crc32fast::hash(text.as_bytes()));
        Some(self.report.as_ref()?.replace("{exercise}", exercise).replace("{version}", &version))
    }

    /// The address in the player of a link between files, or what is wrong with the link and how to mend it.
    pub fn address(&self, from: &str, link: &str) -> Result<String, (String, String)> {
        let (file, fragment) = link.split_once('#').map_or((link, None), |(file, id)| (file, Some(id)));
        if link.is_empty() {
            let help = "write between the parentheses where it leads, for example `(03-name.md)`";
            return Err(("this link leads nowhere".to_owned(), help.to_owned()));
        }
        if file.is_empty() {
            let help = "link to a step by its file, `[step 3](03-name.md)`, or to a term, `[term](glossary.md#id)`";
            return Err(("a link cannot lead to a part of a page".to_owned(), help.to_owned()));
        }
        let path = resolve(from, file);
        match (self.steps.get(&path), self.glossaries.contains(&path), fragment) {
            (Some(id), _, None) => Ok(format!("#/{id}")),
            (Some(_), _, Some(_)) => {
                let help = format!("link to the step as a whole: `{file}`");
                Err(("a link cannot lead to a part of a step".to_owned(), help))
            }
            (None, true, Some(id)) if self.terms.borrow().ids().any(|term| term == id) => {
                Ok(format!("#/glossary/{id}"))
            }
            (None, true, Some(id)) => {
                let help = did_you_mean(id, self.terms.borrow().ids());
                Err((format!("the glossary has no term `{id}`"), help))
            }
            (None, true, None) => Ok("#/glossary".to_owned()),
            (None, false, _) => {
                let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
                let near = self.steps.keys().chain(&self.glossaries);
                let near =
                    near.map(|path| path.strip_prefix(folder).and_then(|path| path.strip_prefix('/')).unwrap_or(path));
                Err((format!("there is no step `{file}`"), did_you_mean(file, near)))
            }
        }
    }
}

/// The path of a file that another one names.
pub fn resolve(from: &str, link: &str) -> String {
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(folders.pop()),
            name => folders.push(name),
        }
    }
    folders.join("/")
}
