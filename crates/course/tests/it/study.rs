use crate::{course, text};
use course::{
    Id,
    answer::Score,
    place::Place,
    progress::{Phase, Progress},
    study::{Focus, Msg, Notice, Piece, Saving, Study},
};
use proptest::prelude::*;
use std::rc::Rc;

pub fn start() -> Study {
    Study::new(course(), Progress::new(&course()), None)
}

/// The message that a short word stands for: `go:step`, `next`, `item>slot`, `item>`, `check`, `anyway`, `retry`,
/// `solve`, `restart`, `undo`, `reset`, `*item` and `@slot` touched on a board, `pool`, `+1` and `-1` for arrow keys, `esc`,
/// `board`, `list`, `out:option`, `unsure`, `sure`, `star:card`, `back` and `front` first, `deal`, `shuffle`,
/// `stars`, `race`; about the given exercise.
pub fn msg(exercise: &str, word: &str) -> Msg {
    let id = Id::from(exercise);
    match word {
        "next" => Msg::Advanced,
        "check" => Msg::Checked { exercise: id, anyway: false },
        "anyway" => Msg::Checked { exercise: id, anyway: true },
        "retry" => Msg::Retried(id),
        "solve" => Msg::GaveUp(id),
        "restart" => Msg::Restarted(id),
        "undo" => Msg::Undid(id),
        "reset" => Msg::Reset,
        "pool" => Msg::Touched { exercise: id, what: Piece::Pool },
        "+1" => Msg::Aimed(1),
        "-1" => Msg::Aimed(-1),
        "esc" => Msg::LetGo,
        "board" | "list" => Msg::Viewed { board: word == "board" },
        "unsure" | "sure" => Msg::Doubted { exercise: id, unsure: word == "unsure" },
        word if word.starts_with('*') => Msg::Touched { exercise: id, what: Piece::Item(word[1..].into()) },
        word if word.starts_with('@') => Msg::Touched { exercise: id, what: Piece::Slot(word[1..].into()) },
        "back" | "front" => Msg::Reversed { exercise: id, reversed: word == "back" },
        "deal" | "shuffle" => Msg::Dealt { exercise: id, starred: false, shuffled: word == "shuffle" },
        "race" => Msg::Raced(id),
        "stars" => Msg::Dealt { exercise: id, starred: true, shuffled: false },
        word if word.starts_with("star:") => Msg::Starred { exercise: id, item: word[5..].into() },
        word if word.starts_with("out:") => Msg::RuledOut { exercise: id, item: word[4..].into() },
        word => match (word.split_once('>'), word.strip_prefix("go:")) {
            (_, Some(step)) => Msg::Went(Place::Step(step.into())),
            (Some((item, slot)), _) => {
                Msg::Placed { exercise: id, item: item.into(), slot: (!slot.is_empty()).then(|| slot.into()) }
            }
            (None, None) => panic!("no such word: {word}"),
        },
    }
}

/// The study after those words; a word with a `!` must change nothing.
#[track_caller]
fn play(exercise: &str, words: &str) -> Study {
    let mut study = start();
    for word in words.split_whitespace() {
        let (word, idle) = word.strip_prefix('!').map_or((word, false), |word| (word, true));
        match (study.update(&msg(exercise, word), 7), idle) {
            (Some(next), false) => study = next,
            (None, true) => {}
            (got, _) => panic!("{word} changed {}", if got.is_some() { "something" } else { "nothing" }),
        }
    }
    study
}

#[track_caller]
fn check(exercise: &str, words: &str, phase: Phase, attempts: u32, given: &str) -> Study {
    let study = play(exercise, words);
    let record = study.progress.record(exercise).cloned().unwrap_or_default();
    assert_eq!((record.phase, record.attempts, text(&record.answer).as_str()), (phase, attempts, given), "{words}");
    study
}

#[test]
fn g2_only_check_grades() {
    check("duties", "disk>aws data>you training>you", Phase::Open, 0, "disk>aws data>you training>you");
    check("duties", "disk>aws data>you training>you check", Phase::Checked, 1, "disk>aws data>you training>you");
}

#[test]
fn g3_an_incomplete_answer_is_no_attempt_and_leads_to_the_first_open_item() {
    let study = check("duties", "disk>aws check", Phase::Open, 0, "disk>aws");
    assert_eq!(study.notice, Some(Notice::Incomplete("duties".into(), 2).into()));
    assert_eq!(study.focus, Some(Focus::Item("duties".into(), "data".into())));
    assert_eq!(study.incomplete, Some(("duties".into(), 2)));
    let same = play("duties", "disk>aws");
    assert_eq!(study.progress, same.progress, "nothing is saved for it");
    let empty = check("duties", "check check", Phase::Open, 0, "");
    assert_eq!(empty.notice, Some(Notice::Incomplete("duties".into(), 3).into()));
    let done = play("duties", "disk>aws check data>you training>you");
    assert_eq!(done.incomplete, None);
}

#[test]
fn g4_checking_is_announced_once() {
    let study = play("one-of-three", "b>picked check");
    assert_eq!(study.notice, Some(Notice::Checked("one-of-three".into()).into()));
    assert_eq!(study.update(&msg("one-of-three", "check"), 8), None);
    assert_eq!(study.update(&msg("duties", "disk>aws"), 8).unwrap().notice, None);
}

#[test]
fn g5_checking_moves_no_focus() {
    assert_eq!(play("one-of-three", "b>picked check").focus, None);
    assert_eq!(play("one-of-three", "a>picked check retry").focus, None);
}

#[test]
fn g8_try_again_keeps_right_rows_and_clears_wrong_ones() {
    let words = "disk>aws data>aws training>you check retry";
    let study = check("duties", words, Phase::Open, 1, "disk>aws training>you");
    assert_eq!(study.progress.record("duties").unwrap().kept, ["disk".into(), "training".into()]);
    check("duties", &format!("{words} !disk>you data>you check"), Phase::Checked, 2, "disk>aws training>you data>you");
}

#[test]
fn g8_practise_again_after_full_marks_clears_all_and_keeps_the_best() {
    let study = check("one-of-three", "b>picked check retry", Phase::Open, 1, "");
    assert_eq!(study.progress.record("one-of-three").unwrap().best, Some(Score { right: 1, of: 1 }));
    check("duties", "disk>aws data>you training>you check retry", Phase::Open, 1, "");
}

#[test]
fn g8_reset_clears_one_exercise_and_reset_everything_all() {
    let study = check("duties", "disk>aws restart !restart", Phase::Open, 0, "");
    assert!(study.progress.record("duties").is_some());
    let study = play("duties", "next disk>aws reset");
    assert_eq!(study.progress.exercises.len(), 0);
    assert_eq!(study.place, Place::Step("read".into()));
}

#[test]
fn g9_the_solution_after_a_check_never_counts_as_mastered() {
    play("one-of-three", "!solve a>picked !solve");
    let study = check("one-of-three", "a>picked check solve !solve", Phase::Solved, 1, "a>picked");
    assert_eq!(study.notice, Some(Notice::Solved("one-of-three".into()).into()));
    let study = check("one-of-three", "a>picked check solve retry b>picked check", Phase::Checked, 2, "b>picked");
    let record = study.progress.record("one-of-three").unwrap();
    assert_eq!((record.best, record.is_mastered()), (Some(Score { right: 1, of: 1 }), false));
    assert!(play("one-of-three", "b>picked check").progress.record("one-of-three").unwrap().is_mastered());
}

#[test]
fn cl7_unanswered_is_wrong_only_if_the_learner_says_so() {
    let study = check("duties", "disk>aws check anyway", Phase::Checked, 1, "disk>aws");
    assert_eq!(study.progress.record("duties").unwrap().best, Some(Score { right: 1, of: 3 }));
    check("duties", "anyway", Phase::Open, 0, "");
    check("two-of-four", "a>picked anyway", Phase::Open, 0, "a>picked");
}

#[test]
fn ma3_an_answer_used_elsewhere_moves_and_says_so() {
    let study = check("pairs", "sniff>kms theft>kms", Phase::Open, 0, "theft>kms");
    assert_eq!(study.notice, Some(Notice::Moved { exercise: "pairs".into(), from: "sniff".into() }.into()));
    let kept = check("pairs", "sniff>tls theft>spare check retry theft>tls", Phase::Open, 1, "theft>tls");
    assert!(kept.progress.record("pairs").unwrap().kept.is_empty(), "what was kept can be taken back");
}

#[test]
fn ma3_arrowing_through_a_list_takes_nothing_from_another_prompt() {
    let study = check("pairs", "sniff>tls theft>tls theft>kms", Phase::Open, 0, "theft>kms sniff>tls");
    assert_eq!(study.notice, Some(Notice::MovedBack { exercise: "pairs".into(), to: "sniff".into() }.into()));
    check("pairs", "sniff>tls theft>tls theft>", Phase::Open, 0, "sniff>tls");
    check("pairs", "sniff>tls theft>tls sniff>kms theft>spare", Phase::Open, 0, "sniff>kms theft>spare");
    let kept =
        check("pairs", "sniff>tls theft>spare check retry theft>tls theft>kms", Phase::Open, 1, "theft>kms sniff>tls");
    assert_eq!(kept.progress.record("pairs").unwrap().kept, ["sniff".into()]);
    check("one-of-three", "a>picked b>picked c>picked", Phase::Open, 0, "c>picked");
}

#[test]
fn mc2_a_third_option_can_be_selected_and_is_not_graded() {
    let study = check("two-of-four", "a>picked b>picked c>picked check", Phase::Open, 0, "a>picked b>picked c>picked");
    assert_eq!(study.notice, Some(Notice::Incomplete("two-of-four".into(), -1).into()));
    check("two-of-four", "a>picked b>picked c>picked b> check", Phase::Checked, 1, "a>picked c>picked");
}

#[test]
fn fc2_cards_are_turned_then_rated() {
    let study = check("terms", "!c1>got-it check !check c1>got-it", Phase::Open, 0, "c1>got-it");
    assert_eq!(study.focus, Some(Focus::Card("terms".into())));
    check("terms", "check !c2>got-it !c1>", Phase::Checked, 0, "");
    assert_eq!(play("terms", "check").focus, Some(Focus::CardBack("terms".into())));
}

const ALL: &str =
    "check c1>again check c2>got-it check c3>got-it check c4>got-it check c5>got-it check c1>got-it check c6>got-it";

#[test]
fn fc3_review_of_the_missed_cards() {
    let study = play("terms", ALL);
    assert_eq!(study.notice, Some(Notice::DeckDone("terms".into()).into()));
    let study = play("terms", &format!("{ALL} !check retry"));
    let exercise = study.course.exercise("terms").unwrap();
    assert_eq!(exercise.deck(&study.record(exercise)).card().unwrap().id, "c1".into());
    let study = play("terms", &format!("{ALL} retry check c1>got-it !check retry"));
    assert_eq!(exercise.deck(&study.record(exercise)).len(), 6, "with none missed, all come again");
}

#[test]
fn fc4_undo_reverses_the_last_rating_even_of_the_last_card() {
    let study = play("terms", &format!("{ALL} undo"));
    let exercise = study.course.exercise("terms").unwrap();
    assert_eq!(exercise.deck(&study.record(exercise)).card().unwrap().id, "c6".into());
    play("terms", "!undo check !undo c1>again undo !undo");
}

/// The cards to come after those words, and whether the exercise counts as done.
#[track_caller]
fn check_cards(words: &str, cards: &str, done: bool) -> Study {
    let study = play("terms", words);
    let exercise = study.course.exercise("terms").unwrap();
    let record = study.record(exercise);
    let pile: Vec<String> = exercise.deck(&record).pile.iter().map(|card| card.id.to_string()).collect();
    assert_eq!(pile.join(" "), cards, "{words}");
    assert_eq!(study.progress.exercise_state(exercise) == course::results::State::Done, done, "{words}");
    study
}

#[test]
fn fc8_sessions_of_starred_cards_or_in_another_order() {
    check_cards("star:c5 star:c2 star:c5 star:c4 stars", "c2 c4", false);
    check_cards("star:c2 check c1>got-it stars check c2>got-it", "", false);
    check_cards(&format!("{ALL} star:c2 stars check c2>got-it"), "", true);
    check_cards("!stars !star:ghost deal star:c2 star:c2 !stars", "c1 c2 c3 c4 c5 c6", false);
    let study = check_cards("check c1>again shuffle", "c1 c4 c2 c5 c6 c3", false);
    assert_eq!(study.focus, Some(Focus::Card("terms".into())));
    check_cards("check c1>again shuffle check c1>again", "c4 c2 c5 c6 c1 c3", false);
    check_cards("shuffle deal", "c1 c2 c3 c4 c5 c6", false);
    play("duties", "!star:disk !back !deal !stars");
}

#[test]
fn fc8_the_backs_come_first_for_who_wants_it_and_stars_stay_when_cards_change() {
    let study = play("terms", "star:c2 back !back check c1>again");
    let record = study.record(study.course.exercise("terms").unwrap());
    assert!(record.reversed && record.answer.placements.len() == 1, "no session is lost by it");
    let json = study.progress.write::<serde_json::Value>();
    assert_eq!(Progress::read(&json).as_ref(), Some(&*study.progress));
    let mut older = (*study.progress).clone();
    older.exercises.get_mut("terms").unwrap().key_version += 1;
    let resumed = older.resumed(&course()).unwrap();
    let record = resumed.record("terms").unwrap();
    assert_eq!((record.starred.as_slice(), record.reversed), (&[Id::from("c2")][..], true));
}

#[test]
fn ma8_a_race_is_asked_for_takes_time_and_never_counts() {
    let practised = play("pairs", "!race sniff>kms theft>tls check");
    assert_eq!(practised.record(practised.course.exercise("pairs").unwrap()).race, None, "off until it is asked for");
    let at = |study: &Study, words: &str, now: u64| {
        words.split_whitespace().fold(study.clone(), |study, word| study.update(&msg("pairs", word), now).unwrap())
    };
    let racing = at(&practised, "race", 1_000);
    assert_eq!(racing.notice, Some(Notice::Raced("pairs".into()).into()));
    let wrong = at(&racing, "sniff>kms theft>spare check", 9_000);
    let done = at(&wrong, "retry sniff>tls theft>kms check", 24_900);
    let record = |study: &Study| study.record(study.course.exercise("pairs").unwrap());
    assert_eq!((record(&done).times, record(&done).race), (Some((23, 23)), None), "the clock runs on while one tries");
    let slower = at(&at(&done, "race", 100_000), "sniff>tls theft>kms check", 160_000);
    assert_eq!(record(&slower).times, Some((60, 23)));
    let before = record(&practised);
    let after = record(&slower);
    assert_eq!((after.attempts, after.first, after.best), (before.attempts, before.first, before.best));
    assert!(!after.is_mastered(), "a race is no mastery");
    let given_up = at(&at(&done, "race", 100_000), "sniff>kms theft>spare check solve", 101_000);
    assert_eq!(record(&given_up).race, None);
    let json = slower.progress.write::<serde_json::Value>();
    assert_eq!(Progress::read(&json).as_ref(), Some(&*slower.progress));
    // A clock that was set back.
    assert_eq!(record(&at(&at(&done, "race", 100_000), "sniff>tls theft>kms check", 5)).times, Some((1, 1)));
    play("duties", "disk>aws data>you training>you check !race");
}

#[test]
fn em8_the_address_of_an_exercise_leads_to_it_in_its_step() {
    let study = play("duties", "go:duties");
    assert_eq!((&study.place, &study.focus), (&Place::Step("sort".into()), &Some(Focus::Exercise("duties".into()))));
    let there = play("duties", "go:sort go:duties");
    assert_eq!(there.focus, Some(Focus::Exercise("duties".into())), "also from the step itself");
    assert!(there.is_at(Place::Step("duties".into())) && !there.is_at(Place::Step("pairs".into())));
    let linked = Study::new(course(), Progress::new(&course()), Some(Place::Step("pairs".into())));
    assert_eq!((linked.place, linked.focus), (Place::Step("match".into()), None), "nobody's focus is stolen");
    play("duties", "!go:ghost");
}

#[test]
fn a_learner_comes_back_to_where_they_were() {
    let left = play("duties", "next next disk>aws");
    let back = Study::new(course(), (*left.progress).clone(), None);
    assert_eq!(back.place, Place::Step("match".into()));
    assert_eq!(back.progress, left.progress);
    let linked = Study::new(course(), (*left.progress).clone(), Some(Place::Glossary(Some("mfa".into()))));
    assert_eq!(linked.place, Place::Glossary(Some("mfa".into())));
    let stale = Study::new(course(), (*left.progress).clone(), Some(Place::Step("gone".into())));
    assert_eq!(stale.place, Place::Step("match".into()));
}

#[test]
fn a_message_that_changes_nothing_gives_nothing() {
    play("duties", "!disk> !ghost>aws !disk>ghost !retry !restart !solve !undo !go:ghost !go:read disk>aws !disk>aws");
    play("ghost", "!disk>aws !check !anyway !retry !solve !restart !undo");
    play("duties", "go:end !next");
    let study = start();
    assert_eq!(study.update(&Msg::Saved(Saving::Kept), 1), None);
    let full = study.update(&Msg::Saved(Saving::Full), 1).unwrap();
    assert_eq!(full.notice, Some(Notice::Unsaved(Saving::Full, None).into()));
    assert!(Rc::ptr_eq(&full.progress, &study.progress), "nothing to save");
}

#[test]
fn g4_a_verdict_is_told_whatever_becomes_of_saving_it() {
    let checked = play("duties", "disk>aws data>you check");
    let (verdict, turn) = (checked.notice.clone(), checked.turn);
    let full = checked.update(&Msg::Saved(Saving::Full), 1).unwrap();
    assert_eq!(full.notice, Some(Notice::Unsaved(Saving::Full, verdict.clone()).into()));
    let failing = Study { saving: Saving::Full, ..checked };
    let kept = failing.update(&Msg::Saved(Saving::Kept), 1).unwrap();
    assert_eq!((kept.notice, kept.turn), (verdict, turn), "what was said is not said again");
}

#[test]
fn em5_how_it_stands_with_an_lms_is_told_and_interrupts_nothing() {
    let check = |saving, lms, expect: Saving| {
        let study = Study { saving, lms, ..start() };
        assert_eq!(study.saved(), expect, "{saving:?} {lms:?}");
    };
    check(Saving::Kept, None, Saving::Kept);
    check(Saving::Kept, Some(Saving::Unsent), Saving::Unsent);
    check(Saving::Kept, Some(Saving::Recorded), Saving::Recorded);
    check(Saving::Refused, Some(Saving::Recorded), Saving::Recorded);
    check(Saving::Refused, Some(Saving::Unsent), Saving::Refused);
    let study = play("duties", "disk>aws data>you check");
    let told = study.notice.clone();
    assert!(told.is_some());
    let recorded = study.update(&Msg::Reported(Some(Saving::Recorded)), 1).unwrap();
    assert_eq!((&recorded.notice, recorded.turn), (&told, study.turn), "what was said is not said again");
    let unsent = study.update(&Msg::Reported(Some(Saving::Unsent)), 1).unwrap();
    let expect = Some(Notice::Unsaved(Saving::Unsent, told).into());
    assert_eq!(unsent.notice, expect, "the verdict may not have been heard yet");
    assert_eq!(unsent.update(&Msg::Reported(Some(Saving::Unsent)), 1), None);
    let recorded = unsent.update(&Msg::Reported(Some(Saving::Recorded)), 1).unwrap();
    assert_eq!(recorded.update(&Msg::Reported(Some(Saving::Unsent)), 1).unwrap().notice, expect, "it is said once");
}

#[test]
fn changes_are_counted_and_stamped() {
    let record = play("duties", "disk>aws data>aws").progress.record("duties").unwrap().clone();
    assert_eq!((record.seq, record.at), (2, 7));
}

const WORDS: [&str; 51] = [
    "next",
    "check",
    "anyway",
    "retry",
    "solve",
    "restart",
    "undo",
    "reset",
    "go:end",
    "go:ask",
    "disk>aws",
    "disk>you",
    "data>you",
    "training>",
    "training>aws",
    "sniff>tls",
    "theft>tls",
    "theft>kms",
    "a>picked",
    "b>picked",
    "b>",
    "c1>again",
    "c1>got-it",
    "c2>got-it",
    "ec2>position-1",
    "rds>position-1",
    "s3>position-2",
    "s3>",
    "*disk",
    "*data",
    "@aws",
    "@you",
    "*sniff",
    "@tls",
    "@kms",
    "*rds",
    "pool",
    "+1",
    "-1",
    "esc",
    "board",
    "out:a",
    "out:b",
    "unsure",
    "star:c1",
    "star:c2",
    "back",
    "deal",
    "shuffle",
    "stars",
    "race",
];

proptest! {
    #[test]
    fn any_messages_keep_the_study_sound(
        words in prop::collection::vec((prop::sample::select(&["duties", "pairs", "one-of-three", "two-of-four", "ladder", "terms"][..]),
            prop::sample::select(&WORDS[..])), 0..60)
    ) {
        let mut study = start();
        for (exercise, word) in words {
            let Some(next) = study.update(&msg(exercise, word), 3) else { continue };
            prop_assert_ne!(next.turn, study.turn);
            study = next;
            for exercise in study.course.exercises() {
                let record = study.record(exercise);
                let score = exercise.grade(&record.answer);
                prop_assert!(score.right <= score.of);
                let stand = record.answer.placements.len();
                prop_assert!(exercise.kind != course::exercise::Kind::Ordering || stand == 0 || stand == exercise.items.len());
                prop_assert!(record.best.is_none_or(|best| best.right <= best.of));
                prop_assert!(record.best.is_some() == (record.attempts > 0));
                prop_assert!(record.phase == Phase::Open || exercise.kind == course::exercise::Kind::Flashcards || record.attempts > 0);
            }
            let json = study.progress.write::<serde_json::Value>();
            let read = Progress::read(&json).unwrap().resumed(&study.course).unwrap();
            prop_assert_eq!(&read, &*study.progress);
        }
    }
}

#[test]
fn who_comes_to_the_glossary_first_is_led_back_to_the_first_step() {
    let mut gone = Progress::new(&course());
    gone.step = Some("no-longer-there".into());
    for progress in [Progress::new(&course()), gone] {
        let study = Study::new(course(), progress, Some(Place::Glossary(None)));
        assert_eq!(study.place, Place::Glossary(None));
        assert_eq!(study.last_place(), Some(Place::Step("read".into())));
    }
}

#[test]
fn cl4_on_a_board_an_item_and_a_slot_come_together_either_way_round() {
    check("duties", "*disk @aws", Phase::Open, 0, "disk>aws");
    check("duties", "@aws *disk", Phase::Open, 0, "disk>aws");
    check("duties", "*disk *data @you", Phase::Open, 0, "data>you");
    check("duties", "@aws @you *data", Phase::Open, 0, "data>you");
    check("duties", "disk>aws *disk @you", Phase::Open, 0, "disk>you");
    check("duties", "disk>aws data>you *disk pool", Phase::Open, 0, "data>you");
}

#[test]
fn cl4_what_is_held_can_be_let_go_and_nothing_has_changed() {
    for words in ["disk>aws *disk esc", "disk>aws *disk *disk", "disk>aws @you @you", "disk>aws *disk +1 esc"] {
        let study = check("duties", words, Phase::Open, 0, "disk>aws");
        assert_eq!((&study.held, &study.notice), (&None, &Some(Notice::LetGo.into())), "{words}");
    }
    check("duties", "disk>aws !pool !+1 !esc *disk go:ask !esc", Phase::Open, 0, "disk>aws");
    check("duties", "disk>aws *disk check go:ask !esc", Phase::Open, 0, "disk>aws");
}

#[test]
fn cl4_arrows_look_for_a_slot_and_only_the_item_itself_puts_it_there() {
    check("duties", "*disk +1", Phase::Open, 0, "");
    check("duties", "*disk +1 *disk", Phase::Open, 0, "disk>aws");
    check("duties", "*disk +1 +1 *disk", Phase::Open, 0, "disk>you");
    check("duties", "*disk +1 +1 +1 *disk", Phase::Open, 0, "disk>aws");
    check("duties", "*disk -1 *disk", Phase::Open, 0, "disk>you");
    check("duties", "@aws !+1", Phase::Open, 0, "");
    // They follow the order in which the answers stand after a new try.
    let study = play("pairs", "sniff>kms theft>tls check retry *sniff +1");
    let exercise = study.course.exercise("pairs").unwrap();
    let first = exercise.slots_in_order(study.record(exercise).seed).next().unwrap();
    assert_eq!(study.held.unwrap().aimed.as_ref(), Some(&first.id));
}

#[test]
fn cl4_a_board_moves_nothing_that_is_fixed_or_checked() {
    check("duties", "disk>aws data>aws training>you check !*data", Phase::Checked, 1, "disk>aws data>aws training>you");
    check(
        "duties",
        "disk>aws data>aws training>you check retry !*disk *data @you",
        Phase::Open,
        1,
        "disk>aws training>you data>you",
    );
    check("one-of-three", "!*a !@picked", Phase::Open, 0, "");
    check("ladder", "!*ec2", Phase::Open, 0, "");
    check("terms", "!*c1", Phase::Open, 0, "");
    check("duties", "!*gone !@gone", Phase::Open, 0, "");
}

#[test]
fn cl5_instructions_are_given_once_for_each_board() {
    let taught = |words: &str| match play("duties", words).notice.as_deref() {
        Some(Notice::PickedUp { teach, .. }) => *teach,
        other => panic!("{words}: {other:?}"),
    };
    assert!(taught("*disk"));
    assert!(!taught("*disk esc *data"));
    assert!(!taught("*disk @aws *data"));
}

#[test]
fn ma3_a_board_tells_whose_answer_was_taken() {
    let study = play("pairs", "*sniff @tls *theft @tls");
    assert_eq!(study.notice, Some(Notice::Moved { exercise: "pairs".into(), from: "sniff".into() }.into()));
    assert_eq!(text(&study.progress.record("pairs").unwrap().answer), "theft>tls");
}

#[test]
fn the_choice_of_boards_or_lists_is_kept() {
    assert!(!start().progress.board);
    let study = play("duties", "board !board");
    assert!(Progress::read(&study.progress.write::<serde_json::Value>()).unwrap().board);
    assert!(!play("duties", "board list !list").progress.board);
}

#[test]
fn an_ordering_begins_in_another_order_and_can_be_checked_at_once() {
    let study = play("ladder", "check");
    let record = study.record(study.course.exercise("ladder").unwrap());
    assert_eq!((record.phase, record.answer.placements.len()), (Phase::Checked, 3));
    assert!(!record.best.unwrap().is_full());
}

#[test]
fn an_item_that_is_moved_in_an_ordering_moves_the_others_on() {
    let order = |words: &str| {
        let study = play("ladder", words);
        let exercise = study.course.exercise("ladder").unwrap();
        let record = study.record(exercise);
        let order = exercise.arranged(&record.answer, record.seed);
        order.iter().map(|item| &*item.id).collect::<Vec<_>>().join(" ")
    };
    let start = order("");
    assert_eq!(start, "rds ec2 s3", "on every machine");
    assert_eq!(order("!s3>position-3 ec2>position-1"), "ec2 rds s3");
    assert_eq!(order("ec2>position-1 s3>position-1"), "s3 ec2 rds");
    assert_eq!(order("ec2>position-1 s3>position-1 s3>position-3"), "ec2 rds s3");
    assert_eq!(order("s3>position-1 check retry"), order("s3>position-1"), "a new try goes on from there");
    assert_eq!(order("s3>position-1 restart"), start);
    let study = play("ladder", "ec2>position-1 check");
    assert!(study.record(study.course.exercise("ladder").unwrap()).is_mastered());
    assert_ne!(order("ec2>position-1 check retry"), "ec2 rds s3", "practising again begins anew");
}

#[test]
fn mc5_an_option_can_be_ruled_out_and_in_again() {
    let out = |words: &str| {
        let study = play("one-of-three", words);
        let record = study.record(study.course.exercise("one-of-three").unwrap());
        let read = Progress::read(&study.progress.write::<serde_json::Value>()).unwrap();
        assert_eq!(read.record("one-of-three").cloned().unwrap_or_default().ruled_out, record.ruled_out, "it is kept");
        record.ruled_out.join(" ")
    };
    assert_eq!(out("out:a out:c"), "a c");
    assert_eq!(out("out:a out:c out:a"), "c");
    assert_eq!(out("out:a a>picked check !out:b"), "a");
    assert_eq!(out("out:a a>picked check retry"), "");
    assert_eq!(play("duties", "!out:disk").record(&crate::exercise("duties")).ruled_out.len(), 0);
}

#[test]
fn mc5_doubt_is_kept_with_the_answer() {
    let unsure = |words: &str| play("one-of-three", words).record(&crate::exercise("one-of-three")).unsure;
    assert!(unsure("unsure"));
    assert!(!unsure("unsure sure"));
    assert!(unsure("unsure b>picked check !sure"));
    assert!(!unsure("unsure b>picked check retry"));
}
