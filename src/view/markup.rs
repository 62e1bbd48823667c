//! Prose as HTML: a tree of allowed elements becomes the same tree of virtual nodes.

use course::markup::{Element, Node};
use yew::{
    prelude::*,
    virtual_dom::{VList, VTag, VText},
};

/// The nodes as they are.
pub fn view(nodes: &[Node]) -> Html {
    nodes.iter().map(node).collect::<VList>().into()
}

/// Blocks where only phrasing may stand, as in a legend: each paragraph becomes a line of its own.
pub fn as_phrasing(nodes: &[Node]) -> Html {
    nodes
        .iter()
        .map(|node| match node {
            Node::Element(element) if element.tag() == "p" => {
                html! { <span class="line">{ view(&element.children) }</span> }
            }
            node => self::node(node),
        })
        .collect()
}

fn node(node: &Node) -> Html {
    match node {
        Node::Text(text) => VText::new(text.clone()).into(),
        Node::Element(element) => tag(element),
    }
}

fn tag(element: &Element) -> Html {
    let mut tag = VTag::new(element.tag());
    for (name, value) in element.attributes() {
        tag.add_attribute(name, value.clone());
    }
    tag.add_children(element.children.iter().map(node));
    tag.into()
}
