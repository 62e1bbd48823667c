//! Scripts and the style as a release has them, and HTML: the same to a browser, and without what only people read.

use anyhow::{Context, Result, bail};
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

/// The parts of a style without comments and spaces, and with short names for the custom properties that only they know:
/// those that the first of them sets, but for what begins with `--kurso`.
///
/// # Errors
///
/// If a comment or a string does not end.
pub fn style<const PARTS: usize>(parts: [&str; PARTS]) -> Result<[String; PARTS]> {
    let mut tight = [const { String::new() }; PARTS];
    for (tight, part) in tight.iter_mut().zip(parts) {
        *tight = without_spaces(part)?;
    }
    let names = tight.first().map(|first| custom_properties(first)).unwrap_or_default();
    let letters = ('a'..='z').chain('A'..='Z');
    for (name, letter) in names.iter().zip(letters) {
        for part in &mut tight {
            // As it is set, and as it is asked for.
            for (before, after) in [("", ":"), ("(", ")"), ("(", ",")] {
                *part = part.replace(&format!("{before}{name}{after}"), &format!("{before}--{letter}{after}"));
            }
        }
    }
    Ok(tight)
}

/// Before these, and at the end of what it is in, a paragraph ends by itself.
const BLOCKS: &[&str] = &[
    "aside",
    "blockquote",
    "details",
    "div",
    "dl",
    "fieldset",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];

/// HTML in which texts have their addresses as far as `player.js` does not see it by where they stand: without of what they are.
pub fn addresses(html: &str) -> String {
    let mut parts = html.split("data-text=\"");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (address, rest) = part.split_once('"').unwrap_or((part, ""));
        let what = address.split('/').next().unwrap_or_default();
        out += &format!("data-text=\"{what}\"{rest}");
    }
    out
}

/// HTML without the [end tags] that a browser knows to be there, which are most of those around text. As Yew writes it, `<`
/// is in no text and in no value, and no space stands between tags that does not count.
///
/// [end tags]: https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
pub fn html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once("</") {
        let (name, next) = after.split_once('>').unwrap_or((after, ""));
        out += before;
        if !ends_by_itself(name, next) {
            out += &rest[before.len()..rest.len() - next.len()];
        }
        rest = next;
    }
    out + rest
}

/// Whether an element of that name ends where that comes next.
fn ends_by_itself(name: &str, next: &str) -> bool {
    let last = next.starts_with("</");
    let before = |names: &[&str]| {
        let tag = next.strip_prefix('<').and_then(|tag| tag.split([' ', '>']).next());
        tag.is_some_and(|tag| names.contains(&tag))
    };
    match name {
        "li" => last || before(&["li"]),
        "dt" => before(&["dt", "dd"]),
        "dd" => last || before(&["dt", "dd"]),
        "p" => before(BLOCKS) || last && !["</a>", "</del>"].iter().any(|end| next.starts_with(end)),
        "td" | "th" => last || before(&["td", "th"]),
        "tr" => last || before(&["tr"]),
        "thead" => before(&["tbody"]),
        "tbody" => last,
        "option" => last || before(&["option"]),
        _ => false,
    }
}

/// A style without comments, and with spaces only where they mean something.
fn without_spaces(source: &str) -> Result<String> {
    let mut out = String::new();
    let mut rest = source;
    while let Some(next) = rest.chars().next() {
        let length = match next {
            '/' if rest.starts_with("/*") => {
                rest = &rest[rest.find("*/").context("a comment does not end")? + 2..];
                continue;
            }
            '"' => rest[1..].find('"').context("a string does not end")? + 2,
            _ if next.is_whitespace() => {
                rest = rest.trim_start();
                let ends = out.is_empty() || out.ends_with(['{', '}', ';', ',', '>', ':', '(', ' ']);
                if !ends && !rest.is_empty() && !rest.starts_with(['{', '}', ';', ',', '>', ')', '!']) {
                    out.push(' ');
                }
                continue;
            }
            // No number begins within another one or a name.
            '0' if rest[1..].starts_with('.') && out.ends_with([' ', ':', ',', '(', '-']) => {
                rest = &rest[1..];
                continue;
            }
            _ => next.len_utf8(),
        };
        out += &rest[..length];
        rest = &rest[length..];
    }
    Ok(out)
}

/// The custom properties that a style without spaces sets, and nobody else may.
fn custom_properties(style: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, _) in style.match_indices("--") {
        let set = style[at..].split_once(':').map(|(name, _)| name.to_owned());
        let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        names.extend(
            set.filter(|name| style[..at].ends_with([';', '{']) && is_name(name) && !name.starts_with("--kurso")),
        );
    }
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    #[test]
    fn end_tags_that_a_browser_adds_by_itself_are_gone() {
        let check = |source: &str, expect: &str| assert_eq!(html(source), expect);
        check("<ul><li><p>a</p><p>b</p></li><li>c</li></ul>", "<ul><li><p>a<p>b<li>c</ul>");
        check("<dl><div><dt>a</dt><dd>b</dd></div></dl><p>c</p>", "<dl><div><dt>a<dd>b</div></dl><p>c</p>");
        check(
            "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td><td>c</td></tr></tbody></table>",
            "<table><thead><tr><th>a<tbody><tr><td>b<td>c</table>",
        );
        check("<select><option>a</option><option>b</option></select>", "<select><option>a<option>b</select>");
        // What comes next would be inside.
        check("<p>a</p> b<p>c</p><span>d</span>", "<p>a</p> b<p>c</p><span>d</span>");
        check("<a><p>a</p></a><li>b</li>", "<a><p>a</p></a><li>b</li>");
        check("<dt>a</dt></dl><p>b</p><path></path>", "<dt>a</dt></dl><p>b</p><path></path>");
    }

    #[test]
    fn an_address_ends_before_what_is_around_says_the_rest() {
        let page = "<p data-text=\"notice/\">a/b</p><i data-text=\"item_one/two\" id=\"/two\"></i>";
        assert_eq!(addresses(page), "<p data-text=\"notice\">a/b</p><i data-text=\"item_one\" id=\"/two\"></i>");
        assert_eq!(addresses("<p>a</p>"), "<p>a</p>");
    }

    #[test]
    fn comments_and_spaces_of_a_style_go_and_nothing_else() {
        let check = |source: &str, expect: &str| assert_eq!(style([source]).unwrap(), [expect], "{source}");
        check("/* one\n   two */\n.a,\n.b > :is(c, d) {\n  color: red; /* three */\n}\n", ".a,.b>:is(c,d){color:red;}");
        check(".a :is(b) { width:\n  calc(1rem + 0.5px - 10.05em); }", ".a :is(b){width:calc(1rem + .5px - 10.05em);}");
        check(
            "a::after { content: \" > /* , \"; margin: -0.5rem 0 !important }",
            "a::after{content:\" > /* , \";margin:-.5rem 0!important}",
        );
        check("@media screen and (min-width: 0.5rem) { a { b: c } }", "@media screen and (min-width:.5rem){a{b:c}}");
        for broken in ["/* open", "a { content: \"open }"] {
            assert!(style([broken]).is_err(), "{broken}");
        }
    }

    #[test]
    fn what_only_the_style_knows_has_short_names_in_all_of_its_parts() {
        let first = "a { --line: var(--kurso-line, red); --line-two: 1; --kurso-b: 2; color: var(--line) }";
        let second = "b { width: var(--line-two); height: var(--line, var(--else)) }";
        let expect = [
            "a{--a:var(--kurso-line,red);--b:1;--kurso-b:2;color:var(--a)}",
            "b{width:var(--b);height:var(--a,var(--else))}",
        ];
        assert_eq!(style([first, second]).unwrap(), expect);
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
