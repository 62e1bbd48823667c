//! What authors are told: text of a step in, every problem out, as `line:column "what is meant" message` and remedy.

mod lesson;

use compiler::{Compiled, Files, compile, compile_files};
use expect_test::{Expect, expect};
use std::path::Path;

/// Checks the problems of a step; lines count from the first one of `text`.
#[track_caller]
fn check(text: &str, expected: Expect) {
    let lines = if text.starts_with("---") { 0 } else { lesson::FRONT_MATTER_LINES };
    let mut compiled = compile_files(lesson::around(text));
    for problem in compiled.diagnostics.iter_mut().filter(|problem| problem.path == lesson::STEP) {
        problem.line -= lines;
        problem.path = String::new();
    }
    expected.assert_eq(&shown(&compiled));
}

/// Checks the problems of the small course with one more file, or another one.
#[track_caller]
fn check_file(path: &str, bytes: impl Into<Vec<u8>>, text: &str, expected: Expect) {
    let mut files = lesson::around(text);
    files.insert(path, bytes);
    expected.assert_eq(&shown(&compile_files(files)));
}

fn shown(compiled: &Compiled) -> String {
    assert!(compiled.course.is_none(), "a course with problems is no course");
    let problems = compiled.diagnostics.iter().map(|problem| {
        let place = format!("{} {}:{}", problem.path, problem.line, problem.column);
        format!("{} {:?} {}\n  {}\n", place.trim(), problem.marked(), problem.message, problem.help)
    });
    problems.collect()
}

/// An exercise without its own lists: frame and what is wrong in it.
fn choice(braces: &str, prompt: &str, options: &str) -> String {
    format!("::: choice {{{braces}}}\n### Title\n{prompt}\n\n{options}\n:::")
}

const OPTIONS: &str = "- [x] a {#a}\n\n  yes\n\n- [ ] b {#b}\n\n  no\n\n- [x] c {#c}\n\n  yes";

// Acceptance 4.9: what must never pass.

#[test]
fn a_missing_id() {
    check(
        "::: choice\n### T\nQ?\n\n- [x] The *right* one\n\n  yes\n\n- [ ] b {#b}\n\n  no\n:::",
        expect![[r#"
            1:1 "::: choice" this exercise has no id
              give it one that never changes: `::: choice {#some-id}`
            5:7 "The *right* one" this option has no id
              end it with one that never changes, for example `{#the-right-one}`
        "#]],
    );
    check(
        "::: flashcards {select=2}\n### T\nQ?\n\nFront\n: back\n:::",
        expect![[r#"
            1:1 "::: flashcards {select=2}" this exercise has no id
              give it one that never changes: `::: flashcards {#some-id}`
            1:17 "select" `select` means nothing here
              there is only `was`
            5:1 "Front" this card has no id
              end it with one that never changes, for example `{#front}`
        "#]],
    );
}

#[test]
fn an_id_that_is_none() {
    check(
        &choice("#Who?", "Q?", "- [x] a {#1a}\n\n  yes\n\n- [ ] b {#}\n\n  no"),
        expect![[r#"
            1:14 "Who?" `Who?` cannot be an id
              use up to 64 lower-case letters, digits and hyphens, a letter first, for example `who`
            5:11 "1a" `1a` cannot be an id
              use up to 64 lower-case letters, digits and hyphens, a letter first, for example `some-id`
            9:11 "}" there is no id after the `#`
              write one, for example `#some-id`
        "#]],
    );
    check(
        "---\nid: Wel come\ntitle: T\nminutes: 1\n---\n\na",
        expect![[r#"
        2:5 "Wel come" `Wel come` cannot be an id
          use up to 64 lower-case letters, digits and hyphens, a letter first, for example `wel-come`
    "#]],
    );
    check(
        "---\nid: glossary\ntitle: T\nminutes: 1\n---\n\na",
        expect![[r#"
        2:5 "glossary" no step may be called `glossary`
          choose another id; the player has a page of that name
    "#]],
    );
}

#[test]
fn a_duplicate_id() {
    check(
        "---\nid: service-types\ntitle: T\nminutes: 1\n---\n\na",
        expect![[r#"
        01-start/02-service-types.md 2:5 "service-types" the id `service-types` is used twice
          choose another: 01-start/01-welcome.md:2:5 has it already, and ids are unique among the steps of the course
    "#]],
    );
    let twice = choice("#q select=2", "Q?", &OPTIONS.replace("#b", "#a"));
    check(
        &format!("{twice}\n\n{}", choice("#q select=2", "Q?", OPTIONS)),
        expect![[r#"
        9:11 "a" the id `a` is used twice
          choose another: 01-start/01-welcome.md:10:11 has it already, and ids are unique among the options of an exercise
        18:14 "q" the id `q` is used twice
          choose another: 01-start/01-welcome.md:6:14 has it already, and ids are unique among the exercises of the course
    "#]],
    );
    check_file(
        "01-start/glossary.md",
        "a {#a}\n: b\n\nc {#a}\n: d",
        "e",
        expect![[r#"
        01-start/glossary.md 4:5 "a" the id `a` is used twice
          choose another: 01-start/glossary.md:1:5 has it already, and ids are unique among the terms of the course
    "#]],
    );
}

#[test]
fn an_unknown_category_or_answer() {
    let text = "::: classification {#q}\n### T\nQ?\n\n- AWS {#aws}\n- Customer {#customer}\n\n1. a {#a}\n\n   **Custommer | Nobody.** x\n\n   - **AWSS:** y\n:::";
    check(
        text,
        expect![[r#"
            10:6 "Custommer" there is no category `Custommer`
              did you mean `Customer`? The categories are `AWS`, `Customer`
            10:18 "Nobody" there is no category `Nobody`
              the categories are `AWS`, `Customer`
            12:8 "AWSS" there is no category `AWSS`
              did you mean `AWS`? The categories are `AWS`, `Customer`
        "#]],
    );
    check(
        &text.replace("classification", "matching"),
        expect![[r#"
            10:6 "Custommer" there is no answer `Custommer`
              did you mean `Customer`? The answers are `AWS`, `Customer`
            10:18 "Nobody" there is no answer `Nobody`
              the answers are `AWS`, `Customer`
            12:8 "AWSS" there is no answer `AWSS`
              did you mean `AWS`? The answers are `AWS`, `Customer`
        "#]],
    );
}

#[test]
fn an_unknown_term() {
    check(
        "[a](glossary.md#least-privileges) and [b](glossary.md#zebra)",
        expect![[r#"
        1:5 "glossary.md#least-privileges" the glossary has no term `least-privileges`
          did you mean `least-privilege`? There are `least-privilege`, `mfa`
        1:43 "glossary.md#zebra" the glossary has no term `zebra`
          there are `least-privilege`, `mfa`
    "#]],
    );
}

#[test]
fn no_correct_option() {
    check(
        &choice("#q", "Q?", &OPTIONS.replace("[x]", "[ ]")),
        expect![[r#"
        1:1 "::: choice {#q}" no option is marked correct
          mark it with `[x]`
    "#]],
    );
}

#[test]
fn a_number_that_is_not_the_number_marked() {
    check(
        &choice("#q", "Q?", OPTIONS),
        expect![[r#"
        1:1 "::: choice {#q}" 2 options are marked correct, and nothing says so
          add `select=2` to the braces, or leave one `[x]`
    "#]],
    );
    check(
        &choice("#q select=3", "Q? (Select **the THREE** best.)", OPTIONS),
        expect![[r#"
        1:23 "3" `select=3`, but 2 options are marked correct
          write `select=2`, or mark other options with `[x]`
        3:5 "Select **the THREE" the prompt says "Select **the THREE", but 2 options are marked correct
          ask for 2 in the prompt, or mark 3 with `[x]`
    "#]],
    );
    check(
        &choice("#q select=two", "Choose 1", OPTIONS),
        expect![[r#"
        1:23 "two" `select=two`, but 2 options are marked correct
          write `select=2`, or mark other options with `[x]`
        3:1 "Choose 1" the prompt says "Choose 1", but 2 options are marked correct
          ask for 2 in the prompt, or mark 1 with `[x]`
    "#]],
    );
    check(
        &choice("#q", "Pick TWO", &OPTIONS.replacen("[x]", "[ ]", 1)),
        expect![[r#"
        3:1 "Pick TWO" the prompt says "Pick TWO", but 1 option is marked correct
          ask for 1 in the prompt, or mark 2 with `[x]`
    "#]],
    );
}

#[test]
fn a_message_is_one_line_whatever_it_quotes() {
    check(
        &choice("#q", "Please choose\nTWO", &OPTIONS.replacen("[x]", "[ ]", 1)),
        expect![[r#"
        3:8 "choose" the prompt says "choose TWO", but 1 option is marked correct
          ask for 1 in the prompt, or mark 2 with `[x]`
    "#]],
    );
}

#[test]
fn a_broken_internal_link() {
    check(
        "[a](02-service-type.md) [b](#part) [c](../../x.md) [d](02-service-types.md#part) [e](/x) [f]()",
        expect![[r##"
            1:5 "02-service-type.md" there is no step `02-service-type.md`
              did you mean `02-service-types.md`? There are `01-welcome.md`, `02-service-types.md`, `glossary.md`
            1:29 "#part" a link cannot lead to a part of a page
              link to a step by its file, `[step 3](03-name.md)`, or to a term, `[term](glossary.md#id)`
            1:40 "../../x.md" there is no step `../../x.md`
              there are `01-welcome.md`, `02-service-types.md`, `glossary.md`
            1:56 "02-service-types.md#part" a link cannot lead to a part of a step
              link to the step as a whole: `02-service-types.md`
            1:86 "/x" there is no step `/x`
              there are `01-welcome.md`, `02-service-types.md`, `glossary.md`
            1:90 "[f]()" this link leads nowhere
              write between the parentheses where it leads, for example `(03-name.md)`
        "##]],
    );
    check(
        "[a][nowhere] [b][] [c]",
        expect![[r#"
        1:1 "[a][nowhere]" there is no link called `nowhere`
          add a line `[nowhere]: https://…` to this file
        1:14 "[b]" there is no link called `b`
          add a line `[b]: https://…` to this file
    "#]],
    );
}

#[test]
fn an_image_without_alt() {
    check(
        "![](media/line.svg)\n\n![ ](media/line.svg)",
        expect![[r#"
        1:1 "![](media/line.svg)" this figure has no alt text
          say between the brackets what it shows, for those who cannot see it
        3:1 "![ ](media/line.svg)" this figure has no alt text
          say between the brackets what it shows, for those who cannot see it
    "#]],
    );
}

#[test]
fn raw_html() {
    check(
        "a <b>c</b>\n\n<div onclick=x>\nd\n</div>\n\n<!-- e -->\n\n- <br>",
        expect![[r#"
        1:3 "<b>" raw HTML is not allowed
          write it in Markdown; put code between backticks
        1:7 "</b>" raw HTML is not allowed
          write it in Markdown; put code between backticks
        3:1 "<div onclick=x>" raw HTML is not allowed
          write it in Markdown; put code between backticks
        7:1 "<!-- e -->" raw HTML is not allowed
          write it in Markdown; put code between backticks
        9:3 "<br>" raw HTML is not allowed
          write it in Markdown; put code between backticks
    "#]],
    );
}

#[test]
fn a_url_that_runs_code() {
    check(
        "[a](javascript:alert(1)) [b](<java script:x>) [c](JAVASCRIPT:x) <data:text/html,x> [d](&#106;avascript:x)",
        expect![[r#"
            1:5 "javascript:alert(1)" a link cannot lead to a `javascript:` address
              use an `https:`, `http:` or `mailto:` address without spaces, or a step's file name
            1:31 "java script:x" a link cannot lead to a `java script:` address
              use an `https:`, `http:` or `mailto:` address without spaces, or a step's file name
            1:51 "JAVASCRIPT:x" a link cannot lead to a `JAVASCRIPT:` address
              use an `https:`, `http:` or `mailto:` address without spaces, or a step's file name
            1:66 "data:text/html,x" a link cannot lead to a `data:` address
              use an `https:`, `http:` or `mailto:` address without spaces, or a step's file name
            1:84 "[d](&#106;avascript:x)" a link cannot lead to a `javascript:` address
              use an `https:`, `http:` or `mailto:` address without spaces, or a step's file name
        "#]],
    );
    check(
        "[a](//example.org/x) [b](file:///etc/passwd) ![c](https://example.org/x.png)",
        expect![[r#"
        1:5 "//example.org/x" there is no step `//example.org/x`
          there are `01-welcome.md`, `02-service-types.md`, `glossary.md`
        1:26 "file:///etc/passwd" a link cannot lead to a `file:` address
          use an `https:`, `http:` or `mailto:` address without spaces, or a step's file name
        1:46 "![c](https://example.org/x.png)" a figure stands in the middle of a paragraph
          leave an empty line before and after it
    "#]],
    );
}

// Prose.

#[test]
fn headings() {
    check(
        "# a\n\n##### b\n\n##\n\n> ## c\n\n- ## d",
        expect![[r######"
        1:1 "# a" a step has one title already
          use `##` or below; the title of a step stands at the top of its file
        3:1 "##### b" this heading is too deep
          use `##`, `###` or `####`
        5:1 "##" this heading says nothing
          give it a text, or take it out
        7:3 "## c" there is no room for a heading here
          headings stand on their own in a step, outside lists, quotes and exercises
        9:3 "## d" there is no room for a heading here
          headings stand on their own in a step, outside lists, quotes and exercises
    "######]],
    );
}

#[test]
fn call_outs() {
    check(
        "> [!exam-tips] a\n> b\n\n> [!zzz]\n> c\n\n> [!note]\n\n> [!hint]\n> d",
        expect![[r#"
        1:5 "exam-tips" there is no call-out `exam-tips`
          did you mean `exam-tip`? There are `mental-model`, `rule-of-thumb`, `exam-tip`, `note`
        4:5 "zzz" there is no call-out `zzz`
          there are `mental-model`, `rule-of-thumb`, `exam-tip`, `note`
        7:1 "> [!note]" this call-out says nothing
          write its text below, each line after a `>`
        9:5 "hint" there is no room for the hint here
          put it after the lists of an exercise, not indented: `> [!hint]`
    "#]],
    );
}

#[test]
fn code() {
    check(
        "```jsn\n{}\n```\n\n```qqqq\n```",
        expect![[r#"
        1:4 "jsn" there is no language `jsn`
          did you mean `json`? Without a language it stays plain
        5:4 "qqqq" there is no language `qqqq`
          use a known one, such as `json`, `yaml`, `bash` or `python`, or none at all
    "#]],
    );
}

#[test]
fn figures() {
    check(
        "![a](media/lin.svg) ![b](x.png)\n\ntext ![c](media/line.svg)\n\n![d](media/zzz.png)",
        expect![[r#"
            1:1 "![a](media/lin.svg)" a figure stands in the middle of a paragraph
              leave an empty line before and after it
            1:21 "![b](x.png)" a figure stands in the middle of a paragraph
              leave an empty line before and after it
            3:6 "![c](media/line.svg)" a figure stands in the middle of a paragraph
              leave an empty line before and after it
            5:6 "media/zzz.png" there is no file `media/zzz.png`
              save the picture there, or correct its name
        "#]],
    );
    check_file(
        "01-start/media/a.png",
        "no picture",
        "![a](media/a.png)",
        expect![[r#"
            01-start/01-welcome.md 6:6 "media/a.png" `media/a.png` is no picture that browsers show
              use an SVG, PNG, JPEG, WebP, GIF or AVIF picture
        "#]],
    );
    check_file(
        "01-start/media/unused.png",
        "x",
        "a",
        expect![[r#"
        01-start/media/unused.png 1:1 "" no step shows this file
          show it with `![what it shows](media/unused.png)`, or take the file away
    "#]],
    );
}

#[test]
fn links_without_text_and_boxes_without_choice() {
    check(
        "[](02-service-types.md)\n\n- [ ] a\n\nb {#c}",
        expect![[r#"
        1:1 "[](02-service-types.md)" this link has no text
          say between the brackets where it leads
        3:3 "[ ]" a list to tick stands outside a choice
          take the brackets out, or put the list into `::: choice {#some-id}`
        5:3 "{#c}" nothing here takes an id
          leave it out; ids are for exercises and for what stands in their lists, and for key terms
    "#]],
    );
}

#[test]
fn nesting_without_end() {
    check(
        &format!("{} a {{#x}}", ">".repeat(40)),
        expect![[r#"
            1:25 ">>>>>>>>>>>>>>>> a {#x}" this is nested too deeply
              write it flatter
        "#]],
    );
}

// Drawings.

#[test]
fn drawings() {
    let bad = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' onload='x'>\n<script>x</script><style/>\n<rect style='fill:red' fill='url(#nix)' stroke='url(http://x)' class='\\75rl(x)'/>\n<use href='https://x'/><use xlink:href='#a'/><img src='x'/><foreignObject/>\n</svg>";
    check_file(
        "01-start/media/line.svg",
        bad,
        "a",
        expect![[r#"
        01-start/media/line.svg 1:2 "svg" this drawing has no viewBox
          add one to its first element, for example `viewBox="0 0 800 400"`
        01-start/media/line.svg 1:84 "onload='x'" `onload` is not allowed on `<svg>`
          take it out; a drawing cannot run code
        01-start/media/line.svg 2:2 "script" `<script>` is not allowed in a drawing
          take it out; a drawing is made of shapes, text and groups, with colours as attributes
        01-start/media/line.svg 2:20 "style" `<style>` is not allowed in a drawing
          take it out; a drawing is made of shapes, text and groups, with colours as attributes
        01-start/media/line.svg 3:7 "style='fill:red'" `style` is not allowed on `<rect>`
          write each of its parts as an attribute, for example `fill="none"`
        01-start/media/line.svg 3:24 "fill='url(#nix)'" nothing in this drawing has the id `nix`
          there is none yet
        01-start/media/line.svg 3:41 "stroke='url(http://x)'" a drawing cannot point to something outside it
          use `url(#id)` with an id of this drawing, without quotes
        01-start/media/line.svg 3:64 "class='\\75rl(x)'" a value in a drawing cannot hold a backslash
          write the character itself
        01-start/media/line.svg 4:6 "href='https://x'" a drawing cannot point to something outside it
          use `#` and an id of this drawing
        01-start/media/line.svg 4:29 "xlink:href='#a'" `href` is not allowed on `<use>`
          write `href` without a prefix
        01-start/media/line.svg 4:47 "img" `<img>` is not allowed in a drawing
          take it out; a drawing is made of shapes, text and groups, with colours as attributes
        01-start/media/line.svg 4:61 "foreignObject" `<foreignObject>` is not allowed in a drawing
          take it out; a drawing is made of shapes, text and groups, with colours as attributes
    "#]],
    );
    check_file(
        "01-start/media/line.svg",
        "<svg>\n  <ä</svg>",
        "a",
        expect![[r#"
            01-start/media/line.svg 2:5 "<" this is not well-formed SVG: expected a whitespace not '<'
              export the drawing again
        "#]],
    );
    check_file(
        "01-start/media/line.svg",
        "<html/>",
        "a",
        expect![[r#"
            01-start/media/line.svg 1:2 "html" this is not an SVG drawing
              begin it with `<svg xmlns="http://www.w3.org/2000/svg" viewBox="…">`
        "#]],
    );
    check_file(
        "01-start/media/line.svg",
        "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>",
        "a",
        expect![[r#"
            01-start/media/line.svg 1:1 "<" a drawing cannot have a DOCTYPE
              take it out
        "#]],
    );
    let deep = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'>{}{}</svg>",
        "<g>".repeat(99),
        "</g>".repeat(99)
    );
    check_file(
        "01-start/media/line.svg",
        deep,
        "a",
        expect![[r#"
        01-start/media/line.svg 1:129 "g" this is nested too deeply
          ungroup some of it
    "#]],
    );
}

// Containers.

#[test]
fn containers() {
    check(
        "a\n\n:::\n\n::: choise {#x}\n- [ ] a {#a}\n:::",
        expect![[r#"
            3:1 ":::" nothing is open here that `:::` could close
              leave this line out, or open something above it, such as `::: choice {#some-id}`
            5:5 "choise" there is nothing called `choise` to open
              did you mean `choice`? There are `choice`, `classification`, `matching`, `ordering`, `flashcards`, `comparison`, `results`, `glossary`
        "#]],
    );
    check(
        "::: results\n\nmore {#x}\n\n::: glossary {#y}\n:::\n\n::: {#z}\n:::",
        expect![[r#"
            1:1 "::: results" `::: results` is opened and never closed
              add a line `:::` below its last line; one cannot stand inside another
            1:1 "::: results" `results` holds no text of its own
              leave it empty; the player fills it in
            5:14 "{#y}" `glossary` takes no id
              leave the braces out
            8:1 "::: {#z}" there is nothing called `` to open
              there are `choice`, `classification`, `matching`, `ordering`, `flashcards`, `comparison`, `results`, `glossary`
        "#]],
    );
    check(
        "::: glossary\n",
        expect![[r#"
        1:1 "::: glossary" `::: glossary` is opened and never closed
          add a line `:::` below its last line; one cannot stand inside another
    "#]],
    );
}

/// A comparison of two services.
fn comparison(above: &str, table: &str) -> String {
    format!("::: comparison {{tally=\"# of # are yours\"}}\n{above}\n\n{table}\n:::")
}

const ABOVE: &str = "Choose.\n\n- You\n- AWS";
const HEAD: &str = "| Layer | EC2 | S3 | Why |\n|-|-|-|-|";

#[test]
fn comparisons() {
    let table = format!("{HEAD}\n| Data | You | You | Always. |");
    check(
        "::: comparison {tally=\"# of\" size=2}\n:::",
        expect![[r##"
            1:1 "::: comparison {tally=\"# of\" size=2}" a comparison has two or three holders, and this one 0
              name two or three in a bulleted list above the table, the learner first
            1:1 "::: comparison {tally=\"# of\" size=2}" this comparison has no prompt
              say in a paragraph above the table what to choose, and what to look for
            1:1 "::: comparison {tally=\"# of\" size=2}" this comparison has no table
              write one: a row for each layer, with its name, its holder with each option, and a sentence on it
            1:24 "# of" this tally does not say how many of how many
              write `#` twice, for what the first holder has and for all, for example `::: comparison {tally="# of # layers are yours"}`
            1:30 "size" `size` means nothing here
              there is only `tally`
        "##]],
    );
    check(
        &format!("::: comparison {{#x}}\n{ABOVE}\n\n{table}\n:::"),
        expect![[r##"
        1:1 "::: comparison {#x}" this comparison has no tally
          say how much the first holder has, for example `::: comparison {tally="# of # layers are yours"}`
        1:16 "{#x}" a comparison takes no id
          leave it out; nothing of a comparison is kept
    "##]],
    );
    check(
        &comparison("### Title\n\nChoose.\n\nMore.\n\n1. You\n2. AWS", &table),
        expect![[r####"
            1:1 "::: comparison {tally=\"# of # are yours\"}" a comparison has two or three holders, and this one 0
              name two or three in a bulleted list above the table, the learner first
            2:1 "### Title" there is no room for this in a comparison
              above the table stand one paragraph and the list of holders; what to take away stands below it
            6:1 "More." there is no room for this in a comparison
              above the table stand one paragraph and the list of holders; what to take away stands below it
            8:1 "1. You" there is no room for this in a comparison
              above the table stand one paragraph and the list of holders; what to take away stands below it
        "####]],
    );
    check(
        &comparison("Choose.\n\n- You\n- AWS\n- You\n- ", &table),
        expect![[r#"
            4:1 "- You" a comparison has two or three holders, and this one 4
              name two or three in a bulleted list above the table, the learner first
            6:3 "You" the holder `You` stands twice
              keep one of them
            7:1 "- " this holder has no name
              write it after the mark, as it stands in the table
        "#]],
    );
    check(
        &comparison(ABOVE, &format!("{table}\n\n{table}\n\n## More")),
        expect![[r###"
        11:1 "| Layer | EC2 | S3 | Why |" this is a second table
          make it one, with a row for each layer
        15:1 "## More" there is no room for a heading here
          headings stand on their own in a step, outside lists, quotes and exercises
    "###]],
    );
}

#[test]
fn tables_of_comparisons() {
    check(
        &comparison(ABOVE, "| Layer | EC2 | Why |\n|-|-|-|\n| Data | You | Always. |"),
        expect![[r#"
            7:1 "| Layer | EC2 | Why |" a comparison has two to four options, and this one 1
              give it two to four columns between that of the layers and that of what is said of them
        "#]],
    );
    check(
        &comparison(ABOVE, "| Layer | a | b | c | d | e | Why |\n|-|-|-|-|-|-|-|"),
        expect![[r#"
            7:1 "| Layer | a | b | c | d | e | Why |" a comparison has two to four options, and this one 5
              give it two to four columns between that of the layers and that of what is said of them
        "#]],
    );
    check(
        &comparison(ABOVE, "| | EC2 | EC2 | |\n|-|-|-|-|"),
        expect![[r#"
        7:1 "| | EC2 | EC2 | |" this table has no layers
          add a row for each
        7:2 " " this column has no head
          say in its first row what stands in it
        7:11 "EC2" the option `EC2` stands twice
          keep one of them
        7:16 " " this column has no head
          say in its first row what stands in it
    "#]],
    );
    check(
        &comparison(
            ABOVE,
            &format!(
                "{HEAD}\n| Data | you | *AWS* | So. |\n| Data | You | Yuo | So. |\n| | | aws | <b> |\n| Disks | AWS |\n| Code | You | You | AWS | So. |"
            ),
        ),
        expect![[r#"
            10:3 "Data" the layer `Data` stands twice
              keep one of them
            10:16 "Yuo" there is no holder `Yuo`
              did you mean `You`? There are `You`, `AWS`
            11:1 "| | | aws | <b> |" nobody holds this layer with `EC2`
              there are `You`, `AWS`
            11:1 "| | | aws | <b> |" nothing is said of this layer
              write a sentence into the last cell of its row
            11:1 "| | | aws | <b> |" this row names no layer
              write its name into the first cell
            11:13 "<b>" raw HTML is not allowed
              write it in Markdown; put code between backticks
            12:1 "| Disks | AWS |" nobody holds this layer with `S3`
              there are `You`, `AWS`
            12:1 "| Disks | AWS |" nothing is said of this layer
              write a sentence into the last cell of its row
            13:26 "| So. |" this row has more cells than the table has columns
              take out what is too much
        "#]],
    );
}

#[test]
fn braces() {
    let options = OPTIONS.replace("{#a}", "{#a #b x=1}").replace("{#b}", "{#b y =}");
    check(
        &choice("#q selekt=2 select=2 select=2 z", "Q? {#w}\nmore", &options),
        expect![[r##"
            1:16 "selekt" `selekt` means nothing here
              did you mean `select`? There are `select`, `was`
            1:34 "select" `select` stands twice
              keep one of them
            1:43 "z" `z` has no value
              write `#id` or `key=value` between the braces, and quotes around several words
            3:4 "{#w}" nothing here takes an id
              leave it out; ids are for exercises and for what stands in their lists, and for key terms
            6:13 "#b" this is a second id
              keep one of them
            6:16 "x" `x` means nothing here
              there are `fixed`, `was`
            10:13 "y" `y` has no value
              write `#id` or `key=value` between the braces, and quotes around several words
            10:15 "=" `=` has no value
              write `#id` or `key=value` between the braces, and quotes around several words
        "##]],
    );
}

// Exercises.

#[test]
fn frames() {
    check(
        "::: choice {#q}\n:::",
        expect![[r#"
            1:1 "::: choice {#q}" this exercise has no list
              it needs a list of options, `- [ ]` before each and `- [x]` before the correct ones
            1:1 "::: choice {#q}" this exercise has no prompt
              say in a paragraph below the title what is asked
            1:1 "::: choice {#q}" this exercise has no title
              begin it with a short one: `### Title`
        "#]],
    );
    check(
        "::: matching {#q reuse=maybe}\n### \n\n- a\n:::",
        expect![[r#"
            1:1 "::: matching {#q reuse=maybe}" this exercise has fewer than two answers
              add a bulleted list with the answers
            1:1 "::: matching {#q reuse=maybe}" this exercise has no prompt
              say in a paragraph below the title what is asked
            1:1 "::: matching {#q reuse=maybe}" this exercise has no prompts
              add a numbered list with the prompts
            1:1 "::: matching {#q reuse=maybe}" this exercise has no title
              begin it with a short one: `### Title`
            1:24 "maybe" `reuse` cannot be `maybe`
              there are `no`, `yes`
            4:3 "a" this answer has no id
              end it with one that never changes, for example `{#a}`
        "#]],
    );
    check(
        &choice("#q select=2", "Q?", &format!("{OPTIONS}\n\nstray {{#z}}\n\n## Heading")),
        expect![[r###"
        17:1 "stray {#z}" there is no room for this after the lists of a choice
          indent what belongs to an entry of a list as far as its text; after the lists only `> [!hint]`, `> [!explanation]` and `Source:` follow
        19:1 "## Heading" there is no room for this after the lists of a choice
          indent what belongs to an entry of a list as far as its text; after the lists only `> [!hint]`, `> [!explanation]` and `Source:` follow
    "###]],
    );
    check(
        &choice("#q select=2", "## Another\n\nQ?", &format!("> [!hint]\n\n{OPTIONS}\n\n> [!hint]\n> a")),
        expect![[r###"
            3:1 "## Another" there is no room for a heading here
              headings stand on their own in a step, outside lists, quotes and exercises
            7:1 "> [!hint]" this hint says nothing
              write its text below, after a `>`
        "###]],
    );
}

#[test]
fn sources() {
    let with = |source: &str| choice("#q select=2", "Q?", &format!("{OPTIONS}\n\n{source}"));
    check(
        &with("Source: AWS"),
        expect![[r#"
        17:1 "Source: AWS" this source has no link
          write `Source: [title](https://…), checked 2026-11-23`
    "#]],
    );
    check(
        &with("Source: see [a](https://a.example), checked 2026-11-23"),
        expect![[r#"
        17:1 "Source: see [a](https://a.example), checked 2026-11-23" this source has no link
          write `Source: [title](https://…), checked 2026-11-23`
    "#]],
    );
    check(
        &with("Source: [a](02-service-types.md), checked 2026-11-23"),
        expect![[r#"
        17:9 "[a](02-service-types.md)" a source needs a title and a web address
          write `Source: [title](https://…), checked 2026-11-23`
    "#]],
    );
    check(
        &with("Source: [a](https://a.example), checked"),
        expect![[r#"
            17:31 ", checked" this is no day on which the source was checked
              write `Source: [title](https://…), checked 2026-11-23`
        "#]],
    );
    check(
        &with("Source: [a](https://a.example), checked 2026-13-23"),
        expect![[r#"
            17:31 ", checked 2026-13-23" this is no day on which the source was checked
              write `Source: [title](https://…), checked 2026-11-23`
        "#]],
    );
    check(
        &with(
            "Source: [a](https://a.example), checked 2026-11-23\n\nSource: [b](https://a.example), checked 2026-11-23",
        ),
        expect![[r#"
            19:1 "Source: [b](https://a.example), checked 2026-11-23" this is a second source
              keep the better one
        "#]],
    );
}

#[test]
fn options() {
    check(
        &choice("#q", "Q?", "- [x] a {#a}\n\nnot indented\n\n- b {#b}"),
        expect![[r#"
            1:1 "::: choice {#q}" this exercise has fewer than two options
              add another to the list
            5:7 "a" this option has no feedback
              say below it why it is right or wrong, indented as far as its text
            7:1 "not indented" there is no room for this after the lists of a choice
              indent what belongs to an entry of a list as far as its text; after the lists only `> [!hint]`, `> [!explanation]` and `Source:` follow
            9:1 "- b {#b}" there is no room for this after the lists of a choice
              indent what belongs to an entry of a list as far as its text; after the lists only `> [!hint]`, `> [!explanation]` and `Source:` follow
        "#]],
    );
    check(
        &choice("#q", "Q?", "- [x] a {#a}\n- b {#b}\n  c\n- [ ] {#c}\n- [ ] two\n  lines {#d}\n\n  x"),
        expect![[r#"
            5:7 "a" this option has no feedback
              say below it why it is right or wrong, indented as far as its text
            6:3 "b {#b}" this option has no box
              put `[ ]` before its text, or `[x]` if it is correct
            6:3 "b {#b}" this option has no feedback
              say below it why it is right or wrong, indented as far as its text
            6:5 "{#b}" this id stands before the end of the text
              move it to the end of the text, or leave an empty line after it
            8:1 "-" this option has no feedback
              say below it why it is right or wrong, indented as far as its text
            8:1 "-" this option has no text
              write it before the id
        "#]],
    );
}

#[test]
fn placing() {
    let with = |lists: &str| format!("::: classification {{#q}}\n### T\nQ?\n\n{lists}\n:::");
    check(
        &with("- A {#a}"),
        expect![[r#"
            1:1 "::: classification {#q}" this exercise has fewer than two categories
              add a bulleted list with the categories
            1:1 "::: classification {#q}" this exercise has no items
              add a numbered list with the items
        "#]],
    );
    check(
        &with("- A {#a}\n- B {#a}\n\n  more {#z}\n\n1. i {#i}\n2. j {#j}\n\n   B: x\n3. k {#i}\n\n   **A.**"),
        expect![[r#"
            6:7 "a" the id `a` is used twice
              choose another: 01-start/01-welcome.md:10:7 has it already, and ids are unique among the categories of an exercise
            8:3 "more {#z}" a category has nothing below it
              keep a category to one line; feedback belongs to the numbered list
            10:4 "i" nothing says where this item belongs
              begin the paragraph below it with the category in bold, for example `**A.**`
            10:4 "i" this item has no feedback
              say below it why it is right or wrong, indented as far as its text
            11:4 "j" nothing says where this item belongs
              begin the paragraph below it with the category in bold, for example `**A.**`
            14:4 "k" this item has no feedback
              say below it why it is right or wrong, indented as far as its text
            14:8 "i" the id `i` is used twice
              choose another: 01-start/01-welcome.md:15:8 has it already, and ids are unique among the items of an exercise
        "#]],
    );
    check(
        &with("- A {#a}\n- B {#b}\n\n1. i {#i}\n\n   **A|a** x\n\n   - **A:** y\n   - **B:**\n   - **B:** z"),
        expect![[r#"
            10:8 "a" `a` stands twice
              keep one of them
            12:8 "A" `A` is right here, not wrong
              say in the paragraph above why it is right
            13:8 "B" this category has no feedback
              say below it why it is right or wrong, indented as far as its text
            14:8 "B" `B` stands twice
              keep one of them
        "#]],
    );
    check(
        &with("- A {#a}\n- B {#b}\n\n* C {#c}\n\n1. i {#i}\n\n   **A** x\n\n1) j {#j}\n\n   **A** x"),
        expect![[r#"
        8:1 "*" this is a second list of categories
          make it one list, with the same mark before each entry and nothing but indented text between them
        14:1 "1" this is a second list of items
          make it one list, with the same mark before each entry and nothing but indented text between them
    "#]],
    );
}

#[test]
fn an_answer_for_two_prompts() {
    check(
        "::: matching {#q}\n### T\nQ?\n\n- A {#a}\n- B {#b}\n\n1. i {#i}\n\n   **A** x\n\n2. j {#j}\n\n   **B | A** x\n:::",
        expect![[r#"
            1:1 "::: matching {#q}" the last prompt answers itself
              add an answer that fits none of the prompts
            14:10 "A" the answer `a` is right for `i` already
              add `reuse=yes` to the braces of the exercise, or give each prompt an answer of its own
        "#]],
    );
}

#[test]
fn ma2_ma6_a_warning_of_too_many_prompts_and_of_none_to_spare_stops_nothing() {
    let of = |prompts: u32, spare: u32| {
        let answers: String = (0..prompts + spare).map(|n| format!("- Answer {n} {{#a{n}}}\n")).collect();
        let prompts: String =
            (0..prompts).map(|n| format!("1. Prompt {n} {{#p{n}}}\n\n   **a{n}** Because.\n\n")).collect();
        let compiled =
            compile_files(lesson::around(&format!("::: matching {{#q}}\n### T\nQ?\n\n{answers}\n{prompts}:::")));
        assert!(compiled.course.is_some(), "{:?}", compiled.diagnostics);
        compiled.diagnostics.iter().map(|problem| problem.message.clone()).collect::<Vec<_>>()
    };
    assert!(of(7, 1).is_empty());
    assert_eq!(of(8, 1), ["this matching has 8 prompts"]);
    assert_eq!(of(2, 0), ["the last prompt answers itself"]);
}

#[test]
fn cards() {
    check(
        "::: flashcards {#q}\n### T\nTurn.\n\na {#a}\n: b\n\nc\n: d\n\n{#e}\n: f\n:::",
        expect![[r#"
        8:1 "c" this card has no id
          end it with one that never changes, for example `{#c}`
        11:1 "{#e}" nothing here takes an id
          leave it out; ids are for exercises and for what stands in their lists, and for key terms
    "#]],
    );
}

// Files.

#[test]
fn front_matter() {
    check(
        "---\nid: welcome\ntitel: x\nminutes: soon\nid: y\nz\ntitle:\n---\n\na",
        expect![[r#"
            3:1 "titel" `titel` means nothing for a step
              did you mean `title`? There are `id`, `title`, `minutes`, `was`
            4:10 "soon" `soon` is no number of minutes
              write a whole number, 1 at least
            5:1 "id" `id` stands twice
              keep one of them
            6:1 "z" this line is no `key: value`
              begin the file with `---`, `id: some-id`, `title: Some title`, `minutes: 2` and `---`, each in a line
            7:1 "title" `title` says nothing
              write it after the colon
        "#]],
    );
    check(
        "---\nid: welcome\ntitle: T\nminutes: 0",
        expect![[r#"
        1:1 "---" these lines are never closed
          add a line `---` below the last of them
        4:10 "0" `0` is no number of minutes
          write a whole number, 1 at least
        4:11 "" this step shows nothing
          write its text below the first lines
    "#]],
    );
    check_file(
        lesson::STEP,
        "no front matter",
        "",
        expect![[r#"
        01-start/01-welcome.md 1:1 "n" this step does not say what it is
          begin the file with `---`, `id: some-id`, `title: Some title`, `minutes: 2` and `---`, each in a line
    "#]],
    );
    check_file(
        lesson::STEP,
        "",
        "",
        expect![[r#"
        01-start/01-welcome.md 1:1 "" this step does not say what it is
          begin the file with `---`, `id: some-id`, `title: Some title`, `minutes: 2` and `---`, each in a line
        01-start/01-welcome.md 1:1 "" this step shows nothing
          write its text below the first lines
    "#]],
    );
}

#[test]
fn the_glossary() {
    check_file(
        "01-start/glossary.md",
        "# A\n\na {#mfa alias=b}\n: b\n\n::: results\n:::\n\nc {#least-privilege}\nd",
        "e",
        expect![[r##"
            01-start/glossary.md 1:1 "# A" a glossary holds key terms only
              write each term in a line with its id, and in the next line `: ` and what it means
            01-start/glossary.md 3:9 "alias" `alias` means nothing here
              did you mean `aliases`? There are `aliases`, `link`, `was`
            01-start/glossary.md 6:1 "::: results" a glossary holds key terms only
              put this into a step
            01-start/glossary.md 9:1 "c {#least-privilege}" a glossary holds key terms only
              write each term in a line with its id, and in the next line `: ` and what it means
        "##]],
    );
}

#[test]
fn the_manifest() {
    check_file(
        "course.toml",
        "",
        "a",
        expect![[r#"
        01-start/01-welcome.md 1:1 "" this file is in the folder of no module
          add a module for `01-start` to `course.toml`, or take the file away
        01-start/02-service-types.md 1:1 "" this file is in the folder of no module
          add a module for `01-start` to `course.toml`, or take the file away
        01-start/glossary.md 1:1 "" this file is in the folder of no module
          add a module for `01-start` to `course.toml`, or take the file away
        course.toml 1:1 "" this course has no id
          add it, for example `id = "some-course"`
        course.toml 1:1 "" this course has no language
          add it, for example `language = "en"`
        course.toml 1:1 "" this course has no module
          add a `[[modules]]` with `id`, `folder`, `title`, `summary` and `steps`
        course.toml 1:1 "" this course has no title
          add it, for example `title = "Some course"`
    "#]],
    );
    check_file(
        "course.toml",
        "id = \n[[modules]\ntitle = 'x",
        "a",
        expect![[r#"
            course.toml 1:6 "" this is not TOML: string values must be quoted, expected literal string
              quote texts, separate the parts of a list with commas, and close what you open
            course.toml 2:11 "" this is not TOML: unclosed array table, expected `]`
              quote texts, separate the parts of a list with commas, and close what you open
        "#]],
    );
    check_file(
        "course.toml",
        "id = 'X'\ntitle = 7\nlanguage = 'english please'\nnotice = '''\na <b>\n\n- c'''\nmodules = ['x']\ncolor = 1\nmastery = 101",
        "a",
        expect![[r#"
            01-start/01-welcome.md 1:1 "" this file is in the folder of no module
              add a module for `01-start` to `course.toml`, or take the file away
            01-start/02-service-types.md 1:1 "" this file is in the folder of no module
              add a module for `01-start` to `course.toml`, or take the file away
            01-start/glossary.md 1:1 "" this file is in the folder of no module
              add a module for `01-start` to `course.toml`, or take the file away
            course.toml 1:6 "'X'" `X` cannot be an id
              use up to 64 lower-case letters, digits and hyphens, a letter first, for example `x`
            course.toml 2:9 "7" this is no text
              write one between quotes
            course.toml 3:12 "'english please'" `english please` is no language
              use a BCP 47 tag such as `en`, `de` or `pt-BR`
            course.toml 5:3 "<b>" raw HTML is not allowed
              write it in Markdown; put code between backticks
            course.toml 7:1 "- c" the notice is one paragraph
              keep text, emphasis and links in it
            course.toml 8:12 "'x'" this is no module
              write `[[modules]]` above each module
            course.toml 9:1 "color" `color` means nothing for a course
              there are `id`, `title`, `language`, `notice`, `report`, `mastery`, `modules`
            course.toml 10:11 "101" this is no number from 1 to 100
              write how many marks out of a hundred are a pass, for example `mastery = 80`
        "#]],
    );
    check_file(
        "course.toml",
        "id = 'x'\ntitle = 'X'\nlanguage = 'en'\nnotice = \"a\\tb\"\n[[modules]]\nid = 'm'\nfolder = '01-start'\ntitle = 'M'\nsummary = 'S'\nsteps = ['01-welcom.md', '02-service-types.md', '02-service-types.md', 3, 'zzz.md']\n[[modules]]\nid = 'm'\nsteps = []",
        "a",
        expect![[r#"
            01-start/01-welcome.md 1:1 "" this file is in no list of steps
              add `01-welcome.md` to `course.toml`, or take the file away
            01-start/glossary.md 1:1 "" this file is in no list of steps
              add `glossary.md` to `course.toml`, or take the file away
            course.toml 4:10 "\"a\\tb\"" the notice holds escapes
              write it without backslashes, between `'''` and `'''` if need be
            course.toml 10:10 "'01-welcom.md'" there is no file `01-welcom.md`
              did you mean `01-welcome.md`?
            course.toml 10:49 "'02-service-types.md'" `02-service-types.md` is listed twice
              keep one of them
            course.toml 10:72 "3" this is no text
              write one between quotes
            course.toml 10:75 "'zzz.md'" there is no file `zzz.md`
              write it, or take it out of the list; it would be `01-start/zzz.md`
            course.toml 11:1 "[[modules]]" this module has no folder
              add it, for example `folder = "01-name"`
            course.toml 11:1 "[[modules]]" this module has no summary
              add it, for example `summary = "What it is about."`
            course.toml 11:1 "[[modules]]" this module has no title
              add it, for example `title = "Some module"`
            course.toml 12:6 "'m'" the id `m` is used twice
              choose another: course.toml:6:6 has it already, and ids are unique among the modules
            course.toml 13:9 "[]" this module has no steps
              list their files: `steps = ["01-name.md"]`
        "#]],
    );
}

#[test]
fn files_that_nothing_lists() {
    check_file(
        "01-start/03-more.md",
        "a",
        "a",
        expect![[r#"
        01-start/03-more.md 1:1 "" this file is in no list of steps
          add `03-more.md` to `course.toml`, or take the file away
    "#]],
    );
    check_file(
        "02-later/01-more.md",
        "a",
        "a",
        expect![[r#"
        02-later/01-more.md 1:1 "" this file is in the folder of no module
          add a module for `02-later` to `course.toml`, or take the file away
    "#]],
    );
    expect![[r#"
        content/x/course.toml 1:1 "" there is no `course.toml`
          write one that lists the modules and steps of the course
    "#]]
    .assert_eq(&shown(&compile_files(Files::new("content/x"))));
}

#[test]
fn a_folder_on_the_disk() {
    let compiled = compile(Path::new("no/such/folder"));
    let places: Vec<&str> = compiled.diagnostics.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(places, ["no/such/folder", "no/such/folder/course.toml"]);
    assert!(compiled.course.is_none());
    // The compiler's own folder holds no course, but it holds files, and those are read.
    let compiled = compile(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert!(compiled.files.get("tests/lesson/mod.rs").is_some_and(|bytes| bytes.starts_with(b"//! A small course")));
}

#[test]
fn bytes_that_are_no_text() {
    check_file(
        lesson::STEP,
        &b"---\nid: welcome\ntitle: T\nminutes: 1\n---\n\na \xff <b>"[..],
        "",
        expect![[r#"
        01-start/01-welcome.md 7:3 "�" this is not UTF-8 text
          save the file as UTF-8
        01-start/01-welcome.md 7:5 "<b>" raw HTML is not allowed
          write it in Markdown; put code between backticks
    "#]],
    );
}

#[test]
fn columns_count_characters_and_lines_may_end_in_any_way() {
    check(
        "äöü <b>\r\n\r\n日本 [x](y.md)\r\n",
        expect![[r#"
        1:5 "<b>" raw HTML is not allowed
          write it in Markdown; put code between backticks
        3:8 "y.md" there is no step `y.md`
          there are `01-welcome.md`, `02-service-types.md`, `glossary.md`
    "#]],
    );
}

#[test]
fn a_problem_with_everything_around_it() {
    let compiled = compile_files(lesson::around("a <b>c"));
    expect![
        "01-start/01-welcome.md:6:3: raw HTML is not allowed; help: write it in Markdown; put code between backticks"
    ]
    .assert_eq(&compiled.diagnostics[0].short());
    expect![[r#"
        error: raw HTML is not allowed
         --> 01-start/01-welcome.md:6:3
          |
        6 | a <b>c
          |   ^^^
          |
          = help: write it in Markdown; put code between backticks"#]]
    .assert_eq(&compiled.diagnostics[0].to_string());
    assert!(compiled.diagnostics[0].render(true).contains("\u{1b}["));
}

#[test]
fn an_earlier_id_that_is_in_use() {
    let exercise =
        |braces: &str, options: &str| format!("::: choice {{{braces}}}\n### Title\nWhich?\n\n{options}\n:::\n\n");
    let step = |was: &str, text: String| format!("---\nid: welcome\ntitle: T\nminutes: 1\n{was}\n---\n{text}");
    let options = "- [x] a {#a was=b}\n\n  yes\n\n- [ ] b {#b was=\"c c\"}\n\n  no";
    let first = exercise("#one was=\"One one two\"", options);
    let second = exercise("#two was=old", "- [x] a {#a}\n\n  yes\n\n- [ ] b {#b}\n\n  no");
    let third = exercise("#three was=old", "- [x] a {#a}\n\n  yes\n\n- [ ] b {#b}\n\n  no");
    check(
        &step("was: service-types welcome", first + &second + &third),
        expect![[r#"
            5:20 "welcome" `welcome` cannot be an earlier id of this
              leave it out: 01-start/01-welcome.md:2:5 has it, and what is kept under it belongs there
            7:23 "One" `One` cannot be an id
              use up to 64 lower-case letters, digits and hyphens, a letter first, for example `one`
            7:27 "one" `one` cannot be an earlier id of this
              leave it out: 01-start/01-welcome.md:7:14 has it, and what is kept under it belongs there
            15:11 "b" the id `b` is used twice
              choose another: `was` in 01-start/01-welcome.md:11:17 has it already, and ids are unique among the options of an exercise
            15:20 "c" `c` cannot be an earlier id of this
              leave it out: `was` in 01-start/01-welcome.md:15:18 has it, and what is kept under it belongs there
            20:14 "two" the id `two` is used twice
              choose another: `was` in 01-start/01-welcome.md:7:31 has it already, and ids are unique among the exercises of the course
            33:24 "old" `old` cannot be an earlier id of this
              leave it out: `was` in 01-start/01-welcome.md:20:22 has it, and what is kept under it belongs there
            01-start/02-service-types.md 2:5 "service-types" the id `service-types` is used twice
              choose another: `was` in 01-start/01-welcome.md:5:6 has it already, and ids are unique among the steps of the course
        "#]],
    );
}
