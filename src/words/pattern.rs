//! Patterns of messages: the part of [ICU MessageFormat](https://unicode-org.github.io/icu/userguide/format_parse/messages/)
//! that the interface needs.
//!
//! `{name}` is a value. `{n, plural, =0 {nothing} one {# item} other {# items}}` is the text for the plural category of
//! `n` in that language, or for that very number; `#` is the number in it. A whole sentence in every branch reads best:
//! languages differ in more than an ending.

/// How a language writes and counts numbers: by the browser, or natively by a library.
pub trait Numerals {
    /// A whole number in digits.
    fn digits(&self, n: u32) -> String;
    /// Its [plural category](https://cldr.unicode.org/index/cldr-spec/plural-rules), such as `one`.
    fn category(&self, n: u32) -> String;
}

/// What fills a place in a pattern.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    /// A number, which may choose between plurals.
    Number(u32),
    /// A text.
    Text(&'a str),
}

/// The pattern with those values in it. A place without a value stays empty.
pub fn fill(pattern: &str, values: &[(&str, Value)], numerals: &dyn Numerals) -> String {
    let mut out = String::new();
    write(&mut out, pattern, None, values, numerals);
    out
}

/// `counted` is what `#` stands for.
fn write(out: &mut String, mut pattern: &str, counted: Option<u32>, values: &[(&str, Value)], numerals: &dyn Numerals) {
    while let Some((before, place, after)) = next_place(pattern) {
        write_text(out, before, counted, numerals);
        let (name, plural) = place.split_once(',').unwrap_or((place, ""));
        match values.iter().find(|(known, _)| *known == name.trim()) {
            Some((_, Value::Text(text))) => out.push_str(text),
            Some((_, Value::Number(n))) if plural.is_empty() => out.push_str(&numerals.digits(*n)),
            Some((_, Value::Number(n))) => {
                write(out, branch(plural, *n, numerals), Some(*n), values, numerals);
            }
            None => {}
        }
        pattern = after;
    }
    write_text(out, pattern, counted, numerals);
}

fn write_text(out: &mut String, text: &str, counted: Option<u32>, numerals: &dyn Numerals) {
    match (counted, text.split_once('#')) {
        (Some(n), Some((before, after))) => {
            out.push_str(before);
            out.push_str(&numerals.digits(n));
            out.push_str(after);
        }
        _ => out.push_str(text),
    }
}

/// What stands before the first place in braces, in it, and after it.
fn next_place(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find('{')?;
    let mut depth = 0;
    let inside = |c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth == 0
    };
    let end = start + text[start..].find(inside)?;
    Some((&text[..start], &text[start + 1..end], &text[end + 1..]))
}

/// The branches of a plural: for which number or category, and the text.
pub fn branches(plural: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = plural.trim_start().strip_prefix("plural,").unwrap_or_default();
    std::iter::from_fn(move || {
        let (key, text, after) = next_place(rest)?;
        rest = after;
        Some((key.trim(), text))
    })
}

/// The text for that number: its own, that of its category, or the one for all others.
fn branch<'a>(plural: &'a str, n: u32, numerals: &dyn Numerals) -> &'a str {
    let category = numerals.category(n);
    let is = |key: &str| key.strip_prefix('=').is_some_and(|exact| exact == n.to_string());
    let find = |wanted: &dyn Fn(&str) -> bool| branches(plural).find(|(key, _)| wanted(key)).map(|(_, text)| text);
    find(&is).or_else(|| find(&|key| key == category)).or_else(|| find(&|key| key == "other")).unwrap_or_default()
}

/// The places in a pattern and in all its branches: the name, and what follows the comma.
#[cfg(not(target_arch = "wasm32"))]
pub fn places(pattern: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = pattern;
    while let Some((_, place, after)) = next_place(rest) {
        let (name, plural) = place.split_once(',').unwrap_or((place, ""));
        found.push((name.trim(), plural.trim()));
        found.extend(branches(plural).flat_map(|(_, text)| places(text)));
        rest = after;
    }
    found
}
