use crate::study::{msg, start};
use course::{
    event::Event,
    progress::Progress,
    study::{Msg, Study},
};
use std::rc::Rc;

/// The study after those words, each `exercise:word` or just a word, and what each of them was worth telling.
fn play(mut study: Study, words: &str) -> (Study, Vec<String>) {
    let mut told = Vec::new();
    for word in words.split_whitespace() {
        let (exercise, word) = word.split_once('/').unwrap_or(("", word));
        let next = study.update(&msg(exercise, word), 7).unwrap();
        told.extend(next.events_since(&study).iter().map(in_words));
        study = next;
    }
    (study, told)
}

fn in_words(event: &Event) -> String {
    match event {
        Event::Started => "started".to_owned(),
        Event::Answered { exercise, score, attempt } => {
            format!("{exercise} {}/{} at attempt {attempt}", score.right, score.of)
        }
        Event::Reached(step) => format!("at {step}"),
        Event::Completed(step) => format!("{step} done"),
        Event::Judged { module, score, passed } => {
            format!("{module} {}/{} {}", score.right, score.of, if *passed { "passed" } else { "failed" })
        }
    }
}

#[test]
fn em4_what_a_learner_achieves_is_told_once() {
    let check = |before: &str, words: &str, expect: &[&str]| {
        assert_eq!(play(play(start(), before).0, words).1, expect, "{before} | {words}");
    };
    check("", "one-of-three/b>picked", &["started"]);
    check("one-of-three/b>picked", "one-of-three/check", &["one-of-three 1/1 at attempt 1"]);
    check("one-of-three/a>picked", "one-of-three/b>picked", &[]);
    check("one-of-three/a>picked", "one-of-three/check one-of-three/retry", &["one-of-three 0/1 at attempt 1"]);
    check(
        "one-of-three/a>picked one-of-three/check",
        "one-of-three/retry one-of-three/b>picked one-of-three/check",
        &["one-of-three 1/1 at attempt 2"],
    );
    // Nothing was checked.
    check("", "one-of-three/check", &[]);
    check("", "go:sort", &["at sort"]);
    check("", "next", &["read done", "at sort"]);
    let sorted = "duties/disk>aws duties/data>you duties/training>you";
    check(sorted, "duties/check", &["duties 3/3 at attempt 1", "sort done"]);
    // A rating of a card is no answer, but the end of a session is.
    let known = "terms/check terms/c1>got-it terms/check terms/c2>got-it terms/check terms/c3>got-it terms/check \
                 terms/c4>got-it terms/check terms/c5>got-it terms/check";
    check("", known, &["started"]);
    check(known, "terms/c6>got-it", &["terms 6/6 at attempt 1", "cards done"]);
}

#[test]
fn em4_a_module_that_is_done_is_judged_again_whenever_it_comes_to_something_else() {
    let cards = (1..=6).map(|card| format!("terms/check terms/c{card}>got-it")).collect::<Vec<_>>().join(" ");
    let wrong = "duties/disk>you duties/data>aws duties/training>you duties/check pairs/sniff>kms pairs/theft>spare pairs/check";
    let right = "ladder/s3>position-1 ladder/s3>position-3 ladder/ec2>position-1 ladder/check one-of-three/b>picked one-of-three/check \
                 two-of-four/a>picked two-of-four/c>picked two-of-four/check";
    let (most, told) = play(start(), &format!("next go:end {cards} {wrong} {right}"));
    let judged = |told: &[String]| told.iter().filter(|told| told.starts_with("one ")).cloned().collect::<Vec<_>>();
    assert_eq!(judged(&told), ["one 6/10 failed"]);
    let passed = |mastery: u32| {
        let mut course = (*most.course).clone();
        course.modules[0].mastery = mastery;
        most.progress.verdict(&course, &course.modules[0]).unwrap().1
    };
    assert!(passed(60) && !passed(61), "a module has its own mastery");
    let (better, told) = play(most, "duties/retry duties/disk>aws duties/data>you duties/check");
    assert_eq!(judged(&told), ["one 8/10 passed"]);
    // What is worse takes nothing away.
    let (_, told) = play(better, "duties/retry duties/disk>you duties/data>you duties/training>you duties/check");
    assert_eq!(judged(&told), Vec::<String>::new());
}

#[test]
fn what_changes_no_progress_is_not_told() {
    let study = start();
    let same = study.update(&Msg::Found(Rc::new(Progress::new(&study.course))), 7);
    assert_eq!(same, None);
    assert_eq!(study.events_since(&study), []);
    let viewed = study.update(&Msg::Viewed { board: true }, 7).unwrap();
    assert_eq!(viewed.events_since(&study), []);
}
