//! A module that is a page of its own, seen from another page of its course: how the learner stands in it, and what it
//! would be with progress from elsewhere. All that is known there is what is kept of it, and for the former its plan.

use crate::{course::Page, json::Json, progress::Progress};

/// Milliseconds in a minute: when something is due is told in fewer digits.
const MINUTE: u64 = 60_000;

/// What somebody on another page `asks` of a module. With its `page` it is told how the learner stands by what is `kept`:
/// how many steps are `done`, of how many; how many marks are earned, `right`, of how many; and when the questions are `due`,
/// in minutes since 1970. With what was `found`, the `progress` of both, and how many exercises that has `added` and of
/// how many it has something `newer`. `None` if any of it cannot be read.
pub fn ask<J: Json>(asks: &J, now: u64) -> Option<J> {
    let number = |number: usize| J::from_number(number as u64);
    let kept = asks.maybe("kept", |kept| Progress::read(&kept))?;
    if let Some(page) = asks.get("page") {
        let course = Page::read(&page)?.plan;
        let kept = kept?.resumed(&course)?;
        let summary = kept.summary(&course, course.modules.first()?);
        let due = kept.due_times(&course, now).into_iter().map(|at| J::from_number(at.div_ceil(MINUTE)));
        let entries = [
            ("done", number(summary.done)),
            ("steps", number(summary.steps)),
            ("right", number(summary.score.right as usize)),
            ("of", number(summary.score.of as usize)),
            ("due", J::from_list(due)),
        ];
        return Some(J::from_entries(entries.into_iter()));
    }
    let found = Progress::read(&asks.get("found")?)?;
    let kept = kept.unwrap_or_else(|| Progress { course: found.course.clone(), ..Progress::default() });
    if kept.course != found.course {
        return None;
    }
    let news = kept.news_in(&found);
    let entries = [
        ("added", number(news.added as usize)),
        ("newer", number(news.newer as usize)),
        ("progress", kept.merged(&found.brought_back(&kept)).write()),
    ];
    Some(J::from_entries(entries.into_iter()))
}
