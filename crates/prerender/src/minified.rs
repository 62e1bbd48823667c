//! Scripts and the style as a release has them: the same to a browser, and without what only people read.

use anyhow::{Result, bail};
use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc_minifier::{Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

/// A module script with short names for all that only it knows, and without what it never runs.
///
/// # Errors
///
/// If it is no script.
pub fn script(source: &str) -> Result<String> {
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, source, SourceType::mjs()).parse();
    if let Some(error) = parsed.errors.first() {
        bail!("a script cannot be read: {error}");
    }
    let names = Minifier::new(MinifierOptions::default()).minify(&allocator, &mut parsed.program);
    let options = CodegenOptions { minify: true, comments: CommentOptions::disabled(), ..CodegenOptions::default() };
    let printed = Codegen::new()
        .with_options(options)
        .with_scoping(names.scoping)
        .with_private_member_mappings(names.class_private_mappings)
        .build(&parsed.program);
    Ok(printed.code)
}

/// A style without comments, indentation and ends of lines. Values stay as they are. A parser of CSS would save some 50 bytes
/// more after brotli.
///
/// # Errors
///
/// If a comment does not end where a line does.
pub fn style(source: &str) -> Result<String> {
    let mut out = String::new();
    let mut in_comment = false;
    for line in source.lines().map(str::trim) {
        let starts = line.starts_with("/*");
        if in_comment || starts {
            in_comment = !line.ends_with("*/");
            if line.contains("*/") && in_comment {
                bail!("something follows the comment in `{line}`");
            }
        } else {
            match line.strip_suffix(" {") {
                Some(rule) => out += &(rule.replace(", ", ",") + "{"),
                None => out += line,
            }
            if !line.is_empty() && !line.ends_with(['{', '}', ';', ',']) {
                out.push(' ');
            }
        }
    }
    if in_comment {
        bail!("a comment does not end");
    }
    Ok(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    #[test]
    fn comments_and_spaces_of_a_style_go_and_nothing_else() {
        let source = "/* one\n   two */\n.a,\n.b > :is(c, d) {\n  font: var(--a, b);\n  width:\n    calc(1rem + 2px);\n  /* three */\n}\n";
        assert_eq!(style(source).unwrap(), ".a,.b > :is(c,d){font: var(--a, b);width: calc(1rem + 2px);}");
        for broken in ["/* open", "/* a */ b"] {
            assert!(style(broken).is_err(), "{broken}");
        }
    }

    #[test]
    fn what_a_script_says_to_others_keeps_its_name() {
        let source = "/** Says. */\nfunction unused() {}\nexport class Whole {\n  #inner = 1;\n  asked(name) {\n    // why\n    \
                      return { name, at: new URL(import.meta.url).search, inner: this.#inner };\n  }\n}\n";
        let short = script(source).unwrap();
        for kept in ["export class Whole", "asked(", "name:", "at:new URL(import.meta.url).search", "inner:"] {
            assert!(short.contains(kept), "{kept} in {short}");
        }
        for gone in ["unused", "#inner", "why", "Says", "\n  "] {
            assert!(!short.contains(gone), "{gone} in {short}");
        }
        assert!(script("function (").is_err());
    }
}
