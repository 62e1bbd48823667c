//! A problem in the content: where it is, what is wrong and how to mend it.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::{fmt, ops::Range};

/// One problem, written for the author of the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, with `/` between folders, below the folder as it was given.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// Whether it stops the course from being built.
    pub severity: Severity,
    /// What is wrong, in one line, without a full stop.
    pub message: String,
    /// How to mend it, in one line, without a full stop.
    pub help: String,
    /// The line of the source, and the part of it that is meant, in bytes.
    pub(crate) excerpt: (String, Range<usize>),
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// No course comes of it.
    Error,
    /// Worth a look.
    Warning,
}

impl Diagnostic {
    /// All of it in one line: `path:line:column: message; help: remedy`.
    pub fn short(&self) -> String {
        let Diagnostic { path, line, column, message, help, .. } = self;
        format!("{path}:{line}:{column}: {message}; help: {help}")
    }

    /// The part of the line that is meant; empty where the line is.
    pub fn marked(&self) -> &str {
        self.excerpt.0.get(self.excerpt.1.clone()).unwrap_or_default()
    }

    /// The problem with an excerpt of the source, a caret below what is meant and the remedy; with or without colour.
    pub fn render(&self, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let (text, span) = &self.excerpt;
        let snippet = Snippet::source(text.as_str())
            .path(self.path.as_str())
            .line_start(self.line)
            .annotation(AnnotationKind::Primary.span(span.clone()));
        let report: [Group; 1] = [level
            .primary_title(self.message.as_str())
            .element(snippet)
            .element(Level::HELP.message(self.help.as_str()))];
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&report).to_string()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}
