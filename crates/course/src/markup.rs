//! Text with structure: a small, closed part of HTML and SVG, as a tree.
//!
//! Authors' Markdown becomes this at build time, so nothing in the player parses text or assigns HTML strings.
//! In JSON it is [JsonML](http://www.jsonml.org/syntax/): a string is text, and `["a", {"href": "#/iam"}, "IAM"]` is an
//! element with its attributes and children. Reading it refuses every tag, attribute and URL that is not listed here.

use crate::{Id, place::Place};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{DeserializeOwned, Error, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer},
    ser::SerializeSeq,
};
use std::{collections::BTreeMap, fmt};

/// What stands where a course has a text: the text itself, or, in a plan, whether there is one.
pub trait Text: Default + Serialize + DeserializeOwned {
    /// Whether there is none.
    fn is_empty(&self) -> bool;
}

impl Text for Markup {
    fn is_empty(&self) -> bool {
        Vec::is_empty(self)
    }
}

impl Text for bool {
    fn is_empty(&self) -> bool {
        !self
    }
}

/// A run of text and elements. Where a field says *inline*, it has phrasing content only; where *blocks*, no bare text.
pub type Markup = Vec<Node>;

/// Text or an element.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Plain text.
    Text(String),
    /// An element of HTML or SVG.
    Element(Element),
}

/// An element whose tag, attributes and URLs are all allowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    tag: &'static str,
    attributes: Vec<(&'static str, String)>,
    /// What is inside.
    pub children: Markup,
}

/// The elements that may occur: HTML for prose, SVG for figures.
pub const TAGS: &[&str] = &[
    "a",
    "abbr",
    "aside",
    "b",
    "blockquote",
    "br",
    "cite",
    "code",
    "dd",
    "del",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "img",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "svg",
    "circle",
    "clipPath",
    "defs",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "rect",
    "stop",
    "symbol",
    "text",
    "tspan",
    "use",
];

/// The attributes that may occur, on any element. None of them runs code or carries style.
pub const ATTRIBUTES: &[&str] = &[
    "alt",
    "aria-hidden",
    "aria-label",
    "class",
    "colspan",
    "dir",
    "height",
    "href",
    "id",
    "lang",
    "rel",
    "role",
    "rowspan",
    "scope",
    "src",
    "start",
    "title",
    "width",
    "clip-path",
    "clipPathUnits",
    "cx",
    "cy",
    "d",
    "dominant-baseline",
    "dx",
    "dy",
    "fill",
    "fill-opacity",
    "fill-rule",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "gradientTransform",
    "gradientUnits",
    "letter-spacing",
    "marker-end",
    "marker-mid",
    "marker-start",
    "markerHeight",
    "markerUnits",
    "markerWidth",
    "mask",
    "offset",
    "opacity",
    "orient",
    "patternUnits",
    "points",
    "preserveAspectRatio",
    "r",
    "refX",
    "refY",
    "rx",
    "ry",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
    "transform",
    "viewBox",
    "x",
    "x1",
    "x2",
    "xmlns",
    "y",
    "y1",
    "y2",
];

/// Whether `url` may stand in `attribute`.
///
/// A link may be `http`, `https`, `mailto` or relative; an image may also be a bitmap in a `data:` URL.
/// White space and control characters are refused, since browsers drop them before they look for a scheme.
pub fn is_safe_url(attribute: &str, url: &str) -> bool {
    if url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return false;
    }
    let Some(colon) = url.find([':', '/', '?', '#']).filter(|at| url[*at..].starts_with(':')) else {
        return true;
    };
    match url[..colon].to_ascii_lowercase().as_str() {
        "http" | "https" => true,
        "mailto" => attribute == "href",
        "data" => {
            attribute == "src"
                && ["png", "jpeg", "gif", "webp", "avif"]
                    .iter()
                    .any(|kind| url[colon + 1..].strip_prefix("image/").is_some_and(|rest| rest.starts_with(kind)))
        }
        _ => false,
    }
}

impl Element {
    /// An element without attributes or children, or `None` if the tag is not in [`TAGS`].
    pub fn new(tag: &str) -> Option<Element> {
        listed(TAGS, tag).map(|tag| Element { tag, attributes: Vec::new(), children: Vec::new() })
    }

    /// The same with that attribute, or `None` if it is not in [`ATTRIBUTES`] or its URL is not [safe](is_safe_url).
    pub fn with(mut self, name: &str, value: &str) -> Option<Element> {
        let safe = !matches!(name, "href" | "src") || is_safe_url(name, value);
        let name = listed(ATTRIBUTES, name).filter(|_| safe)?;
        self.attributes.retain(|(known, _)| *known != name);
        // Sorted, so that reading back what was written gives the same element.
        let at = self.attributes.partition_point(|(known, _)| *known <= name);
        self.attributes.insert(at, (name, value.to_owned()));
        Some(self)
    }

    /// Its tag, one of [`TAGS`].
    pub fn tag(&self) -> &'static str {
        self.tag
    }

    /// Its attributes, sorted by name; names are of [`ATTRIBUTES`].
    pub fn attributes(&self) -> &[(&'static str, String)] {
        &self.attributes
    }

    /// The term that it links to, if it does.
    pub fn term(&self) -> Option<Id> {
        match Place::from_fragment(self.attribute("href")?) {
            Some(Place::Glossary(term)) => term,
            _ => None,
        }
    }

    /// The value of that attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }
}

fn listed(list: &[&'static str], name: &str) -> Option<&'static str> {
    list.iter().find(|known| **known == name).copied()
}

/// The text of it without the elements: what a `<select>` option or a title can show.
pub fn plain_text(markup: &[Node]) -> String {
    let mut out = String::new();
    append_text(markup, &mut out);
    out
}

/// Calls with every element of it, from the first to the last.
pub fn each_element<'a>(markup: &'a [Node], on: &mut dyn FnMut(&'a Element)) {
    for node in markup {
        if let Node::Element(element) = node {
            on(element);
            each_element(&element.children, on);
        }
    }
}

fn append_text(markup: &[Node], out: &mut String) {
    for node in markup {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(element) => append_text(&element.children, out),
        }
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Node {
        Node::Element(element)
    }
}

impl From<&str> for Node {
    fn from(text: &str) -> Node {
        Node::Text(text.to_owned())
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Text(text) => serializer.serialize_str(text),
            Node::Element(element) => {
                let mut seq = serializer.serialize_seq(None)?;
                seq.serialize_element(element.tag)?;
                if !element.attributes.is_empty() {
                    let attributes = element.attributes.iter();
                    seq.serialize_element(&Attributes(
                        attributes.map(|(name, value)| (*name, value.as_str())).collect(),
                    ))?;
                }
                for child in &element.children {
                    seq.serialize_element(child)?;
                }
                seq.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        match Part::deserialize(deserializer)? {
            Part::Node(node) => Ok(node),
            Part::Attributes(_) => Err(D::Error::custom("attributes outside an element")),
        }
    }
}

/// Attributes as a JSON object in their order.
struct Attributes<'a>(Vec<(&'a str, &'a str)>);

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// What may stand in a JsonML array: a node, or in second place the attributes.
enum Part {
    Node(Node),
    Attributes(BTreeMap<String, String>),
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Part, D::Error> {
        deserializer.deserialize_any(PartVisitor)
    }
}

struct PartVisitor;

impl<'de> Visitor<'de> for PartVisitor {
    type Value = Part;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("JsonML")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Part, E> {
        Ok(Part::Node(Node::Text(text.to_owned())))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Part, A::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(map)).map(Part::Attributes)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Part, A::Error> {
        let refused = || A::Error::custom("an element or attribute that is not allowed");
        let tag: String = seq.next_element()?.ok_or_else(refused)?;
        let mut element = Element::new(&tag).ok_or_else(refused)?;
        while let Some(part) = seq.next_element()? {
            match part {
                Part::Node(node) => element.children.push(node),
                Part::Attributes(attributes) => {
                    for (name, value) in attributes {
                        element = element.with(&name, &value).ok_or_else(refused)?;
                    }
                }
            }
        }
        Ok(Part::Node(Node::Element(element)))
    }
}
