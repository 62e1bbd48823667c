//! Values of JSON, whoever reads and writes the text.
//!
//! What the player reads, and what it saves, passes through this. In the browser it is the browser's own JSON, which is
//! there already: reading by serde would be a fifth of what a first visit loads. Natively, and in tests, it is serde_json.

use crate::Id;
use std::cell::Cell;

/// A value of JSON.
pub trait Json: Clone {
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
    /// An array with nothing in it yet.
    fn array() -> Self;
    /// Puts a value at the end of an array.
    fn push(&mut self, value: Self);
    /// An object with nothing in it yet.
    fn object() -> Self;
    /// Puts a value into an object, under a key that it does not have yet; after the others where the order is kept.
    fn put(&mut self, key: &str, value: Self);

    /// An array of those.
    fn from_list(list: impl Iterator<Item = Self>) -> Self {
        let mut array = Self::array();
        list.for_each(|value| array.push(value));
        array
    }

    /// Puts those ids under that key.
    fn put_ids(&mut self, key: &str, ids: &[Id]) {
        self.put(key, Self::from_list(ids.iter().map(|id| Self::from_text(id))));
    }

    /// Puts that number under that key.
    fn put_number(&mut self, key: &str, number: u64) {
        self.put(key, Self::from_number(number));
    }

    /// Says under that key that it is so; nothing where it is not.
    fn put_flag(&mut self, key: &str, is: bool) {
        if is {
            self.put(key, Self::from_truth(true));
        }
    }
}

/// Reads a value to its end. What is missing, or is another thing than is asked for, reads as nothing and is noted: giving
/// up in the middle, at each thing that is read, was 1 KB more to load.
pub struct Reader<'a, J> {
    /// The value; none where nothing stands.
    value: Option<J>,
    is_wrong: &'a Cell<bool>,
}

impl<J: Json> Reader<'_, J> {
    /// What `read` makes of that value; `None` if something in it was not what was asked for.
    pub fn whole<T>(value: &J, read: impl FnOnce(&Reader<J>) -> T) -> Option<T> {
        let is_wrong = Cell::new(false);
        let whole = read(&Reader { value: Some(value.clone()), is_wrong: &is_wrong });
        (!is_wrong.get()).then_some(whole)
    }
}

impl<'a, J: Json> Reader<'a, J> {
    /// What is found, or else nothing, which is wrong.
    pub(crate) fn sure<T: Default>(&self, found: Option<T>) -> T {
        found.unwrap_or_else(|| {
            self.is_wrong.set(true);
            T::default()
        })
    }

    fn of(&self, value: Option<J>) -> Reader<'a, J> {
        Reader { value, is_wrong: self.is_wrong }
    }

    /// What stands under that key.
    pub fn at(&self, key: &str) -> Reader<'a, J> {
        self.of(self.value.as_ref().and_then(|value| value.get(key)))
    }

    /// What stands under that key, if anything does.
    pub fn get(&self, key: &str) -> Option<Reader<'a, J>> {
        let at = self.at(key);
        at.value.is_some().then_some(at)
    }

    /// The text that this is.
    pub fn as_text(&self) -> String {
        self.sure(self.if_text())
    }

    /// The text, if it is one.
    pub(crate) fn if_text(&self) -> Option<String> {
        self.value.as_ref().and_then(J::text)
    }

    /// The whole number that this is.
    pub(crate) fn as_number(&self) -> u64 {
        self.sure(self.value.as_ref().and_then(J::number))
    }

    /// The small whole number that this is.
    pub(crate) fn as_count(&self) -> u32 {
        self.sure(self.as_number().try_into().ok())
    }

    /// The values of the array that this is.
    pub(crate) fn list(&self) -> Vec<Reader<'a, J>> {
        let list = self.sure(self.value.as_ref().and_then(J::list));
        list.into_iter().map(|value| self.of(Some(value))).collect()
    }

    /// The two values of the array that this is.
    pub(crate) fn pair(&self) -> [Reader<'a, J>; 2] {
        self.list().try_into().unwrap_or_else(|_| [self.of(None), self.of(None)])
    }

    /// The keys and values of the object that this is.
    pub(crate) fn entries(&self) -> Vec<(String, Reader<'a, J>)> {
        let entries = self.sure(self.value.as_ref().and_then(J::entries));
        entries.into_iter().map(|(key, value)| (key, self.of(Some(value)))).collect()
    }

    /// The text under that key.
    pub fn text(&self, key: &str) -> String {
        self.at(key).as_text()
    }

    /// The id under that key.
    pub(crate) fn id(&self, key: &str) -> Id {
        self.text(key).into()
    }

    /// The small number under that key.
    pub(crate) fn count(&self, key: &str) -> u32 {
        self.at(key).as_count()
    }

    /// Whether `true` stands under that key. Nothing is false.
    pub fn flag(&self, key: &str) -> bool {
        self.at(key).value.is_some_and(|value| self.sure(value.truth()))
    }

    /// What `read` makes of each value of the array under that key; of nothing, nothing.
    pub fn each<T>(&self, key: &str, read: impl Fn(&Reader<J>) -> T) -> Vec<T> {
        let list = self.get(key).map(|list| list.list()).unwrap_or_default();
        list.iter().map(read).collect()
    }

    /// The ids in the array under that key.
    pub(crate) fn ids(&self, key: &str) -> Vec<Id> {
        self.each(key, |id| id.as_text().into())
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

    fn array() -> Self {
        Self::Array(Vec::new())
    }

    fn push(&mut self, value: Self) {
        if let Self::Array(array) = self {
            array.push(value);
        }
    }

    fn object() -> Self {
        Self::Object(serde_json::Map::new())
    }

    fn put(&mut self, key: &str, value: Self) {
        if let Self::Object(object) = self {
            object.insert(key.to_owned(), value);
        }
    }
}
