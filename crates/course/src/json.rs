//! Values of JSON, whoever reads and writes the text.
//!
//! What the player reads, and what it saves, passes through this. In the browser it is the browser's own JSON, which is
//! there already: reading by serde would be a fifth of what a first visit loads. Natively, and in tests, it is serde_json.

use crate::Id;

/// A value of JSON.
pub trait Json: Sized {
    /// The value under that key, if this is an object that has it. A `null` counts as not there.
    fn get(&self, key: &str) -> Option<Self>;
    /// The text, if it is one.
    fn text(&self) -> Option<String>;
    /// The number, if it is a whole one from 0 to 2⁵³.
    fn number(&self) -> Option<u64>;
    /// Whether it is `true`, if it is either.
    fn truth(&self) -> Option<bool>;
    /// The values in order, if it is an array.
    fn list(&self) -> Option<Vec<Self>>;
    /// The keys with their values, if it is an object.
    fn entries(&self) -> Option<Vec<(String, Self)>>;

    /// A text.
    fn from_text(text: &str) -> Self;
    /// A whole number; above 2⁵³ it may be another.
    fn from_number(number: u64) -> Self;
    /// `true` or `false`.
    fn from_truth(truth: bool) -> Self;
    /// An array.
    fn from_list(list: impl Iterator<Item = Self>) -> Self;
    /// An object with those keys, in that order where the order is kept.
    fn from_entries<'a>(entries: impl Iterator<Item = (&'a str, Self)>) -> Self;

    /// The id under that key.
    fn id(&self, key: &str) -> Option<Id> {
        self.get(key)?.text().map(Id::from)
    }

    /// The small number under that key.
    fn count(&self, key: &str) -> Option<u32> {
        self.get(key)?.small()
    }

    /// The number, if it is a small whole one.
    fn small(&self) -> Option<u32> {
        self.number()?.try_into().ok()
    }

    /// Whether `true` stands under that key. Anything but a truth value is an error, but nothing is not.
    fn flag(&self, key: &str) -> Option<bool> {
        self.get(key).map_or(Some(false), |value| value.truth())
    }

    /// What `read` makes of the value under that key; of nothing, nothing.
    fn maybe<T>(&self, key: &str, read: impl FnOnce(Self) -> Option<T>) -> Option<Option<T>> {
        self.get(key).map_or(Some(None), |value| read(value).map(Some))
    }

    /// What `read` makes of each value of the array under that key; of nothing, nothing.
    fn each<T>(&self, key: &str, read: impl Fn(&Self) -> Option<T>) -> Option<Vec<T>> {
        self.get(key).map_or(Some(Vec::new()), |value| value.list()?.iter().map(read).collect())
    }

    /// The ids in the array under that key.
    fn ids(&self, key: &str) -> Option<Vec<Id>> {
        self.each(key, |id| id.text().map(Id::from))
    }
}

impl Json for serde_json::Value {
    fn get(&self, key: &str) -> Option<Self> {
        self.as_object()?.get(key).filter(|value| !value.is_null()).cloned()
    }

    fn text(&self) -> Option<String> {
        self.as_str().map(str::to_owned)
    }

    fn number(&self) -> Option<u64> {
        self.as_u64().filter(|number| *number <= 1 << 53)
    }

    fn truth(&self) -> Option<bool> {
        self.as_bool()
    }

    fn list(&self) -> Option<Vec<Self>> {
        self.as_array().cloned()
    }

    fn entries(&self) -> Option<Vec<(String, Self)>> {
        Some(self.as_object()?.iter().map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    fn from_text(text: &str) -> Self {
        text.into()
    }

    fn from_number(number: u64) -> Self {
        number.into()
    }

    fn from_truth(truth: bool) -> Self {
        truth.into()
    }

    fn from_list(list: impl Iterator<Item = Self>) -> Self {
        Self::Array(list.collect())
    }

    fn from_entries<'a>(entries: impl Iterator<Item = (&'a str, Self)>) -> Self {
        Self::Object(entries.map(|(key, value)| (key.to_owned(), value)).collect())
    }
}
