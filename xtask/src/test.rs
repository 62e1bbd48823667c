//! `cargo xtask test`: everything that is checked, fastest first.
//!
//! All stages run even if one fails, so that one run tells the whole story; the last lines name the stages that failed, and
//! in them each test with the beginning of its error.

use crate::{
    build::{self, Package},
    content, count, pack, process,
    setup::{self, Need, Tools},
};
use anyhow::{Context, Result, anyhow, bail};
use std::{
    ffi::OsStr,
    fs,
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};

/// The modules of the large course.
const MODULES: u32 = 10;

/// So many exercises in each of them make it a large one.
const EXERCISES: u32 = 20;

/// So many exercises in one module ask of learners to place some 500 items.
const MANY_EXERCISES: u32 = 110;

/// So many lines of a failed Rust test tell what is wrong.
const LINES: usize = 6;

/// The tests that run in every engine.
const ENGINES: [&str; 2] = ["engines.test.mjs", "embed-engines.test.mjs"];

/// One kind of check.
pub struct Stage {
    /// What to type to run it alone.
    pub name: &'static str,
    /// What it checks.
    pub about: &'static str,
    needs: &'static [Need],
    run: fn(&Tools) -> Result<()>,
}

/// The stages in the order in which they run.
pub const STAGES: &[Stage] = &[
    Stage { name: "format", about: "The formatting of the Rust code", needs: &[Need::Rustfmt], run: format },
    Stage { name: "content", about: "The content of every course", needs: &[], run: |_| content::run(&[]) },
    Stage { name: "clippy", about: "Lints, for this machine", needs: &[Need::Clippy], run: clippy },
    Stage {
        name: "clippy-wasm",
        about: "Lints, for the browser",
        needs: &[Need::Clippy, Need::WasmTarget],
        run: clippy_wasm,
    },
    Stage { name: "rust", about: "The Rust tests of all crates", needs: &[], run: rust },
    Stage {
        name: "page",
        about: "The page builds for release",
        needs: &[Need::WasmTarget, Need::WasmBindgen, Need::Trunk],
        run: |tools| build::page(tools, &page_folder()),
    },
    Stage { name: "budget", about: "What a first visit loads is small", needs: &[Need::Node], run: budget },
    Stage {
        name: "modules",
        about: "A course of many modules builds, and a first visit to it loads no more than to one",
        needs: &[Need::WasmTarget, Need::WasmBindgen, Need::Trunk, Need::Node],
        run: modules,
    },
    Stage {
        name: "arabic",
        about: "A course that is written from right to left builds",
        needs: &[Need::WasmTarget, Need::WasmBindgen, Need::Trunk],
        run: |tools| build::page_of(tools, &crate::root().join("tests/courses/arabic"), &arabic_page_folder()),
    },
    Stage {
        name: "options",
        about: "A course with what authors may ask for, and the shipped one does not, builds",
        needs: &[Need::WasmTarget, Need::WasmBindgen, Need::Trunk],
        run: |tools| build::page_of(tools, &crate::root().join("tests/courses/options"), &options_page_folder()),
    },
    Stage {
        name: "pack",
        about: "The course can be packed for other people's pages",
        needs: &[Need::WasmTarget, Need::WasmBindgen, Need::Trunk, Need::WasmPack],
        run: pack,
    },
    Stage {
        name: "browser",
        about: "The page that was built last, in a real browser",
        needs: &[Need::Node, Need::BrowserPackages, Need::Chromium],
        run: browser,
    },
    Stage {
        name: "engines",
        about: "What learners do in it, in Chromium, Firefox and WebKit",
        needs: &[Need::Node, Need::BrowserPackages, Need::Chromium, Need::Engines, Need::Geckodriver],
        run: engines,
    },
];

/// Runs the stages that are named, or all.
pub fn run(arguments: &[String]) -> Result<()> {
    let stages = chosen(arguments)?;
    let needs: Vec<Need> = stages.iter().flat_map(|stage| stage.needs).copied().collect();
    let tools = setup::provide(&needs)?;
    let started = Instant::now();
    let mut failed = Vec::new();
    for stage in &stages {
        println!("\n== {}: {}", stage.name, stage.about);
        let stage_started = Instant::now();
        // What looks at a page that no longer builds would tell about yesterday's.
        let outcome = match failed.iter().any(|(name, _)| *name == "page")
            && ["budget", "modules", "arabic", "options", "pack", "browser", "engines"].contains(&stage.name)
        {
            true => Err(anyhow!("there is no page to test")),
            false => (stage.run)(&tools),
        };
        let took = seconds(stage_started.elapsed());
        match outcome {
            Ok(()) => println!("== {}: passed in {took}", stage.name),
            Err(error) => {
                println!("== {}: failed after {took}", stage.name);
                failed.push((stage.name, format!("{error:#}")));
            }
        }
    }
    let took = seconds(started.elapsed());
    if !failed.is_empty() {
        bail!("{}", complaint(&failed, stages.len(), &took));
    }
    println!("\n{} passed in {took}.", count(stages.len(), "stage"));
    Ok(())
}

fn chosen(names: &[String]) -> Result<Vec<&'static Stage>> {
    for name in names {
        if !STAGES.iter().any(|stage| stage.name == name) {
            let known: Vec<&str> = STAGES.iter().map(|stage| stage.name).collect();
            bail!("there is no stage `{name}`; there are {}", known.join(", "));
        }
    }
    let wanted = |stage: &&Stage| names.is_empty() || names.iter().any(|name| name == stage.name);
    Ok(STAGES.iter().filter(wanted).collect())
}

fn complaint(failed: &[(&str, String)], of: usize, took: &str) -> String {
    let errors: String = failed.iter().map(|(name, error)| format!("{name}: {error}\n\n")).collect();
    let names: Vec<&str> = failed.iter().map(|(name, _)| *name).collect();
    let (again, names) = (names.join(" "), names.join(", "));
    let (failed, of) = (failed.len(), count(of, "stage"));
    format!("{errors}{failed} of {of} failed after {took}: {names}. To run it again: cargo xtask test {again}")
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}

fn format(_: &Tools) -> Result<()> {
    process::run(process::cargo().args(["fmt", "--all", "--check"]))
        .context("some code is not formatted: run `cargo fmt`")
}

fn clippy(_: &Tools) -> Result<()> {
    deny_warnings(process::cargo().args(["clippy", "--workspace", "--all-targets"]))
}

fn clippy_wasm(_: &Tools) -> Result<()> {
    deny_warnings(process::cargo().args([
        "clippy",
        "--package",
        "kurso",
        "--package",
        "kurso-qr",
        "--target",
        "wasm32-unknown-unknown",
    ]))
}

fn deny_warnings(clippy: &mut Command) -> Result<()> {
    process::run(clippy.args(["--quiet", "--", "-D", "warnings"]))
}

fn rust(_: &Tools) -> Result<()> {
    let mut printed = String::new();
    let ran = process::overheard(process::cargo().args(["test", "--workspace", "--no-fail-fast"]), &mut printed);
    outcome(ran, &failed_tests(&printed))
}

/// What has become of a run of tests: if it failed, the tests that did say more than how it ended.
fn outcome(ran: Result<()>, failed: &str) -> Result<()> {
    match ran {
        Err(_) if !failed.is_empty() => bail!("these tests failed:\n{}", failed.trim_end()),
        ran => ran,
    }
}

/// The tests that failed according to what `cargo test` printed, each with the beginning of its error. Tests that print
/// something before they fail have it above the panic, so that is where the error begins.
fn failed_tests(printed: &str) -> String {
    let mut told = String::new();
    let mut lines = printed.lines();
    while let Some(line) = lines.next() {
        let Some(name) = line.strip_prefix("---- ").and_then(|line| line.strip_suffix(" stdout ----")) else {
            continue;
        };
        let block: Vec<&str> = lines
            .clone()
            .take_while(|line| !line.starts_with("---- ") && !["failures:", "stack backtrace:"].contains(line))
            .collect();
        let panic = block.iter().position(|line| line.contains("panicked at")).unwrap_or(0);
        let error = block[panic..].iter().filter(|line| !line.is_empty() && !line.starts_with("note: ")).take(LINES);
        told.push_str(&format!("{name}\n"));
        error.for_each(|line| told.push_str(&format!("  {line}\n")));
    }
    told
}

fn budget(_: &Tools) -> Result<()> {
    build::budget(&built_page()?)
}

fn modules(tools: &Tools) -> Result<()> {
    let build = |modules| -> Result<PathBuf> {
        let folder = page_of_modules_folder(modules);
        build::page_of(tools, &build::course_of_modules(modules, EXERCISES)?, &folder)?;
        Ok(folder)
    };
    build::growth(&build(1)?, &build(MODULES)?)
}

fn pack(tools: &Tools) -> Result<()> {
    pack::embed(tools, &packed("embed"))?;
    pack::single(tools, &packed("kurso.html"))?;
    let (own, large) = (crate::root().join("tests/courses/modules"), build::course_of_modules(MODULES, EXERCISES)?);
    let long = build::course_of_modules(1, MANY_EXERCISES)?;
    let packages = [
        ("kurso-scorm12", Package { standard: "scorm12", per_module: false, course: None }),
        ("kurso-scorm2004", Package { standard: "scorm2004", per_module: false, course: None }),
        ("kurso-cmi5", Package { standard: "cmi5", per_module: false, course: None }),
        ("modules-scorm12", Package { standard: "scorm12", per_module: true, course: Some(&own) }),
        ("modules-scorm2004", Package { standard: "scorm2004", per_module: true, course: Some(&own) }),
        ("large-scorm2004", Package { standard: "scorm2004", per_module: true, course: Some(&large) }),
        ("long-scorm12", Package { standard: "scorm12", per_module: false, course: Some(&long) }),
    ];
    for (name, package) in packages {
        pack::lms(tools, package, &packed(&format!("{name}.zip")))?;
    }
    Ok(())
}

fn browser(tools: &Tools) -> Result<()> {
    let page = built_page()?;
    let many = built(page_of_modules_folder(MODULES), "course of many modules", "modules")?;
    let arabic = built_in_arabic()?;
    let needed = ["embed/package.json", "kurso.html", "kurso-cmi5.zip", "long-scorm12.zip"];
    if !needed.iter().all(|name| packed(name).is_file()) {
        bail!("there is no package to test: run `cargo xtask test pack` first");
    }
    let folder = setup::browser_folder();
    let mut tests: Vec<PathBuf> = fs::read_dir(&folder)?.flatten().map(|entry| entry.path()).collect();
    tests.retain(|path| {
        path.to_string_lossy().ends_with(".test.mjs") && !ENGINES.iter().any(|name| path.ends_with(name))
    });
    tests.sort();
    let more = [("KURSO_MODULES", many), ("KURSO_ARABIC", arabic), ("KURSO_PACKED", packed(""))];
    run_node(node(tools, page).envs(more), &tests)
}

fn engines(tools: &Tools) -> Result<()> {
    let options = built(options_page_folder(), "course with all options", "options")?;
    let mut node = node(tools, built_page()?);
    node.env("KURSO_ARABIC", built_in_arabic()?).env("KURSO_OPTIONS", options);
    if let Some(geckodriver) = &tools.geckodriver {
        node.env("GECKODRIVER", geckodriver);
    }
    if !packed("kurso.html").is_file() {
        bail!("there is no single file to test: run `cargo xtask test pack` first");
    }
    run_node(node.env("KURSO_PACKED", packed("")), &ENGINES)
}

/// Has Node run these tests; what fails is told twice, to whoever watches and at the end of everything.
fn run_node(node: &mut Command, tests: &[impl AsRef<OsStr>]) -> Result<()> {
    let failures = setup::target_folder().join("failures.txt");
    node.args(["--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=./failures.mjs"])
        .arg(format!("--test-reporter-destination={}", failures.display()));
    let _ = fs::remove_file(&failures);
    let ran = process::run(node.args(tests));
    outcome(ran, &fs::read_to_string(failures).unwrap_or_default())
}

/// Node's own test runner on that page; what is to be run is still to be named.
fn node(tools: &Tools, page: PathBuf) -> Command {
    let mut node = process::command("node");
    node.current_dir(setup::browser_folder()).arg("--test").env("KURSO_PAGE", page);
    if let Some(chromium) = &tools.chromium {
        node.env("CHROMIUM", chromium);
    }
    node
}

/// The folder of the page that was built last.
fn built_page() -> Result<PathBuf> {
    built(page_folder(), "page", "page")
}

/// Where the page of a course with that many modules lies.
fn page_of_modules_folder(modules: u32) -> PathBuf {
    page_folder().with_file_name(format!("page-of-{modules}"))
}

/// The folder of the page in Arabic, if that was built.
fn built_in_arabic() -> Result<PathBuf> {
    built(arabic_page_folder(), "course in Arabic", "arabic")
}

/// That folder of a page, if the stage that builds it has run.
fn built(folder: PathBuf, what: &str, stage: &str) -> Result<PathBuf> {
    if !folder.join("index.html").is_file() {
        bail!("there is no {what} to test: run `cargo xtask test {stage}` first");
    }
    Ok(folder)
}

/// Where the page of the course in Arabic lies.
fn arabic_page_folder() -> PathBuf {
    page_folder().with_file_name("page-in-arabic")
}

/// Where the page of the course with all options lies.
fn options_page_folder() -> PathBuf {
    page_folder().with_file_name("page-of-options")
}

/// Where what is packed for the tests lies.
fn packed(name: &str) -> PathBuf {
    page_folder().with_file_name("packed").join(name)
}

/// Where the page for the tests lies: not in `dist/`, where `cargo xtask serve` may be at work.
fn page_folder() -> PathBuf {
    setup::target_folder().join("page")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    fn names(arguments: &[&str]) -> Result<Vec<&'static str>> {
        let arguments: Vec<String> = arguments.iter().map(|&argument| argument.to_owned()).collect();
        Ok(chosen(&arguments)?.iter().map(|stage| stage.name).collect())
    }

    #[test]
    fn all_stages_run_unless_some_are_named() {
        assert_eq!(
            names(&[]).unwrap(),
            [
                "format",
                "content",
                "clippy",
                "clippy-wasm",
                "rust",
                "page",
                "budget",
                "modules",
                "arabic",
                "options",
                "pack",
                "browser",
                "engines"
            ]
        );
        assert_eq!(names(&["browser", "format"]).unwrap(), ["format", "browser"]);
    }

    #[test]
    fn an_unknown_stage_is_refused_and_the_known_ones_are_named() {
        let error = names(&["format", "fmt"]).unwrap_err().to_string();
        assert!(error.starts_with("there is no stage `fmt`; there are format, content,"), "{error}");
    }

    #[test]
    fn the_end_tells_what_failed_and_how_to_run_it_again() {
        let failed = [("clippy", "`cargo clippy` failed".to_owned()), ("browser", "these tests failed:\na".to_owned())];
        assert_eq!(
            complaint(&failed, 7, "3.0 s"),
            "clippy: `cargo clippy` failed\n\nbrowser: these tests failed:\na\n\n\
             2 of 7 stages failed after 3.0 s: clippy, browser. To run it again: cargo xtask test clippy browser"
        );
    }

    #[test]
    fn of_the_rust_tests_that_failed_the_names_and_the_beginning_of_the_errors_are_told() {
        let printed = "\
running 3 tests
test good ... ok
test deep::bad ... FAILED
test worse ... FAILED

failures:

---- deep::bad stdout ----
something that the test printed

thread 'deep::bad' panicked at src/lib.rs:5:9:
assertion `left == right` failed
  left: 1
 right: 2
stack backtrace:
   0: __rustc::rust_begin_unwind

---- worse stdout ----
Error: \"no panic\"


failures:
    deep::bad
    worse

test result: FAILED. 1 passed; 2 failed
";
        assert_eq!(
            failed_tests(printed),
            "deep::bad\n  thread 'deep::bad' panicked at src/lib.rs:5:9:\n  assertion `left == right` failed\n    left: 1\n   \
             right: 2\nworse\n  Error: \"no panic\"\n"
        );
        assert_eq!(failed_tests("test good ... ok\n"), "");
    }

    #[test]
    fn a_run_that_failed_names_its_tests_if_it_came_so_far() {
        let failure = |failed| outcome(Err(anyhow!("`node` failed")), failed).unwrap_err().to_string();
        assert_eq!(failure("a\n  b\n"), "these tests failed:\na\n  b");
        assert_eq!(failure(""), "`node` failed");
        assert!(outcome(Ok(()), "").is_ok());
    }
}
