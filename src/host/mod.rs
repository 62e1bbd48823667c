//! Where progress is kept. Every call may fail; the learner goes on all the same and is told.

pub mod browser;
pub mod intl;
pub mod json;
pub mod nowhere;

use course::study::Saving;

/// A place that keeps the progress of one learner in one course.
pub trait Host {
    /// What was saved last, if anything was.
    ///
    /// # Errors
    ///
    /// [`Saving::Refused`] if nothing can be kept here.
    fn load(&self) -> Result<Option<String>, Saving>;

    /// Whether something was saved meanwhile by somebody else.
    fn has_news(&self) -> bool;

    /// What was saved meanwhile by somebody else, such as the same course in another tab. Each time it is told once.
    fn news(&self) -> Option<String>;

    /// Saves that, in place of what was saved before, and tells how it went.
    fn save(&self, json: &str) -> Saving;

    /// Moves what was saved, and cannot be read, to where nothing overwrites it.
    ///
    /// If that fails, it stays where it is, and from then on nothing is saved over it.
    fn set_aside(&self, json: &str) -> Saving;
}
