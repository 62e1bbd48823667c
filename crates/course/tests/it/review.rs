use crate::{course, plan};
use course::{
    answer::Mark,
    course::{Block, Plan},
    fsrs::Rating,
    place::Place,
    progress::Progress,
    recall::Wait,
    review::{Question, Reason},
    sitting::Move,
    study::{Msg, Notice, Rest, Study},
};
use proptest::prelude::*;
use std::rc::Rc;

const MINUTE: u64 = 60_000;
const DAY: u64 = 86_400_000;

/// A learner, and the time.
pub(super) struct Learner {
    pub(super) study: Study,
    pub(super) now: u64,
}

/// The course with so many terms in place of its one.
pub(super) fn with_terms(terms: usize) -> Rc<Plan> {
    let mut course = (*course()).clone();
    let term = course.modules[0].terms[0].clone();
    let named = |at| course::course::Term { id: format!("t{at}").into(), ..term.clone() };
    course.modules[0].terms = (0..terms).map(named).collect();
    Rc::new(course)
}

pub(super) fn learner(course: Rc<Plan>) -> Learner {
    let now = 1_000 * DAY;
    Learner { study: Study::new(course.clone(), Progress::new(&course), None).at(now), now }
}

impl Learner {
    /// Does what those words say: `exercise:item>slot`, `exercise:check`, `exercise:anyway`, `exercise:retry`,
    /// `exercise:solution`, `exercise:restart`, `exercise:undo`, `go:step`, `board`, `list`; in a review `begin`,
    /// `pick:option`, `verdict`, `again`, `hard`, `good`, `easy`, `next`, `undo`, `end`; `rest:here` and `rest:missing` load
    /// what was not there; `+1d`, `-1d`, `+10m` let time pass, and `reload` leaves and comes back.
    #[track_caller]
    pub(super) fn does(mut self, words: &str) -> Learner {
        for word in words.split_whitespace() {
            if let Some(time) = word.strip_prefix(['+', '-']) {
                let (count, unit) = time.split_at(time.len() - 1);
                let passed = count.parse::<u64>().unwrap() * if unit == "d" { DAY } else { MINUTE };
                self.now = if word.starts_with('+') { self.now + passed } else { self.now - passed };
                self.study = self.study.at(self.now);
            } else if word == "reload" {
                let json = self.study.progress.write::<serde_json::Value>();
                let progress = Progress::read(&json).unwrap().resumed(&self.study.course).unwrap();
                assert_eq!(progress, *self.study.progress);
                self.study = Study::new(self.study.course.clone(), progress, None).at(self.now);
            } else {
                self.study =
                    self.study.update(&msg(word), self.now).unwrap_or_else(|| panic!("{word}: nothing happened"));
            }
        }
        self
    }

    /// Answers the present question, and goes on.
    pub(super) fn answers(mut self, right: bool) -> Learner {
        let asked = self.study.asked().unwrap();
        if asked.question.select(&self.study.course) == 0 {
            return self.does(if right { "verdict good" } else { "verdict again" });
        }
        let options = asked.question.options(&self.study.course, asked.seed);
        let picked =
            options.iter().filter(|option| asked.question.is_right(&self.study.course, &[(*option).clone()]) == right);
        let picked = picked.take(1).cloned().collect::<Vec<_>>();
        for option in picked {
            self.study = self.study.update(&Msg::Review(Move::Pick(option)), self.now).unwrap();
        }
        self.does("verdict next")
    }

    #[track_caller]
    fn expect(self, pile: &str, done: usize, missed: &str) -> Learner {
        let sitting = self.study.progress.sitting(&self.study.course).expect("no sitting");
        assert_eq!((keys(&sitting.pile).as_str(), sitting.done, keys(&sitting.missed).as_str()), (pile, done, missed));
        self
    }

    #[track_caller]
    pub(super) fn has_due(self, due: &str) -> Learner {
        let questions = self.study.progress.due(&self.study.course, self.now);
        assert_eq!(keys(&questions), due);
        assert_eq!(self.study.due as usize, questions.len(), "the count that shows");
        self
    }
}

fn keys(questions: &[Question]) -> String {
    questions.iter().map(|question| question.key().to_string()).collect::<Vec<_>>().join(" ")
}

pub(super) fn msg(word: &str) -> Msg {
    let rated = |rating| Msg::Review(Move::Rate(rating));
    match word {
        "board" | "list" => Msg::Viewed { board: word == "board" },
        "begin" => Msg::Review(Move::Begin),
        "verdict" => Msg::Review(Move::Check),
        "again" => rated(Rating::Again),
        "hard" => rated(Rating::Hard),
        "good" => rated(Rating::Good),
        "easy" => rated(Rating::Easy),
        "next" => Msg::Review(Move::Next),
        "undo" => Msg::Review(Move::Undo),
        "end" => Msg::Review(Move::End),
        _ => {
            let (what, rest) = word.split_once(':').unwrap_or_else(|| panic!("no such word: {word}"));
            let exercise = what.into();
            match (what, rest) {
                ("rest", "here") => Msg::Loaded(Rest::Here),
                ("rest", "missing") => Msg::Loaded(Rest::Missing),
                ("go", step) => Msg::Went(Place::from_fragment(&format!("#/{step}")).unwrap()),
                ("pick", option) => Msg::Review(Move::Pick(option.into())),
                ("retain", percent) => Msg::Review(Move::Retain(percent.parse().unwrap())),
                (_, "check" | "anyway") => Msg::Checked { exercise, anyway: rest == "anyway" },
                (_, "retry") => Msg::Retried(exercise),
                (_, "solution") => Msg::GaveUp(exercise),
                (_, "restart") => Msg::Restarted(exercise),
                (_, "undo") => Msg::Undid(exercise),
                (_, "unsure") => Msg::Doubted { exercise, unsure: true },
                (_, rest) => {
                    let (item, slot) = rest.split_once('>').unwrap();
                    Msg::Placed { exercise, item: item.into(), slot: Some(slot.into()) }
                }
            }
        }
    }
}

/// Three duties, one of them wrong; both pairs wrong; a choice that is right.
pub(super) const LESSON: &str = "duties:disk>aws duties:data>aws duties:training>you duties:check \
    pairs:sniff>kms pairs:theft>tls pairs:check one-of-three:b>picked one-of-three:check";

#[test]
fn what_was_missed_in_a_lesson_is_due_soon_and_what_was_right_in_days() {
    let me = learner(course()).does(LESSON).has_due("").does("+11m").has_due("duties_data pairs_sniff pairs_theft");
    let me = me.does("+2d").has_due("duties_data pairs_sniff pairs_theft duties_disk duties_training one-of-three");
    me.does("pairs:retry pairs:sniff>tls pairs:theft>kms pairs:check")
        .has_due("duties_data duties_disk duties_training one-of-three");
}

#[test]
fn what_stands_since_an_earlier_try_is_not_answered_again() {
    let me = learner(course()).does(LESSON).does("duties:retry duties:data>you duties:check");
    let answers = |key: &str| me.study.progress.reviews.get(key).unwrap().answers().count();
    assert_eq!((answers("duties_data"), answers("duties_disk")), (2, 1));
}

/// A learner with all code but what asks again.
fn without_rest() -> Learner {
    let me = learner(course());
    Learner { study: Study { rest: Rest::Awaited, ..me.study }, ..me }
}

#[test]
fn the_rest_is_needed_once_there_is_something_to_ask_or_a_board() {
    let check =
        |words: &str, expect: bool| assert_eq!(without_rest().does(words).study.needs_rest(), expect, "{words}");
    check("", false);
    check("go:sort duties:disk>aws", false);
    check("duties:disk>aws duties:anyway", true);
    check("go:end", true);
    check("go:review", true);
    check("go:order", true);
    check("go:cards", true);
    check("go:order go:ask", false);
    check("go:order rest:missing", false);
    check("go:order rest:missing ladder:retry", true);
    check("go:sort duties:disk>aws duties:restart", true);
    check("go:sort duties:disk>aws duties:restart duties:data>aws", false);
    check("go:sort duties:disk>aws duties:restart go:match", false);
    check("board", false);
    check("go:sort board", true);
    check("go:sort board rest:missing", false);
    check("go:sort board rest:missing list", false);
    check("go:sort board rest:missing list board", true);
    check("go:review rest:here", false);
    check("go:review rest:missing", false);
    check("go:review rest:missing go:sort", false);
    check("go:review rest:missing go:sort go:review", true);
}

#[test]
fn the_rest_is_needed_to_take_in_what_somebody_else_has_saved() {
    let me = without_rest();
    let found = Msg::Found(learner(course()).does(LESSON).study.progress);
    assert_eq!(me.study.update(&found, me.now), None, "nobody can read it");
    let heard = me.study.update(&Msg::Heard, me.now).unwrap();
    assert!(heard.needs_rest());
    assert_eq!((heard.turn, heard.update(&Msg::Heard, me.now)), (me.study.turn, None), "the learner did nothing");
    let missing = heard.update(&Msg::Loaded(Rest::Missing), me.now).unwrap();
    assert_eq!((missing.needs_rest(), missing.notice), (false, None));
    let whole = heard.update(&Msg::Loaded(Rest::Here), me.now).unwrap();
    assert_eq!((whole.needs_rest(), whole.heard), (false, false));
    assert!(whole.update(&found, me.now).is_some());
}

#[test]
fn answers_are_noted_without_what_asks_again_and_are_due_when_it_comes() {
    let me = without_rest().does(LESSON).does("+2d");
    assert_eq!(me.study.due, 0, "nobody can count it");
    assert_eq!(me.study.update(&msg("begin"), me.now).unwrap().sitting, None, "and nobody asks");
    let turn = me.study.turn;
    let me =
        me.does("rest:here").has_due("duties_data pairs_sniff pairs_theft duties_disk duties_training one-of-three");
    assert_eq!(me.study.turn, turn, "the learner did nothing");
    assert!(me.study.update(&msg("rest:here"), me.now).is_none());
}

#[test]
fn what_only_the_rest_does_waits_for_it_and_changes_nothing_before() {
    let check = |before: &str, last: &str| {
        let me = without_rest().does(before);
        let (progress, last) = (me.study.progress.clone(), msg(last));
        let study = me.study.update(&last, me.now).unwrap();
        assert_eq!((study.waiting.as_deref(), &study.progress), (Some(&last), &progress));
        let missing = study.update(&Msg::Loaded(Rest::Missing), me.now).unwrap();
        assert_eq!((missing.needs_rest(), missing.shows_rest()), (false, true));
        assert_eq!(missing.notice, Some(Notice::RestMissing.into()));
        assert!(missing.update(&last, me.now).unwrap().needs_rest(), "it is asked for again");
        let whole = study.update(&Msg::Loaded(Rest::Here), me.now).unwrap();
        assert_eq!((whole.waiting.clone(), &whole.progress), (None, &progress), "whoever loaded it does the rest");
        assert_ne!(whole.update(&last, me.now).unwrap().progress, progress);
    };
    check("go:sort duties:disk>aws", "duties:restart");
    check("go:sort duties:disk>you duties:anyway", "duties:retry");
    check("go:sort duties:disk>you duties:anyway", "duties:solution");
    check("go:cards", "terms:check");
    check("go:order", "ladder:check");
}

#[test]
fn what_cannot_be_loaded_is_missing_where_it_would_be() {
    let me = without_rest().does("go:review rest:missing");
    assert_eq!(me.study.notice, Some(Notice::RestMissing.into()));
    let me = without_rest().does("go:sort board rest:missing");
    assert_eq!(me.study.notice, Some(Notice::RestMissing.into()));
    let me = without_rest().does("go:sort duties:disk>aws duties:anyway duties:solution rest:missing");
    assert_eq!(me.study.notice, Some(Notice::RestMissing.into()));
    let elsewhere = without_rest().does("go:sort");
    let notice = elsewhere.study.notice.clone();
    assert_eq!(elsewhere.does("rest:missing").study.notice, notice);
}

#[test]
fn g9_whoever_looks_at_the_solution_is_asked_again_what_was_not_right_and_has_not_mastered_it() {
    let me = learner(course()).does(LESSON).does("duties:solution pairs:solution +11m");
    let me = me.has_due("duties_data pairs_sniff pairs_theft");
    // What was just read and is right now comes back on the next day.
    let me = me.does("pairs:restart pairs:sniff>tls pairs:theft>kms pairs:check").has_due("duties_data");
    let pairs = me.study.course.exercise("pairs").unwrap();
    assert_eq!(me.study.progress.best(pairs).map(|best| best.is_full()), Some(true));
    assert!(!me.study.progress.has_mastered(pairs));
    let me = me.does("+1d").has_due("duties_data pairs_sniff pairs_theft");
    let me = me.does("begin").answers(true).answers(true).answers(true).does("end");
    assert!(!me.study.progress.has_mastered(me.study.course.exercise("pairs").unwrap()));
}

#[test]
fn mc5_right_but_unsure_comes_back_sooner() {
    let sure = learner(course()).does("one-of-three:b>picked one-of-three:check +1d").has_due("");
    assert_eq!(sure.study.progress.reason(&Question::Choice("one-of-three".into()), sure.now), Reason::Fading(1));
    let me = learner(course())
        .does("one-of-three:b>picked one-of-three:unsure one-of-three:check +1d")
        .has_due("one-of-three");
    assert_eq!(me.study.progress.reason(&Question::Choice("one-of-three".into()), me.now), Reason::Unsure);
}

#[test]
fn fc3_a_missed_question_comes_back_four_later_until_it_was_right() {
    let me = learner(course()).does(LESSON).does("+2d begin");
    let me = me.expect("duties_data pairs_sniff pairs_theft duties_disk duties_training one-of-three", 0, "");
    let me = me.answers(false);
    let me =
        me.expect("pairs_sniff pairs_theft duties_disk duties_training duties_data one-of-three", 0, "duties_data");
    let mut me = me;
    for _ in 0..4 {
        me = me.answers(true);
    }
    let me = me.expect("duties_data one-of-three", 4, "duties_data").answers(false);
    let me = me.expect("one-of-three duties_data", 4, "duties_data").answers(true).answers(true);
    let me = me.expect("", 6, "duties_data").has_due("");
    let question = Question::Item("duties".into(), "data".into());
    assert_eq!(me.study.progress.reason(&question, me.now), Reason::Missed(3));
    assert_eq!(me.does("end").study.progress.sitting, None);
}

#[test]
fn fc4_undo_takes_the_last_answer_back_also_after_a_reload_and_after_the_last_question() {
    let me = learner(course()).does("pairs:sniff>kms pairs:theft>tls pairs:check +10m begin").expect(
        "pairs_sniff pairs_theft",
        0,
        "",
    );
    let me = me.answers(false).expect("pairs_theft pairs_sniff", 0, "pairs_sniff").does("undo").expect(
        "pairs_sniff pairs_theft",
        0,
        "",
    );
    let me = me.answers(true).answers(true).expect("", 2, "").does("reload undo").expect("pairs_theft", 1, "");
    assert_eq!(me.study.notice, Some(Notice::ReviewUndone.into()));
    let me = me.does("undo").expect("pairs_sniff pairs_theft", 0, "");
    assert_eq!(me.study.update(&msg("undo"), me.now), None, "nothing of an earlier day is taken back");
    // And it can be answered anew within the same millisecond.
    me.answers(true).expect("pairs_theft", 1, "");
}

#[test]
fn a_sitting_goes_on_after_a_reload_and_in_another_tab() {
    let me = learner(course()).does(LESSON).does("+2d begin").answers(true).answers(false).does("reload");
    let me = me.expect("pairs_theft duties_disk duties_training one-of-three pairs_sniff", 1, "pairs_sniff");
    let other = learner(course());
    let there = other.study.update(&Msg::Found(me.study.progress.clone()), me.now).unwrap();
    assert_eq!(there.progress.sitting(&there.course), me.study.progress.sitting(&me.study.course));
}

#[test]
fn fc7_after_a_long_break_twenty_are_asked_and_the_others_wait() {
    let course = with_terms(40);
    let mut me = learner(course).does("go:end");
    for day in 0..4 {
        me = me.does("+1d begin");
        let pile = me.study.progress.sitting(&me.study.course).unwrap().pile;
        let new = pile.iter().filter(|question| me.study.progress.reason(question, me.now) == Reason::New).count();
        assert_eq!(new, 10, "ten new terms on day {day}");
        for _ in pile {
            me = me.answers(true);
        }
        me = me.does("end");
    }
    let me = me.does("+200d");
    // Forty are forgotten by now, and the ten new ones of that day.
    assert_eq!(me.study.due, 50);
    let me = me.does("begin");
    assert_eq!(me.study.progress.sitting(&me.study.course).unwrap().pile.len(), 20);
}

#[test]
fn terms_are_asked_both_ways_once_they_were_seen() {
    let me =
        learner(with_terms(3)).has_due("").does("go:end").has_due("_t0_meaning _t1_meaning _t2_meaning _t0 _t1 _t2");
    let course = me.study.course.clone();
    for question in me.study.progress.due(&course, me.now) {
        let options = question.options(&course, 7);
        assert_eq!(options.len(), 3, "a term among all others there are");
        let right: Vec<_> = options.iter().filter(|option| question.is_right(&course, &[(*option).clone()])).collect();
        let (Question::Meaning(term) | Question::Term(term)) = &question else { panic!("{question:?}") };
        assert_eq!(right, [term]);
    }
}

#[test]
fn distractors_of_a_term_are_of_its_own_module_first() {
    let mut course = (*with_terms(3)).clone();
    let mut other = course.modules[0].clone();
    other.id = "two".into();
    other.steps.clear();
    other.terms.iter_mut().for_each(|term| term.id = format!("other-{}", term.id).into());
    course.modules.push(other);
    for seed in 1..50 {
        let mut options = Question::Meaning("t1".into()).options(&course, seed);
        options.sort();
        assert_eq!(options[1..], ["t0".into(), "t1".into(), "t2".into()]);
        assert!(options[0].starts_with("other-"));
    }
}

#[test]
fn every_option_says_how_it_fared() {
    let check = |question: Question, picked: &str, expect: &[(&str, Option<Mark>)]| {
        let picked: Vec<_> = picked.split_whitespace().map(Into::into).collect();
        for (option, mark) in expect {
            assert_eq!(question.mark(&course(), &picked, &(*option).into()), *mark, "{question:?} {picked:?} {option}");
        }
    };
    use Mark::{Left, Missed, Right, Wrong};
    let item = |item: &str| Question::Item("duties".into(), item.into());
    check(item("disk"), "aws", &[("aws", Some(Right)), ("you", Some(Left))]);
    check(item("disk"), "you", &[("aws", Some(Missed)), ("you", Some(Wrong))]);
    check(item("training"), "you", &[("aws", None), ("you", Some(Right))]);
    let choice = Question::Choice("two-of-four".into());
    check(choice, "a b", &[("a", Some(Right)), ("b", Some(Wrong)), ("c", Some(Missed)), ("d", Some(Left))]);
    check(Question::Term("mfa".into()), "mfa", &[("mfa", Some(Right))]);
}

#[test]
fn g3_an_incomplete_answer_is_no_answer() {
    let me = learner(course()).does("two-of-four:a>picked two-of-four:b>picked two-of-four:check +10m begin pick:a");
    let next = me.study.update(&msg("verdict"), me.now).unwrap();
    assert_eq!(
        (next.notice.clone(), next.progress.clone()),
        (Some(Notice::ReviewIncomplete.into()), me.study.progress.clone())
    );
    let me = Learner { study: next, ..me }.does("pick:c verdict");
    assert_eq!(me.study.notice, Some(Notice::Reviewed { right: true }.into()));
    assert_eq!(me.study.update(&msg("verdict"), me.now), None);
    assert_eq!(me.study.update(&msg("pick:a"), me.now), None);
}

#[test]
fn fc6_each_rating_tells_when_the_card_comes_back_and_it_does() {
    let me = learner(course()).does("terms:check terms:c1>again +10m begin verdict");
    let question = Question::Card("terms".into(), "c1".into());
    let log = me.study.progress.log(&question).unwrap();
    let waits = log.waits(me.now, Default::default());
    assert_eq!(waits[0], Wait::Relearn);
    assert!(waits.is_sorted() && waits[1] >= Wait::Days(1), "{waits:?}");
    for (word, wait) in ["hard", "good", "easy"].into_iter().zip(&waits[1..]) {
        let Wait::Days(days) = *wait else { panic!("{word}: {wait:?}") };
        let there = Learner { study: me.study.clone(), now: me.now }.does(word);
        there.does(&format!("end +{}d", days - 1)).has_due("").does("+1d").has_due("terms_c1");
    }
}

#[test]
fn fc4_undo_in_a_lesson_also_takes_back_what_the_review_knows() {
    let me = learner(course()).does("terms:check terms:c1>again terms:undo +10m").has_due("");
    me.does("terms:check terms:c1>again +10m").has_due("terms_c1");
}

#[test]
fn fc4_undo_in_a_lesson_takes_no_answer_of_a_review_back_whichever_came_later() {
    let answers = |me: &Learner, card: &str| {
        let log = me.study.progress.log(&Question::Card("terms".into(), card.into())).unwrap();
        log.answers().map(|(_, rating)| rating).collect::<Vec<_>>()
    };
    let me = learner(course()).does("terms:check terms:c1>again +10m begin").answers(true).does("end reload");
    assert_eq!(answers(&me, "c1"), [Rating::Again, Rating::Good]);
    let me = me.does("terms:check terms:c2>got-it terms:undo");
    assert_eq!(answers(&me, "c2"), []);
    assert_eq!(answers(&me, "c1"), [Rating::Again, Rating::Good]);
    let me = me.does("reload terms:undo");
    assert_eq!(answers(&me, "c1"), [Rating::Good], "what the lesson has rated, and not what came after");
    assert_eq!(me.study.update(&msg("terms:undo"), me.now), None, "there is nothing more to take back");
}

#[test]
fn fc4_of_a_session_that_an_earlier_build_began_only_what_is_known_is_taken_back() {
    let mut me = learner(course()).does("terms:check terms:c1>again");
    Rc::make_mut(&mut me.study.progress).exercises.get_mut("terms").unwrap().rated.clear();
    let me = me.does("terms:check terms:c2>got-it terms:undo");
    assert_eq!(me.study.update(&msg("terms:undo"), me.now), None);
    me.does("+10m").has_due("terms_c1");
}

#[test]
fn fc4_undo_knows_what_was_rated_when_cards_go() {
    let mut course = (*course()).clone();
    let me = learner(course.clone().into()).does("terms:check terms:c1>again terms:check terms:c2>got-it");
    let terms = course.modules[0].steps.iter_mut().flat_map(|step| &mut step.blocks).find_map(|block| match block {
        Block::Exercise(exercise) if *exercise.id == *"terms" => Some(exercise),
        _ => None,
    });
    terms.unwrap().items.remove(0);
    let progress = (*me.study.progress).clone().resumed(&course).unwrap();
    let left = Learner { study: Study::new(course.into(), progress, None).at(me.now), now: me.now };
    assert_eq!(left.study.update(&msg("terms:undo"), left.now), None, "which of them it was is not known");
    assert_eq!(left.study.progress.log(&Question::Card("terms".into(), "c2".into())).unwrap().answers().count(), 1);
}

#[test]
fn fc6_a_clock_that_was_wrong_keeps_nothing_waiting() {
    let me = learner(course()).does("+3000d pairs:sniff>tls pairs:theft>kms pairs:check");
    // Set right again, everything would wait for eight years.
    let me = me.does("-2999d").has_due("");
    let standing = me.study.progress.standing(&Question::Item("pairs".into(), "sniff".into())).unwrap();
    assert_eq!((standing.answers, standing.missed), (1, 0), "what was answered then counts");
    assert!((1..5).contains(&standing.due_in(me.now)), "{standing:?}");
    me.does("+5d").has_due("pairs_sniff pairs_theft").does("begin").answers(true).answers(true).expect("", 2, "");
}

#[test]
fn a_retention_that_is_wanted_higher_asks_sooner() {
    let due_in = |words: &str| {
        let me = learner(course())
            .does("one-of-three:b>picked one-of-three:check +5d begin")
            .answers(true)
            .does("end")
            .does(words);
        me.study.progress.standing(&Question::Choice("one-of-three".into())).unwrap().due_in(me.now)
    };
    assert!(due_in("retain:95") < due_in("") && due_in("") < due_in("retain:80"));
}

#[test]
fn a_changed_key_asks_anew() {
    let me = learner(course()).does("one-of-three:b>picked one-of-three:check +9d").has_due("one-of-three");
    let edited = plan(
        &crate::COURSE.replace(r#"{ "id": "b", "text": ["B"], "accepts""#, r#"{ "id": "b2", "text": ["B"], "accepts""#),
    );
    let progress = (*me.study.progress).clone().resumed(&edited).unwrap();
    assert_eq!(progress.due(&edited, me.now), []);
    assert_eq!(progress.standing(&Question::Choice("one-of-three".into())), None, "nor does it stand as before");
}

#[test]
fn a_corrected_item_is_asked_anew_and_what_is_known_of_the_others_stays() {
    let me = learner(course()).does(LESSON).does("+9d");
    let edited = plan(&crate::COURSE.replace(
        r#"{ "id": "disk", "text": ["Disks"], "accepts": ["aws"]"#,
        r#"{ "id": "disk", "text": ["Disks"], "accepts": ["you"]"#,
    ));
    let due = (*me.study.progress).clone().resumed(&edited).unwrap().due(&edited, me.now);
    assert_eq!(keys(&due), "duties_data pairs_sniff pairs_theft duties_training one-of-three");
}

#[test]
fn what_was_renamed_is_known_under_its_new_name() {
    let me =
        learner(course()).does(LESSON).does("terms:check terms:c1>again go:end begin").answers(true).does("end +9d");
    let edited = plan(
        &crate::COURSE
            .replace(r#""id": "duties""#, r#""id": "jobs", "was": ["duties"]"#)
            .replace(r#""id": "data""#, r#""id": "records", "was": ["data"]"#)
            .replace(r#""id": "one-of-three""#, r#""id": "one", "was": ["one-of-three"]"#)
            .replace(r#""id": "c1""#, r#""id": "first", "was": ["c1"]"#)
            .replace(r#""id": "mfa""#, r#""id": "second-factor", "was": ["mfa"]"#),
    );
    let progress = (*me.study.progress).clone().resumed(&edited).unwrap();
    let due = keys(&progress.due(&edited, me.now));
    assert_eq!(
        due,
        "jobs_records pairs_sniff pairs_theft terms_first jobs_disk jobs_training one _second-factor_meaning _second-factor"
    );
    assert_eq!(progress.standing(&Question::Meaning("second-factor".into())).unwrap().answers, 1);
    assert_eq!(progress.reviews.len(), 8, "and no more under its old one");
    assert_eq!(progress.clone().resumed(&edited).unwrap(), progress);
}

proptest! {
    #[test]
    fn any_moves_keep_a_sitting_sound(
        moves in prop::collection::vec((0u8..9, 0u64..3), 0..80), retention in prop::option::of(0u32..200)
    ) {
        let mut me = learner(with_terms(12)).does(LESSON).does("go:end +10m");
        if let Some(retention) = retention {
            me = me.does(&format!("retain:{retention}"));
        }
        for (step, days) in moves {
            me.now += days * DAY;
            let asked = me.study.asked();
            let option = asked.and_then(|asked| asked.question.options(&me.study.course, asked.seed).first().cloned());
            let next = match (step, option) {
                (0, _) => Move::Begin,
                (1, Some(option)) => Move::Pick(option),
                (2 | 3, _) => Move::Check,
                (4, _) => Move::Rate(Rating::Again),
                (5, _) => Move::Rate(Rating::Good),
                (6, _) => Move::Undo,
                (7, _) => Move::End,
                _ => Move::Next,
            };
            let Some(study) = me.study.update(&Msg::Review(next), me.now) else { continue };
            me.study = study;
            if let Some(sitting) = me.study.progress.sitting(&me.study.course) {
                prop_assert!(sitting.done + sitting.pile.len() <= 20);
                prop_assert!(sitting.missed.len() <= sitting.done + sitting.pile.len());
            }
            let read = Progress::read(&me.study.progress.write::<serde_json::Value>()).unwrap();
            prop_assert_eq!(&read, &*me.study.progress);
            // What was found before and kept is what whoever has just come finds.
            let course = &me.study.course;
            prop_assert_eq!(me.study.sitting.as_deref().cloned(), read.sitting(course));
            prop_assert_eq!(me.study.progress.due(course, me.now), read.due(course, me.now));
        }
    }
}
