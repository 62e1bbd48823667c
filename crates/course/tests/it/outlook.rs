use crate::{
    course,
    review::{LESSON, Learner, learner, with_terms},
};
use course::{
    outlook::{Answers, BACK},
    review::Question,
};
use proptest::prelude::*;

impl Learner {
    /// What comes on the days ahead, up to the last on which something does.
    #[track_caller]
    fn forecast(self, expect: &[u32]) -> Learner {
        let days = self.study.progress.forecast(&self.study.course, self.now);
        let last = days.iter().rposition(|questions| *questions > 0).map_or(0, |last| last + 1);
        assert_eq!(days[..last], *expect);
        self
    }

    /// The strength of each question, the weakest first.
    #[track_caller]
    fn strengths(self, expect: &str) -> Learner {
        let strengths = self.study.progress.strengths(&self.study.course, self.now);
        let text = |(strength, question): &(Option<u32>, Question)| {
            format!("{}:{}", question.key(), strength.map_or("missed".to_owned(), |percent| percent.to_string()))
        };
        assert_eq!(strengths.iter().map(text).collect::<Vec<_>>().join(" "), expect);
        self
    }

    /// What was answered on those days, by how many days ago.
    #[track_caller]
    fn history(self, expect: &[(usize, u32, u32)]) -> Learner {
        let days = self.study.progress.history(self.now);
        let days = days.into_iter().rev().enumerate().filter(|(_, day)| *day != Answers::default());
        let days: Vec<_> = days.map(|(ago, Answers { known, missed })| (ago, known, missed)).collect();
        assert_eq!(days, expect);
        self
    }
}

#[test]
fn who_has_answered_nothing_has_nothing_to_look_at() {
    learner(course()).forecast(&[]).strengths("").history(&[]).does("+1d").forecast(&[]);
}

#[test]
fn each_question_comes_on_its_day_and_what_is_overdue_today() {
    let me = learner(course()).does(LESSON).forecast(&[3, 0, 3]);
    let me = me.does("+11m").has_due("duties_data pairs_sniff pairs_theft").forecast(&[3, 0, 3]);
    me.does("+1d").forecast(&[3, 3]).does("+1d").forecast(&[6]).does("+300d").forecast(&[6]).does("-9d").forecast(&[6]);
}

#[test]
fn what_comes_today_is_what_is_due_and_new_terms_come_ten_a_day() {
    let me = learner(with_terms(17)).does("go:end").forecast(&[10, 10, 10, 4]).does("begin").answers(true).does("end");
    // The first of them is known for two days.
    assert_eq!(me.study.due, 9);
    me.forecast(&[9, 10, 11, 4]);
}

#[test]
fn what_was_missed_is_not_known_and_the_weakest_comes_first() {
    let right = "duties_disk:100 duties_training:100 one-of-three:100";
    let missed = "duties_data:missed pairs_sniff:missed pairs_theft:missed";
    let me = learner(course()).does(LESSON).strengths(&format!("{missed} {right}"));
    let me = me.does("+2d").strengths(&format!("{missed} duties_disk:91 duties_training:91 one-of-three:91"));
    // Whoever sets the clock back has forgotten nothing.
    me.does("-3d").strengths(&format!("{missed} {right}"));
}

#[test]
fn answers_are_counted_by_day_right_and_missed() {
    let me = learner(course()).does(LESSON).does("+10m").history(&[(0, 3, 3)]);
    let me = me.does("+1d pairs:retry pairs:sniff>tls pairs:theft>kms pairs:check");
    let me = me.history(&[(0, 2, 0), (1, 3, 3)]).does("+26d").history(&[(26, 2, 0), (27, 3, 3)]);
    // What is of later than now, by a clock that was set back, is of today.
    me.does("+1d").history(&[(27, 2, 0)]).does("-29d").history(&[(0, 5, 3)]);
}

#[test]
fn an_answer_that_was_taken_back_does_not_count() {
    learner(course()).does("terms:check terms:c1>again").history(&[(0, 0, 1)]).does("terms:undo").history(&[]);
}

#[test]
fn a_step_counts_the_exercises_that_are_mastered() {
    let mastered = |words: &str| {
        let me = learner(course()).does(words);
        me.study.course.steps().map(|(_, step)| me.study.progress.mastered(step).right).sum::<u32>()
    };
    assert_eq!(mastered(LESSON), 1);
    assert_eq!(mastered(&format!("{LESSON} pairs:retry pairs:sniff>tls pairs:theft>kms pairs:check")), 2);
    assert_eq!(
        mastered(&format!("{LESSON} pairs:solution pairs:restart pairs:sniff>tls pairs:theft>kms pairs:check")),
        1
    );
}

proptest! {
    #[test]
    fn whatever_the_clock_does_the_figures_are_sound(leaps in prop::collection::vec((any::<u64>(), 0u8..3), 1..12)) {
        let mut me = learner(course());
        for (now, words) in leaps {
            me.now = now;
            me.study = me.study.at(now);
            let again = "pairs:restart pairs:sniff>kms pairs:theft>tls pairs:check";
            let words = ["terms:check terms:c1>again terms:undo", "one-of-three:restart one-of-three:b>picked", again][usize::from(words)];
            for word in words.split_whitespace() {
                if let Some(study) = me.study.update(&crate::review::msg(word), now) {
                    me.study = study;
                }
            }
            let progress = &me.study.progress;
            let strengths = progress.strengths(&me.study.course, now);
            prop_assert!(strengths.iter().all(|(strength, _)| strength.is_none_or(|percent| percent <= 100)));
            let ahead: u32 = progress.forecast(&me.study.course, now).iter().sum();
            prop_assert!(ahead >= me.study.due && ahead as usize <= progress.questions(&me.study.course).len());
            let answers: usize = progress.reviews.iter().map(|(_, log)| log.answers().count()).sum();
            let counted: u32 = progress.history(now).iter().map(|day| day.known + day.missed).sum();
            prop_assert!(counted as usize <= answers && BACK == 28);
        }
    }
}
