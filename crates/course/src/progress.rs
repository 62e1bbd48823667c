//! What is kept of a learner's work, under the ids that authors wrote.
//!
//! Records of exercises that this build does not know are kept as they are: they belong to an older or a newer course.

use crate::{
    Id,
    answer::{Answer, Score},
    by_id::ById,
    course::{Page, Plan},
    json::{Json, Reader},
    merge::union,
    recall::Log,
};
use std::rc::Rc;

/// The version of the saved form. It is part of the key that it is saved under, so that builds that
/// speak different versions never overwrite each other's data.
pub const SCHEMA: &str = "1";

/// Everything that is kept for one learner in one course.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// The id of the course that it belongs to.
    pub course: String,
    /// How often everything was deleted. What belongs to an earlier time is gone for good.
    pub resets: u32,
    /// The step at which the learner was last.
    pub step: Option<Id>,
    /// Whether the learner would rather see boards than lists.
    pub board: bool,
    /// When the sitting of a review began that goes on ([`crate::review`]), in milliseconds since 1970.
    pub sitting: Option<u64>,
    /// How many percent of the answers the learner wants to know when they are asked again; as many as usual
    /// ([`crate::fsrs::Retention`]) if nothing is said.
    pub retention: Option<u32>,
    /// When any of these four changed last, in milliseconds since 1970 by the learner's clock.
    pub at: u64,
    /// The steps that the learner has opened, each once, by their ids.
    pub opened: Vec<Id>,
    /// The steps that the learner has read to the end, that is, left by *Next*; each once, by their ids.
    pub read: Vec<Id>,
    /// The record of each exercise that was begun.
    pub exercises: ById<Record>,
    /// The answers to each question, for the review, by its [key](crate::review::Question::key). Shared, so that it can
    /// be told at once whether one was added.
    pub reviews: Rc<ById<Log>>,
}

/// What is kept of one exercise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// What is placed where at present.
    pub answer: Answer,
    /// The items that stand since an earlier attempt: right rows that a new try keeps; cards that it leaves out.
    pub kept: Vec<Id>,
    /// The order in which options and answers stand ([`crate::order`]); 0 is the author's.
    pub seed: u32,
    /// The options that the learner thinks are wrong.
    pub ruled_out: Vec<Id>,
    /// Whether the learner said that it may be a guess.
    pub unsure: bool,
    /// The cards that the learner marked to find them again.
    pub starred: Vec<Id>,
    /// When the cards of this session were rated: the times of those answers in their logs. Undo takes them back and no
    /// others. Of a session that an earlier build began, only its last ratings have them.
    pub rated: Vec<u64>,
    /// Whether cards show their backs first.
    pub reversed: bool,
    /// When the learner began to match against the clock, in milliseconds since 1970, while that goes on.
    pub race: Option<u64>,
    /// The last and the fastest time of a match against the clock, in whole seconds, each at least 1.
    pub times: Option<(u32, u32)>,
    /// How far the present attempt is.
    pub phase: Phase,
    /// How often the answer was checked.
    pub attempts: u32,
    /// The score of the first check.
    pub first: Option<Score>,
    /// The best score so far.
    pub best: Option<Score>,
    /// Whether the solution was shown; then it does not count as mastered.
    pub solution_seen: bool,
    /// The [content version](crate::exercise::Exercise::key_version) that it was answered in.
    pub key_version: u32,
    /// The [versions](crate::exercise::Exercise::question_versions) of its questions when it was checked last.
    pub question_versions: Vec<Id>,
    /// Whether one of them was corrected since, and so is asked again.
    pub corrected: bool,
    /// How many changes there were. The record with more of them is the newer one, whatever the clocks say.
    pub seq: u32,
    /// When it changed last, in milliseconds since 1970 by the learner's clock.
    pub at: u64,
}

/// How far an attempt is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Items can be placed. A card shows its front.
    #[default]
    Open,
    /// The answer was checked, and feedback shows. A card shows its back.
    Checked,
    /// The solution shows.
    Solved,
}

impl Progress {
    /// Nothing yet, in that course.
    pub fn new(course: &Plan) -> Progress {
        Progress { course: String::from(&*course.id), ..Progress::default() }
    }

    /// Nothing again: what was done before does not come back from where it is still kept.
    pub fn reset(&self, course: &Plan) -> Progress {
        Progress { resets: self.resets.saturating_add(1), ..Progress::new(course) }
    }

    /// Reads what [`Progress::write`] wrote, by this build or another; `None` if it is another thing.
    pub fn read(json: &impl Json) -> Option<Progress> {
        Reader::whole(json, |json| Progress {
            course: json.text("course"),
            resets: json.get("resets").map(|resets| resets.as_count()).unwrap_or_default(),
            step: json.get("step").map(|step| step.as_text().into()),
            board: json.flag("board"),
            sitting: json.get("sitting").map(|sitting| sitting.as_number()),
            retention: json.get("retention").map(|retention| retention.as_count()),
            at: json.get("at").map(|at| at.as_number()).unwrap_or_default(),
            opened: union(&[], &json.ids("opened")),
            read: union(&[], &json.ids("read")),
            exercises: ById::read(json.get("exercises"), Record::read),
            reviews: Rc::new(ById::read(json.get("reviews"), Log::read)),
        })
    }

    /// As an object, for saving and for people to read.
    pub fn write<J: Json>(&self) -> J {
        let mut json = J::object();
        json.put("course", J::from_text(&self.course));
        if self.resets != 0 {
            json.put_number("resets", self.resets.into());
        }
        if let Some(step) = &self.step {
            json.put("step", J::from_text(step));
        }
        json.put_flag("board", self.board);
        if let Some(sitting) = self.sitting {
            json.put_number("sitting", sitting);
        }
        if let Some(retention) = self.retention {
            json.put_number("retention", retention.into());
        }
        if self.at != 0 {
            json.put_number("at", self.at);
        }
        json.put_ids("opened", &self.opened);
        json.put_ids("read", &self.read);
        json.put("exercises", self.exercises.write(Record::write));
        if !self.reviews.is_empty() {
            json.put("reviews", self.reviews.write(Log::write));
        }
        json
    }

    /// The key under which progress in that page is saved.
    pub fn storage_key(page: &Page) -> String {
        let course = Progress::course_key(page);
        match &page.part {
            Some(part) => [&course, ":", part].concat(),
            None => course,
        }
    }

    /// What the keys of all parts of its course begin with, and the key of a course that is one page.
    pub fn course_key(page: &Page) -> String {
        ["kurso:", &page.plan.id, ":", SCHEMA].concat()
    }

    /// What [`Progress::at`] is about.
    pub(crate) fn chosen(&self) -> (Option<&Id>, bool, Option<u64>, Option<u32>) {
        (self.step.as_ref(), self.board, self.sitting, self.retention)
    }

    /// The record of an exercise, if it was begun.
    pub fn record(&self, exercise: &str) -> Option<&Record> {
        self.exercises.get(exercise)
    }
}

impl Record {
    fn read(json: &Reader<impl Json>) -> Record {
        let score = |key: &str| json.get(key).map(|score| Score::read(&score));
        Record {
            answer: Answer::read(&json.at("answer")),
            kept: json.ids("kept"),
            seed: json.get("seed").map(|seed| seed.as_count()).unwrap_or_default(),
            ruled_out: json.ids("ruled_out"),
            unsure: json.flag("unsure"),
            starred: json.ids("starred"),
            rated: json.each("rated", |at| at.as_number()),
            reversed: json.flag("reversed"),
            race: json.get("race").map(|race| race.as_number()),
            times: json.get("times").map(|times| times.pair().map(|seconds| seconds.as_count()).into()),
            phase: json.sure(Phase::read(&json.text("phase"))),
            attempts: json.count("attempts"),
            first: score("first"),
            best: score("best"),
            solution_seen: json.flag("solution_seen"),
            key_version: json.count("key_version"),
            question_versions: json.ids("questions"),
            corrected: json.flag("corrected"),
            seq: json.count("seq"),
            at: json.at("at").as_number(),
        }
    }

    fn write<J: Json>(&self) -> J {
        let mut json = J::object();
        let some_ids = |json: &mut J, key: &str, ids: &[Id]| {
            if !ids.is_empty() {
                json.put_ids(key, ids);
            }
        };
        json.put("answer", self.answer.write());
        some_ids(&mut json, "kept", &self.kept);
        if self.seed != 0 {
            json.put_number("seed", self.seed.into());
        }
        some_ids(&mut json, "ruled_out", &self.ruled_out);
        json.put_flag("unsure", self.unsure);
        some_ids(&mut json, "starred", &self.starred);
        if !self.rated.is_empty() {
            json.put("rated", J::from_list(self.rated.iter().map(|at| J::from_number(*at))));
        }
        json.put_flag("reversed", self.reversed);
        if let Some(race) = self.race {
            json.put_number("race", race);
        }
        if let Some((last, fastest)) = self.times {
            json.put("times", J::from_list([last, fastest].into_iter().map(|seconds| J::from_number(seconds.into()))));
        }
        json.put("phase", J::from_text(self.phase.name()));
        json.put_number("attempts", self.attempts.into());
        if let Some(first) = self.first {
            json.put("first", first.write());
        }
        if let Some(best) = self.best {
            json.put("best", best.write());
        }
        json.put_flag("solution_seen", self.solution_seen);
        json.put_number("key_version", self.key_version.into());
        some_ids(&mut json, "questions", &self.question_versions);
        json.put_flag("corrected", self.corrected);
        json.put_number("seq", self.seq.into());
        json.put_number("at", self.at);
        json
    }

    /// Whether full marks were earned without seeing the solution.
    pub fn is_mastered(&self) -> bool {
        self.best.is_some_and(Score::is_full) && !self.solution_seen
    }
}

impl Phase {
    const ALL: [Phase; 3] = [Phase::Open, Phase::Checked, Phase::Solved];

    fn name(self) -> &'static str {
        match self {
            Phase::Open => "open",
            Phase::Checked => "checked",
            Phase::Solved => "solved",
        }
    }

    fn read(name: &str) -> Option<Phase> {
        Phase::ALL.into_iter().find(|phase| phase.name() == name)
    }
}
