//! The lines by which a page of somebody else takes this very build and no other, whatever its server may come to send.
//!
//! A browser runs a script only if its digest is that of the line, its `integrity`. That says nothing of what the script
//! loads later. So an import map has the digests of all other scripts, and the script itself those of the wasm.

use crate::{offline::LATER, page::replace};
use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, json};
use sha2::{Digest, Sha384};
use std::{fs, path::Path};

/// The file that has the lines.
pub const FILE: &str = "integrity.html";

/// The script that makes the page around a frame as high as what is in it, which loads nothing.
const HOST: &str = "embed-host.js";

/// What `integrity` says of those bytes.
pub fn integrity(bytes: impl AsRef<[u8]>) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// That script, taking no wasm of that name but this.
///
/// # Errors
///
/// If it does not load it as it does today.
pub fn holding(script: &str, name: &str, wasm: &[u8]) -> Result<String> {
    let load = format!("fetch(beside('{name}')");
    replace(script, &format!("{load})"), &format!("{load}, {{ integrity: '{}' }})", integrity(wasm)))
}

/// The lines for the page in that folder, which will be at that address.
///
/// # Errors
///
/// If a file cannot be read.
pub fn lines(folder: &Path, address: &str) -> Result<String> {
    let of = |name: &str| {
        let file = fs::read(folder.join(name)).with_context(|| format!("{name} cannot be read"))?;
        Ok::<_, anyhow::Error>(integrity(file))
    };
    let mut scripts = Map::new();
    for name in LATER {
        scripts.insert(format!("{address}{name}"), json!(of(name)?));
    }
    let map = serde_json::to_string_pretty(&json!({ "integrity": scripts }))?;
    let line = |name: &str, how: &str| {
        let integrity = of(name)?;
        Ok::<_, anyhow::Error>(format!(
            "<script {how} src=\"{address}{name}\" integrity=\"{integrity}\" crossorigin=\"anonymous\"></script>"
        ))
    };
    Ok(format!(
        "<!-- For the element, before any other script that is a module -->\n\
         <script type=\"importmap\">\n{map}\n</script>\n{}\n\n\
         <!-- For the frame -->\n{}\n",
        line("kurso.js", "type=\"module\"")?,
        line(HOST, "async")?
    ))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    /// The digest of `abc`, from FIPS 180-2.
    const ABC: &str = "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn";

    #[test]
    fn s9_each_script_is_told_by_its_digest() {
        let folder = std::env::temp_dir().join(format!("kurso-pinned-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        assert!(lines(&folder, "https://a.example/").is_err(), "no script is there");
        for name in LATER.iter().chain(&["kurso.js", HOST]) {
            fs::write(folder.join(name), "abc").unwrap();
        }
        let lines = lines(&folder, "https://a.example/").unwrap();
        assert_eq!(lines.matches(ABC).count(), LATER.len() + 2, "{lines}");
        assert!(lines.contains(&format!("\"https://a.example/embed.js\": \"{ABC}\"")), "{lines}");
        let element = format!(
            "<script type=\"module\" src=\"https://a.example/kurso.js\" integrity=\"{ABC}\" crossorigin=\"anonymous\">"
        );
        assert!(lines.contains(&element), "{lines}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn s9_a_script_takes_no_other_wasm() {
        let script = "await fetch(beside('a.wasm'));";
        let held = holding(script, "a.wasm", b"abc").unwrap();
        assert_eq!(held, format!("await fetch(beside('a.wasm'), {{ integrity: '{ABC}' }});"));
        assert!(holding(script, "b.wasm", b"abc").is_err());
    }
}
