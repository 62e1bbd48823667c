//! The wasm as bytes, and the names by which it and its script call each other.

use crate::page;
use anyhow::{Context, Result, bail};

/// What every wasm starts with: its magic number and its version.
const PREAMBLE: &[u8] = b"\0asm\x01\0\0\0";

/// Kinds of sections: that in which tools may leave what they like, such as the names of functions; those of what is
/// imported, of what is exported, and of the code of functions.
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;
const CODE: u8 = 10;

/// The kind of an import that is a function.
const FUNCTION: u8 = 0;

/// The wasm without its custom sections, and with short names for what it imports from that script and what that calls in it;
/// and the script with the same. wasm-bindgen's names end in hashes, which do not compress, and each is told twice.
///
/// # Errors
///
/// If it is no wasm, or the script is not the one that was made for it.
pub fn bare(wasm: &[u8], script: &str) -> Result<(Vec<u8>, String)> {
    let mut rest = Reader(wasm.strip_prefix(PREAMBLE).context("it does not start as wasm does")?);
    let mut bare = PREAMBLE.to_vec();
    let mut script = script.to_owned();
    while !rest.0.is_empty() {
        let kind = rest.byte()?;
        let size = rest.number()?;
        let section = rest.take(size)?;
        let renamed;
        let section = match kind {
            CUSTOM => continue,
            IMPORTS => {
                (renamed, script) = short_imports(Reader(section), script)?;
                &renamed
            }
            EXPORTS => {
                (renamed, script) = short_exports(Reader(section), script)?;
                &renamed
            }
            _ => section,
        };
        bare.push(kind);
        bare.extend(number(section.len()));
        bare.extend(section);
    }
    Ok((bare, script))
}

/// The code of each function that is not imported, in their order.
///
/// # Errors
///
/// If it is no wasm.
pub fn codes(wasm: &[u8]) -> Result<Vec<&[u8]>> {
    let mut rest = Reader(wasm.strip_prefix(PREAMBLE).context("it does not start as wasm does")?);
    while !rest.0.is_empty() {
        let kind = rest.byte()?;
        let size = rest.number()?;
        let mut section = Reader(rest.take(size)?);
        if kind == CODE {
            let count = section.number()?;
            let code = |_| {
                let size = section.number()?;
                section.take(size)
            };
            return (0..count).map(code).collect();
        }
    }
    Ok(Vec::new())
}

/// A section of that name that holds a text, to be put at the end of a wasm.
pub fn custom_section(name: &str, text: &str) -> Vec<u8> {
    let name = [&number(name.len()), name.as_bytes()].concat();
    [&[CUSTOM], &*number(name.len() + text.len()), &*name, text.as_bytes()].concat()
}

/// The section of imports with a number in the place of each name, and the script with the same.
fn short_imports(mut section: Reader, mut script: String) -> Result<(Vec<u8>, String)> {
    let count = section.number()?;
    let mut out = number(count);
    for at in 0..count {
        let (module, name) = (section.text()?, section.text()?);
        let (kind, signature) = (section.byte()?, section.number()?);
        if kind != FUNCTION {
            bail!("`{name}` is imported and no function");
        }
        let short = at.to_string();
        script = page::replace(&script, &format!(" {name}: "), &format!(" {short}: "))?;
        for text in [module, &short] {
            out.extend(number(text.len()));
            out.extend(text.as_bytes());
        }
        out.push(kind);
        out.extend(number(signature));
    }
    Ok((out, script))
}

/// The section of exports with a letter in the place of each name that the script says, and the script with the same. The rest
/// of the wasm calls what it needs by numbers.
fn short_exports(mut section: Reader, mut script: String) -> Result<(Vec<u8>, String)> {
    let count = section.number()?;
    let mut out = number(count);
    let mut letters = ('a'..='z').flat_map(|first| ["", "_"].map(|second| format!("{first}{second}")));
    for _ in 0..count {
        let (name, kind, index) = (section.text()?, section.byte()?, section.number()?);
        let called = format!("wasm.{name}");
        let goes_on = |rest: &str| rest.starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_');
        let is_said = script.split(&called).skip(1).any(|rest| !goes_on(rest));
        let short =
            if is_said { letters.next().context("more is exported than there are letters")? } else { name.to_owned() };
        let mut parts = script.split(&called);
        let mut renamed = parts.next().unwrap_or_default().to_owned();
        for rest in parts {
            renamed += &if goes_on(rest) { called.clone() } else { format!("wasm.{short}") };
            renamed += rest;
        }
        script = renamed;
        out.extend(number(short.len()));
        out.extend(short.as_bytes());
        out.push(kind);
        out.extend(number(index));
    }
    Ok((out, script))
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, size: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(size).context("it ends too early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8> {
        Ok(self.take(1)?[0])
    }

    /// A number in LEB128: seven bits in each byte, the lowest first, and a bit that says whether there are more.
    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        bail!("a number does not end")
    }

    fn text(&mut self) -> Result<&'a str> {
        let size = self.number()?;
        Ok(std::str::from_utf8(self.take(size)?)?)
    }
}

/// That number in LEB128.
fn number(mut number: usize) -> Vec<u8> {
    let mut out = Vec::new();
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    const TYPES: &[u8] = b"\x01\x04\x01\x60\0\0";
    const NAMES: &[u8] = b"\0\x05\x04name";

    fn wasm(sections: &[&[u8]]) -> Vec<u8> {
        [PREAMBLE, &sections.concat()].concat()
    }

    #[test]
    fn only_custom_sections_go() {
        let data = [b"\x0b\x80\x01".as_slice(), &[7; 128]].concat();
        let check = |sections: &[&[u8]], expect: &[&[u8]]| {
            assert_eq!(bare(&wasm(sections), "run();").unwrap(), (wasm(expect), "run();".to_owned()));
        };
        check(&[TYPES, NAMES, &data], &[TYPES, &data]);
        check(&[NAMES, &data, NAMES], &[&data]);
        check(&[], &[]);
    }

    #[test]
    fn a_text_is_a_custom_section_of_its_own() {
        assert_eq!(custom_section("name", ""), NAMES);
        let long = "x".repeat(200);
        assert_eq!(custom_section("t", &long), [b"\0\xca\x01\x01t", long.as_bytes()].concat());
    }

    #[test]
    fn the_wasm_and_the_script_call_imports_by_the_same_short_names() {
        let imports = wasm(&[b"\x02\x1f\x02\x01m\x0a__wbg_a_1f\0\0\x01m\x0a__wbg_b_2e\0\x03"]);
        let script = "{\n  __wbg_b_2e: function() {},\n  __wbg_a_1f: function() {},\n}";
        let (short, script) = bare(&imports, script).unwrap();
        assert_eq!(short, wasm(&[b"\x02\x0d\x02\x01m\x010\0\0\x01m\x011\0\x03"]));
        assert_eq!(script, "{\n  1: function() {},\n  0: function() {},\n}");
        assert!(bare(&imports, "{ __wbg_b_2e: function() {} }").is_err(), "the script lacks one");
        assert!(bare(&wasm(&[b"\x02\x07\x01\x01m\x01t\x02\0"]), "{ t: memory }").is_err(), "a memory");
    }

    #[test]
    fn the_script_calls_exports_by_short_names_and_the_rest_of_the_wasm_by_numbers() {
        let exports = wasm(&[b"\x07\x15\x03\x04play\0\x01\x015\0\x02\x06player\0\x03"]);
        let (short, script) = bare(&exports, "wasm.player(wasm.play(), wasm.plays);").unwrap();
        assert_eq!(short, wasm(&[b"\x07\x0e\x03\x01a\0\x01\x015\0\x02\x02a_\0\x03"]));
        assert_eq!(script, "wasm.a_(wasm.a(), wasm.plays);");
    }

    #[test]
    fn what_is_no_wasm_is_an_error() {
        let cut = wasm(&[b"\x01\x04\x01"]);
        let endless = wasm(&[b"\x01\xff\xff\xff\xff\xff\x01"]);
        for broken in [b"<!DOCTYPE html>".as_slice(), &cut, &endless] {
            assert!(bare(broken, "").is_err(), "{broken:?}");
        }
    }
}
