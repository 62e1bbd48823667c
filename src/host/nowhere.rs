//! Nowhere: for a page that wants nothing to be kept, such as a question in an article.

use super::Host;
use course::study::Saving;

/// Keeps nothing beyond the page.
pub struct Nowhere;

impl Host for Nowhere {
    fn load(&self) -> Result<Option<String>, Saving> {
        Err(Saving::Unwanted)
    }

    fn has_news(&self) -> bool {
        false
    }

    fn news(&self) -> Option<String> {
        None
    }

    fn save(&self, _: &str) -> Saving {
        Saving::Unwanted
    }

    fn set_aside(&self, _: &str) -> Saving {
        Saving::Unwanted
    }
}
