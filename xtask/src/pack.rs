//! `cargo xtask pack`: the course in the forms in which others take it into their pages.
//!
//! `embed` is the page with the wasm that wasm-pack has built of the same source, and what it says of the package.
//! `single` is the page as one file. `scorm12`, `scorm2004` and `cmi5` are the page for an LMS, as a zip file, with
//! `--per-module` one in which each module is an activity of its own. What each of them weighs is told.

use crate::{
    build::{self, Package},
    content, process,
    setup::{self, Need, Tools},
};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// What each form needs.
const NEEDS: &[Need] = &[Need::WasmTarget, Need::WasmBindgen, Need::Trunk];

/// The forms for an LMS.
const LMS: &[&str] = &["scorm12", "scorm2004", "cmi5"];

/// Asks for an activity for each module.
const PER_MODULE: &str = "--per-module";

/// The name of a package for an LMS.
fn file_of(standard: &str, per_module: bool) -> String {
    format!("kurso-{standard}{}.zip", if per_module { "-per-module" } else { "" })
}

/// Packs the named form into `dist/`.
pub fn run(arguments: &[String]) -> Result<()> {
    let dist = crate::root().join("dist");
    let (course, rest) = content::named(arguments)?;
    let provide = |needs: &[Need]| Ok::<_, anyhow::Error>(setup::provide(needs)?.for_course(course.clone()));
    match &rest[..] {
        [form] if form == "embed" => {
            let tools = provide(&[NEEDS, &[Need::WasmPack]].concat())?;
            let folder = dist.join("embed");
            embed(&tools, &folder)?;
            let tarball =
                tarball(&folder).map_or_else(String::new, |bytes| format!(", {bytes} bytes as an npm package"));
            println!("dist/embed has {} bytes{tarball}.", bytes(&folder)?);
            println!("dist/embed can be put on any server as it is, or published by `npm publish dist/embed`.");
            println!("dist/embed/integrity.html has the lines that hold a page to this very build.");
        }
        [form] if form == "single" => {
            let tools = provide(NEEDS)?;
            let file = dist.join("kurso.html");
            single(&tools, &file)?;
            println!("dist/kurso.html has {} bytes.", bytes(&file)?);
            println!("dist/kurso.html can be opened as it is.");
        }
        [standard, how @ ..] if LMS.contains(&standard.as_str()) && (how.is_empty() || how == [PER_MODULE]) => {
            let tools = provide(NEEDS)?;
            let package = Package { standard, per_module: !how.is_empty(), course: None };
            let file = file_of(standard, package.per_module);
            let page = lms(&tools, package, &dist.join(&file))?;
            println!("dist/{file} has {} bytes, and {} unpacked.", bytes(&dist.join(&file))?, bytes(&page)?);
            println!("dist/{file} can be uploaded to an LMS as it is.");
        }
        _ => bail!(
            "`cargo xtask pack` needs to know which form: `embed`, `single`, `scorm12`, `scorm2004` or `cmi5`, the last three maybe with `{PER_MODULE}`; and takes the folder of a course"
        ),
    }
    Ok(())
}

/// The page as an npm package, in that folder.
pub fn embed(tools: &Tools, folder: &Path) -> Result<()> {
    let wasm = setup::target_folder().join("wasm-pack");
    let mut pack = tools.wasm_pack()?;
    pack.args(["build", "crates/package", "--release", "--target", "web", "--mode", "no-install", "--no-opt"]);
    process::run(pack.args(["--out-name", "kurso", "--out-dir"]).arg(&wasm))?;
    build::page_with_wasm(tools, &wasm, folder)?;
    let made = wasm.join("package.json");
    let made = fs::read(&made).with_context(|| format!("{} cannot be read", made.display()))?;
    let package = package(serde_json::from_slice(&made)?);
    fs::write(folder.join("package.json"), serde_json::to_string_pretty(&package)? + "\n")?;
    // A package is installed in no browser: what keeps a page of ours stays behind.
    for name in ["sw.js", "manifest.webmanifest"] {
        fs::remove_file(folder.join(name)).with_context(|| format!("{name} cannot be left out"))?;
    }
    let ours = [("src/kurso.d.ts", "kurso.d.ts"), ("docs/embedding.md", "README.md")];
    for (file, name) in ours.into_iter().chain(["LICENSE-MIT", "LICENSE-APACHE"].map(|name| (name, name))) {
        fs::copy(crate::root().join(file), folder.join(name)).with_context(|| format!("{file} cannot be read"))?;
    }
    Ok(())
}

/// What wasm-pack says of the package, and what it does not know: that importing the script defines an element, and that
/// all files of the folder belong to it.
fn package(mut package: Value) -> Value {
    package["type"] = json!("module");
    package["exports"] = json!({ ".": { "types": "./kurso.d.ts", "default": "./kurso.js" }, "./*": "./*" });
    package["sideEffects"] = json!(true);
    package["keywords"] = json!(["course", "quiz", "flashcards", "custom-element", "wasm"]);
    if let Some(fields) = package.as_object_mut() {
        fields.remove("files");
    }
    package
}

/// The page as one file.
pub fn single(tools: &Tools, file: &Path) -> Result<()> {
    let page = setup::target_folder().join("single");
    build::page_as_file(tools, &page, file)
}

/// The page as that package for an LMS, in a zip file. Returns the folder of what is in it.
pub fn lms(tools: &Tools, package: Package, file: &Path) -> Result<PathBuf> {
    let page = setup::target_folder().join(package.standard);
    build::page_for_lms(tools, package, &page)?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    zip(&page, File::create(file).with_context(|| format!("{} cannot be written", file.display()))?)?;
    Ok(page)
}

/// The size of that file, or of all files in that folder.
fn bytes(path: &Path) -> Result<u64> {
    let files = if path.is_dir() { build::files(path)? } else { vec![path.to_owned()] };
    files.iter().map(|file| Ok(fs::metadata(file)?.len())).sum()
}

/// The size of what npm would publish of that folder, if there is an npm.
fn tarball(folder: &Path) -> Option<u64> {
    let told = process::output(process::command("npm").current_dir(folder).args(["pack", "--dry-run", "--json"]))?;
    serde_json::from_str::<Value>(&told).ok()?[0]["size"].as_u64()
}

/// Zips what is in that folder: the same files make the same zip.
fn zip(folder: &Path, file: File) -> Result<()> {
    let mut zip = ZipWriter::new(file);
    for path in build::files(folder)? {
        let name = path.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(&fs::read(&path)?)?;
    }
    zip.finish()?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_to_be_named() {
        for line in ["", "scorm", "embed single", "scorm12 --per-step", "single --per-module"] {
            let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
            let error = run(&arguments).unwrap_err().to_string();
            assert!(
                error.contains("which form: `embed`, `single`, `scorm12`, `scorm2004` or `cmi5`"),
                "{line}: {error}"
            );
        }
    }

    #[test]
    fn the_files_have_the_names_that_the_guide_tells() {
        let guide = include_str!("../../docs/lms.md");
        let lines = guide.lines().filter_map(|line| line.strip_prefix("cargo xtask pack ")?.split_once('#'));
        let lines: Vec<(&str, &str)> = lines.collect();
        assert!(lines.len() >= 4, "{lines:?}");
        for (arguments, told) in lines {
            let mut words = arguments.split_whitespace();
            let file = file_of(words.next().unwrap(), words.next() == Some(PER_MODULE));
            assert_eq!(told.trim().split(',').next(), Some(format!("dist/{file}").as_str()));
        }
    }

    #[test]
    fn the_package_keeps_what_wasm_pack_knows_and_holds_every_file() {
        let made = json!({ "name": "kurso", "version": "0.1.0", "main": "kurso.js", "types": "kurso.d.ts", "files": ["kurso.js"] });
        let package = package(made);
        assert_eq!((&package["version"], &package["main"]), (&json!("0.1.0"), &json!("kurso.js")));
        assert!(package.get("files").is_none());
        assert_eq!(package["exports"]["."]["types"], json!("./kurso.d.ts"));
    }
}
