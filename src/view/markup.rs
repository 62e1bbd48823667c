//! Prose as HTML: a tree of allowed elements becomes the same tree of virtual nodes.

use course::markup::{Element, Node};
use yew::{
    prelude::*,
    virtual_dom::{VList, VTag, VText},
};

/// The nodes as they are.
pub fn view(nodes: &[Node]) -> Html {
    with(nodes, &mut |_| None)
}

/// The nodes as they are, but for the elements in whose place something else stands.
pub fn with(nodes: &[Node], other: &mut dyn FnMut(&Element) -> Option<Html>) -> Html {
    nodes.iter().map(|node| self::node(node, other)).collect::<VList>().into()
}

/// Blocks where only phrasing may stand, as in a legend: each paragraph becomes a line of its own.
pub fn as_phrasing(nodes: &[Node]) -> Html {
    nodes
        .iter()
        .map(|node| match node {
            Node::Element(element) if element.tag() == "p" => {
                html! { <span class="line">{ view(&element.children) }</span> }
            }
            node => view(std::slice::from_ref(node)),
        })
        .collect()
}

fn node(node: &Node, other: &mut dyn FnMut(&Element) -> Option<Html>) -> Html {
    match node {
        Node::Text(text) => VText::new(text.clone()).into(),
        Node::Element(element) => other(element).unwrap_or_else(|| tag(element, other)),
    }
}

fn tag(element: &Element, other: &mut dyn FnMut(&Element) -> Option<Html>) -> Html {
    let mut tag = VTag::new(element.tag());
    for (name, value) in element.attributes() {
        tag.add_attribute(name, value.clone());
    }
    tag.add_children(element.children.iter().map(|child| node(child, other)));
    tag.into()
}
