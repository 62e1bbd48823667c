//! A module that is a page of its own, seen from another page of its course: how the learner stands in it, and what it
//! would be with progress from elsewhere. All that is known there is what is kept of it, and its plan if that is asked for.

use crate::{
    Id,
    course::{Page, Plan},
    json::Json,
    progress::Progress,
    review::Question,
};

/// Milliseconds in a minute: when something is due is told in fewer digits.
const MINUTE: u64 = 60_000;

/// What somebody on another page `asks` of a module. `None` if any of it cannot be read.
///
/// - With its `page` and what is `kept`: how the learner stands. How many steps are `done`, of how many; how many marks are
///   earned, `right`, of how many; how many exercises are `mastered`; when what was answered is `due`, in minutes since 1970;
///   and how many `new` terms are asked today and on each of the days after.
/// - With its `page` and what was `found` of the course while it was one page: the `progress` in that module.
/// - With what was `found` and what is `kept`, if anything is: the `progress` of both, and how many exercises that has
///   `added` and of how many it has something `newer`.
pub fn ask<J: Json>(asks: &J, now: u64) -> Option<J> {
    let progress = |name: &str| asks.get(name).map_or(Some(None), |progress| Progress::read(&progress).map(Some));
    match (asks.get("page"), progress("kept")?, progress("found")?) {
        (Some(page), Some(kept), None) => stands(&Page::read(&page)?.plan, kept, now),
        (Some(page), None, Some(found)) => {
            let course = Page::read(&page)?.plan;
            let progress = found.resumed(&course)?.only(&course);
            let mut json = J::object();
            json.put("progress", progress.write());
            Some(json)
        }
        (None, kept, Some(found)) => joined(kept, found),
        _ => None,
    }
}

fn stands<J: Json>(course: &Plan, kept: Progress, now: u64) -> Option<J> {
    let kept = kept.resumed(course)?;
    let summary = kept.summary(course, course.modules.first()?);
    let mastered = course.exercises().filter(|exercise| kept.has_mastered(exercise)).count();
    let due = kept.due_times(course).into_iter().map(|at| J::from_number(at.div_ceil(MINUTE)));
    let new = kept.new_terms(course, now).into_iter().map(|terms| J::from_number(terms as u64));
    let mut json = J::object();
    json.put_number("done", summary.done as u64);
    json.put_number("steps", summary.steps as u64);
    json.put_number("right", summary.score.right.into());
    json.put_number("of", summary.score.of.into());
    json.put_number("mastered", mastered as u64);
    json.put("due", J::from_list(due));
    json.put("new", J::from_list(new));
    Some(json)
}

fn joined<J: Json>(kept: Option<Progress>, found: Progress) -> Option<J> {
    let kept = kept.unwrap_or_else(|| Progress { course: found.course.clone(), ..Progress::default() });
    if kept.course != found.course {
        return None;
    }
    let news = kept.news_in(&found);
    let mut json = J::object();
    json.put_number("added", news.added.into());
    json.put_number("newer", news.newer.into());
    json.put("progress", kept.merged(&found.brought_back(&kept)).write());
    Some(json)
}

impl Progress {
    /// What of it is in that course, which is a part of its own.
    fn only(mut self, course: &Plan) -> Progress {
        let is_step = |id: &Id| course.step(id).is_some();
        self.opened.retain(is_step);
        self.read.retain(is_step);
        self.step = self.step.filter(is_step);
        self.exercises.retain(|id| course.exercise(id).is_some());
        let exercises =
            course.exercises().flat_map(|exercise| exercise.review_questions()).map(|(question, _)| question);
        let terms = course
            .terms()
            .flat_map(|term| [Question::Meaning, Question::Term].map(|question| question(term.id.clone())));
        let keys: Vec<Id> = exercises.chain(terms).map(|question| question.key()).collect();
        self.logs().retain(|key| keys.contains(key));
        self
    }
}
