//! Where the texts of a course stand.
//!
//! The page has every text once, under its address. Where a view shows one, it leaves an element with that address, and
//! whoever knows the texts fills it: at build time and in native tests the compiled course, in the browser the page.

use super::{
    Scene,
    tag::{Tag, tag},
};
use crate::words::{Language, Words};
use course::Id;
use yew::prelude::*;

/// A text of the course, by where an author wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text<'a> {
    /// Who wrote the course, and who did not.
    Notice,
    /// How the player shows.
    Display,
    /// What is kept of the learner, and how to show the course elsewhere.
    Data,
    /// The title of a step and what stands above it.
    Head(&'a Id),
    /// A block of prose, by its place among the blocks of a step.
    Prose(&'a Id, usize),
    /// The way on from a step, or back from the review.
    Bar(&'a Id),
    /// The key terms of the module of a step.
    Terms(&'a Id),
    /// The page of all key terms.
    Glossary,
    /// What a term means, in short.
    Definition(&'a Id),
    /// The other modules of the course, where each has a page of its own.
    Modules,
    /// What an exercise asks.
    Prompt(&'a Id),
    /// The same as the legend of its options, where only phrasing may stand.
    Stem(&'a Id),
    /// The help that it offers.
    Hint(&'a Id),
    /// What to take away from it, and where the facts come from.
    Explanation(&'a Id),
    /// What an item of it says.
    Item(&'a Id, &'a Id),
    /// Why an item belongs where it does; the back of a card.
    Feedback(&'a Id, &'a Id),
    /// All that the player would tell after checking, for where no player runs.
    Answers(&'a Id),
    /// Why an item does not belong in a slot.
    Misplaced(&'a Id, &'a Id, &'a Id),
    /// What a slot says.
    Slot(&'a Id, &'a Id),
}

/// Who knows the texts of a course.
pub trait Texts {
    /// What stands there; nothing where somebody else fills it in.
    fn view(&self, text: Text) -> Html;
}

/// The texts are in the page, which fills them in after each rendering.
pub struct InPage;

impl Texts for InPage {
    fn view(&self, _: Text) -> Html {
        Html::default()
    }
}

impl Text<'_> {
    /// Its address: what it is, and after a slash the step, exercise or term of which it is, if it is of one. Ids have neither
    /// underscores nor slashes, so no two texts share one. In the page it ends before the slash: where the text stands says the
    /// rest.
    pub fn address(self) -> String {
        let at;
        let parts: &[&str] = match self {
            Text::Notice => &["notice/"],
            Text::Display => &["display/"],
            Text::Data => &["data/"],
            Text::Head(step) => &["head/", step],
            Text::Prose(step, block) => {
                at = block.to_string();
                &["prose_", &at, "/", step]
            }
            Text::Bar(step) => &["bar/", step],
            Text::Terms(step) => &["terms/", step],
            Text::Glossary => &["terms/glossary"],
            Text::Definition(term) => &["definition/", term],
            Text::Modules => &["modules/"],
            Text::Prompt(exercise) => &["prompt/", exercise],
            Text::Stem(exercise) => &["stem/", exercise],
            Text::Hint(exercise) => &["hint/", exercise],
            Text::Explanation(exercise) => &["explanation/", exercise],
            Text::Answers(exercise) => &["answers/", exercise],
            Text::Item(exercise, item) => &["item_", item, "/", exercise],
            Text::Feedback(exercise, item) => &["feedback_", item, "/", exercise],
            Text::Misplaced(exercise, item, slot) => &["misplaced_", item, "_", slot, "/", exercise],
            Text::Slot(exercise, slot) => &["slot_", slot, "/", exercise],
        };
        parts.concat()
    }

    /// Whether it is phrasing and no blocks.
    fn is_inline(self) -> bool {
        matches!(self, Text::Notice | Text::Stem(_) | Text::Definition(_) | Text::Item(..) | Text::Slot(..))
    }

    /// Whether an author wrote something of it.
    fn is_authored(self) -> bool {
        !matches!(self, Text::Display | Text::Data | Text::Bar(_))
    }
}

impl Scene<'_> {
    /// That text, or the place for it.
    pub fn text(&self, text: Text) -> Tag {
        place(text, self.texts, self.words)
    }

    /// That element, which holds what an author wrote: in the author's language, if that is not the interface's.
    pub fn authored(&self, tag: Tag) -> Tag {
        authored(tag, self.words)
    }
}

/// The element of that text, and in it what they know of it.
pub fn place(text: Text, texts: &dyn Texts, words: &Words) -> Tag {
    let element = tag(if text.is_inline() { "span" } else { "div" });
    let element = if text.is_authored() { authored(element, words) } else { element };
    element.class("text").set("data-text", text.address()).with(texts.view(text))
}

fn authored(tag: Tag, words: &Words) -> Tag {
    let language = words.authored.as_ref();
    tag.maybe("lang", language.map(|language| language.tag.clone())).maybe("dir", language.map(Language::direction))
}
