//! A small course in memory, around the one step that a test is about.

use compiler::Files;

/// The lines of front matter that [`around`] puts before a step that has none.
pub const FRONT_MATTER_LINES: usize = 5;

/// The step that a test is about.
pub const STEP: &str = "01-start/01-welcome.md";

const MANIFEST: &str = r#"
id = "practitioner"
title = "Cloud practitioner"
language = "en"
notice = "Our own work, under [a free licence](https://example.org/licence)."

[[modules]]
id = "start"
folder = "01-start"
title = "A first module"
summary = "What it is about."
steps = ["01-welcome.md", "02-service-types.md"]
glossary = "glossary.md"
"#;

const GLOSSARY: &str = "\
Least privilege {#least-privilege}
: No more permissions than the task needs.

Multi-factor authentication (MFA) {#mfa aliases=\"MFA, two-factor\"}
: A second proof besides the password, see [least privilege](glossary.md#least-privilege).
";

const SERVICE_TYPES: &str = "\
---
id: service-types
title: Service types
minutes: 2
---

![Two boxes, the lower one larger](media/line.svg \"The line moves\")
";

/// A drawing that the other step of the small course shows.
pub const DRAWING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">
  <rect width="20" height="10" fill="none" stroke="currentColor"/>
</svg>
"#;

/// The small course with this text as one of its steps.
pub fn around(text: &str) -> Files {
    let mut files = Files::new("");
    let front = "---\nid: welcome\ntitle: Welcome\nminutes: 1\n---\n";
    assert_eq!(front.lines().count(), FRONT_MATTER_LINES);
    let front = if text.starts_with("---") { "" } else { front };
    files.insert("course.toml", MANIFEST);
    files.insert(STEP, format!("{front}{text}"));
    files.insert("01-start/02-service-types.md", SERVICE_TYPES);
    files.insert("01-start/glossary.md", GLOSSARY);
    files.insert("01-start/media/line.svg", DRAWING);
    files
}
