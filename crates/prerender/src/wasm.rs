//! The wasm as bytes, and the script that wasm-bindgen made for it: what of them a browser needs.

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
    Ok((bare, without_unused(&arrows(&without_unused_imports(&script)))))
}

/// The wasm with that text in a section of that name, which a browser hands to whoever asks for it and otherwise skips.
pub fn with_text(wasm: &[u8], name: &str, text: &str) -> Vec<u8> {
    let section = [&number(name.len())[..], name.as_bytes(), text.as_bytes()].concat();
    [wasm, &[CUSTOM], &number(section.len()), &section].concat()
}

/// The script without what it would give to the wasm if that imported it: those entries still have their long names.
fn without_unused_imports(script: &str) -> String {
    let mut out = String::new();
    let mut is_unused = false;
    for line in script.split_inclusive('\n') {
        let indent = &line[..line.len() - line.trim_start().len()];
        is_unused |= line.trim_start().starts_with("__wb") && line.contains(": function(");
        if !is_unused {
            out += line;
        }
        is_unused &= !(indent.len() == IMPORT_INDENT && line.trim_start().starts_with('}'));
    }
    out
}

/// How far wasm-bindgen moves in what a wasm imports.
const IMPORT_INDENT: usize = 8;

/// The script with a shorter form of those functions that only return something.
fn arrows(script: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let lines: Vec<&str> = script.split('\n').collect();
    let mut at = 0;
    while at < lines.len() {
        let short = lines.get(at..at + 4).and_then(|lines| {
            let [start, value, "            return ret;", "        },"] = lines else { return None };
            let (name, arguments) = start.strip_suffix(") {")?.split_once(": function(")?;
            let value = value.trim_start().strip_prefix("const ret = ")?.strip_suffix(';')?;
            Some(format!("{name}: ({arguments}) => {value},"))
        });
        at += if short.is_some() { 4 } else { 1 };
        out.push(short.unwrap_or_else(|| lines[at - 1].to_owned()));
    }
    out.join("\n")
}

/// The script without the functions that nothing in it calls but themselves.
fn without_unused(script: &str) -> String {
    let mut script = script.to_owned();
    let mut from = 0;
    while let Some(start) = script[from..].find("\nfunction ").map(|at| from + at + 1) {
        let end = script[start..].find("\n}\n").map_or(script.len(), |at| start + at + 3);
        let name = script[start + "function ".len()..end].split('(').next().unwrap_or_default();
        if script[..start].contains(name) || script[end..].contains(name) {
            from = end - 1;
        } else {
            script.replace_range(start..end, "");
            from = 0;
        }
    }
    script
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
        assert_eq!(with_text(&wasm(&[TYPES]), "name", ""), wasm(&[TYPES, NAMES]));
        let long = "x".repeat(200);
        let expect = [b"\0\xca\x01\x01t", long.as_bytes()].concat();
        assert_eq!(with_text(&wasm(&[]), "t", &long), wasm(&[&expect]));
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
    fn what_the_wasm_does_not_import_is_not_in_the_script_nor_what_only_that_calls() {
        let script = "function kept() {\n}\nfunction helps() {\nhelps();\n}\nconst imports = {\n        \
            0: function(arg0) {\n            kept();\n        },\n        \
            __wbg_a_1f: function(arg0) {\n            try {\n                helps();\n            }\n        },\n        \
            __wbg_b_2e: function() { return handleError(function (arg0) {\n            helps();\n        }, arguments); },\n};\n";
        let expect = "function kept() {\n}\nconst imports = {\n        \
            0: function(arg0) {\n            kept();\n        },\n};\n";
        assert_eq!(without_unused(&without_unused_imports(script)), expect);
    }

    #[test]
    fn what_only_returns_something_is_an_arrow() {
        let ret = "            return ret;\n        },\n";
        let script = format!("        0: function(arg0, arg1) {{\n            const ret = arg0 === arg1;\n{ret}");
        assert_eq!(arrows(&script), "        0: (arg0, arg1) => arg0 === arg1,\n");
        let longer =
            format!("        0: function(arg0) {{\n            const obj = arg0;\n            const ret = obj;\n{ret}");
        assert_eq!(arrows(&longer), longer);
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
