//! Code in colour, worked out when the course is built, so that the player needs no highlighter.

use crate::{
    names::nearest,
    prose::{element, push_text},
};
use course::markup::Markup;
use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxSet};

/// Loaded when the first code is met.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// What a scope becomes; the first that fits wins, and later scopes of a token are asked first.
const CLASSES: &[(&str, &str)] = &[
    ("meta.structure.dictionary.key", "tok-key"),
    ("entity.name.tag.yaml", "tok-key"),
    ("entity.other.attribute-name", "tok-key"),
    ("comment", "tok-comment"),
    ("constant.numeric", "tok-number"),
    ("constant.character.escape", "tok-constant"),
    ("constant", "tok-constant"),
    ("string", "tok-string"),
    ("entity.name.function", "tok-function"),
    ("support.function", "tok-function"),
    ("variable.function", "tok-function"),
    ("keyword", "tok-keyword"),
    ("storage", "tok-keyword"),
    ("entity.name.tag", "tok-keyword"),
    ("punctuation", "tok-punctuation"),
];

/// Code as text and coloured spans, or nothing if the language is not known. Without a language it is plain.
pub fn highlight(code: &str, language: &str) -> Option<Markup> {
    if language.is_empty() {
        return Some(vec![code.into()]);
    }
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let classes = CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class)));
    let classes: Vec<(Scope, &str)> = classes.collect();
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    let mut tokens: Vec<(Option<&str>, String)> = Vec::new();
    let mut add = |class: Option<&'static str>, text: &str| match tokens.last_mut() {
        _ if text.is_empty() => {}
        Some((before, token)) if *before == class || text.trim().is_empty() => token.push_str(text),
        _ => tokens.push((class, text.to_owned())),
    };
    for line in code.split_inclusive('\n') {
        // A line that the grammar cannot read stays plain, and so is nothing lost.
        let changes = state.parse_line(line, &SYNTAXES).unwrap_or_default();
        let mut done = 0;
        for (at, change) in changes {
            add(class_of(&scopes, &classes), &line[done..at]);
            done = at;
            if scopes.apply(&change).is_err() {
                break;
            }
        }
        add(class_of(&scopes, &classes), &line[done..]);
    }
    let mut out = Markup::new();
    for (class, text) in &tokens {
        match class {
            Some(class) => {
                // White space after a token is not part of it.
                let word = text.trim_end();
                out.push(element("span", &[("class", class)], vec![word.into()]));
                push_text(&mut out, &text[word.len()..]);
            }
            None => push_text(&mut out, text),
        }
    }
    Some(out)
}

/// The languages most like one that is not known.
pub fn near_languages(language: &str) -> String {
    let known = SYNTAXES.syntaxes().iter().filter(|syntax| !syntax.hidden);
    let names = known.flat_map(|syntax| syntax.file_extensions.iter().chain([&syntax.name]));
    let names: Vec<String> = names.map(|name| name.to_lowercase()).filter(|name| !name.contains([' ', '.'])).collect();
    match nearest(language, names.iter().map(String::as_str)) {
        Some(name) => format!("did you mean `{name}`? Without a language it stays plain"),
        None => "use a known one, such as `json`, `yaml`, `bash` or `python`, or none at all".to_owned(),
    }
}

fn class_of(scopes: &ScopeStack, classes: &[(Scope, &'static str)]) -> Option<&'static str> {
    let key = classes.first().filter(|(key, _)| scopes.as_slice().iter().any(|scope| key.is_prefix_of(*scope)));
    if let Some((_, class)) = key {
        return Some(class);
    }
    // A quote belongs to its string and a `#` to its comment, so their own scopes are passed over.
    let part = |scope: &&Scope| scope.build_string().starts_with("punctuation.definition");
    let mut inner_first = scopes.as_slice().iter().rev().filter(|scope| !part(scope));
    inner_first.find_map(|scope| classes.iter().find(|(class, _)| class.is_prefix_of(*scope))).map(|(_, class)| *class)
}
