//! The player: how a learner meets a course.
//!
//! [`element`] puts a [`view`] of a course into a `<kurso-player>`; what the learner does comes back as messages,
//! [`store`] hands them to the pure [`course::study`], and saves what comes out through [`host`].
//! Only `dom`, `element` and `host` know that there is a browser.

pub mod dom;
pub mod element;
pub mod host;
pub mod store;
pub mod view;
pub mod words;

/// The compiled course that is bundled in this build; [`course::course::Course::from_bytes`] reads it.
pub const BUNDLED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/course.bin"));
