//! The rules of the house that no compiler checks, read off the files themselves.

#![allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Every file below `dir` with one of those endings, and its text.
fn files(dir: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(dir)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|_| panic!("no folder {}", folder.display())) {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["node_modules", "target", "out", "dist", ".git"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "nothing in {dir}");
    found.sort();
    found
}

/// No file of `found` has one of those words, unless it is one that may.
#[track_caller]
fn never(found: &[(PathBuf, String)], words: &[&str], may: &[&str], why: &str) {
    for (path, text) in found {
        if may.iter().any(|may| path.ends_with(may) || path.parent().is_some_and(|parent| parent.ends_with(may))) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            for word in words {
                assert!(!line.contains(word), "{}:{}: {word}: {why}", path.display(), number + 1);
            }
        }
    }
}

#[test]
fn only_dom_element_and_host_know_the_browser() {
    let may = ["src/dom.rs", "src/element.rs", "src/host"];
    never(&files("src", &[".rs"]), &["web_sys", "js_sys", "gloo"], &may, "go through dom or host");
    never(
        &files("src/view", &[".rs"]),
        &["crate::host", "crate::element", "crate::store"],
        &["app.rs"],
        "views know the study only",
    );
}

#[test]
fn learning_and_compiling_know_no_web_no_clock_and_no_chance() {
    let found = [files("crates/course", &[".rs", "Cargo.toml"]), files("crates/compiler/src", &[".rs"])].concat();
    let words = ["web-sys", "web_sys", "wasm_bindgen", "yew", "SystemTime", "Instant::now", "rand::", "thread_rng"];
    never(&found, &words, &[], "pass it in");
}

#[test]
fn s1_nothing_assigns_html() {
    let found = [files("src", &[".rs", ".js"]), files("crates/course/src", &[".rs"])].concat();
    let words = ["from_html_unchecked", "set_inner_html", "innerHTML", "insertAdjacentHTML", "document.write", "eval("];
    never(&found, &words, &[], "strings are data");
}

#[test]
fn s2_the_page_has_no_inline_script_style_or_handler() {
    let page = fs::read_to_string("index.html").unwrap();
    assert!(
        !page.contains("<style")
            && !page.contains(" style=")
            && !page.contains(" onclick=")
            && !page.contains(" onload=")
    );
    for script in page.split("<script").skip(1) {
        let (attributes, rest) = script.split_once('>').unwrap();
        assert!(attributes.contains("src=") && rest.starts_with("</script>"), "inline script: {attributes}");
    }
}

#[test]
fn s4_no_address_of_anybody_else_is_loaded() {
    let found = [files("src", &[".rs", ".js", ".css"]), files(".", &["index.html", "Trunk.toml"])].concat();
    for (path, text) in found {
        for (number, line) in text.lines().enumerate() {
            let address = line.contains("http://") || line.contains("https://");
            let comment = line.trim_start().starts_with("//");
            // What only looks like an address is a name.
            let name = ["http://www.w3.org/2000/svg", "'http://adlnet.gov/expapi/", "'https://w3id.org/xapi/"];
            let name = name.iter().any(|name| line.contains(name));
            assert!(!address || comment || name, "{}:{}", path.display(), number + 1);
        }
    }
}

#[test]
fn the_map_of_the_repository_shows_what_is_there() {
    let text = fs::read_to_string("docs/architecture.md").unwrap();
    let map = text.split("```").nth(1).unwrap();
    let mut folder = "";
    for line in map.lines().filter(|line| !line.is_empty()) {
        let (paths, _) = line.trim_start().split_once("  ").unwrap();
        let below = if line.starts_with(' ') { folder } else { "" };
        for path in paths.split(", ") {
            assert!(Path::new(below).join(path).exists(), "{below}{path} is not there");
        }
        folder = if line.starts_with(' ') { folder } else { paths };
    }
    // And whoever looks for what there is finds it on the map.
    for folder in ["crates", "src", "src/view"] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = if folder == "src/view" { path.file_stem() } else { path.file_name() }.unwrap();
            let name = name.to_string_lossy().into_owned();
            // What only others in that folder use is not on it.
            let is_small = ["mod", "icon", "ids", "markup", "tag", "text"].contains(&name.as_str());
            assert!(is_small || map.contains(&name), "{} is not on the map", path.display());
        }
    }
}

/// The names under which the headings of that Markdown can be linked to.
fn headings(markdown: &str) -> Vec<String> {
    let titles = markdown.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let slug = |title: &str| {
        let kept = title.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    };
    titles.map(slug).collect()
}

#[test]
fn every_link_of_a_document_leads_somewhere() {
    let mut checked = 0;
    for (path, text) in [files("docs", &[".md"]), files("bench", &["README.md"]), files(".", &["README.md"])].concat() {
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            // Examples for authors show links within a course.
            let is_elsewhere = link.contains("://") || link.starts_with("mailto:") || path.ends_with("authoring.md");
            if is_elsewhere || link.contains(char::is_whitespace) {
                continue;
            }
            let to = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            assert!(to.exists(), "{}: {link} is not there", path.display());
            let is_there = heading.is_empty() || headings(&fs::read_to_string(&to).unwrap()).contains(&heading.into());
            assert!(is_there, "{}: {link} has no such heading", path.display());
            checked += 1;
        }
    }
    assert!(checked > 50, "{checked} links");
}

#[test]
fn every_test_runs_and_nothing_is_left_behind() {
    let scripts = files("tests", &[".mjs"]);
    never(&scripts, &[".skip(", ".only(", ".todo(", "skip: true"], &[], "finish it or take it out");
    let folders = ["src", "crates", "xtask", "bench/micro", "tests"];
    let code = folders.map(|folder| files(folder, &[".rs"])).concat();
    let words = [concat!("#[", "ignore"), concat!("todo", "!("), concat!("dbg", "!("), concat!("FIX", "ME")];
    never(&code, &words, &[], "finish it or take it out");
    for (path, _) in [scripts, code].concat() {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let vague = ["utils", "util", "common", "helpers", "misc"].contains(&stem.as_str());
        assert!(!vague, "{}: name it by what it is", path.display());
    }
}
