use course::markup::{Element, Markup, is_safe_url, plain_text};

#[test]
fn jsonml_is_read_and_written() {
    let json = r##"[["p",{"class":"lead"},"See ",["a",{"class":"term","href":"#/iam"},"IAM"],"."]]"##;
    let markup: Markup = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&markup).unwrap(), json);
    assert_eq!(plain_text(&markup), "See IAM.");
}

#[test]
fn s1_what_is_not_listed_is_refused() {
    let refused = [
        r#"[["script","alert(1)"]]"#,
        r#"[["p",{"onclick":"alert(1)"},"x"]]"#,
        r#"[["p",{"style":"x"},"x"]]"#,
        r#"[["a",{"href":"javascript:alert(1)"},"x"]]"#,
        r#"[["foreignObject"]]"#,
        r#"[{"href":"x"}]"#,
        r#"[[]]"#,
        r#"[[1]]"#,
        r#"[null]"#,
    ];
    for json in refused {
        assert!(serde_json::from_str::<Markup>(json).is_err(), "{json}");
    }
    assert_eq!(Element::new("iframe"), None);
}

#[test]
fn s1_only_harmless_urls() {
    let check = |attribute: &str, url: &str, safe: bool| assert_eq!(is_safe_url(attribute, url), safe, "{url}");
    check("href", "https://aws.amazon.com/", true);
    check("href", "HTTP://example.org", true);
    check("href", "mailto:a@example.org", true);
    check("href", "#/step", true);
    check("href", "media/a:b.svg", true);
    check("href", "?q=a:b", true);
    check("src", "data:image/png;base64,AA==", true);
    check("href", "data:image/png;base64,AA==", false);
    check("src", "data:image/svg+xml,<svg/>", false);
    check("src", "data:text/html,x", false);
    check("href", "javascript:alert(1)", false);
    check("href", "JaVaScRiPt:alert(1)", false);
    check("href", "java\nscript:alert(1)", false);
    check("href", " javascript:alert(1)", false);
    check("href", "vbscript:x", false);
    check("href", "file:///etc/passwd", false);
}
