//! The player: how a learner meets a course.
//!
//! [`element`] puts a [`view`] of a course into a `<kurso-player>`; what the learner does comes back as messages,
//! [`app`] hands them to the pure [`course::study`], and saves what comes out through [`host`].
//! Only `dom`, `element` and `host` know that there is a browser.

pub mod app;
pub mod dom;
pub mod element;
pub mod host;
pub mod view;
pub mod words;

/// Smaller than the allocator of std.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
