//! The page as a package for an LMS: what only an LMS needs comes in, what it cannot use goes out, and a manifest lists
//! what is left.
//!
//! The manifest has no mastery score: some LMSs turn it into a failure as soon as somebody leaves half-way. The schemas
//! that it is written by are not in the package, since nobody says that they may be passed on; LMSs do without.

use crate::page;
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

/// Makes the page in that folder a package.
///
/// # Errors
///
/// If a file cannot be read or written, or the page is not as it is made today.
pub fn pack(folder: &Path, standard: Standard, course: &Course) -> Result<()> {
    let index = folder.join("index.html");
    let page = fs::read_to_string(&index).context("index.html cannot be read")?;
    let page = page::cut(&page, "<link rel=\"manifest\"", "/>")?;
    let page = page::cut(&page, "<link rel=\"apple-touch-icon\"", "/>")?;
    // Nobody else can load what is in an LMS.
    fs::write(&index, page::cut(&page, "<details class=\"share\">", "</details>")?)?;
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
    fs::write(folder.join("imsmanifest.xml"), manifest(standard, course, &files(folder, Path::new(""))?))?;
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

/// The manifest. Its identifiers follow from the id of the course alone: an LMS that is given a newer version of the
/// package knows by them that the learners' progress belongs to it.
fn manifest(standard: Standard, course: &Course, files: &[String]) -> String {
    let (id, title) = (&course.id, page::escape(&course.title));
    let (namespaces, version, sco, sequencing) = match standard {
        Standard::Scorm12 => (
            "xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\" \
             xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\"",
            "1.2",
            "scormtype",
            "",
        ),
        Standard::Scorm2004 => (
            "xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_v1p3\" \
             xmlns:imsss=\"http://www.imsglobal.org/xsd/imsss\"",
            "2004 4th Edition",
            "scormType",
            // Otherwise an LMS may take it for completed as soon as somebody leaves.
            "\n        <imsss:sequencing>\
             \n          <imsss:deliveryControls completionSetByContent=\"true\" objectiveSetByContent=\"true\"/>\
             \n        </imsss:sequencing>",
        ),
    };
    let files: String = files.iter().map(|file| format!("\n      <file href=\"{file}\"/>")).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="kurso-{id}" version="1.0" {namespaces}>
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>{version}</schemaversion>
  </metadata>
  <organizations default="kurso-{id}-organization">
    <organization identifier="kurso-{id}-organization">
      <title>{title}</title>
      <item identifier="kurso-{id}-item" identifierref="kurso-{id}-resource">
        <title>{title}</title>{sequencing}
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="kurso-{id}-resource" type="webcontent" adlcp:{sco}="sco" href="index.html">{files}
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

    #[test]
    fn the_manifest_names_the_course_its_files_and_no_mastery_score() {
        let json = include_str!("../../course/tests/it/course.json").replace("A small course", "A & B");
        let course: Course = serde_json::from_str(&json).unwrap();
        let made = |standard| manifest(standard, &course, &["index.html".to_owned(), "lms/state.js".to_owned()]);
        for (standard, version, sco) in [
            (Standard::Scorm12, "<schemaversion>1.2<", "adlcp:scormtype=\"sco\""),
            (Standard::Scorm2004, "<schemaversion>2004 4th Edition<", "adlcp:scormType=\"sco\""),
        ] {
            let manifest = made(standard);
            for part in
                [version, sco, "<title>A &amp; B</title>", "identifier=\"kurso-mini-item\"", "href=\"lms/state.js\""]
            {
                assert!(manifest.contains(part), "{part} is not in {manifest}");
            }
            assert!(!manifest.to_lowercase().contains("mastery"), "{manifest}");
            assert_eq!(Standard::of(standard.name()).unwrap(), standard);
        }
        assert!(made(Standard::Scorm2004).contains("completionSetByContent=\"true\""));
        assert!(Standard::of("aicc").is_err());
    }

    #[test]
    fn every_script_is_in_the_package() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/lms");
        let known: Vec<&str> = SCRIPTS.iter().map(|(name, _)| *name).collect();
        assert_eq!(files(&folder, Path::new("")).unwrap(), known);
    }
}
