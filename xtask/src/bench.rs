//! `cargo xtask bench`: the page beside the players that a user might choose instead, Lighthouse's verdict on it, how it
//! bears growth, and its parts one by one, all in one run that writes docs/performance.md; and what the review does to
//! simulated learners, which is docs/review.md.
//!
//! Times are told as ratios within that run: on another machine, or another day, they are others.

use crate::{
    build, process,
    setup::{self, Need, Tools},
};
use anyhow::{Context, Result, bail};
use std::{fs, path::PathBuf, process::Command};

const RUNS: u32 = 5;

/// The sizes of the courses whose growth is measured, in modules. The first is what the others are compared with.
const MODULES: [u32; 3] = [1, 10, 100];

/// The exercises in each of their modules.
const EXERCISES: u32 = 100;

const FOREWORD: &str = "\
# How fast, beside others

Made by `cargo xtask bench`, which writes this file anew. Every player shows the same module: twelve steps of text, a
question, six items to sort, four pairs to match, ten cards and fifteen terms. What each number means, and where the
players are not equal, is in [bench/README.md](../bench/README.md). Compare within one table only; take less than a tenth,
or what lies within the spread, as no difference.
";

const REVIEW: &str = include_str!("../../bench/review.md");

/// A part of the file: what to type to measure it alone, its heading, and what measures it and tells it in Markdown.
struct Section {
    name: &'static str,
    heading: &'static str,
    measure: fn(&Bench) -> Result<String>,
}

const SECTIONS: [Section; 5] = [
    Section { name: "bytes", heading: "What a first visit loads", measure: bytes },
    Section { name: "players", heading: "Players side by side", measure: players },
    Section { name: "lighthouse", heading: "Lighthouse", measure: lighthouse },
    Section { name: "growth", heading: "Growth", measure: growth },
    Section { name: "micro", heading: "Micro-benchmarks", measure: micro },
];

/// What every section needs.
struct Bench {
    tools: Tools,
    chromium: PathBuf,
    /// The folder of the measuring scripts.
    scripts: PathBuf,
    /// Where what is measured is built, and where the scripts write.
    out: PathBuf,
    runs: u32,
}

/// Measures everything and writes docs/performance.md, or the sections that are named in the place of what it says of them.
/// A section that fails does not take the others' figures with it.
pub fn run(arguments: &[String]) -> Result<()> {
    let (runs, names) = match arguments {
        [only] if only == "review" => return review(),
        [runs, names @ ..] if runs.parse::<u32>().is_ok() => (runs.parse()?, names),
        names => (RUNS, names),
    };
    if let Some(name) = names.iter().find(|name| !SECTIONS.iter().any(|section| section.name == **name)) {
        let known = SECTIONS.map(|section| section.name).join("`, `");
        bail!("`cargo xtask bench` takes the number of runs, and `review` or any of `{known}`, but not `{name}`");
    }
    let is_wanted = |section: &Section| names.is_empty() || names.iter().any(|name| name == section.name);
    use Need::*;
    let tools = setup::provide(&[WasmTarget, Node, BenchPackages, Chromium, WasmBindgen, Trunk])?;
    let chromium = tools.chromium.clone().context("Chromium was not set up")?;
    let scripts = setup::bench_folder();
    let bench = Bench { tools, chromium, out: scripts.join("out"), scripts, runs };
    let before = fs::read_to_string(performance("md")).unwrap_or_default();
    let mut text = FOREWORD.to_owned();
    let mut missing = Vec::new();
    for section in &SECTIONS {
        let heading = section.heading;
        let told = if is_wanted(section) {
            (section.measure)(&bench).unwrap_or_else(|error| {
                eprintln!("{heading}: {error:#}");
                missing.push(heading);
                "Could not be measured in this run.\n".to_owned()
            })
        } else {
            told_before(&before, heading).unwrap_or_else(|| "Not measured yet.\n".to_owned())
        };
        text += &format!("\n## {heading}\n\n{told}");
    }
    fs::write(performance("md"), text)?;
    if names.is_empty() {
        review()?;
    }
    if !missing.is_empty() {
        bail!("docs/performance.md was written without {}: see above for why", missing.join(" and "));
    }
    Ok(())
}

/// What that text says below that heading.
fn told_before(text: &str, heading: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("\n## {heading}\n\n"))?;
    Some(rest.split_once("\n## ").map_or(rest, |(section, _)| section).to_owned())
}

impl Bench {
    /// Where the page of the shipped course is built.
    fn page(&self) -> PathBuf {
        self.out.join("page")
    }

    fn node(&self, script: &str) -> Command {
        let mut node = process::command("node");
        node.current_dir(&self.scripts).arg(script);
        node
    }

    /// Runs a script that measures in the browser, and returns the Markdown that it writes.
    fn measured(&self, name: &str, script: &mut Command) -> Result<String> {
        let markdown = self.out.join(name).with_extension("md");
        process::run(script.arg("--browser").arg(&self.chromium).arg("--md").arg(&markdown))?;
        fs::read_to_string(&markdown).with_context(|| format!("{name}: there is no table"))
    }
}

/// What the command writes, with that extension.
fn performance(extension: &str) -> PathBuf {
    crate::root().join("docs/performance").with_extension(extension)
}

/// The page of the shipped course, and the same from the smallest build.
fn bytes(bench: &Bench) -> Result<String> {
    let page = bench.page();
    build::page(&bench.tools, &page)?;
    let small = bench.out.join("small");
    let std_source = setup::provide(&[Need::StdSource, Need::WasmBindgen, Need::Trunk])?;
    build::small_page(&std_source, &small)?;
    Ok(format!(
        "The page of the shipped course, with the standard library as it is:\n\n```text\n{}```\n\nThe same by \
         `cargo xtask build --small`, which compiles the standard library anew:\n\n```text\n{}```\n",
        build::weighed(&page)?,
        build::weighed(&small)?
    ))
}

/// Kurso beside other players, in tables and in a picture.
fn players(bench: &Bench) -> Result<String> {
    let mut set_up = bench.node("setup.mjs");
    match setup::mdbook() {
        Ok(folders) => {
            set_up.arg("--mdbook").env("MDBOOK_BIN", folders);
        }
        Err(error) => println!("mdbook-quiz is not measured: {error:#}"),
    }
    process::run(&mut set_up)?;
    let course = bench.out.join("course");
    process::run(bench.node("kurso.mjs").arg(&course))?;
    build::page_of(&bench.tools, &course, &bench.out.join("kurso"))?;
    let mut measure = bench.node("bench.mjs");
    measure.args(["--runs", &bench.runs.to_string()]).arg("--svg").arg(performance("svg"));
    let tables = bench.measured("players", &mut measure)?;
    Ok(format!(
        "![For each player, bars of the time to first paint, until a question can be answered, and until a first \
         answer is graded, on the phone profile; the figures are the medians in the table “mobile” below](performance.svg)\n\n{tables}"
    ))
}

/// Lighthouse on the page of the shipped course, which [`bytes`] has built.
fn lighthouse(bench: &Bench) -> Result<String> {
    bench.measured("lighthouse", bench.node("lighthouse.mjs").arg(bench.page()))
}

/// Kurso with courses of [`MODULES`] modules.
fn growth(bench: &Bench) -> Result<String> {
    let mut measure = bench.node("growth.mjs");
    for modules in MODULES {
        let page = bench.out.join("growth").join(modules.to_string());
        build::page_of(&bench.tools, &build::course_of_modules(modules, EXERCISES)?, &page)?;
        measure.arg(page);
    }
    bench.measured("growth", measure.args(["--runs", &bench.runs.to_string()]))
}

/// Writes docs/review.md: what the review does to simulated learners.
fn review() -> Result<()> {
    let simulate = ["run", "--quiet", "--release", "--package", "kurso-benches", "--example", "learners"];
    // Days and days of replaying: for speed, not for size as the page.
    let table = process::captured(process::cargo().args(simulate).env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "3"))?;
    fs::write(crate::root().join("docs/review.md"), format!("{REVIEW}\n{table}\n"))?;
    Ok(())
}

/// Single parts, measured without a browser.
fn micro(_: &Bench) -> Result<String> {
    let printed = process::captured(process::cargo().args(["bench", "--package", "kurso-benches"]))?;
    Ok(format!("```text\n{printed}\n```\n"))
}
