//! Figures: an SVG becomes part of the page, a bitmap becomes a `data:` address.
//!
//! An SVG from a drawing program can hold scripts, styles and links to elsewhere, so it goes through the same closed
//! list of elements and attributes as everything else, and problems are reported where they stand in the drawing.

use crate::{
    context::resolve,
    markdown::{Node, plain_text},
    names::{did_you_mean, nearest},
    page::Page,
    prose::{element, push_text},
    source::Source,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use course::markup::{ATTRIBUTES, Element, Markup, TAGS};
use imagesize::ImageType;
use pulldown_cmark::Tag;
use roxmltree::{Document, NodeType, ParsingOptions};
use std::collections::BTreeSet;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Drawings are flat; deeper than this they are not meant for reading.
const DEEPEST: usize = 24;

/// What a drawing holds for other programs than browsers.
const DROPPED: &[&str] = &["title", "desc", "metadata"];

/// The figure of an image, which stands alone in its paragraph.
pub fn figure(page: &Page, image: &Node) -> Markup {
    let Some(Tag::Image { dest_url, title, .. }) = image.tag() else { return Markup::new() };
    let alt = plain_text(&image.children);
    let alt = alt.trim();
    if alt.is_empty() {
        let help = "say between the brackets what it shows, for those who cannot see it";
        page.error(image.span.clone(), "this figure has no alt text", help);
    }
    let path = resolve(&page.source.path, dest_url);
    let Some(bytes) = page.context.files.get(&path) else {
        let folder = page.source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let media = page.context.files.paths().filter(|path| !path.ends_with(".md") && !path.ends_with(".toml"));
        let near = media.map(|path| path.strip_prefix(folder).map_or(path, |path| path.trim_start_matches('/')));
        let help = match nearest(dest_url, near) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "save the picture there, or correct its name".to_owned(),
        };
        page.error(page.address_span(image, dest_url), format!("there is no file `{dest_url}`"), help);
        return Markup::new();
    };
    page.context.used.borrow_mut().insert(path.clone());
    let number = page.context.figures.get() + 1;
    page.context.figures.set(number);
    let picture = if path.to_ascii_lowercase().ends_with(".svg") {
        let source = page.context.files.source(&path, &page.context.problems);
        Drawing { page, source: &source, prefix: format!("figure-{number}-") }.read(alt)
    } else {
        bitmap(bytes, alt)
    };
    let Some(picture) = picture else {
        if !path.to_ascii_lowercase().ends_with(".svg") {
            let help = "use an SVG, PNG, JPEG, WebP, GIF or AVIF picture";
            page.error(
                page.address_span(image, dest_url),
                format!("`{dest_url}` is no picture that browsers show"),
                help,
            );
        }
        return Markup::new();
    };
    let mut children = vec![picture];
    if !title.is_empty() {
        children.push(element("figcaption", &[], vec![title.as_ref().into()]));
    }
    vec![element("figure", &[("class", "figure")], children)]
}

fn bitmap(bytes: &[u8], alt: &str) -> Option<course::markup::Node> {
    let kind = match imagesize::image_type(bytes).ok()? {
        ImageType::Png => "png",
        ImageType::Jpeg => "jpeg",
        ImageType::Webp => "webp",
        ImageType::Gif => "gif",
        ImageType::Heif(imagesize::Compression::Av1) => "avif",
        _ => return None,
    };
    let size = imagesize::blob_size(bytes).ok()?;
    let url = format!("data:image/{kind};base64,{}", STANDARD.encode(bytes));
    let (width, height) = (size.width.to_string(), size.height.to_string());
    Some(element("img", &[("alt", alt), ("src", &url), ("width", &width), ("height", &height)], Markup::new()))
}

struct Drawing<'a> {
    page: &'a Page<'a>,
    source: &'a Source,
    prefix: String,
}

impl Drawing<'_> {
    fn error(&self, span: std::ops::Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.page.context.problems.error(self.source, span, message, help);
    }

    fn read(&self, alt: &str) -> Option<course::markup::Node> {
        let text = &self.source.text;
        // No drawing needs an entity of its own, and a few of them can fill the memory.
        let options = ParsingOptions { allow_dtd: false, nodes_limit: 100_000, ..ParsingOptions::default() };
        let document = match Document::parse_with_options(text, options) {
            Ok(document) => document,
            Err(error) => {
                let at = offset(text, error.pos());
                if matches!(error, roxmltree::Error::DtdDetected) {
                    self.error(at..at, "a drawing cannot have a DOCTYPE", "take it out");
                } else {
                    let reason = error.to_string();
                    let reason = reason.split(" at ").next().unwrap_or_default();
                    self.error(at..at, format!("this is not well-formed SVG: {reason}"), "export the drawing again");
                }
                return None;
            }
        };
        let root = document.root_element();
        if root.tag_name().name() != "svg" || root.tag_name().namespace() != Some(SVG) {
            let help = format!("begin it with `<svg xmlns=\"{SVG}\" viewBox=\"…\">`");
            self.error(name_span(root), "this is not an SVG drawing", help);
            return None;
        }
        if root.attribute("viewBox").is_none() {
            let help = "add one to its first element, for example `viewBox=\"0 0 800 400\"`";
            self.error(name_span(root), "this drawing has no viewBox", help);
        }
        let ids = document.descendants().filter_map(|node| node.attribute("id")).collect();
        let mut svg = self.element(root, &ids, 0)?;
        svg = svg.clone().with("role", "img").and_then(|svg| svg.with("aria-label", alt)).unwrap_or(svg);
        Some(svg.into())
    }

    fn element(&self, node: roxmltree::Node, ids: &BTreeSet<&str>, depth: usize) -> Option<Element> {
        let name = node.tag_name().name();
        // The markup lists HTML first and SVG from `svg` on; HTML has no place in a drawing.
        let mut known = TAGS.iter().copied().skip_while(|tag| *tag != "svg");
        let known = node.tag_name().namespace() == Some(SVG) && known.any(|tag| tag == name);
        let Some(mut element) = Element::new(name).filter(|_| known) else {
            let help = "take it out; a drawing is made of shapes, text and groups, with colours as attributes";
            self.error(name_span(node), format!("`<{name}>` is not allowed in a drawing"), help);
            return None;
        };
        if depth == DEEPEST {
            self.error(name_span(node), "this is nested too deeply", "ungroup some of it");
            return None;
        }
        for attribute in node.attributes() {
            if let Some((name, value)) = self.attribute(node, attribute, ids, depth) {
                element = element.clone().with(name, &value).unwrap_or(element);
            }
        }
        let is_text = matches!(name, "text" | "tspan");
        for child in node.children() {
            match child.node_type() {
                NodeType::Element if DROPPED.contains(&child.tag_name().name()) => {}
                NodeType::Element => element.children.extend(self.element(child, ids, depth + 1).map(Into::into)),
                NodeType::Text if is_text => push_text(&mut element.children, child.text().unwrap_or_default()),
                _ => {}
            }
        }
        Some(element)
    }

    /// The name and the value that an attribute has in the course, if it is kept.
    fn attribute<'n>(
        &self,
        node: roxmltree::Node,
        attribute: roxmltree::Attribute<'n, '_>,
        ids: &BTreeSet<&str>,
        depth: usize,
    ) -> Option<(&'n str, String)> {
        let (name, value) = (attribute.name(), attribute.value());
        // The page decides on the size, and the alt text on the name.
        let replaced = matches!(name, "width" | "height" | "role" | "aria-label" | "aria-labelledby" | "version");
        if depth == 0 && replaced {
            return None;
        }
        let span = attribute.range();
        if attribute.namespace().is_some() || !ATTRIBUTES.contains(&name) || matches!(name, "src" | "alt" | "rel") {
            let help = match name {
                "style" => "write each of its parts as an attribute, for example `fill=\"none\"`",
                "href" => "write `href` without a prefix",
                name if name.starts_with("on") => "take it out; a drawing cannot run code",
                _ => "take it out; browsers draw without it",
            };
            let tag = node.tag_name().name();
            self.error(span, format!("`{name}` is not allowed on `<{tag}>`"), help);
            return None;
        }
        let points = match name {
            "id" => return Some((name, format!("{}{value}", self.prefix))),
            "href" => {
                let Some(id) = value.strip_prefix('#') else {
                    let help = "use `#` and an id of this drawing";
                    self.error(span, "a drawing cannot point to something outside it", help);
                    return None;
                };
                vec![id]
            }
            // A backslash can spell `url` in a way that only a browser sees through.
            _ if value.contains('\\') => {
                self.error(span, "a value in a drawing cannot hold a backslash", "write the character itself");
                return None;
            }
            _ => {
                let lower = value.to_ascii_lowercase();
                let pieces = lower.match_indices("url(").map(|(at, open)| &value[at + open.len()..]);
                let inside = pieces.map(|rest| rest.strip_prefix('#')?.split_once(')').map(|(id, _)| id));
                let Some(points) = inside.collect::<Option<Vec<&str>>>() else {
                    let help = "use `url(#id)` with an id of this drawing, without quotes";
                    self.error(span, "a drawing cannot point to something outside it", help);
                    return None;
                };
                points
            }
        };
        for id in points.iter().filter(|id| !ids.contains(**id)) {
            self.error(
                span.clone(),
                format!("nothing in this drawing has the id `{id}`"),
                did_you_mean(id, ids.iter().copied()),
            );
        }
        let prefixed = match name {
            "href" => format!("#{}{}", self.prefix, &value[1..]),
            _ => value.replace("(#", &format!("(#{}", self.prefix)),
        };
        Some((name, prefixed))
    }
}

/// Where the name of an element stands in its opening tag.
fn name_span(node: roxmltree::Node) -> std::ops::Range<usize> {
    let start = node.range().start + 1;
    start..start + node.tag_name().name().len()
}

/// The offset of a row and a column, both from 1, the column in characters.
fn offset(text: &str, position: roxmltree::TextPos) -> usize {
    let lines = text.split_inclusive('\n');
    let before: usize = lines.take((position.row as usize).saturating_sub(1)).map(str::len).sum();
    let columns = text[before..].char_indices().nth((position.col as usize).saturating_sub(1));
    columns.map_or(text.len(), |(at, _)| before + at)
}
