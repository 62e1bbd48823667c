//! The script that wasm-bindgen makes for the wasm, which is half of ours: shorter, for browsers that run that wasm at all.

use anyhow::{Context, Result};
use std::collections::BTreeMap;

/// Functions of ours in the place of some of its own.
const OURS: &str = include_str!("glue.js");

/// What it says often, or for other browsers, and what says the same to ours.
const SHORTER: &[(&str, &str)] = &[
    (", wasm.__wbindgen_malloc, wasm.__wbindgen_realloc)", ")"),
    (
        "            const ptr1 = passStringToWasm0(ret);\n            const len1 = WASM_VECTOR_LEN;\n            \
         getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);\n            \
         getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);\n",
        "            giveString(arg0, ret);\n",
    ),
    (
        "            var ptr1 = isLikeNone(ret) ? 0 : passStringToWasm0(ret);\n            var len1 = WASM_VECTOR_LEN;\n            \
         getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);\n            \
         getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);\n",
        "            giveString(arg0, ret);\n",
    ),
    ("            return isLikeNone(ret) ? 0 : addToExternrefTable0(ret);\n", "            return maybe(ret);\n"),
    ("function() { return handleError(function (", "caught(function("),
    ("        }, arguments); },", "        }),"),
    ("            let result;\n            try {\n                result = ", "            const ret = "),
    (
        ";\n            } catch (_) {\n                result = false;\n            }\n            const ret = result;\n",
        ";\n",
    ),
    ("typeof globalThis === 'undefined' ? undefined : ", "globalThis."),
    ("typeof global === 'undefined' ? undefined : ", "globalThis."),
    ("typeof self === 'undefined' ? undefined : ", "globalThis."),
    ("typeof window === 'undefined' ? undefined : ", "globalThis."),
    (
        "(typeof FinalizationRegistry === 'undefined')\n    ? { register: () => {}, unregister: () => {} }\n    : new ",
        "new ",
    ),
    (
        "if (!('encodeInto' in cachedTextEncoder)) {\n    cachedTextEncoder.encodeInto = function (arg, view) {\n        \
         const buf = cachedTextEncoder.encode(arg);\n        view.set(buf);\n        return {\n            \
         read: arg.length,\n            written: buf.length\n        };\n    };\n}\n",
        "",
    ),
    // A player that nobody needs any more was stopped, so nobody has to look for those that are gone.
    ("        PlayerFinalization.unregister(this);\n", ""),
    ("        PlayerFinalization.register(this, this.__wbg_ptr, this);\n", ""),
    ("const PlayerFinalization = new FinalizationRegistry(ptr => wasm.__wbg_player_free(ptr, 1));\n", ""),
    (
        "    free() {\n        const ptr = this.__destroy_into_raw();\n        wasm.__wbg_player_free(ptr, 0);\n    }\n",
        "",
    ),
    ("if (Symbol.dispose) Player.prototype[Symbol.dispose] = Player.prototype.free;\n", ""),
];

/// The script as it is before its names are short.
pub fn shorter(script: &str) -> String {
    let short = SHORTER.iter().fold(script.to_owned(), |script, (long, short)| script.replace(long, short));
    with_ours(&arrows(&short))
}

/// The script without what nobody asks it for, once what the wasm asks for has a number.
///
/// # Errors
///
/// If it gives nothing to the wasm.
pub fn used(script: &str) -> Result<String> {
    Ok(without_unused(&listed(script).context("the script gives nothing to the wasm")?))
}

/// What is given to the wasm as arrows, where it is no more than one expression.
fn arrows(script: &str) -> String {
    let mut out = String::new();
    let mut rest = script;
    while let Some((line, after)) = rest.split_once('\n') {
        let arrow = arrow(line, after);
        let (short, end) = arrow.unwrap_or_else(|| (line.to_owned(), after));
        out += &short;
        out.push('\n');
        rest = end;
    }
    out + rest
}

/// The arrow in the place of the function that begins with that line, and what follows it; if it is one, and can be one.
fn arrow<'a>(line: &str, after: &'a str) -> Option<(String, &'a str)> {
    let (start, arguments) = line.strip_suffix(") {")?.split_once("function(")?;
    if !start.starts_with(IMPORT_INDENT) || !start.ends_with([' ', '(']) {
        return None;
    }
    let (body, rest) = after.split_once(&format!("\n{IMPORT_INDENT}}}"))?;
    let (close, rest) = rest.split_once('\n')?;
    let statements: Vec<&str> = body.split('\n').map(str::trim).filter(|line| !line.starts_with("//")).collect();
    let expression = match statements[..] {
        [only] if !only.starts_with("throw ") => only.strip_suffix(';')?.to_owned(),
        [value, last] => {
            let value = value.strip_prefix("const ret = ")?.strip_suffix(';')?;
            let last = last.strip_suffix(';')?;
            let last = last.strip_prefix("return ").unwrap_or(last);
            let (before, after) = last.split_once("ret").filter(|(_, after)| !after.contains("ret"))?;
            [before, value, after].concat()
        }
        _ => return None,
    };
    Some((format!("{start}({arguments}) => {expression}{close}"), rest))
}

/// How far wasm-bindgen moves in what a wasm imports.
const IMPORT_INDENT: &str = "        ";

/// The script with our functions in the place of its own, and those that only ours call.
fn with_ours(script: &str) -> String {
    let mut script = script.to_owned();
    for ours in OURS.split("\nfunction ").skip(1) {
        let ours = format!("\nfunction {}", &ours[..ours.find("\n}\n").map_or(ours.len(), |end| end + 3)]);
        let name = ours.split_inclusive('(').next().unwrap_or_default();
        match script.find(name) {
            Some(start) => {
                let end = script[start..].find("\n}\n").map_or(script.len(), |end| start + end + 3);
                script.replace_range(start..end, &ours);
            }
            None => script += &ours,
        }
    }
    script
}

/// The script with what the wasm imports as a list, so that a name is a place in it. What has another name is not imported.
fn listed(script: &str) -> Option<String> {
    let (before, rest) = script.split_once("const import0 = {\n        __proto__: null,\n")?;
    let (entries, after) = rest.split_once("\n    };\n")?;
    let mut list = BTreeMap::new();
    let mut name = None;
    for line in entries.split('\n') {
        let mut line = line.to_owned();
        if let Some(entry) = line.strip_prefix(IMPORT_INDENT).filter(|entry| !entry.starts_with([' ', '}'])) {
            let (start, value) = entry.split_once(": ")?;
            name = start.parse::<usize>().ok();
            line = format!("{IMPORT_INDENT}{value}");
        }
        if let Some(place) = name {
            *list.entry(place).or_insert_with(String::new) += &(line + "\n");
        }
    }
    let list = list.into_values().collect::<String>();
    Some(format!("{before}const import0 = [\n{list}    ];\n{after}"))
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    /// A script of that shape, with those entries.
    fn script(before: &str, entries: &str) -> String {
        format!(
            "{before}function imports() {{\n    const import0 = {{\n        __proto__: null,\n{entries}    }};\n    return import0;\n}}\nimports();\n"
        )
    }

    #[test]
    fn what_the_wasm_imports_is_a_list_in_its_order_and_nothing_else_is_left_nor_what_only_that_calls() {
        let functions = "\nfunction kept() {\n}\nfunction helps() {\nhelps();\n}\n";
        let entries = "        1: (arg0) => kept(arg0),\n        \
            __wbg_a_1f: function(arg0) {\n            try {\n                helps();\n            }\n        },\n        \
            __wbg_b_2e: caught((arg0) => helps()),\n        \
            0: function(arg0) {\n            // why\n            kept();\n        },\n";
        let expect = "\nfunction kept() {\n}\nfunction imports() {\n    const import0 = [\n        \
            function(arg0) {\n            // why\n            kept();\n        },\n        (arg0) => kept(arg0),\n    ];\n    \
            return import0;\n}\nimports();\n";
        assert_eq!(used(&script(functions, entries)).unwrap(), expect);
        assert!(used("run();").is_err());
    }

    #[test]
    fn what_is_one_expression_is_an_arrow() {
        let check = |body: &str, expect: &str| {
            let function = |open: &str, close: &str| {
                format!("        a: {open}function(arg0, arg1) {{\n{body}        }}{close}\n")
            };
            assert_eq!(arrows(&function("", ",")), format!("        a: (arg0, arg1) => {expect},\n"), "{body}");
            assert_eq!(arrows(&function("caught(", "),")), format!("        a: caught((arg0, arg1) => {expect}),\n"));
        };
        check("            const ret = arg0 === arg1;\n            return ret;\n", "arg0 === arg1");
        check("            arg0.once = arg1 !== 0;\n", "arg0.once = arg1 !== 0");
        check(
            "            // Why\n            const ret = arg1.key;\n            giveString(arg0, ret);\n",
            "giveString(arg0, arg1.key)",
        );
        check("            const ret = arg0.last(arg1);\n            return maybe(ret);\n", "maybe(arg0.last(arg1))");
        for longer in [
            "            const obj = arg0;\n            const ret = obj;\n            return ret;\n",
            "            const ret = arg0;\n            return isLikeNone(ret) ? 1 : ret;\n",
            "            throw new Error(arg0);\n",
        ] {
            let function = format!("        a: function(arg0) {{\n{longer}        }},\n");
            assert_eq!(arrows(&function), function);
        }
    }

    #[test]
    fn what_is_said_often_is_said_shorter_by_functions_of_ours() {
        let entries = "        a: function() { return handleError(function (arg0) {\n            const ret = arg0.first;\n            \
            return isLikeNone(ret) ? 0 : addToExternrefTable0(ret);\n        }, arguments); },\n        \
            b: function(arg0, arg1) {\n            const ret = arg1.key;\n            \
            const ptr1 = passStringToWasm0(ret, wasm.__wbindgen_malloc, wasm.__wbindgen_realloc);\n            \
            const len1 = WASM_VECTOR_LEN;\n            \
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 1, len1, true);\n            \
            getDataViewMemory0().setInt32((arg0 >>> 0) + 4 * 0, ptr1, true);\n        },\n        \
            c: function(arg0) {\n            let result;\n            try {\n                result = arg0 instanceof Element;\n            \
            } catch (_) {\n                result = false;\n            }\n            const ret = result;\n            return ret;\n        },\n";
        let short = shorter(&script("\nfunction getStringFromWasm0(ptr, len) {\n    longer();\n}\n", entries));
        for line in [
            "        a: caught((arg0) => maybe(arg0.first)),\n",
            "        b: (arg0, arg1) => giveString(arg0, arg1.key),\n",
            "        c: (arg0) => arg0 instanceof Element,\n",
            "\nfunction caught(act) {\n",
        ] {
            assert!(short.contains(line), "{line} in {short}");
        }
        assert!(!short.contains("longer") && short.matches("function getStringFromWasm0(").count() == 1, "{short}");
    }
}
