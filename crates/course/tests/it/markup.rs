use course::{
    course::Course,
    markup::{Element, Markup, is_safe_url, plain_text},
};

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

/// A course whose only prose is that.
fn course_with(markup: Markup) -> Course {
    let mut course = (*crate::course()).clone();
    course.notice = markup;
    course
}

fn nested(depth: usize) -> Markup {
    let mut markup = vec!["deep".into()];
    for _ in 0..depth {
        let mut element = Element::new("p").unwrap();
        element.children = markup;
        markup = vec![element.into()];
    }
    markup
}

#[test]
fn s1_what_is_not_listed_is_refused_in_a_compiled_course() {
    let course =
        course_with(serde_json::from_str(r##"["x",["a",{"class":"y","href":"https://z"},"w"],"v"]"##).unwrap());
    let bytes = course.to_bytes();
    assert_eq!(Course::from_bytes(&bytes), Ok(course));
    let swap = |from: &[u8], to: &[u8]| {
        assert_eq!(from.len(), to.len());
        let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
        let mut bytes = bytes.clone();
        bytes[at..at + to.len()].copy_from_slice(to);
        Course::from_bytes(&bytes)
    };
    // A text, the start of an element with its attributes, a text, the end.
    assert!(swap(b"\x01\x01a\x02\x05class", b"\x01\x01b\x02\x05class").is_ok());
    for (from, to) in [
        (&b"\x01\x01a\x02\x05class"[..], &b"\x01\x01A\x02\x05class"[..]),
        (b"\x05class", b"\x05style"),
        (b"\x04href", b"\x04onxx"),
        (b"https://z", b"data:,abc"),
        (b"\x00\x01w\x02", b"\x00\x01w\x03"),
        (b"\x01\x00\x01x", b"\x01\x00\x01\xff"),
        (b"\x01\x00\x01x", b"\x01\x02\x01x"),
    ] {
        assert_eq!(swap(from, to), Err(course::course::Unreadable), "{}", to.escape_ascii());
    }
}

#[test]
fn s1_a_compiled_course_that_is_nested_too_deeply_is_refused() {
    assert!(Course::from_bytes(&course_with(nested(100)).to_bytes()).is_ok());
    assert!(Course::from_bytes(&course_with(nested(101)).to_bytes()).is_err());
}
