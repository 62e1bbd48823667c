//! The page as a package for an LMS: what only an LMS needs comes in, what it cannot use goes out, and a manifest lists
//! what is left. The whole course is one activity (SCO) that an LMS begins, tracks and ends. A course in parts has one for
//! each module, since no run-time survives that another page of the same activity takes its place.
//!
//! The manifest has no mastery score: some LMSs turn it into a failure as soon as somebody leaves half-way. The schemas
//! that it is written by are not in the package, since nobody says that they may be passed on; LMSs do without.

use crate::{page, parts::Part};
use anyhow::{Context, Result, bail};
use course::course::Course;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The scripts that talk to an LMS, by their names in `src/lms`.
const SCRIPTS: &[(&str, &str)] = &[
    ("deflate.js", include_str!("../../../src/lms/deflate.js")),
    ("report.js", include_str!("../../../src/lms/report.js")),
    ("scorm.js", include_str!("../../../src/lms/scorm.js")),
    ("session.js", include_str!("../../../src/lms/session.js")),
    ("state.js", include_str!("../../../src/lms/state.js")),
];

/// What can be had only by who can reach the LMS: `session.js` asks for it.
const REACHED: (&str, &str) = ("reached.txt", "reached\n");

/// What keeps or shows a page of our own.
const USELESS: &[&str] = &["sw.js", "manifest.webmanifest", "embed-host.js", "share.js"];

/// The standards by which packages are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// SCORM 1.2.
    Scorm12,
    /// SCORM 2004, 4th edition.
    Scorm2004,
}

impl Standard {
    /// The standard that is called so; `cargo xtask pack`, the page and its scripts all use these names.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn of(name: &str) -> Result<Standard> {
        match name {
            "scorm12" => Ok(Standard::Scorm12),
            "scorm2004" => Ok(Standard::Scorm2004),
            _ => bail!("there is no package called `{name}`"),
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Standard::Scorm12 => "scorm12",
            Standard::Scorm2004 => "scorm2004",
        }
    }
}

/// So many exercises in an activity leave room for the marks of all of them where the state of a learner is short, as in
/// SCORM 1.2.
const MOST: usize = 120;

/// Makes the page in that folder a package.
///
/// # Errors
///
/// If a file cannot be read or written, or the page is not as it is made today.
pub fn pack(folder: &Path, standard: Standard, course: &Course, parts: &[Part]) -> Result<()> {
    for part in parts {
        let exercises = part.texts.course.exercises().count();
        if standard == Standard::Scorm12 && exercises > MOST {
            println!(
                "warning: {} has {exercises} exercises, and an LMS that keeps to SCORM 1.2 has room for the marks of {MOST}. \
                 Smaller modules, `--per-module` or SCORM 2004 are ways out.",
                part.file
            );
        }
        let file = folder.join(&part.file);
        let page = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", part.file))?;
        let page = page::cut(&page, "<link rel=\"manifest\"", "/>")?;
        let page = page::cut(&page, "<link rel=\"apple-touch-icon\"", "/>")?;
        // Nobody else can load what is in an LMS.
        fs::write(&file, page::cut(&page, "<details class=\"share\">", "</details>")?)?;
    }
    for name in USELESS {
        fs::remove_file(folder.join(name)).with_context(|| format!("{name} cannot be left out"))?;
    }
    fs::remove_dir_all(folder.join("icons")).context("the icons cannot be left out")?;
    let scripts = folder.join("lms");
    fs::create_dir_all(&scripts)?;
    for (name, script) in SCRIPTS {
        fs::write(scripts.join(name), page::bare(script)?)?;
    }
    fs::write(scripts.join(REACHED.0), REACHED.1)?;
    fs::write(folder.join("imsmanifest.xml"), manifest(standard, course, parts, &files(folder, Path::new(""))?))?;
    Ok(())
}

/// The files below that folder, in order, as addresses.
fn files(root: &Path, folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    let mut entries = fs::read_dir(root.join(folder))?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path: PathBuf = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            files.extend(self::files(root, &path)?);
        } else {
            let name =
                path.to_str().filter(|name| name.is_ascii()).context("a file has a name that LMSs may not keep")?;
            files.push(name.replace('\\', "/"));
        }
    }
    Ok(files)
}

/// The manifest. Its identifiers follow from the ids of the course and its modules alone: an LMS that is given a newer
/// version of the package knows by them that the learners' progress belongs to it.
fn manifest(standard: Standard, course: &Course, parts: &[Part], files: &[String]) -> String {
    let (id, title) = (&course.id, page::escape(&course.title));
    let (namespaces, version, kind) = match standard {
        Standard::Scorm12 => (
            "xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\" \
             xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\"",
            "1.2",
            "scormtype",
        ),
        Standard::Scorm2004 => (
            "xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_v1p3\" \
             xmlns:imsss=\"http://www.imsglobal.org/xsd/imsss\"",
            "2004 4th Edition",
            "scormType",
        ),
    };
    let sequencing = |rule: &str| match standard {
        Standard::Scorm12 => String::new(),
        Standard::Scorm2004 => format!("<imsss:sequencing><imsss:{rule}/></imsss:sequencing>"),
    };
    // Otherwise an LMS may take it for completed as soon as somebody leaves.
    let judged = sequencing("deliveryControls completionSetByContent=\"true\" objectiveSetByContent=\"true\"");
    // Learners take the modules in any order, and may just go on.
    let order = if parts.len() > 1 { sequencing("controlMode choice=\"true\" flow=\"true\"") } else { String::new() };
    let (mut items, mut resources) = (String::new(), String::new());
    for Part { file, page, texts } in parts {
        let (name, title) = match &page.part {
            Some(module) => (format!("kurso-{id}-{module}"), page::escape(&texts.course.modules[0].title)),
            None => (format!("kurso-{id}"), title.clone()),
        };
        items += &format!(
            r#"
      <item identifier="{name}-item" identifierref="{name}-resource"><title>{title}</title>{judged}</item>"#
        );
        resources += &format!(
            r#"
    <resource identifier="{name}-resource" type="webcontent" adlcp:{kind}="sco" href="{file}">
      <file href="{file}"/>
      <dependency identifierref="kurso-{id}-shared"/>
    </resource>"#
        );
    }
    let is_shared = |file: &&String| parts.iter().all(|part| part.file != **file);
    let shared: String =
        files.iter().filter(is_shared).map(|file| format!("\n      <file href=\"{file}\"/>")).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="kurso-{id}" version="1.0" {namespaces}>
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>{version}</schemaversion>
  </metadata>
  <organizations default="kurso-{id}-organization">
    <organization identifier="kurso-{id}-organization">
      <title>{title}</title>{items}
      {order}
    </organization>
  </organizations>
  <resources>{resources}
    <resource identifier="kurso-{id}-shared" type="webcontent" adlcp:{kind}="asset">{shared}
    </resource>
  </resources>
</manifest>
"#
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;
    use crate::parts::{self, Purpose};
    use course::course::Module;

    fn course() -> Course {
        let json = include_str!("../../course/tests/it/course.json").replace("A small course", "A & B");
        serde_json::from_str(&json).unwrap()
    }

    fn made(standard: Standard, course: &Course, per_module: bool) -> String {
        let parts = parts::of(course, Purpose { in_lms: true, per_module }).unwrap();
        let files = parts.iter().map(|part| part.file.clone()).chain(["lms/state.js".to_owned()]);
        manifest(standard, course, &parts, &files.collect::<Vec<_>>())
    }

    #[test]
    fn the_manifest_names_the_course_its_files_and_no_mastery_score() {
        for (standard, version, sco) in [
            (Standard::Scorm12, "<schemaversion>1.2<", "adlcp:scormtype=\"sco\" href=\"index.html\""),
            (Standard::Scorm2004, "<schemaversion>2004 4th Edition<", "adlcp:scormType=\"sco\" href=\"index.html\""),
        ] {
            let manifest = made(standard, &course(), false);
            for part in
                [version, sco, "<title>A &amp; B</title>", "identifier=\"kurso-mini-item\"", "href=\"lms/state.js\""]
            {
                assert!(manifest.contains(part), "{part} is not in {manifest}");
            }
            assert_eq!(manifest.matches("href=\"index.html\"").count(), 2, "{manifest}");
            assert!(!manifest.to_lowercase().contains("mastery"), "{manifest}");
            assert_eq!(Standard::of(standard.name()).unwrap(), standard);
        }
        assert!(made(Standard::Scorm2004, &course(), false).contains("completionSetByContent=\"true\""));
        assert!(Standard::of("aicc").is_err());
    }

    #[test]
    fn identifiers_of_activities_follow_from_the_ids_of_modules_and_not_from_their_order_or_number() {
        let item = |module: &str| {
            format!("<item identifier=\"kurso-mini-{module}-item\" identifierref=\"kurso-mini-{module}-resource\">")
        };
        let one = course();
        let mut two = one.clone();
        let more = Module { id: "more".into(), title: "More & more".to_owned(), ..one.modules[0].clone() };
        two.modules.insert(0, more);
        for standard in [Standard::Scorm12, Standard::Scorm2004] {
            assert!(made(standard, &one, true).contains(&item("one")));
            let manifest = made(standard, &two, true);
            assert!(manifest.contains(&item("one")) && manifest.contains(&item("more")), "{manifest}");
            assert!(
                manifest.contains("<title>More &amp; more</title>") && manifest.contains("<title>A &amp; B</title>")
            );
            assert!(manifest.contains("sco\" href=\"one.html\"") && manifest.contains("sco\" href=\"index.html\""));
            assert_eq!(manifest.contains("controlMode choice=\"true\""), standard == Standard::Scorm2004);
        }
        assert!(!made(Standard::Scorm2004, &two, false).contains("kurso-mini-more"), "a small course is one activity");
    }

    #[test]
    fn every_script_is_in_the_package() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/lms");
        let known: Vec<&str> = SCRIPTS.iter().map(|(name, _)| *name).collect();
        assert_eq!(files(&folder, Path::new("")).unwrap(), known);
    }
}
