//! A comparison: who holds each layer of a thing, with each of a few options that a learner chooses between.

use crate::markup::{Markup, Text};
use serde::{Deserialize, Serialize};

/// A table of layers by options. It is something to read: nothing in it is answered, and nothing of it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Text")]
pub struct Comparison<T = Markup> {
    /// What to choose, and what to look for; inline.
    pub prompt: T,
    /// How much the first holder has, in one sentence: each `#` stands for a number, first that of the layers which are
    /// theirs, then that of all.
    pub tally: String,
    /// Who holds layers. Two or three, the learner first.
    pub holders: Vec<String>,
    /// What the layers are called, in general.
    pub layer: String,
    /// What is chosen between. Two to four.
    pub options: Vec<String>,
    /// What is said of each layer, in general.
    pub about: String,
    /// The layers, from top to bottom. At least one.
    pub layers: Vec<Layer<T>>,
    /// What to take away: blocks.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub caption: T,
}

/// One layer of what is compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "T: Text")]
pub struct Layer<T = Markup> {
    /// What it is called, plain text.
    pub title: String,
    /// Who holds it with each of the options, by their place among the holders.
    pub held: Vec<usize>,
    /// What there is to say of it; inline.
    pub about: T,
}

impl<T> Comparison<T> {
    /// The sentence that tells how many layers the first holder has with that option.
    pub fn tally(&self, option: usize) -> String {
        let theirs = self.layers.iter().filter(|layer| layer.held.get(option) == Some(&0)).count();
        self.tally.replacen('#', &theirs.to_string(), 1).replacen('#', &self.layers.len().to_string(), 1)
    }
}
