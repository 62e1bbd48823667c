//! `course.toml`: what the course is called, and its modules and steps in order.

use crate::{
    names::{Unique, Word, check_id, did_you_mean},
    source::{Problems, Source, Span},
};
use course::{Id, course::MASTERY, markup::is_safe_url};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// What `course.toml` says. What is missing is empty, and was reported.
#[derive(Debug)]
pub struct Manifest {
    /// Whether it is TOML at all; if not, much of it may be missing.
    pub readable: bool,
    /// The id of the course.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Its language, as BCP 47 has it.
    pub language: String,
    /// The foot of every page, in Markdown.
    pub notice: Word,
    /// Where a problem with an exercise is reported: an address with `{exercise}`, and maybe `{version}`.
    pub report: Option<String>,
    /// How many marks out of a hundred are a pass.
    pub mastery: u32,
    /// The modules in order.
    pub modules: Vec<ModuleEntry>,
}

/// What `course.toml` says of a module.
#[derive(Debug)]
pub struct ModuleEntry {
    /// Its id.
    pub id: Id,
    /// The folder that it is in.
    pub folder: Word,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// The files of its steps in order.
    pub steps: Vec<Word>,
    /// The file of its glossary.
    pub glossary: Option<Word>,
    /// How many marks out of a hundred are a pass in it, if not as many as in the course.
    pub mastery: Option<u32>,
}

/// Reads `course.toml`.
pub fn read(source: &Source, problems: &Problems) -> Manifest {
    let (root, errors) = DeTable::parse_recoverable(&source.text);
    for error in &errors {
        let help = "quote texts, separate the parts of a list with commas, and close what you open";
        let message = format!("this is not TOML: {}", error.message().lines().collect::<Vec<_>>().join(", "));
        problems.error(source, error.span().unwrap_or_default(), message, help);
    }
    // After a mistake in the notation anything may seem to be missing.
    let silent = Problems::default();
    let complaints = if errors.is_empty() { problems } else { &silent };
    let table = Table { source, problems: complaints, entries: root.get_ref(), at: 0..0, what: "course" };
    table.check_keys(&["id", "title", "language", "notice", "report", "mastery", "modules"]);
    let language = table.text("language", "language = \"en\"");
    let parts = language.text.split('-').enumerate();
    let fits = |(at, part): (usize, &str)| {
        let length = if at == 0 { 2..=8 } else { 1..=8 };
        length.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    if !language.text.is_empty() && !{ parts }.all(fits) {
        let help = "use a BCP 47 tag such as `en`, `de` or `pt-BR`";
        complaints.error(source, language.span, format!("`{}` is no language", language.text), help);
    }
    let report = table.optional("report").map(|report| {
        check_report(&report, source, complaints);
        report.text
    });
    let mut ids = Unique::default();
    let modules = match root.get_ref().get("modules") {
        Some(value) if value.get_ref().is_array() => value.get_ref().as_array().into_iter().flatten().collect(),
        Some(value) => {
            complaints.error(source, value.span(), "the modules are no list", "write `[[modules]]` above each");
            Vec::new()
        }
        None => Vec::new(),
    };
    if modules.is_empty() {
        complaints.error(
            source,
            0..0,
            "this course has no module",
            "add a `[[modules]]` with `id`, `folder`, `title`, `summary` and `steps`",
        );
    }
    Manifest {
        readable: errors.is_empty(),
        id: table.id("id = \"some-course\"").text.as_str().into(),
        title: table.text("title", "title = \"Some course\"").text,
        language: language.text,
        notice: table.optional("notice").unwrap_or_default(),
        report,
        mastery: table.mastery().unwrap_or(MASTERY),
        modules: modules.into_iter().filter_map(|module| module_entry(&table, module, &mut ids)).collect(),
    }
}

/// Reports an address that would not open, or would not tell which exercise is meant.
fn check_report(report: &Word, source: &Source, problems: &Problems) {
    let help =
        "for example `https://example.org/issues/new?title={exercise}` or `mailto:you@example.org?subject={exercise}`";
    let opens = ["https://", "http://", "mailto:"].iter().any(|scheme| report.text.starts_with(scheme));
    if !opens || !is_safe_url("href", &report.text) {
        problems.error(source, report.span.clone(), "problems cannot be reported at this address", help);
    } else if !report.text.contains("{exercise}") {
        problems.error(source, report.span.clone(), "this address does not say which exercise is meant", help);
    }
}

fn module_entry(course: &Table, module: &Spanned<DeValue>, ids: &mut Unique) -> Option<ModuleEntry> {
    let (source, problems) = (course.source, course.problems);
    let Some(entries) = module.get_ref().as_table() else {
        problems.error(source, module.span(), "this is no module", "write `[[modules]]` above each module");
        return None;
    };
    let table = Table { entries, at: module.span(), what: "module", ..*course };
    table.check_keys(&["id", "folder", "title", "summary", "steps", "glossary", "mastery"]);
    let steps = match entries.get("steps").map(|steps| (steps, steps.get_ref().as_array())) {
        Some((_, Some(steps))) if !steps.is_empty() => steps.iter().filter_map(|step| table.word(step)).collect(),
        Some((steps, _)) => {
            problems.error(
                source,
                steps.span(),
                "this module has no steps",
                "list their files: `steps = [\"01-name.md\"]`",
            );
            Vec::new()
        }
        None => {
            table.missing("steps", "steps = [\"01-name.md\"]");
            Vec::new()
        }
    };
    Some(ModuleEntry {
        id: ids.take(&table.id("id = \"some-module\""), "modules", source, problems),
        folder: table.text("folder", "folder = \"01-name\""),
        title: table.text("title", "title = \"Some module\"").text,
        summary: table.text("summary", "summary = \"What it is about.\"").text,
        steps,
        glossary: table.optional("glossary"),
        mastery: table.mastery(),
    })
}

/// A table of the file, and how to complain about it.
#[derive(Clone)]
struct Table<'a> {
    source: &'a Source,
    problems: &'a Problems,
    entries: &'a DeTable<'a>,
    at: Span,
    what: &'static str,
}

impl Table<'_> {
    fn check_keys(&self, known: &[&str]) {
        for key in self.entries.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let help = did_you_mean(key.get_ref(), known.iter().copied());
            let message = format!("`{}` means nothing for a {}", key.get_ref(), self.what);
            self.problems.error(self.source, key.span(), message, help);
        }
    }

    fn missing(&self, key: &str, example: &str) {
        let help = format!("add it, for example `{example}`");
        self.problems.error(self.source, self.at.clone(), format!("this {} has no {key}", self.what), help);
    }

    fn word(&self, value: &Spanned<DeValue>) -> Option<Word> {
        let text = value.get_ref().as_str().map(str::trim).filter(|text| !text.is_empty());
        if text.is_none() {
            self.problems.error(self.source, value.span(), "this is no text", "write one between quotes");
        }
        Some(Word { text: text?.to_owned(), span: value.span() })
    }

    fn optional(&self, key: &str) -> Option<Word> {
        self.word(self.entries.get(key)?)
    }

    fn text(&self, key: &str, example: &str) -> Word {
        if !self.entries.contains_key(key) {
            self.missing(key, example);
        }
        self.optional(key).unwrap_or_default()
    }

    /// How many marks out of a hundred are a pass, if it says so.
    fn mastery(&self) -> Option<u32> {
        let value = self.entries.get("mastery")?;
        let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        let fits = number.filter(|mastery| (1..=100).contains(mastery));
        if fits.is_none() {
            let help = "write how many marks out of a hundred are a pass, for example `mastery = 80`";
            self.problems.error(self.source, value.span(), "this is no number from 1 to 100", help);
        }
        fits
    }

    fn id(&self, example: &str) -> Word {
        let id = self.text("id", example);
        let fine = id.text.is_empty() || check_id(&id, self.source, self.problems);
        if fine { id } else { Word::default() }
    }
}
