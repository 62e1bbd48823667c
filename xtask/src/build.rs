//! `cargo xtask build`: the page for release, and what it weighs.
//!
//! With `--small` it is the same page from the same source, and Rust's standard library is compiled anew with it: for
//! size, and so that a panic only stops the wasm, without the code that would say why. What cargo needs for that is not
//! stable yet, so it is asked for in the environment of this one build and the project stays one for stable Rust.

use crate::{
    content, process,
    setup::{self, Need, StdSource, Tools},
};
use anyhow::{Context, Result, bail};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Builds the page into `dist/` and prints the size of each file.
pub fn run(arguments: &[String]) -> Result<()> {
    let dist = crate::root().join("dist");
    let (course, rest) = content::named(arguments)?;
    let is_small = is_small(&rest)?;
    let standard = if is_small { Need::StdSource } else { Need::WasmTarget };
    let tools = setup::provide(&[standard, Need::WasmBindgen, Need::Trunk])?.for_course(course);
    if is_small {
        small_page(&tools, &dist)?
    } else {
        page(&tools, &dist)?
    }
    print!("{}", weighed(&dist)?);
    Ok(())
}

fn is_small(arguments: &[String]) -> Result<bool> {
    match arguments {
        [] => Ok(false),
        [small] if small == "--small" => Ok(true),
        [folder] if !folder.starts_with('-') => Err(content::missing(folder)),
        _ => bail!("`cargo xtask build` takes the folder of a course and `--small`, and nothing else"),
    }
}

/// Builds the page for release into that folder, of the course that the tools are for.
pub fn page(tools: &Tools, dist: &Path) -> Result<()> {
    process::run(&mut release(tools, dist)?)
}

/// The same, and all of it once more as that one file.
pub fn page_as_file(tools: &Tools, dist: &Path, file: &Path) -> Result<()> {
    process::run(release(tools, dist)?.env("KURSO_SINGLE", file))
}

/// A package for an LMS.
#[derive(Clone, Copy, Debug)]
pub struct Package<'a> {
    /// The standard that the LMS speaks.
    pub standard: &'a str,
    /// Whether each module is an activity of its own, however small the course is.
    pub per_module: bool,
    /// The folder of the course, if not ours.
    pub course: Option<&'a Path>,
}

/// The page as that package.
pub fn page_for_lms(tools: &Tools, package: Package, dist: &Path) -> Result<()> {
    let mut trunk = release(tools, dist)?;
    trunk.env("KURSO_LMS", package.standard);
    if package.per_module {
        trunk.env("KURSO_PER_MODULE", "");
    }
    process::run(trunk.envs(package.course.map(|course| ("KURSO_COURSE", course))))
}

/// The same with the wasm that wasm-pack has left in that folder, and in all languages.
pub fn page_with_wasm(tools: &Tools, wasm: &Path, dist: &Path) -> Result<()> {
    process::run(release(tools, dist)?.env("KURSO_WASM", wasm).env("KURSO_LANGUAGES", "all"))
}

/// The same with the course in that folder.
pub fn page_of(tools: &Tools, course: &Path, dist: &Path) -> Result<()> {
    process::run(release(tools, dist)?.env("KURSO_COURSE", course))
}

/// The folder of a generated course with that many modules, each with that many exercises.
pub fn course_of_modules(modules: u32, exercises: u32) -> Result<PathBuf> {
    let course = setup::target_folder().join("courses").join(format!("{modules}-{exercises}"));
    if course.exists() {
        fs::remove_dir_all(&course).with_context(|| format!("{} cannot be emptied", course.display()))?;
    }
    let generate = ["run", "--quiet", "--package", "kurso-benches", "--example", "generate", "--"];
    let sizes = [modules, exercises].map(|size| size.to_string());
    process::run(process::cargo().args(generate).arg(&sizes[0]).arg(&course).arg(&sizes[1]))?;
    Ok(course)
}

fn release(tools: &Tools, dist: &Path) -> Result<Command> {
    let mut trunk = tools.trunk("build")?;
    trunk.arg("--release").arg("--dist").arg(dist);
    Ok(trunk)
}

/// Builds the page with the standard library compiled anew, for size, into that folder.
pub fn small_page(tools: &Tools, dist: &Path) -> Result<()> {
    let mut trunk = release(tools, dist)?;
    rebuild_std(&mut trunk, tools.std_source()?);
    process::run(&mut trunk)
}

/// Makes every cargo that this command runs compile the standard library as well, for size.
fn rebuild_std(command: &mut Command, source: StdSource) {
    source
        .choose(command)
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
        .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
        .env("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true")
        .env("CARGO_PROFILE_RELEASE_PANIC", "immediate-abort")
        // In the usual folder, this build and the usual one would each undo what the other has done.
        .env("CARGO_TARGET_DIR", setup::target_folder().join("small"));
}

/// What the page in that folder weighs, file by file.
pub fn weighed(dist: &Path) -> Result<String> {
    Ok(table(&weigh(dist)?))
}

/// What everything that a first visit loads may weigh at most after brotli's best effort, in bytes.
///
/// Whoever makes the page smaller lowers it. It was 120 000 at first, and 139 600 once: what has come and gone since, and what
/// each of it weighs, is in docs/architecture.md.
const BUDGET: u64 = 97_200;

/// Fails if a first visit to the page in that folder loads more than [`BUDGET`].
pub fn budget(dist: &Path) -> Result<()> {
    let files = weigh(dist)?;
    print!("{}", table(&files));
    let total = first_visit(&files).context("the sizes after brotli need Node")?;
    if total > BUDGET {
        bail!("a first visit loads {total} bytes after brotli, {} more than the budget allows", total - BUDGET);
    }
    println!("{} bytes of the budget are left", BUDGET - total);
    Ok(())
}

/// How much more a first visit to a course of many modules may load than to one of a single module: the way to the next
/// module and to the list of all, and their names.
const GROWTH: u64 = 600;

/// Fails if a first visit to the page of many modules loads noticeably more than to that of one.
pub fn growth(one: &Path, many: &Path) -> Result<()> {
    let bytes = |dist| first_visit(&weigh(dist)?).context("the sizes after brotli need Node");
    let (one, many) = (bytes(one)?, bytes(many)?);
    println!("A first visit loads {one} bytes after brotli with one module, {many} with many");
    if many > one + GROWTH {
        bail!(
            "a first visit to a course of many modules loads {} bytes more than to one of a single module",
            many - one
        );
    }
    Ok(())
}

/// A file of the page.
struct File {
    /// Where it lies in the folder of the page.
    name: PathBuf,
    /// Its bytes as they are.
    raw: u64,
    /// Its bytes after brotli's best effort, if Node could tell.
    brotli: Option<u64>,
}

impl File {
    /// Whether a first visit loads it: the page, its style, its script and the wasm, and what keeps them for the next. All else
    /// is asked for by who wants it, and tests count what a browser asks for.
    fn is_loaded(&self) -> bool {
        ["index.html", "kurso.css", "kurso.js", "kurso_bg.wasm", "manifest.webmanifest", "sw.js"]
            .iter()
            .any(|file| self.name == **file)
    }
}

/// The files in that folder, by name.
fn weigh(dist: &Path) -> Result<Vec<File>> {
    let paths = files(dist)?;
    let brotli = brotli(&paths);
    let file = |path: &PathBuf| {
        let raw = fs::metadata(path).with_context(|| format!("{} cannot be read", path.display()))?.len();
        let name = path.strip_prefix(dist).unwrap_or(path).to_owned();
        Ok(File { name, raw, brotli: brotli.get(path).copied() })
    };
    paths.iter().map(file).collect()
}

/// The bytes after brotli of all that a first visit loads, if Node could tell.
fn first_visit(files: &[File]) -> Option<u64> {
    files.iter().filter(|file| file.is_loaded()).map(|file| file.brotli).sum()
}

/// A table of the files, with what a first visit loads in the last line.
fn table(files: &[File]) -> String {
    let row = |raw: u64, brotli: Option<u64>, name: &str| {
        format!("{raw:>10}  {:>10}  {name}\n", brotli.map_or("?".to_owned(), |bytes| bytes.to_string()))
    };
    let mut table = format!("{:>10}  {:>10}\n", "bytes", "brotli");
    for file in files {
        table += &row(file.raw, file.brotli, &file.name.display().to_string());
    }
    let raw = files.iter().filter(|file| file.is_loaded()).map(|file| file.raw).sum();
    table += &row(raw, first_visit(files), "in all on a first visit");
    if files.iter().any(|file| file.brotli.is_none()) {
        table += "(The sizes after brotli need Node.)\n";
    }
    table
}

/// The files below that folder, in order.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
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
    fn the_smallest_page_is_built_only_if_asked_for() {
        let asked = |line: &str| is_small(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        assert!(!asked("").unwrap());
        assert!(asked("--small").unwrap());
        assert_eq!(asked("small").unwrap_err().to_string(), content::missing("small").to_string());
        for line in ["--small --small", "--release"] {
            assert_eq!(
                asked(line).unwrap_err().to_string(),
                "`cargo xtask build` takes the folder of a course and `--small`, and nothing else"
            );
        }
    }

    #[test]
    fn the_usual_build_never_meets_the_smallest() {
        let mut command = process::command("trunk");
        rebuild_std(&mut command, StdSource::Present);
        let folder = command.get_envs().find(|(name, _)| *name == "CARGO_TARGET_DIR").and_then(|(_, value)| value);
        assert_eq!(folder.map(Path::new), Some(&*setup::target_folder().join("small")));
    }

    #[test]
    fn every_file_is_weighed() {
        let table = table(&weigh(&crate::root().join("xtask")).unwrap());
        let bytes = fs::metadata(crate::root().join("xtask/src/build.rs")).unwrap().len().to_string();
        let row = table.lines().find(|row| row.ends_with("build.rs")).unwrap();
        assert!(row.trim_start().starts_with(&bytes), "{row}");
        assert!(table.contains("Cargo.toml"), "{table}");
    }

    #[test]
    fn a_first_visit_is_the_sum_of_what_it_loads() {
        let file = |name: &str, brotli| File { name: name.into(), raw: 100, brotli };
        let wasm = |brotli| file("kurso_bg.wasm", brotli);
        let files =
            [wasm(Some(40)), file("icons/b.png", Some(30)), file("index.html", Some(2)), file("board.js", None)];
        assert_eq!(first_visit(&files), Some(42));
        assert!(
            table(&files)
                .ends_with("       200          42  in all on a first visit\n(The sizes after brotli need Node.)\n")
        );
        assert_eq!(first_visit(&[wasm(None), file("index.html", Some(2))]), None);
    }
}
