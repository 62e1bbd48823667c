//! What the wasm and its script are made of, and under which licences: a file beside the page and in all that is packed of
//! it, since whoever passes on the work of others has to pass on their names and terms. No visit loads it.
//!
//! Cargo knows what goes into the wasm, where each of these crates lies and what licence it says. Whatever comes under
//! another licence than those that were looked at, fails the build.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The file.
pub const FILE: &str = "licences.txt";

/// The licences of what may be in the wasm, by their names in SPDX: all ask for no more than that their text, and who wrote
/// the work, goes along.
const ALLOWED: &[&str] = &["Apache-2.0", "BSL-1.0", "MIT", "Unicode-3.0", "Unlicense", "Zlib"];

/// How files begin that say under which terms a crate may be used.
const TERMS: &[&str] = &["copying", "copyright", "licence", "license", "notice", "unlicense"];

/// Our terms, which are the usual ones.
const MIT: &str = include_str!("../../../LICENSE-MIT");

/// A crate, as `cargo metadata` tells of it.
#[derive(Debug, Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    repository: Option<String>,
    manifest_path: PathBuf,
    /// Where it comes from; ours from nowhere.
    source: Option<String>,
}

/// What cargo tells of all crates.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    workspace_root: PathBuf,
}

/// A work that is in the wasm.
struct Work {
    /// Its name and version.
    name: String,
    /// Its licences, as its authors say them.
    licence: String,
    /// Where it can be found.
    home: String,
    /// The terms, word by word.
    terms: Vec<String>,
}

/// What stands in the file.
///
/// # Errors
///
/// If cargo cannot tell, or a crate is under a licence that is not allowed, or its terms cannot be found.
pub fn of_wasm() -> Result<String> {
    let target = ["--target", "wasm32-unknown-unknown"];
    let roots = ["--package", "kurso", "--package", "kurso-qr"];
    let tree = ["tree", "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}"];
    let tree = cargo(&[&tree[..], &roots, &target].concat())?;
    // Of each crate there is its name, its version after a `v`, and maybe more.
    let used: BTreeSet<String> =
        tree.lines().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ").replace(" v", " ")).collect();
    let metadata = cargo(&["metadata", "--format-version", "1", "--filter-platform", target[1]])?;
    let Metadata { packages, workspace_root } = serde_json::from_str(&metadata)?;
    let packages = packages.iter().filter(|Package { name, version, .. }| used.contains(&format!("{name} {version}")));
    let mut works = packages.map(|package| work(package, &workspace_root)).collect::<Result<Vec<_>>>()?;
    // It is no crate that cargo has chosen.
    works.push(Work {
        name: "The standard library of Rust".to_owned(),
        licence: "MIT OR Apache-2.0".to_owned(),
        home: "https://github.com/rust-lang/rust".to_owned(),
        terms: vec![mit("The Rust Project contributors")],
    });
    Ok(list(&works))
}

/// What cargo prints.
fn cargo(arguments: &[&str]) -> Result<String> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let output = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output()?;
    if !output.status.success() {
        bail!("`cargo {}` failed: {}", arguments[0], String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// That crate, if it may be in the wasm. Crates of ours lie below the folder that has our terms.
fn work(package: &Package, root: &Path) -> Result<Work> {
    let Package { name, version, authors, .. } = package;
    let licence = package.license.clone().with_context(|| format!("{name} does not say its licence"))?;
    let is_between = |letter: char| !(letter.is_ascii_alphanumeric() || "-.+".contains(letter));
    let mut named = licence.split(is_between).filter(|word| !["", "AND", "OR"].contains(word));
    if let Some(other) = named.find(|name| !ALLOWED.contains(name)) {
        bail!("{name} is under {licence}, and nobody has looked yet at what {other} asks of who passes it on");
    }
    let folder = package.manifest_path.parent().filter(|_| package.source.is_some()).unwrap_or(root);
    let mut terms = terms_in(folder).with_context(|| format!("the terms of {name} cannot be read"))?;
    if terms.is_empty() && licence.contains("MIT") {
        terms.push(mit(&authors.join(", ")));
    }
    if terms.is_empty() {
        bail!("{name} is under {licence}, and has no file with the terms");
    }
    let home = package.repository.clone().unwrap_or_default();
    Ok(Work { name: format!("{name} {version}"), licence, home, terms })
}

/// The terms that lie in that folder; where the choice is ours, those of MIT, which are short.
fn terms_in(folder: &Path) -> Result<Vec<String>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if TERMS.iter().any(|begins| name.starts_with(begins)) && entry.file_type()?.is_file() {
            files.insert(name, entry.path());
        }
    }
    if files.keys().any(|name| name.contains("mit")) {
        files.retain(|name, _| !name.contains("apache"));
    }
    files.values().map(|file| Ok(fs::read_to_string(file)?.replace('\r', ""))).collect()
}

/// The terms of MIT for what these have written.
fn mit(authors: &str) -> String {
    MIT.replace("2026 The Kurso contributors", authors)
}

/// These works, and then the terms, each once, with the names of the works that it is about.
fn list(works: &[Work]) -> String {
    let mut list = "This course is shown by Kurso, which is made of these works:\n\n".to_owned();
    let mut about: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Work { name, licence, home, terms } in works {
        list += &format!("{name}: {licence}. {home}\n");
        for text in terms {
            about.entry(text.trim_matches('\n')).or_default().push(name);
        }
    }
    let mut about: Vec<_> = about.into_iter().map(|(text, names)| (names.join(", "), text)).collect();
    about.sort_unstable();
    for (names, text) in about {
        list += &format!("\n{}\n{names}\n\n{text}\n", "=".repeat(80));
    }
    list
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    fn package(license: Option<&str>) -> Package {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        Package {
            name: "other".to_owned(),
            version: "1.2.3".to_owned(),
            license: license.map(str::to_owned),
            authors: vec!["Ada".to_owned(), "Grace".to_owned()],
            repository: None,
            manifest_path: folder.join("Cargo.toml"),
            source: Some("elsewhere".to_owned()),
        }
    }

    #[test]
    fn s9_all_that_is_in_the_wasm_may_be_passed_on_and_its_terms_are_listed() {
        let list = of_wasm().unwrap();
        let (works, terms) = list.split_once("====").unwrap();
        let names: Vec<&str> =
            works.lines().skip(2).filter_map(|line| line.split_once(": ")).map(|(name, _)| name).collect();
        let has = |name: &str| names.iter().any(|work| work.split(' ').next() == Some(name));
        for name in ["kurso", "kurso-course", "kurso-qr", "yew", "wasm-bindgen", "gloo", "serde_json", "qrcodegen"] {
            assert!(has(name), "{name} is missing: {works}");
        }
        // What only makes the page, tests it, or writes code for the compiler is in no wasm.
        for name in ["kurso-compiler", "tokio", "proptest", "syn", "yew-macro"] {
            assert!(!has(name), "{name} is not in the wasm: {works}");
        }
        for name in names {
            assert!(terms.contains(name), "there are no terms of {name}");
        }
        for who in
            ["(c) 2026 The Kurso contributors", "(c) Denis Kolodin", "(c) Project Nayuki", "(c) The Rust Project"]
        {
            assert!(terms.contains(who), "{who}");
        }
    }

    #[test]
    fn s9_what_is_under_a_licence_that_nobody_has_looked_at_fails_the_build() {
        let refused = |license| work(&package(license), Path::new(".")).err().map(|error| format!("{error:#}"));
        for license in ["MIT", "MIT/Apache-2.0", "Apache-2.0 / MIT", "(MIT OR Apache-2.0) AND Unicode-3.0"] {
            assert_eq!(refused(Some(license)), None);
        }
        for (license, told) in [
            ("GPL-3.0-only", "other is under GPL-3.0-only"),
            ("MIT AND MPL-2.0", "at what MPL-2.0 asks"),
            ("Apache-2.0 WITH LLVM-exception", "at what WITH asks"),
            ("Zlib", "has no file with the terms"),
        ] {
            assert!(refused(Some(license)).unwrap().contains(told), "{license}: {:?}", refused(Some(license)));
        }
        assert!(refused(None).unwrap().contains("does not say its licence"));
    }

    #[test]
    fn s9_terms_that_lie_in_no_file_name_the_authors_and_of_two_the_shorter_is_taken() {
        let texts = work(&package(Some("MIT")), Path::new(".")).unwrap().terms;
        assert_eq!(texts.len(), 1);
        assert!(texts[0].contains("Copyright (c) Ada, Grace\n") && !texts[0].contains("Kurso"), "{texts:?}");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        assert_eq!(terms_in(&root).unwrap(), [MIT]);
    }
}
