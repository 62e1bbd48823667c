//! `cargo xtask bench`: the page beside the players that a user might choose instead, with the same texts, in one run.
//!
//! Times are told as ratios within that run: on another machine, or another day, they are others.

use crate::{
    build, process,
    setup::{self, Need},
};
use anyhow::{Context, Result, bail};
use std::fs;

const RUNS: u32 = 5;

const FOREWORD: &str = "\
# How fast, beside others

Made by `cargo xtask bench`, which writes this file anew. Every player shows the same module: twelve steps of text, a
question, six items to sort, four pairs to match, ten cards and fifteen terms. What each number means, and where the
players are not equal, is in [bench/README.md](../bench/README.md). Compare within one table only; take less than a tenth,
or what lies within the spread, as no difference.

";

/// Builds all players, measures them and writes the tables.
pub fn run(arguments: &[String]) -> Result<()> {
    let runs = match arguments {
        [] => RUNS,
        [runs] => runs.parse().with_context(|| format!("`{runs}` is no number of runs"))?,
        _ => bail!("`cargo xtask bench` takes the number of runs at most"),
    };
    use Need::*;
    let tools = setup::provide(&[WasmTarget, Node, BenchPackages, Chromium, WasmBindgen, Trunk])?;
    let chromium = tools.chromium.clone().context("Chromium was not set up")?;
    let folder = setup::bench_folder();
    let out = folder.join("out");
    let node = |script: &str| {
        let mut node = process::command("node");
        node.current_dir(&folder).arg(script);
        node
    };
    process::run(&mut node("setup.mjs"))?;
    process::run(node("kurso.mjs").arg(out.join("course")))?;
    build::page_of(&tools, &out.join("course"), &out.join("kurso"))?;
    let tables = out.join("tables.md");
    process::run(
        node("bench.mjs").args(["--runs", &runs.to_string()]).arg("--browser").arg(chromium).arg("--md").arg(&tables),
    )?;
    let tables = fs::read_to_string(&tables).context("there are no tables")?;
    fs::write(crate::root().join("docs/performance.md"), [FOREWORD, &tables].concat())?;
    Ok(())
}
