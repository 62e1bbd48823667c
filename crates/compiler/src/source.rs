//! The files of a course, read once, and positions in them.

use crate::{Diagnostic, Severity};
use std::{cell::RefCell, collections::BTreeMap, fs, io, ops::Range, path::Path};

/// A part of a source, in bytes.
pub type Span = Range<usize>;

/// The files of a course, by their path below its folder, with `/` between folders.
#[derive(Clone, Debug, Default)]
pub struct Files {
    root: String,
    files: BTreeMap<String, Vec<u8>>,
    unreadable: Vec<(String, String)>,
}

/// A text file whose parts can be pointed at.
#[derive(Debug)]
pub struct Source {
    /// Below the course's folder.
    pub path: String,
    /// What it says; bytes that are no text are replaced.
    pub text: String,
    shown: String,
}

/// The problems found so far.
#[derive(Debug, Default)]
pub struct Problems(RefCell<Vec<Diagnostic>>);

impl Files {
    /// Files in memory. Diagnostics name them below `root`, which may be empty.
    pub fn new(root: &str) -> Files {
        Files { root: root.trim_end_matches('/').to_owned(), ..Files::default() }
    }

    /// Reads a folder and the folders in it. Hidden files and editors' backups are left out; what cannot be read
    /// becomes a diagnostic later.
    pub fn read(dir: &Path) -> Files {
        let mut files = Files::new(&dir.to_string_lossy().replace('\\', "/"));
        files.read_folder(dir, "", 0);
        files
    }

    /// Adds a file, or replaces it.
    pub fn insert(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.insert(path.to_owned(), bytes.into());
    }

    /// The bytes of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// The paths of all files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// A file as a text to point into; it is empty if there is none. Bytes that are no text are a problem.
    pub(crate) fn source(&self, path: &str, problems: &Problems) -> Source {
        let bytes = self.get(path).unwrap_or_default();
        let shown = self.shown(path);
        let source = Source { path: path.to_owned(), text: String::from_utf8_lossy(bytes).into_owned(), shown };
        if let Err(error) = std::str::from_utf8(bytes) {
            let at = error.valid_up_to();
            problems.error(&source, at..at, "this is not UTF-8 text", "save the file as UTF-8");
        }
        source
    }

    /// A problem with a file as a whole.
    pub(crate) fn error(&self, problems: &Problems, path: &str, message: impl Into<String>, help: impl Into<String>) {
        let shown = self.shown(path);
        let source = Source { path: path.to_owned(), text: String::new(), shown };
        problems.error(&source, 0..0, message, help);
    }

    /// How a diagnostic names a file.
    fn shown(&self, path: &str) -> String {
        let parts = [self.root.as_str(), path];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
    }

    /// Reports what could not be read.
    pub(crate) fn report_unreadable(&self, problems: &Problems) {
        for (path, reason) in &self.unreadable {
            self.error(
                problems,
                path,
                format!("this cannot be read: {reason}"),
                "check that it exists and may be read",
            );
        }
    }

    fn read_folder(&mut self, dir: &Path, below: &str, depth: usize) {
        let entries = match fs::read_dir(dir).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable.push((below.to_owned(), error.to_string())),
        };
        for entry in entries {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
            let left_out = name.starts_with(['.', '#']) || name.ends_with('~');
            // A course is three folders deep at most; a loop of links is not followed for ever.
            if left_out || depth > 4 {
                continue;
            }
            if entry.path().is_dir() {
                self.read_folder(&entry.path(), &path, depth + 1);
                continue;
            }
            match fs::read(entry.path()) {
                Ok(bytes) => self.insert(&path, bytes),
                Err(error) => self.unreadable.push((path, error.to_string())),
            }
        }
    }
}

impl Source {
    /// What stands there; nothing, if the span is none of this source.
    pub fn slice(&self, span: &Span) -> &str {
        self.text.get(span.clone()).unwrap_or_default()
    }

    /// The span of the line at an offset, without its end.
    pub fn line(&self, at: usize) -> Span {
        let at = boundary(&self.text, at);
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        start..start + self.text[start..end].trim_end_matches('\r').len()
    }

    /// A position as a diagnostic names it: file, line and column.
    pub fn position(&self, at: usize) -> String {
        let (line, column) = self.line_and_column(at);
        format!("{}:{line}:{column}", self.shown)
    }

    fn line_and_column(&self, at: usize) -> (usize, usize) {
        let at = boundary(&self.text, at);
        let line = self.text[..at].matches('\n').count() + 1;
        (line, self.text[self.line(at).start..at].chars().count() + 1)
    }
}

impl Problems {
    /// Adds an error.
    pub fn error(&self, source: &Source, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.add(Severity::Error, source, span, message.into(), help.into());
    }

    /// Adds what makes the course worse, though it can be taught as it is.
    pub fn warning(&self, source: &Source, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.add(Severity::Warning, source, span, message.into(), help.into());
    }

    fn add(&self, severity: Severity, source: &Source, span: Span, message: String, help: String) {
        let start = boundary(&source.text, span.start);
        let (line, column) = source.line_and_column(start);
        let whole = source.line(start);
        let excerpt = source.slice(&whole).to_owned();
        let from = (start - whole.start).min(excerpt.len());
        // Something is always underlined, and nothing beyond the line.
        let least = excerpt[from..].chars().next().map_or(from, |first| from + first.len_utf8());
        let to = boundary(&excerpt, span.end.saturating_sub(whole.start)).max(least);
        self.0.borrow_mut().push(Diagnostic {
            path: source.shown.clone(),
            line,
            column,
            severity,
            message: one_line(message),
            help: one_line(help),
            excerpt: (excerpt, from..to),
        });
    }

    /// All of them, each once, by file and position.
    pub fn into_sorted(self) -> Vec<Diagnostic> {
        let mut found = self.0.into_inner();
        found.sort_by(|a, b| (&a.path, a.line, a.column, &a.message).cmp(&(&b.path, b.line, b.column, &b.message)));
        found.dedup();
        found
    }
}

/// The last place at or before `at` between two characters.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// What an author wrote may be quoted in a message, line ends and all.
fn one_line(text: String) -> String {
    text.replace(char::is_control, " ")
}
