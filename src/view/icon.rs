//! Icons: small drawings that stand beside words and never in place of them.

use super::tag::{Tag, tag};
use course::results::State;

/// A drawing on a grid of 24, in the colour of the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A tick.
    Tick,
    /// A cross.
    Cross,
    /// A ring: left out, or not yet.
    Ring,
    /// A ring with a dot: begun.
    Half,
    /// To the next step.
    Forward,
    /// To the step before.
    Back,
    /// The list of steps.
    List,
    /// Something to know.
    Alert,
    /// A light bulb: help.
    Hint,
    /// Up by one.
    Up,
    /// Down by one.
    Down,
    /// Can be dragged here.
    Grip,
    /// Marked to find it again.
    Star,
    /// Once more.
    Again,
    /// Light and dark.
    Display,
}

impl Icon {
    /// The icon that stands beside how far something is.
    pub fn of(state: State) -> Icon {
        match state {
            State::New => Icon::Ring,
            State::Started => Icon::Half,
            State::Done => Icon::Tick,
        }
    }

    fn path(self) -> &'static str {
        match self {
            Icon::Again => "M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4v5h-5",
            Icon::Tick => "M5 12.5l4.5 4.5L19 7.5",
            Icon::Cross => "M6.5 6.5l11 11M17.5 6.5l-11 11",
            Icon::Ring => "M12 5a7 7 0 1 0 0 14a7 7 0 1 0 0-14",
            Icon::Half => "M12 5a7 7 0 1 0 0 14a7 7 0 1 0 0-14M12 10.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3",
            Icon::Forward => "M9 5.5l6.5 6.5L9 18.5",
            Icon::Back => "M15 5.5L8.5 12l6.5 6.5",
            Icon::List => "M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01",
            Icon::Alert => "M12 4.5l8.5 15h-17zM12 10v4.5M12 17h.01",
            Icon::Up => "M5.5 15L12 8.5l6.5 6.5",
            Icon::Down => "M5.5 9l6.5 6.5L18.5 9",
            Icon::Grip => "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
            Icon::Star => "M12 4l2.4 5.2 5.6.6-4.2 3.8 1.2 5.6L12 16.3l-5 2.9 1.2-5.6L4 9.8l5.6-.6z",
            Icon::Display => "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16v16M12 8h6.5M12 12h7.5M12 16h6.5",
            Icon::Hint => {
                "M9.5 18.5h5M10.5 21h3M12 3.5a6 6 0 0 0-3.5 10.9c.6.5 1 1.2 1 2h5c0-.8.4-1.5 1-2A6 6 0 0 0 12 3.5z"
            }
        }
    }

    /// The drawing, which a screen reader passes over.
    pub fn view(self) -> Tag {
        // An arrow along the line points the other way where lines go the other way.
        let class = if matches!(self, Icon::Forward | Icon::Back) { "icon along" } else { "icon" };
        let drawing = tag("svg").class(class).set("viewBox", "0 0 24 24");
        drawing.set("aria-hidden", "true").with(tag("path").set("d", self.path()))
    }
}
