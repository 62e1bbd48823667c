//! The whole page as one file, which can be sent around and opened from a disk.
//!
//! From there a browser loads no module and no wasm. So all files are in the page, and the player gets each of them as a
//! blob, by the one function that knows where files are.

use crate::{
    licences, minified,
    offline::{LATER, WASM},
    page::{cut, put, replace},
};
use anyhow::{Context, Result, bail};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

/// Where the player asks for a file.
const BESIDE: &str = "return new URL(name + new URL(import.meta.url).search, import.meta.url);";

/// The page in that folder as one file, with its script, which is told here as it was before its names were made short.
///
/// # Errors
///
/// If a file cannot be read, or is not as it is made today.
pub fn file(folder: &Path, script: &str) -> Result<String> {
    let read = |name: &str| fs::read(folder.join(name)).with_context(|| format!("{name} cannot be read"));
    let text = |name: &str| Ok::<_, anyhow::Error>(String::from_utf8(read(name)?)?);
    let (page, style) = (text("index.html")?, text("kurso.css")?);
    let mut files = vec![format!("'kurso.css': ['text/css', '{}']", base64(&style))];
    for (names, media_type) in [(WASM, "application/wasm"), (LATER, "text/javascript")] {
        // No other device could open its address, so there is no link to it and no QR code.
        for name in names.iter().filter(|name| !name.starts_with("kurso-qr")) {
            files.push(format!("'{name}': ['{media_type}', '{}']", base64(read(name)?)));
        }
    }
    let inside = format!(
        "const [type, data] = {{ {} }}[name] ?? ['text/plain', ''];\n\
         return new URL(URL.createObjectURL(new Blob([Uint8Array.from(atob(data), (c) => c.charCodeAt(0))], {{ type }})));",
        files.join(", ")
    );
    let script = minified::script(&replace(script, BESIDE, &inside)?)?;
    if script.contains("</script") || style.contains("</style") {
        bail!("a script or style would end too early");
    }
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}' 'wasm-unsafe-eval' blob:; style-src 'sha256-{}' blob:; \
         connect-src blob:; img-src data:; base-uri 'none'; form-action 'none'",
        base64(Sha256::digest(&script)),
        base64(Sha256::digest(&style))
    );
    let page = cut(&page, "<link rel=\"manifest\"", "/>")?;
    let page = cut(&page, "<link rel=\"apple-touch-icon\"", "/>")?;
    // All of it comes at once.
    let page = cut(&page, "<p hidden><template", "</p>")?;
    let page = cut(&page, "<link rel=\"preload\"", ">")?;
    // Its lines need an address that others can reach.
    let page = cut(&page, "<details class=\"share\">", "</details>")?;
    let page = put(&page, "<link rel=\"stylesheet\"", "/>", &format!("<style data-kurso>{style}</style>"))?;
    let page =
        put(&page, "<script type=\"module\"", "</script>", &format!("<script type=\"module\">{script}</script>"))?;
    let page = page.replacen(" offline data-saved", " data-saved", 1);
    let meta = "<meta charset=\"utf-8\" />";
    let page =
        replace(&page, meta, &format!("{meta}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\" />"))?;
    let licences = text(licences::FILE)?;
    if licences.contains("-->") {
        bail!("a licence would end too early");
    }
    // It goes wherever the file goes, and nobody waits for it.
    Ok(format!("{page}<!--\n{licences}-->\n"))
}

fn base64(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(bytes)
}
