//! Elements, built call by call.
//!
//! What runs in the browser is written with these and not with `html!`: the code that the macro makes for each element
//! is three times as much, and was a tenth of what a first visit loads. What only the build runs uses the macro.

use super::handler::On;
use yew::{
    prelude::*,
    virtual_dom::{AttrValue, AttributeOrProperty, Attributes, Key, VList, VTag, VText},
};

/// An element that is being built.
pub struct Tag(Box<VTag>);

/// Every attribute that an element may be given in the browser. An element has a place for each of them: Yew can also have
/// a map for each element, and that was 3 KB more to load, and slower.
const NAMES: &[&str] = &[
    "type",
    "class",
    "name",
    "id",
    "part",
    "lang",
    "dir",
    "popover",
    "tabindex",
    "role",
    "href",
    "for",
    "value",
    "max",
    "scope",
    "disabled",
    "selected",
    "viewBox",
    "preserveAspectRatio",
    "d",
    "aria-current",
    "aria-describedby",
    "aria-disabled",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "aria-pressed",
    "data-change",
    "data-click",
    "data-exercise",
    "data-keydown",
    "data-needs-rest",
    "data-text",
];

/// An element of that name.
pub fn tag(name: &'static str) -> Tag {
    let mut tag = VTag::new(name);
    tag.attributes = Attributes::Dynamic { keys: NAMES, values: vec![None; NAMES.len()].into() };
    Tag(Box::new(tag))
}

impl Tag {
    /// With that attribute.
    pub fn set(self, name: &'static str, value: impl Into<AttrValue>) -> Tag {
        self.put(name, AttributeOrProperty::Attribute(value.into()))
    }

    /// With that attribute, if there is a value.
    pub fn maybe(self, name: &'static str, value: Option<impl Into<AttrValue>>) -> Tag {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// With that attribute if it is true.
    pub fn flag(self, name: &'static str, is: bool) -> Tag {
        self.maybe(name, is.then_some(name))
    }

    /// With those classes.
    pub fn class(self, class: &'static str) -> Tag {
        self.set("class", class)
    }

    fn put(mut self, name: &'static str, value: AttributeOrProperty) -> Tag {
        match (&mut self.0.attributes, NAMES.iter().position(|known| *known == name)) {
            (Attributes::Dynamic { values, .. }, Some(place)) => values[place] = Some(value),
            _ => debug_assert!(false, "{name} has no place"),
        }
        self
    }

    /// With that attribute, which only the page has as it is made at build time. It comes after all others.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn in_page(mut self, name: &'static str, value: impl Into<AttrValue>) -> Tag {
        self.0.add_attribute(name, value);
        self
    }

    /// Whether it is checked: a property, since the attribute has no say any more once the learner has chosen something.
    pub fn checked(mut self, is: bool) -> Tag {
        self.0.set_checked(is);
        self
    }

    /// With that value, of an `input`.
    pub fn value(mut self, value: impl Into<AttrValue>) -> Tag {
        self.0.set_value(value.into());
        self
    }

    /// Whether it is selected: a property as well.
    pub fn selected(self, is: bool) -> Tag {
        self.put("selected", AttributeOrProperty::Property(is.into()))
    }

    /// Known by that among its siblings.
    pub fn key(mut self, key: impl Into<Key>) -> Tag {
        self.0.key = Some(key.into());
        self
    }

    /// Found by that.
    pub fn found(mut self, node: &NodeRef) -> Tag {
        self.0.node_ref = node.clone();
        self
    }

    /// What it means when it is clicked.
    pub fn on_click(self, on: On) -> Tag {
        self.listen("data-click", on)
    }

    /// What it means when its value was changed.
    pub fn on_change(self, on: On) -> Tag {
        self.listen("data-change", on)
    }

    /// What it means when a key is pressed while the focus is in it.
    pub fn on_key(self, on: On) -> Tag {
        self.listen("data-keydown", on)
    }

    fn listen(self, name: &'static str, on: On) -> Tag {
        // Nobody hears what is done in a page as it is made at build time.
        if cfg!(target_arch = "wasm32") { self.set(name, on.0.to_string()) } else { self }
    }

    /// With that inside, after what is there. Nothing takes a place, too, so that what follows stays the same element
    /// when something comes there.
    pub fn with(mut self, content: impl Content) -> Tag {
        self.0.add_child(content.html());
        self
    }

    /// With each of those inside.
    pub fn each<C: Content>(self, contents: impl Iterator<Item = C>) -> Tag {
        self.with(all(contents))
    }
}

/// All of those, one after the other.
pub fn all<C: Content>(contents: impl Iterator<Item = C>) -> Html {
    let mut list = VList::new();
    // Collecting them would be 2 KB more to load.
    contents.for_each(|content| list.add_child(content.html()));
    list.into()
}

/// What can be inside an element.
pub trait Content {
    /// As a virtual node.
    fn html(self) -> Html;
}

impl Content for Html {
    fn html(self) -> Html {
        self
    }
}

impl Content for Tag {
    fn html(self) -> Html {
        (*self.0).into()
    }
}

impl Content for &'static str {
    fn html(self) -> Html {
        VText::new(self).into()
    }
}

impl Content for String {
    fn html(self) -> Html {
        VText::new(self).into()
    }
}

impl<C: Content> Content for Option<C> {
    fn html(self) -> Html {
        self.map(Content::html).unwrap_or_default()
    }
}
