//! What Markdown becomes: text of a step in, the compiled blocks out.

mod lesson;

use compiler::{Files, compile_files};
use expect_test::{Expect, expect};

#[track_caller]
fn check(text: &str, expected: Expect) {
    let compiled = compile_files(lesson::around(text));
    let problems: Vec<String> = compiled.diagnostics.iter().map(|problem| problem.short()).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    let course = compiled.course.expect("no problem, so there is a course");
    let (_, step) = course.step("welcome").expect("the step of this test");
    let blocks: Vec<String> =
        step.blocks.iter().map(|block| serde_json::to_string(block).expect("a course is JSON")).collect();
    expected.assert_eq(&blocks.join("\n"));
}

#[test]
fn paragraphs_and_inline_markup() {
    check(
        "One *two* **three** `four` ~~five~~\nsix\\\nseven &amp; <https://example.org> <me@example.org>",
        expect![[
            r#"{"prose":[["p","One ",["em","two"]," ",["strong","three"]," ",["code","four"]," ",["del","five"]," six",["br"],"seven & ",["a",{"href":"https://example.org","rel":"noopener"},"https://example.org"]," ",["a",{"href":"mailto:me@example.org"},"me@example.org"]]]}"#
        ]],
    );
}

#[test]
fn headings_lists_and_rules() {
    check(
        "## One\n\n- a\n- b\n  1. c\n\n3. d\n\n   e\n\n---\n\n#### Two",
        expect![[
            r#"{"prose":[["h2","One"],["ul",["li","a"],["li","b",["ol",["li","c"]]]],["ol",{"start":"3"},["li",["p","d"],["p","e"]]],["hr"],["h4","Two"]]}"#
        ]],
    );
}

#[test]
fn a_table() {
    check(
        "| a | b |\n|---|---|\n| `c` | d |",
        expect![[
            r#"{"prose":[["table",["thead",["tr",["th",{"scope":"col"},"a"],["th",{"scope":"col"},"b"]]],["tbody",["tr",["td",["code","c"]],["td","d"]]]]]}"#
        ]],
    );
}

#[test]
fn with_an_empty_corner_the_first_column_heads_the_rows() {
    check(
        "| | A |\n| --- | --- |\n| x | 1 |\n| | 2 |",
        expect![[
            r#"{"prose":[["table",["thead",["tr",["td"],["th",{"scope":"col"},"A"]]],["tbody",["tr",["th",{"scope":"row"},"x"],["td","1"]],["tr",["td"],["td","2"]]]]]}"#
        ]],
    );
}

#[test]
fn a_definition_list_in_prose() {
    check("Term\n: one\n\n  two", expect![[r#"{"prose":[["dl",["dt","Term"],["dd",["p","one"],["p","two"]]]]}"#]]);
}

#[test]
fn links_to_steps_and_terms_and_elsewhere() {
    check(
        "[a](02-service-types.md) [b](glossary.md#mfa) [c](../01-start/glossary.md) [d][e]\n\n[e]: https://example.org \"t\"",
        expect![[
            r##"{"prose":[["p",["a",{"href":"#/service-types"},"a"]," ",["a",{"class":"term","href":"#/glossary/mfa"},"b"]," ",["a",{"href":"#/glossary"},"c"]," ",["a",{"href":"https://example.org","rel":"noopener","title":"t"},"d"]]]}"##
        ]],
    );
}

#[test]
fn a_link_finds_its_address_in_another_part_of_the_file() {
    check(
        "[d][E]\n\n::: results\n:::\n\n[e]: https://example.org",
        expect![[r#"
        {"prose":[["p",["a",{"href":"https://example.org","rel":"noopener"},"d"]]]}
        "results""#]],
    );
}

#[test]
fn call_outs() {
    check(
        "> [!note]\n> a\n> b\n>\n> c\n\n> [!exam-tip] Two *firewalls*\n> d\n\n> quoted",
        expect![[
            r#"{"prose":[["aside",{"class":"callout note"},["p",{"class":"callout-title"},"Note"],["p","a b"],["p","c"]],["aside",{"class":"callout exam-tip"},["p",{"class":"callout-title"},"Exam tip",": ","Two ",["em","firewalls"]],["p","d"]],["blockquote",["p","quoted"]]]}"#
        ]],
    );
}

#[test]
fn code_in_colour() {
    check(
        "```json\n{ \"a\": [1, true, \"b\\n\"] }\n```",
        expect![[
            r#"{"prose":[["pre",{"class":"code"},["code",["span",{"class":"tok-punctuation"},"{"]," ",["span",{"class":"tok-key"},"\"a\""],["span",{"class":"tok-punctuation"},": ["],["span",{"class":"tok-number"},"1"],["span",{"class":"tok-punctuation"},","]," ",["span",{"class":"tok-constant"},"true"],["span",{"class":"tok-punctuation"},","]," ",["span",{"class":"tok-string"},"\"b"],["span",{"class":"tok-constant"},"\\n"],["span",{"class":"tok-string"},"\""],["span",{"class":"tok-punctuation"},"] }"],"\n"]]]}"#
        ]],
    );
    check(
        "```bash\naws s3 ls # all\n```",
        expect![[
            r##"{"prose":[["pre",{"class":"code"},["code",["span",{"class":"tok-function"},"aws"]," s3 ls ",["span",{"class":"tok-comment"},"# all"],"\n"]]]}"##
        ]],
    );
    check("```\n<b> ::: {#x}\n```", expect![[r#"{"prose":[["pre",{"class":"code"},["code","<b> ::: {#x}\n"]]]}"#]]);
}

#[test]
fn a_container_is_not_looked_for_in_code() {
    check(
        "~~~\n::: choice {#x}\n~~~\n\n1. a\n\n   ```\n   ::: y\n   ```",
        expect![[
            r#"{"prose":[["pre",{"class":"code"},["code","::: choice {#x}\n"]],["ol",["li",["p","a"],["pre",{"class":"code"},["code","::: y\n"]]]]]}"#
        ]],
    );
}

#[test]
fn results_and_glossary() {
    check(
        "a\n\n::: results\n:::\n\nb\n\n:::glossary\n:::\n",
        expect![[r#"
        {"prose":[["p","a"]]}
        "results"
        {"prose":[["p","b"]]}
        "glossary""#]],
    );
}

#[test]
fn a_choice_of_one() {
    check(
        "::: choice {#who}\n\n### Who?\n\nWho does it?\n\n- [ ] `s3:GetObject` only {#get}\n\n  No.\n\n- [x] Both of\n  them {#both}\n\n  Yes.\n\n:::",
        expect![[
            r#"{"exercise":{"id":"who","kind":{"choice":{"select":1}},"title":"Who?","prompt":[["p","Who does it?"]],"items":[{"id":"get","text":[["code","s3:GetObject"]," only"],"feedback":[["p","No."]]},{"id":"both","text":["Both of them"],"accepts":["picked"],"feedback":[["p","Yes."]]}],"slots":[{"id":"picked"}]}}"#
        ]],
    );
}

#[test]
fn a_choice_of_two_in_a_tight_list_with_everything_around_it() {
    check(
        "::: choice {#who select=2}\n### Who?\nWho? **Select TWO.**\n\n> [!hint]\n> Think.\n\n- [x] a {#a}\n  - yes\n- [x] b {#b}\n\n  yes\n- [ ] c {#c}\n\n  no\n\n> [!explanation]\n> So.\n\nSource: [AWS](https://aws.amazon.com/),\nchecked 2026-11-23.\n:::",
        expect![[
            r#"{"exercise":{"id":"who","kind":{"choice":{"select":2}},"title":"Who?","prompt":[["p","Who? ",["strong","Select TWO."]]],"items":[{"id":"a","text":["a"],"accepts":["picked"],"feedback":[["ul",["li","yes"]]]},{"id":"b","text":["b"],"accepts":["picked"],"feedback":[["p","yes"]]},{"id":"c","text":["c"],"feedback":[["p","no"]]}],"slots":[{"id":"picked"}],"hint":[["p","Think."]],"explanation":[["p","So."]],"source":{"url":"https://aws.amazon.com/","title":"AWS","checked":"2026-11-23"}}}"#
        ]],
    );
}

#[test]
fn a_classification() {
    check(
        "::: classification {#duties}\n\n### Whose?\n\nSort.\n\n- AWS {#aws}\n- *You* {#you}\n\n1. A drive {#drive}\n\n   **aws.** Because.\n\n   - **You:** not you.\n\n   > [!note]\n   > It depends.\n\n2. Both {#both}\n\n   **AWS | you:** both,\n   *really*.\n\n   - **Nobody:** plain\n   - **Else:** plain\n\n:::",
        expect![[
            r#"{"exercise":{"id":"duties","kind":"classification","title":"Whose?","prompt":[["p","Sort."]],"items":[{"id":"drive","text":["A drive"],"accepts":["aws"],"feedback":[["p","Because."],["aside",{"class":"callout note"},["p",{"class":"callout-title"},"Note"],["p","It depends."]]],"misplaced":[{"slot":"you","feedback":[["p","not you."]]}]},{"id":"both","text":["Both"],"accepts":["aws","you"],"feedback":[["p","both, ",["em","really"],"."],["ul",["li",["strong","Nobody:"]," plain"],["li",["strong","Else:"]," plain"]]]}],"slots":[{"id":"aws","text":["AWS"]},{"id":"you","text":[["em","You"]]}]}}"#
        ]],
    );
}

#[test]
fn matching() {
    check(
        "::: matching {#risks reuse=yes}\n\n### Match\n\nMatch.\n\n- TLS {#tls}\n- KMS {#kms}\n- MFA {#mfa}\n\n1. a {#a}\n\n   **TLS** x\n\n2. b {#b}\n\n   **kms|tls**\n\n   y\n\n:::",
        expect![[
            r#"{"exercise":{"id":"risks","kind":{"matching":{"reuse":true}},"title":"Match","prompt":[["p","Match."]],"items":[{"id":"a","text":["a"],"accepts":["tls"],"feedback":[["p","x"]]},{"id":"b","text":["b"],"accepts":["kms","tls"],"feedback":[["p","y"]]}],"slots":[{"id":"tls","text":["TLS"]},{"id":"kms","text":["KMS"]},{"id":"mfa","text":["MFA"]}]}}"#
        ]],
    );
}

#[test]
fn ordering() {
    check(
        "::: ordering {#steps}\n\n### Steps\n\nOrder.\n\n1. One {#one}\n\n   First.\n\n2. *Two* {#two}\n\n   Second.\n\n:::",
        expect![[
            r#"{"exercise":{"id":"steps","kind":"ordering","title":"Steps","prompt":[["p","Order."]],"items":[{"id":"one","text":["One"],"accepts":["position-1"],"feedback":[["p","First."]]},{"id":"two","text":[["em","Two"]],"accepts":["position-2"],"feedback":[["p","Second."]]}],"slots":[{"id":"position-1"},{"id":"position-2"}]}}"#
        ]],
    );
}

#[test]
fn flashcards() {
    check(
        "::: flashcards {#cards}\n\n### Cards\n\nTurn.\n\nLeast `privilege` {#lp}\n: Give *little*.\n\nTwo {#two}\n\n: a\n\n  b\n\n:::",
        expect![[
            r#"{"exercise":{"id":"cards","kind":"flashcards","title":"Cards","prompt":[["p","Turn."]],"items":[{"id":"lp","text":["Least ",["code","privilege"]],"accepts":["got-it"],"feedback":[["p","Give ",["em","little"],"."]]},{"id":"two","text":["Two"],"accepts":["got-it"],"feedback":[["p","a"],["p","b"]]}],"slots":[{"id":"again"},{"id":"got-it"}]}}"#
        ]],
    );
}

#[test]
fn a_comparison() {
    check(
        "::: comparison {tally=\"# of # are yours\"}\n\nChoose *one*.\n\n- You\n- AWS\n\n| Layer | EC2 | S3 | Why |\n|-|-|-|-|\n| Data | You | you | It is **yours**. |\n| Disks | AWS | AWS | They are not. |\n\nSo.\n\n:::",
        expect![[
            r##"{"comparison":{"prompt":["Choose ",["em","one"],"."],"tally":"# of # are yours","holders":["You","AWS"],"layer":"Layer","options":["EC2","S3"],"about":"Why","layers":[{"title":"Data","held":[0,0],"about":["It is ",["strong","yours"],"."]},{"title":"Disks","held":[1,1],"about":["They are not."]}],"caption":[["p","So."]]}}"##
        ]],
    );
}

#[test]
fn figures() {
    let drawing = concat!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' viewBox='0 0 1 1'><!-- c --><title>t</title><desc>d</desc>",
        "<defs><marker id='m'><path d='M0 0'/></marker></defs> <use href='#m'/>",
        "<line marker-end='url(#m)' class='fig-line'/><text x='1'>a <tspan>b</tspan></text></svg>"
    );
    let mut files = lesson::around("![A\n*line*](media/a.svg)\n\n![A dot](./media/dot.gif \"Dot\")");
    files.insert("01-start/media/a.svg", drawing);
    files.insert("01-start/media/dot.gif", &b"GIF89a\x02\x00\x03\x00\x00\x00\x00;"[..]);
    let compiled = compile_files(files);
    assert_eq!(compiled.diagnostics, []);
    let course = compiled.course.expect("no problem, so there is a course");
    let (_, step) = course.step("welcome").expect("the step of this test");
    expect![[r##"[{"prose":[["figure",{"class":"figure"},["svg",{"aria-label":"A line","role":"img","viewBox":"0 0 1 1"},["defs",["marker",{"id":"figure-1-m"},["path",{"d":"M0 0"}]]],["use",{"href":"#figure-1-m"}],["line",{"class":"fig-line","marker-end":"url(#figure-1-m)"}],["text",{"x":"1"},"a ",["tspan","b"]]]],["figure",{"class":"figure"},["img",{"alt":"A dot","height":"3","src":"data:image/gif;base64,R0lGODlhAgADAAAAADs=","width":"2"}],["figcaption","Dot"]]]}]"##]].assert_eq(&serde_json::to_string(&step.blocks).expect("a course is JSON"));
}

#[test]
fn a_module_has_its_own_mastery_or_that_of_the_course() {
    let module = |id: &str, own: &str| {
        format!("[[modules]]\nid = '{id}'\nfolder = '{id}'\ntitle = 'M'\nsummary = 'S'\nsteps = ['1.md']\n{own}\n")
    };
    let read = |manifest: &str, modules: &[(&str, &str)]| {
        let mut files = Files::new("");
        let list: String = modules.iter().map(|(id, own)| module(id, own)).collect();
        files.insert("course.toml", format!("id = 'x'\ntitle = 'X'\nlanguage = 'en'\n{manifest}\n{list}"));
        for (id, _) in modules {
            files.insert(&format!("{id}/1.md"), format!("---\nid: {id}\ntitle: S\nminutes: 1\n---\n\nText.\n"));
        }
        let course = compile_files(files).course.expect("the course is in order");
        (course.mastery, course.modules.iter().map(|module| module.mastery).collect::<Vec<_>>())
    };
    let two = [("a", "mastery = 60"), ("b", "")];
    assert_eq!(read("", &two), (80, vec![60, 80]));
    assert_eq!(read("mastery = 75", &two), (75, vec![60, 75]));
    assert_eq!(
        read("mastery = 75", &two[..1]),
        (60, vec![60]),
        "what is a pass in the only module is one in the course"
    );
}

#[test]
fn the_course_around_the_steps() {
    let course = compile_files(lesson::around("a")).course.expect("the small course is in order");
    let mut course = serde_json::to_value(&course).expect("a course is JSON");
    course["modules"][0]["steps"] = serde_json::Value::Null;
    expect![[r##"
        {
          "id": "practitioner",
          "title": "Cloud practitioner",
          "language": "en",
          "notice": [
            "Our own work, under ",
            [
              "a",
              {
                "href": "https://example.org/licence",
                "rel": "noopener"
              },
              "a free licence"
            ],
            "."
          ],
          "modules": [
            {
              "id": "start",
              "title": "A first module",
              "summary": "What it is about.",
              "steps": null,
              "terms": [
                {
                  "id": "least-privilege",
                  "title": "Least privilege",
                  "definition": [
                    [
                      "p",
                      "No more permissions than the task needs."
                    ]
                  ]
                },
                {
                  "id": "mfa",
                  "title": "Multi-factor authentication (MFA)",
                  "aliases": [
                    "MFA",
                    "two-factor"
                  ],
                  "definition": [
                    [
                      "p",
                      "A second proof besides the password, see ",
                      [
                        "a",
                        {
                          "class": "term",
                          "href": "#/glossary/least-privilege"
                        },
                        "least privilege"
                      ],
                      "."
                    ]
                  ]
                }
              ]
            }
          ]
        }"##]]
    .assert_eq(&serde_json::to_string_pretty(&course).expect("a course is JSON"));
}

#[test]
fn earlier_ids() {
    let text = "---\nid: welcome\nwas: hello hi\ntitle: T\nminutes: 1\n---\n::: matching {#q was=p}\n### T\nQ?\n\n- a {#a was=\"a2 a1\" fixed=yes}\n- b {#b}\n\n1. c {#c was=d}\n\n   **a** why\n:::";
    check(
        text,
        expect![[
            r#"{"exercise":{"id":"q","was":["p"],"kind":{"matching":{"reuse":false}},"title":"T","prompt":[["p","Q?"]],"items":[{"id":"c","was":["d"],"text":["c"],"accepts":["a"],"feedback":[["p","why"]]}],"slots":[{"id":"a","was":["a2","a1"],"text":["a"],"fixed":true},{"id":"b","text":["b"]}]}}"#
        ]],
    );
    let course = compile_files(lesson::around(text)).course.expect("no problem");
    assert_eq!(course.step("welcome").map(|(_, step)| step.was.join(" ")), Some("hello hi".to_owned()));
    let plan = serde_json::to_string(&course.plan()).expect("a plan is JSON");
    assert_eq!(plan.matches("\"was\"").count(), 4, "nothing where there are none: {plan}");
}
