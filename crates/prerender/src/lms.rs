//! The page as a package for an LMS: what only an LMS needs comes in, what it cannot use goes out, and a manifest lists
//! what is left. The whole course is one activity (SCO) that an LMS begins, tracks and ends, however large it is. Packed by its
//! modules it has one for each of them.
//!
//! The manifest of SCORM has no mastery score: some LMSs turn it into a failure as soon as somebody leaves half-way. By cmi5
//! it is the course that judges, by the score that the LMS hands on, so there it stands. The schemas that manifests are
//! written by are not in the package, since nobody says that they may be passed on; LMSs do without.

use crate::{minified, page, parts::Part};
use anyhow::{Context, Result, bail};
use course::{course::Course, exercise::Exercise, markup::plain_text};
use kurso::words::{Words, message::Message};
use serde_json::{Map, Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The scripts that talk to any LMS, by their names in `src/lms`.
const SCRIPTS: &[(&str, &str)] = &[
    ("bar.js", include_str!("../../../src/lms/bar.js")),
    ("deflate.js", include_str!("../../../src/lms/deflate.js")),
    ("report.js", include_str!("../../../src/lms/report.js")),
    ("session.js", include_str!("../../../src/lms/session.js")),
    ("state.js", include_str!("../../../src/lms/state.js")),
];

/// Those that talk by SCORM.
const SCORM: &[(&str, &str)] = &[("scorm.js", include_str!("../../../src/lms/scorm.js"))];

/// Those that talk by cmi5.
const CMI5: &[(&str, &str)] = &[
    ("cmi5.js", include_str!("../../../src/lms/cmi5.js")),
    ("statements.js", include_str!("../../../src/lms/statements.js")),
];

/// What can be had only by who can reach the LMS: `scorm.js` asks for it.
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
    /// cmi5, Quartz, 1st edition.
    Cmi5,
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
            "cmi5" => Ok(Standard::Cmi5),
            _ => bail!("there is no package called `{name}`"),
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Standard::Scorm12 => "scorm12",
            Standard::Scorm2004 => "scorm2004",
            Standard::Cmi5 => "cmi5",
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
        if let Some(warning) = cramped(standard, part) {
            println!("warning: {warning}");
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
    let talking = if standard == Standard::Cmi5 { CMI5 } else { SCORM };
    for (name, script) in SCRIPTS.iter().chain(talking) {
        fs::write(scripts.join(name), minified::script(script)?)?;
    }
    if standard == Standard::Cmi5 {
        fs::write(folder.join("cmi5.xml"), structure(course, parts))?;
        return Ok(());
    }
    fs::write(scripts.join(REACHED.0), REACHED.1)?;
    fs::write(folder.join("imsmanifest.xml"), manifest(standard, course, parts, &files(folder, Path::new(""))?))?;
    Ok(())
}

/// What to do where the LMS may have no room for the marks of all exercises in that activity of so many.
fn cramped(standard: Standard, part: &Part) -> Option<String> {
    let course = &part.texts.course;
    let exercises = course.exercises().count();
    let smaller = if course.modules.len() > 1 { "pack it with `--per-module`" } else { "make the module smaller" };
    (standard == Standard::Scorm12 && exercises > MOST).then(|| {
        format!(
            "{} has {exercises} exercises, and a strict LMS has room for the marks of {MOST} in an activity of SCORM 1.2: \
             {smaller}, or pack it as `scorm2004`.",
            part.file
        )
    })
}

/// What the scripts that talk to an LMS need to know of the course, and the player does not: the marks in each exercise, how
/// many of a hundred are a pass, and by cmi5 what the exercises say, and the words for what the LMS has learners know.
pub fn needed(standard: Standard, course: &Course, words: &Words) -> Value {
    let by_id = |of: &dyn Fn(&Exercise) -> Value| -> Map<String, Value> {
        course.exercises().map(|exercise| (exercise.id.to_string(), of(exercise))).collect()
    };
    let mut needed = json!({
        "mastery": course.mastery,
        "marks": by_id(&|exercise| json!(marks(exercise))),
        "words": { "room": words.say(Message::LmsRoom) },
    });
    if standard == Standard::Cmi5 {
        needed["language"] = json!(course.language);
        needed["texts"] = json!(by_id(&|exercise| {
            let text = |markup| plain_text(markup).trim().to_owned();
            json!({
                "prompt": text(&exercise.prompt),
                "items": exercise.items.iter().map(|item| text(&item.text)).collect::<Vec<_>>(),
                "slots": exercise.slots.iter().map(|slot| text(&slot.text)).collect::<Vec<_>>(),
            })
        }));
        needed["words"]["unsent"] = words.plurals(Message::LmsUnsent);
        needed["words"]["again"] = json!(words.say(Message::LmsAgain));
        needed["words"]["leave"] = json!(words.say(Message::LmsLeave));
    }
    needed
}

/// How many marks there are in that exercise.
fn marks(exercise: &Exercise) -> u32 {
    if exercise.is_graded() { exercise.grade(&Default::default()).of } else { 0 }
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
        _ => (
            "xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_v1p3\" \
             xmlns:imsss=\"http://www.imsglobal.org/xsd/imsss\"",
            "2004 4th Edition",
            "scormType",
        ),
    };
    let sequencing = |rule: &str| match standard {
        Standard::Scorm12 => String::new(),
        _ => format!("<imsss:sequencing><imsss:{rule}/></imsss:sequencing>"),
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

/// The course structure of cmi5: one course, with an assignable unit for each of its pages. Its ids follow from those of the
/// course and its modules alone, as in a manifest. Where something is marked, it has to be passed.
fn structure(course: &Course, parts: &[Part]) -> String {
    let text = |text: &str| {
        format!("<langstring lang=\"{}\">{}</langstring>", page::escape(&course.language), page::escape(text))
    };
    let about = |title: &str, course: &Course| {
        let summary = course.modules.iter().map(|module| module.summary.as_str()).collect::<Vec<_>>().join(" ");
        let description = if summary.trim().is_empty() { title } else { summary.trim() };
        format!("\n    <title>{}</title>\n    <description>{}</description>", text(title), text(description))
    };
    let id = &course.id;
    let unit = |Part { file, page, texts }: &Part| {
        let here = &texts.course;
        let (name, title) = match (&page.part, &here.modules[..]) {
            (Some(part), [module]) => (&**part, &module.title),
            _ => ("unit", &here.title),
        };
        let judged = match here.exercises().any(|exercise| marks(exercise) > 0) {
            true => format!("moveOn=\"CompletedAndPassed\" masteryScore=\"{}\"", f64::from(here.mastery) / 100.0),
            false => "moveOn=\"Completed\"".to_owned(),
        };
        let about = about(title, here);
        format!(
            "\n  <au id=\"urn:kurso:{id}:{name}\" launchMethod=\"AnyWindow\" {judged}>{about}\n    <url>{file}</url>\n  </au>"
        )
    };
    let units: String = parts.iter().map(unit).collect();
    let about = about(&course.title, course);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id="urn:kurso:{id}">{about}
  </course>{units}
</courseStructure>
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

    fn in_lms(course: &Course, per_module: bool) -> Vec<Part> {
        parts::of(course, Purpose { in_lms: true, per_module }).unwrap()
    }

    fn made(standard: Standard, course: &Course, per_module: bool) -> String {
        let parts = in_lms(course, per_module);
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
    fn em4_the_course_structure_names_one_unit_by_the_id_of_the_course_and_what_is_a_pass() {
        let structure = |course: &Course| super::structure(course, &in_lms(course, false));
        let course = course();
        let made = structure(&course);
        for part in [
            "<course id=\"urn:kurso:mini\">",
            "<au id=\"urn:kurso:mini:unit\" launchMethod=\"AnyWindow\" moveOn=\"CompletedAndPassed\" masteryScore=\"0.8\">",
            "<title><langstring lang=\"en\">A &amp; B</langstring></title>",
            "<description><langstring lang=\"en\">Every kind once.</langstring></description>",
            "<url>index.html</url>",
        ] {
            assert!(made.contains(part), "{part} is not in {made}");
        }
        let ids = |xml: &str| {
            xml.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let mut newer = Course { title: "Another title".to_owned(), mastery: 75, ..course };
        assert!(structure(&newer).contains("masteryScore=\"0.75\""));
        for step in newer.modules.iter_mut().flat_map(|module| &mut module.steps) {
            step.blocks.clear();
        }
        let newer = structure(&newer);
        assert_eq!(ids(&made), ids(&newer));
        assert!(newer.contains("moveOn=\"Completed\">"), "nothing is marked: {newer}");
    }

    #[test]
    fn em4_each_module_that_is_packed_by_itself_is_a_unit_with_its_own_mastery() {
        let mut course = course();
        let hard = Module { id: "hard".into(), title: "Hard".to_owned(), mastery: 90, ..course.modules[0].clone() };
        course.modules.push(hard);
        let made = super::structure(&course, &in_lms(&course, true));
        let [_, one, hard] = made.split("<au ").collect::<Vec<_>>()[..] else { panic!("two units: {made}") };
        assert!(one.starts_with("id=\"urn:kurso:mini:one\"") && one.contains("masteryScore=\"0.8\""), "{one}");
        assert!(hard.starts_with("id=\"urn:kurso:mini:hard\"") && hard.contains("masteryScore=\"0.9\""), "{hard}");
        assert!(hard.contains(">Hard<") && hard.contains("<url>hard.html</url>"), "{hard}");
    }

    #[test]
    fn the_scripts_are_told_the_marks_as_the_course_counts_them() {
        let (course, words) = (course(), Words::of("en"));
        let needed = |standard| super::needed(standard, &course, &words);
        let total: u64 =
            needed(Standard::Scorm12)["marks"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
        let plan = course.plan();
        let of: u32 = plan
            .modules
            .iter()
            .map(|module| course::progress::Progress::default().summary(&plan, module).score.of)
            .sum();
        assert_eq!(total, u64::from(of));
        assert!(needed(Standard::Scorm12).get("texts").is_none());
        assert_eq!(
            needed(Standard::Cmi5)["words"]["unsent"]["one"],
            "Not yet sent to the learning platform: # record."
        );
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
        assert!(!made(Standard::Scorm2004, &two, false).contains("kurso-mini-more"), "a course is one activity");
    }

    #[test]
    fn whoever_packs_more_than_fits_is_told_what_to_do() {
        let told = |standard, modules, times| {
            let mut course = course();
            let steps = course.modules[0].steps.clone();
            course.modules[0].steps.extend((1..times).flat_map(|_| steps.clone()));
            course.modules.resize(modules, course.modules[0].clone());
            cramped(standard, &in_lms(&course, false)[0])
        };
        assert_eq!(told(Standard::Scorm12, 1, 1), None);
        assert!(
            told(Standard::Scorm12, 1, MOST).unwrap().contains("make the module smaller, or pack it as `scorm2004`")
        );
        assert!(told(Standard::Scorm12, 2, MOST).unwrap().contains("pack it with `--per-module`, or pack it as"));
        assert_eq!(told(Standard::Scorm2004, 2, MOST), None);
    }

    #[test]
    fn every_script_is_in_a_package() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/lms");
        let mut known: Vec<&str> = [SCRIPTS, SCORM, CMI5].concat().iter().map(|(name, _)| *name).collect();
        known.sort_unstable();
        assert_eq!(files(&folder, Path::new("")).unwrap(), known);
    }
}
