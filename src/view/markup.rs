//! Prose as HTML: a tree of allowed elements becomes the same tree of virtual nodes.

use super::Scene;
use course::{
    markup::{Element, Node},
    place::Place,
};
use yew::{
    prelude::*,
    virtual_dom::{VList, VTag, VText},
};

/// The nodes as they are.
pub fn view(nodes: &[Node], scene: Scene) -> Html {
    nodes.iter().map(|node| self::node(node, scene)).collect::<VList>().into()
}

/// Blocks where only phrasing may stand, as in a legend: each paragraph becomes a line of its own.
pub fn as_phrasing(nodes: &[Node], scene: Scene) -> Html {
    nodes
        .iter()
        .map(|node| match node {
            Node::Element(element) if element.tag() == "p" => {
                html! { <span class="line">{ view(&element.children, scene) }</span> }
            }
            node => self::node(node, scene),
        })
        .collect()
}

fn node(node: &Node, scene: Scene) -> Html {
    match node {
        Node::Text(text) => VText::new(text.clone()).into(),
        Node::Element(element) => tag(element, scene),
    }
}

fn tag(element: &Element, scene: Scene) -> Html {
    // The page may not be ours, so a link within the course is followed here and not by the browser.
    if let Some(href) = element.attribute("href").filter(|_| element.tag() == "a")
        && let Some(place) = Place::from_fragment(href)
    {
        let class = element.attribute("class").map(str::to_owned);
        return html! {
            <a href={href.to_owned()} {class} onclick={scene.go(&place)}>{ view(&element.children, scene) }</a>
        };
    }
    let mut tag = VTag::new(element.tag());
    for (name, value) in element.attributes() {
        tag.add_attribute(name, value.clone());
    }
    tag.add_children(element.children.iter().map(|child| node(child, scene)));
    tag.into()
}
