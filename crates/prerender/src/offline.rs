//! What a release needs to be installed and to work without a network: the manifest, and the service worker's list.

use crate::page;
use anyhow::{Context, Result};
use course::course::Course;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fs, path::Path};

/// The [web app manifest](https://www.w3.org/TR/appmanifest/) of the course.
pub fn manifest(course: &Course) -> String {
    let icon = |src: &str, sizes: &str, kind: &str| json!({ "src": src, "sizes": sizes, "type": kind, "purpose": "any maskable" });
    let manifest = json!({
        "name": course.title,
        "short_name": "Kurso",
        "lang": course.language,
        "id": format!("kurso/{}", course.id),
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": "#f7f6f3",
        "theme_color": "#2a55b8",
        "icons": [
            icon("icons/icon.svg", "any", "image/svg+xml"),
            icon("icons/icon-192.png", "192x192", "image/png"),
            icon("icons/icon-512.png", "512x512", "image/png"),
        ],
    });
    manifest.to_string()
}

/// Scripts that the player loads when it needs them: for cards in Anki, what is kept beside, a board, what is kept, in
/// somebody else's page or in a frame there, for a QR code, a course in parts, a search, to share the course.
pub const LATER: &[&str] = &[
    "anki.js",
    "aside.js",
    "board.js",
    "data.js",
    "embed.js",
    "frame.js",
    "kurso-qr.js",
    "modules.js",
    "search.js",
    "share.js",
];

/// The player, the rest of it for who has something to ask again or wants a board, and what draws QR codes for who asks for one.
pub const WASM: &[&str] = &["kurso_bg.wasm", "kurso_rest.wasm", "kurso-qr_bg.wasm"];

/// The files that every visit needs, and those for who installs the course, as the service worker names them.
const FILES: &[&str] = &["index.html", "kurso.css", "kurso.js", "manifest.webmanifest", "icons/icon.svg"];

/// All files that the service worker keeps.
fn files() -> impl Iterator<Item = &'static str> {
    [FILES, WASM, LATER].into_iter().flatten().copied()
}

/// Finds a name for a build: another byte in any of its files is another name.
#[derive(Default)]
pub struct Build(Sha256);

impl Build {
    /// With that file.
    pub fn add(&mut self, file: impl AsRef<[u8]>) {
        self.0.update(Sha256::digest(file));
    }

    /// The name: the first 12 hexadecimal digits of the SHA-256 digest of all digests.
    pub fn name(self) -> String {
        hex(&self.0.finalize()[..6])
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The service worker of that build, told all files that it keeps as they are in that folder, by their SHA-256 digests.
///
/// # Errors
///
/// If a file cannot be read, or the worker has no place for the list.
pub fn service_worker(worker: &str, folder: &Path, build: &str) -> Result<String> {
    let mut digests = BTreeMap::new();
    for name in files() {
        let bytes = fs::read(folder.join(name)).with_context(|| format!("{name} cannot be read"))?;
        // Enough to tell a file of another build, or a part of one.
        digests.insert(name, hex(&Sha256::digest(&bytes)[..8]));
    }
    let digests = format!("const FILES = {};", serde_json::to_string_pretty(&digests)?);
    let worker = page::replace(worker, "const FILES = {};", &digests)?;
    page::replace(&worker, "const BUILD = '';", &format!("const BUILD = '{build}';"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_names_the_course_and_icons_that_exist() {
        let course: Course = serde_json::from_str(include_str!("../../course/tests/it/course.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest(&course)).unwrap();
        assert_eq!((&manifest["name"], &manifest["lang"]), (&json!("A small course"), &json!("en")));
        for icon in manifest["icons"].as_array().unwrap() {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src").join(icon["src"].as_str().unwrap());
            assert!(path.is_file(), "{}", path.display());
        }
    }

    #[test]
    fn another_byte_is_another_build_and_so_is_another_file() {
        let name = |files: &[&str]| {
            let mut build = Build::default();
            files.iter().for_each(|file| build.add(file));
            build.name()
        };
        assert_eq!(name(&["a", "b"]), name(&["a", "b"]));
        assert_eq!(name(&["a"]).len(), 12);
        for other in [&["a", "c"][..], &["ab"], &["b", "a"], &["a", "b", ""]] {
            assert_ne!(name(&["a", "b"]), name(other), "{other:?}");
        }
    }

    #[test]
    fn another_byte_in_any_file_is_another_worker() {
        let folder = std::env::temp_dir().join(format!("kurso-offline-{}", std::process::id()));
        fs::create_dir_all(folder.join("icons")).unwrap();
        let worker = include_str!("../../../src/sw.js");
        for name in files() {
            fs::write(folder.join(name), name).unwrap();
        }
        let first = service_worker(worker, &folder, "b1").unwrap();
        assert_eq!(first, service_worker(worker, &folder, "b1").unwrap(), "the same build is the same worker");
        for name in files() {
            fs::write(folder.join(name), "changed").unwrap();
            assert_ne!(first, service_worker(worker, &folder, "b1").unwrap(), "{name}");
            fs::write(folder.join(name), name).unwrap();
        }
        fs::remove_file(folder.join("kurso.css")).unwrap();
        assert!(service_worker(worker, &folder, "b1").is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
