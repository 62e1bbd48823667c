//! What a release needs to be installed and to work without a network: the manifest, and the service worker's list.

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

/// The files that a visit needs, as the service worker names them.
const FILES: &[&str] =
    &["index.html", "kurso.css", "kurso.js", "kurso_bg.wasm", "manifest.webmanifest", "icons/icon.svg"];

/// The service worker, told [`FILES`] as they are in that folder, by their SHA-256 digests.
///
/// # Errors
///
/// If a file cannot be read, or the worker has no place for the list.
pub fn service_worker(worker: &str, folder: &Path) -> Result<String> {
    let mut files = BTreeMap::new();
    for name in FILES {
        let bytes = fs::read(folder.join(name)).with_context(|| format!("{name} cannot be read"))?;
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        files.insert(name, digest);
    }
    crate::page::replace(
        worker,
        "const FILES = {};",
        &format!("const FILES = {};", serde_json::to_string_pretty(&files)?),
    )
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
    fn another_byte_in_any_file_is_another_worker() {
        let folder = std::env::temp_dir().join(format!("kurso-offline-{}", std::process::id()));
        fs::create_dir_all(folder.join("icons")).unwrap();
        let worker = include_str!("../../../src/sw.js");
        for name in FILES {
            fs::write(folder.join(name), name).unwrap();
        }
        let first = service_worker(worker, &folder).unwrap();
        assert_eq!(first, service_worker(worker, &folder).unwrap(), "the same build is the same worker");
        for name in FILES {
            fs::write(folder.join(name), "changed").unwrap();
            assert_ne!(first, service_worker(worker, &folder).unwrap(), "{name}");
            fs::write(folder.join(name), name).unwrap();
        }
        fs::remove_file(folder.join("kurso.css")).unwrap();
        assert!(service_worker(worker, &folder).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
