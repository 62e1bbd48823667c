//! `cargo xtask build`: the page for release, and what it weighs.

use crate::{
    process,
    setup::{self, Need, Tools},
};
use anyhow::{Context, Result, bail};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Builds the page into `dist/` and prints the size of each file.
pub fn run(arguments: &[String]) -> Result<()> {
    if !arguments.is_empty() {
        bail!("`cargo xtask build` takes no arguments");
    }
    let tools = setup::provide(&[Need::WasmTarget, Need::WasmBindgen, Need::Trunk])?;
    let dist = crate::root().join("dist");
    page(&tools, &dist)?;
    print!("{}", sizes(&dist)?);
    Ok(())
}

/// Builds the page for release into that folder.
pub fn page(tools: &Tools, dist: &Path) -> Result<()> {
    process::run(tools.trunk("build")?.arg("--release").arg("--dist").arg(dist))
}

/// A table of the files in that folder, with their bytes as they are and after brotli's best effort.
fn sizes(dist: &Path) -> Result<String> {
    let files = files(dist)?;
    let squeezed = brotli(&files);
    let mut table = format!("{:>10}  {:>10}\n", "bytes", "brotli");
    for path in &files {
        let raw = fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?.len();
        let squeezed = squeezed.get(path).map_or("?".to_owned(), u64::to_string);
        let name = path.strip_prefix(dist).unwrap_or(path);
        table += &format!("{raw:>10}  {squeezed:>10}  {}\n", name.display());
    }
    if squeezed.is_empty() {
        table += "(The sizes after brotli need Node.)\n";
    }
    Ok(table)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The size of each file after brotli at its best level, by Node, which has it built in; nothing without Node.
fn brotli(files: &[PathBuf]) -> BTreeMap<PathBuf, u64> {
    let script = "for (const path of process.argv.slice(1)) \
        console.log(require('zlib').brotliCompressSync(require('fs').readFileSync(path)).length);";
    let sizes = process::output(process::command("node").args(["--eval", script, "--"]).args(files));
    let sizes = sizes.unwrap_or_default();
    files.iter().cloned().zip(sizes.lines().filter_map(|line| line.parse().ok())).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_weighed() {
        let table = sizes(&crate::root().join("xtask")).unwrap();
        let bytes = fs::metadata(crate::root().join("xtask/src/build.rs")).unwrap().len().to_string();
        let row = table.lines().find(|row| row.ends_with("build.rs")).unwrap();
        assert!(row.trim_start().starts_with(&bytes), "{row}");
        assert!(table.contains("Cargo.toml"), "{table}");
    }
}
