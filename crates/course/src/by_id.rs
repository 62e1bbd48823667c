//! Things by their id, in the order of the ids. A sorted list is less to load than a map.

use crate::{
    Id,
    json::{Json, Reader},
};

/// Things by their id. Saved as an object.
#[derive(Clone, Debug, PartialEq)]
pub struct ById<T>(Vec<(Id, T)>);

impl<T> Default for ById<T> {
    fn default() -> ById<T> {
        ById(Vec::new())
    }
}

impl<T> ById<T> {
    /// The one of that id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.find(id).ok().map(|at| &self.0[at].1)
    }

    /// The one of that id, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut T> {
        self.find(id).ok().map(|at| &mut self.0[at].1)
    }

    /// Where the one of that id is, or would be.
    fn find(&self, id: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| (**known).cmp(id))
    }

    /// Takes out the one of that id.
    pub fn remove(&mut self, id: &str) -> Option<T> {
        self.find(id).ok().map(|at| self.0.remove(at).1)
    }

    /// Leaves those of whose ids that is so.
    pub(crate) fn retain(&mut self, is: impl Fn(&Id) -> bool) {
        self.0.retain(|(id, _)| is(id));
    }

    /// Each of them, with its id.
    pub fn iter(&self) -> impl Iterator<Item = (&Id, &T)> {
        self.0.iter().map(|(id, thing)| (id, thing))
    }

    /// Each of them, with its id, to be changed.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&Id, &mut T)> {
        self.0.iter_mut().map(|(id, thing)| (&*id, thing))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Default> ById<T> {
    /// The one of that id, to be changed; an empty one if there is none.
    pub fn get_or_add(&mut self, id: &Id) -> &mut T {
        let at = self.find(id).unwrap_or_else(|at| {
            self.0.insert(at, (id.clone(), T::default()));
            at
        });
        &mut self.0[at].1
    }

    /// Makes that the one of that id.
    pub fn insert(&mut self, id: Id, thing: T) {
        *self.get_or_add(&id) = thing;
    }

    /// What both have; of what both have one of, what `join` makes of the two.
    pub(crate) fn merged(&self, other: &ById<T>, join: impl Fn(&T, &T) -> T) -> ById<T>
    where
        T: Clone,
    {
        let mut mine = self.0.iter().peekable();
        let mut merged = Vec::new();
        for (id, theirs) in other.iter() {
            while let Some(before) = mine.next_if(|(known, _)| known < id) {
                merged.push(before.clone());
            }
            let joined =
                mine.next_if(|(known, _)| known == id).map_or_else(|| theirs.clone(), |(_, mine)| join(mine, theirs));
            merged.push((id.clone(), joined));
        }
        merged.extend(mine.cloned());
        ById(merged)
    }

    /// Reads what [`ById::write`] wrote; none where nothing stands.
    pub(crate) fn read<J: Json>(json: Option<Reader<J>>, read: impl Fn(&Reader<J>) -> T) -> ById<T> {
        let mut all = ById::default();
        for (id, thing) in json.map(|json| json.entries()).unwrap_or_default() {
            all.insert(id.into(), read(&thing));
        }
        all
    }

    /// As an object.
    pub(crate) fn write<J: Json>(&self, write: impl Fn(&T) -> J) -> J {
        let mut json = J::object();
        self.iter().for_each(|(id, thing)| json.put(id, write(thing)));
        json
    }
}
