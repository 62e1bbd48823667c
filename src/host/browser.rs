//! `localStorage`, which any of a sandbox, a setting, a full disk or a private window may take away.
//!
//! Not gloo's: that one panics when the browser denies storage.

use super::Host;
use crate::dom;
use course::study::Saving;
use std::cell::{Cell, RefCell, RefMut};
use web_sys::Storage;

/// Progress under one key of `localStorage`.
pub struct Browser {
    key: String,
    /// What was seen or written last. Anything else that stands there is news, from another tab.
    known: RefCell<Option<String>>,
    /// The last news, until somebody asks for it. Where it was a deletion, it does not stand there for long.
    news: RefCell<Option<String>>,
    /// Whether something stands under the key that could not be moved, and must not be overwritten.
    blocked: Cell<bool>,
}

impl Browser {
    /// Keeps progress under that key.
    pub fn new(key: String) -> Browser {
        Browser { key, known: RefCell::default(), news: RefCell::default(), blocked: Cell::new(false) }
    }

    /// What stands there and was neither seen nor written here, or else did since somebody asked.
    fn look(&self) -> RefMut<'_, Option<String>> {
        let found = storage().and_then(|storage| storage.get_item(&self.key).ok()?);
        let mut news = self.news.borrow_mut();
        if found.is_some() && !self.blocked.get() && *self.known.borrow() != found {
            self.known.replace(found.clone());
            *news = found;
        }
        news
    }
}

impl Host for Browser {
    fn load(&self) -> Result<Option<String>, Saving> {
        let storage = storage().ok_or(Saving::Refused)?;
        let found = storage.get_item(&self.key).map_err(|_| Saving::Refused)?;
        self.known.replace(found.clone());
        Ok(found)
    }

    fn has_news(&self) -> bool {
        self.look().is_some()
    }

    fn news(&self) -> Option<String> {
        self.look().take()
    }

    fn save(&self, json: &str) -> Saving {
        match storage() {
            Some(storage) if !self.blocked.get() => {
                let saving = put(&storage, &self.key, json);
                if saving == Saving::Kept {
                    self.known.replace(Some(json.to_owned()));
                }
                saving
            }
            _ => Saving::Refused,
        }
    }

    fn set_aside(&self, json: &str) -> Saving {
        let aside = [&self.key, ":set-aside:", &dom::now().to_string()].concat();
        let moved = storage().map_or(Saving::Refused, |storage| put(&storage, &aside, json));
        self.blocked.set(moved != Saving::Kept);
        moved
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// Writes, and reads back, since some browsers accept without keeping.
fn put(storage: &Storage, key: &str, value: &str) -> Saving {
    let kept =
        storage.set_item(key, value).is_ok() && storage.get_item(key).is_ok_and(|read| read.as_deref() == Some(value));
    if kept { Saving::Kept } else { Saving::Full }
}
