//! The views as HTML, rendered natively: every kind of exercise in every state, against snapshots that a person can read.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test --test view` writes the snapshots anew; read the difference.

#![allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]

use course::{
    Id,
    course::{Course, Plan},
    exercise::Item,
    place::Place,
    progress::Progress,
    study::{Msg, Piece, Rest, Saving, Study},
};
use kurso::{
    view::{compiled::Compiled, handler::Handlers, ids, player},
    words::{Words, shipped},
};
use std::{collections::BTreeSet, path::Path, rc::Rc};
use yew::prelude::*;

/// The region that tells a screen reader what came of an answer.
const STATUS: &str = "class=\"unseen\" role=\"status\"";

/// A course with one exercise of each kind.
const SMALL: &str = include_str!("../crates/course/tests/it/course.json");

#[derive(Clone, PartialEq, Properties)]
struct Shown {
    study: Study,
    texts: Rc<Compiled>,
    words: Rc<Words>,
}

#[component]
fn Player(shown: &Shown) -> Html {
    player::view(&shown.study, &Handlers::default(), &NodeRef::default(), &*shown.texts, &shown.words)
}

fn render(study: &Study) -> String {
    let study = study.clone();
    let course = Some(small_course()).filter(|course| course.id == study.course.id).unwrap_or_else(shipped_course);
    let texts = Rc::new(Compiled { words: Words::of(&course.language), course, around: None, in_lms: false });
    // As the page has them, and the rest of the player where that is there: it knows no others, and says none of them before.
    let words = Rc::new(Words::read(&texts.words.for_player(), |locale, _| shipped::numerals(&locale)).unwrap());
    if study.rest == Rest::Here {
        words.learn(&texts.words.for_rest());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let render =
        yew::LocalServerRenderer::<Player>::with_props(Shown { study, texts, words }).hydratable(false).render();
    tokio::task::LocalSet::new().block_on(&runtime, render)
}

fn small_course() -> Course {
    serde_json::from_str(SMALL).unwrap()
}

fn shipped_course() -> Course {
    compiler::compile(Path::new("content/clf-c02")).course.unwrap()
}

fn small() -> Study {
    start(small_course().plan())
}

fn shipped() -> Study {
    start(shipped_course().plan())
}

fn start(plan: Plan) -> Study {
    let plan = Rc::new(plan);
    Study::new(plan.clone(), Progress::new(&plan), None)
}

/// The small course at that step after those messages: `item>slot`, `check`, `anyway`, `retry`, `solve`, `undo`, `board`,
/// `*item` and `@slot` touched on a board, `aim`, `out:option`, `unsure`.
fn at(step: &str, exercise: &str, words: &str) -> Study {
    let mut study = small();
    let id = Id::from(exercise);
    let msgs = words.split_whitespace().map(|word| match word {
        "check" => Msg::Checked { exercise: id.clone(), anyway: false },
        "anyway" => Msg::Checked { exercise: id.clone(), anyway: true },
        "retry" => Msg::Retried(id.clone()),
        "solve" => Msg::GaveUp(id.clone()),
        "board" => Msg::Viewed { board: true },
        "aim" => Msg::Aimed(1),
        "unsure" => Msg::Doubted { exercise: id.clone(), unsure: true },
        word if word.starts_with('*') => Msg::Touched { exercise: id.clone(), what: Piece::Item(word[1..].into()) },
        word if word.starts_with('@') => Msg::Touched { exercise: id.clone(), what: Piece::Slot(word[1..].into()) },
        word if word.starts_with("out:") => Msg::RuledOut { exercise: id.clone(), item: word[4..].into() },
        word => {
            let (item, slot) = word.split_once('>').unwrap();
            Msg::Placed { exercise: id.clone(), item: item.into(), slot: Some(slot.into()) }
        }
    });
    for msg in std::iter::once(Msg::Went(Place::Step(step.into()))).chain(msgs) {
        study = study.update(&msg, 1).unwrap();
    }
    study
}

/// One element or text a line, indented; drawings of icons left out.
fn readable(html: &str) -> String {
    let mut out = String::new();
    let mut depth = 0usize;
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (text, tail) = rest.split_at(open);
        let (tag, after) = tail.split_at(tail.find('>').unwrap() + 1);
        let mut line = |depth: usize, text: &str| {
            if !text.trim().is_empty() {
                out.push_str(&format!("{}{}\n", "  ".repeat(depth), text.trim()));
            }
        };
        line(depth, text);
        rest = after;
        if tag.starts_with("<svg class=\"icon\"") {
            rest = &rest[rest.find("</svg>").unwrap() + 6..];
        } else if tag.starts_with("</") {
            depth -= 1;
        } else {
            line(depth, tag);
            let void = ["<input", "<br", "<hr", "<img"].iter().any(|name| tag.starts_with(name));
            depth += usize::from(!void && !tag.ends_with("/>"));
        }
    }
    out
}

/// The part of the page from the element with that mark to the end tag.
fn part(html: &str, mark: &str, to: &str) -> String {
    let mark = html.find(mark).unwrap_or_else(|| panic!("no {mark} in {html}"));
    let start = html[..mark].rfind('<').unwrap();
    let end = mark + html[mark..].find(to).unwrap() + to.len();
    readable(&html[start..end])
}

#[track_caller]
fn check(name: &str, study: &Study) {
    insta::assert_snapshot!(name, part(&render(study), "class=\"exercise\"", "</section>"));
}

#[test]
fn classification_in_every_state() {
    let at = |words| at("sort", "duties", words);
    check("classification-open", &at(""));
    check("classification-incomplete", &at("disk>aws check"));
    check("classification-unanswered-checked", &at("disk>aws check anyway"));
    check("classification-wrong", &at("disk>aws data>aws training>you check"));
    check("classification-retry", &at("disk>aws data>aws training>you check retry"));
    check("classification-solution", &at("disk>aws data>aws training>you check solve"));
    check("classification-right", &at("disk>aws data>you training>you check"));
}

#[test]
fn pr2_why_something_is_asked_again_is_said_above_it() {
    let before = at("sort", "duties", "disk>aws data>aws training>you check");
    let changed = SMALL.replacen(r#""accepts": ["aws"]"#, r#""accepts": ["you"]"#, 1);
    let changed = Rc::new(serde_json::from_str::<Course>(&changed).unwrap().plan());
    let progress = (*before.progress).clone().resumed(&changed).unwrap();
    check("classification-corrected", &Study::new(changed, progress, None));
}

#[test]
fn matching_in_every_state() {
    let at = |words| at("match", "pairs", words);
    check("matching-open", &at(""));
    check("matching-moved", &at("sniff>kms theft>kms"));
    check("matching-incomplete", &at("sniff>kms check"));
    check("matching-wrong", &at("sniff>kms theft>spare check"));
    check("matching-solution", &at("sniff>kms theft>spare check solve"));
    check("matching-right", &at("sniff>tls theft>kms check"));
}

#[test]
fn choice_in_every_state() {
    let one = |words| at("ask", "one-of-three", words);
    check("choice-open", &one(""));
    check("choice-incomplete", &one("check"));
    check("choice-wrong", &one("a>picked check"));
    check("choice-solution", &one("a>picked check solve"));
    check("choice-right", &one("b>picked check"));
    let two = |words| part(&render(&at("ask", "two-of-four", words)), "\"title_two-of-four\"", "</section>");
    insta::assert_snapshot!("response-one-of-two", two("a>picked"));
    insta::assert_snapshot!("response-too-many", two("a>picked b>picked c>picked check"));
    insta::assert_snapshot!("response-half-right", two("a>picked b>picked check"));
}

#[test]
fn ordering_in_every_state() {
    let at = |words| at("order", "ladder", words);
    check("ordering-open", &at(""));
    check("ordering-moved", &at("ec2>position-1"));
    check("ordering-wrong", &at("check"));
    check("ordering-solution", &at("check solve"));
    check("ordering-right", &at("ec2>position-1 check"));
}

#[test]
fn boards_in_every_state() {
    let groups = |words| at("sort", "duties", words);
    check("board-open", &groups("board"));
    check("board-held", &groups("board disk>aws *disk"));
    check("board-aimed", &groups("board *data aim"));
    check("board-slot-held", &groups("board @you"));
    check("board-retry", &groups("board disk>aws data>aws training>you check retry"));
    assert!(
        !render(&groups("board disk>aws data>aws training>you check")).contains("class=\"board"),
        "the verdict is a list"
    );
    check("pairs-held", &at("match", "pairs", "board *sniff @tls *theft"));
}

#[test]
fn cl5_ma5_a_board_says_what_happens() {
    let said = |step, exercise, words| {
        let html = render(&at(step, exercise, words));
        part(&html, STATUS, "</p>").lines().nth(1).unwrap_or_default().trim_end_matches('\u{a0}').trim().to_owned()
    };
    let groups = |words| said("sort", "duties", words);
    assert_eq!(groups("*disk"), "Disks, picked up. 2 groups. Use arrows, Enter to place, Escape to cancel.");
    assert_eq!(groups("*disk *data"), "Data, picked up.");
    assert_eq!(groups("data>you *disk aim aim"), "You, 2 of 2, contains 1 item");
    assert_eq!(groups("data>you *disk @aws"), "Placed in AWS. 2 of 3 sorted.");
    assert_eq!(groups("*disk *disk"), "Cancelled. Everything is where it was.");
    let pairs = |words| said("match", "pairs", words);
    assert_eq!(pairs("*theft @kms"), "Theft matched with KMS. 1 of 2 matched.");
    assert_eq!(pairs("*sniff @tls *theft @tls"), "Moved from 1. 1 is now empty.");
    assert_eq!(said("order", "ladder", "ec2>position-1"), "EC2 is now at position 1 of 3.");
    assert_eq!(said("ask", "one-of-three", "out:b"), "B is ruled out.");
    assert_eq!(said("ask", "one-of-three", "out:b out:b"), "B is possible again.");
}

#[test]
fn mc5_options_are_ruled_out_and_doubted_by_controls_that_say_so() {
    check("choice-ruled-out", &at("ask", "one-of-three", "out:a unsure"));
}

#[test]
fn flashcards_in_every_state() {
    let at = |words: &str| at("cards", "terms", words);
    check("flashcards-front", &at(""));
    check("flashcards-back", &at("check"));
    check("flashcards-second", &at("check c1>again"));
    let all = "check c2>got-it check c3>got-it check c4>got-it check c5>got-it check";
    check("flashcards-end-missed", &at(&format!("check c1>again {all} c1>got-it check c6>got-it")));
    check("flashcards-end", &at(&format!("check c1>got-it {all} c6>got-it")));
}

#[test]
fn the_frame_of_the_player() {
    insta::assert_snapshot!("player", readable(&render(&small())));
    let glossary = small().update(&Msg::Went(Place::Glossary(None)), 1).unwrap();
    insta::assert_snapshot!("glossary", part(&render(&glossary), "class=\"page\"", "</article>"));
    let results = at("end", "duties", "disk>aws data>aws training>you check");
    insta::assert_snapshot!("results", part(&render(&results), "class=\"results\"", "</section>"));
}

#[test]
fn how_the_learner_stands_is_drawn_and_written_beside_the_review() {
    let begun = at("sort", "duties", "disk>aws data>aws training>you check");
    let review = begun.update(&Msg::Went(Place::Review), 2).unwrap();
    insta::assert_snapshot!("dashboard", part(&render(&review), "class=\"page\"", "</article>"));
}

#[test]
fn pr1_unsaved_progress_is_said_where_it_is_read() {
    let refused = small().update(&Msg::Saved(Saving::Refused), 1).unwrap();
    insta::assert_snapshot!("warning-refused", part(&render(&refused), "class=\"warning\"", "</aside>"));
    let aside = Study { set_aside: true, ..small() };
    insta::assert_snapshot!("warning-set-aside", part(&render(&aside), "class=\"warning\"", "</aside>"));
    assert!(!render(&small()).contains("class=\"warning\""));
}

#[test]
fn g4_one_status_region_from_the_start_and_the_message_once() {
    let status = |study: &Study| part(&render(study), STATUS, "</p>");
    assert_eq!(status(&small()).lines().count(), 1, "empty at first");
    let checked = at("sort", "duties", "disk>aws data>aws training>you check");
    assert!(status(&checked).contains("2 of 3 correct. 1 item needs another look. Try again or show the solution."));
    assert_eq!(render(&checked).matches(STATUS).count(), 1);
}

/// The values of that attribute in the order in which they stand.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    html.split(&format!(" {attribute}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn every_page_of_the_shipped_course_is_sound() {
    let study = shipped();
    let places = study.course.steps().map(|(_, step)| Place::Step(step.id.clone())).chain([Place::Glossary(None)]);
    for place in places.collect::<Vec<_>>() {
        let html = render(&study.update(&Msg::Went(place.clone()), 1).unwrap_or_else(|| study.clone()));
        let ids = values(&html, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{place:?}: an id stands twice");
        for attribute in ["aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget"] {
            for id in values(&html, attribute) {
                assert!(unique.contains(id), "{place:?}: {attribute} names {id}, which is not there");
            }
        }
        assert_eq!(html.matches("<h1").count(), 1, "{place:?}");
        assert!(!html.contains(" style=") && !html.contains("<style"), "{place:?}: an inline style");
        for href in values(&html, "href").into_iter().filter(|href| href.starts_with("#/") && *href != ids::RETURN) {
            let place = Place::from_fragment(href).unwrap_or_else(|| panic!("{href} leads nowhere"));
            assert!(
                place == study.place || study.update(&Msg::Went(place.clone()), 1).is_some(),
                "{href} leads nowhere"
            );
        }
    }
}

#[test]
fn all_that_a_first_visit_says_is_there_before_the_rest_of_the_player_is() {
    let begin = Study { rest: Rest::Awaited, due: 0, sitting: None, ..small() };
    let mut said = 0;
    let places = begin.course.steps().map(|(_, step)| Place::Step(step.id.clone()));
    for place in places.chain([Place::Glossary(None), Place::Review]) {
        let begin = begin.update(&Msg::Went(place), 1).unwrap_or_else(|| begin.clone());
        render(&begin);
        render(&Study { rest: Rest::Missing, saving: Saving::Full, ..begin.clone() });
        let exercises = begin.step().into_iter().flat_map(|(_, step)| step.exercises());
        for exercise in exercises {
            let id = || exercise.id.clone();
            let place = |item: &Item<bool>, slot: &Id| Msg::Placed {
                exercise: id(),
                item: item.id.clone(),
                slot: Some(slot.clone()),
            };
            let check = || Msg::Checked { exercise: id(), anyway: true };
            let each = |slot: usize| exercise.items.iter().map(move |item| (item, slot));
            let place_in = |(item, at): (&Item<bool>, usize)| exercise.slots.get(at).map(|slot| place(item, &slot.id));
            let right = exercise.items.iter().flat_map(|item| item.accepts.iter().map(move |slot| place(item, slot)));
            let all = [check(), Msg::Viewed { board: true }, Msg::Doubted { exercise: id(), unsure: true }]
                .into_iter()
                .chain(exercise.items.iter().map(|item| Msg::RuledOut { exercise: id(), item: item.id.clone() }))
                .chain(each(0).filter_map(place_in).flat_map(|placed| [placed, check()]))
                .chain([check(), Msg::Retried(id()), check(), Msg::GaveUp(id()), Msg::Retried(id())])
                .chain(each(1).filter_map(place_in))
                .chain([Msg::Restarted(id())])
                .chain(right.collect::<Vec<_>>().into_iter().flat_map(|placed| [placed, check()]))
                .chain([check(), Msg::Raced(id()), Msg::Undid(id()), Msg::Viewed { board: false }]);
            let mut study = begin.clone();
            for msg in all {
                if let Some(next) = study.update(&msg, 1) {
                    said += 1;
                    study = next;
                    render(&study);
                }
            }
        }
    }
    assert!(said > 80, "{said}");
}

#[test]
fn gl1_gl2_a_term_is_a_button_among_words_and_leads_to_what_it_opens() {
    let study = shipped();
    let html = render(&study.update(&Msg::Went(Place::Step("risks-and-controls".into())), 1).unwrap());
    insta::assert_snapshot!("term", part(&html, "data-text=\"prose_0/risks-and-controls\"", "</p>"));
    let glossary = render(&study.update(&Msg::Went(Place::Glossary(None)), 1).unwrap());
    let steps = study.course.steps().filter_map(|(_, step)| study.update(&Msg::Went(Place::Step(step.id.clone())), 1));
    let all: Vec<String> = steps.map(|study| render(&study)).collect();
    let links = all.iter().flat_map(|html| html.match_indices("<a ").map(|(at, _)| &html[at..]));
    let mut count = 0;
    for button in links.filter_map(|rest| rest.split('>').next()).filter(|tag| tag.contains("class=\"term\"")) {
        assert!(button.contains("role=\"button\"") && button.contains("aria-expanded=\"false\""), "{button}");
        let id = values(button, "href")[0].strip_prefix('#').unwrap();
        // Its title, and at once the paragraph that says what it means.
        let entry = glossary.split_once(&format!("id=\"{id}\">")).unwrap().1;
        let title = entry.split('<').next().unwrap();
        let meaning = entry.split_once("<dd><p data-text=\"definition/").unwrap().1.split_once("</p>").unwrap().0;
        assert!(!title.is_empty() && meaning.len() > 40 && entry.find("<dd>") < Some(200), "{title}: {meaning}");
        count += 1;
    }
    assert!(count > 20, "{count}");
}

#[test]
fn le1_a_comparison_is_radio_buttons_and_a_whole_table() {
    let study = shipped();
    let html = render(&study.update(&Msg::Went(Place::Step("service-types".into())), 1).unwrap());
    insta::assert_snapshot!("comparison", part(&html, "class=\"comparison\"", "</figure>"));
    let comparison = html.split("class=\"comparison\"").nth(1).unwrap().split("</figure>").next().unwrap();
    let names: BTreeSet<&str> = values(comparison, "name").into_iter().collect();
    assert_eq!((names.len(), comparison.matches(" checked").count()), (1, 1), "one group, and one of it chosen");
    assert!(names.into_iter().all(|name| ids::early_message(name, "1").is_none()), "which answers nothing");
    assert_eq!(comparison.matches(" turn\"").count(), 4, "one line for each service");
}

#[test]
fn gl4_the_glossary_is_sorted_and_leads_by_letter_and_back_to_the_steps() {
    let study = shipped();
    let html = render(&study.update(&Msg::Went(Place::Glossary(None)), 1).unwrap());
    let titles: Vec<String> = html
        .split("<dt ")
        .skip(1)
        .map(|dt| dt.split('>').nth(1).unwrap().split('<').next().unwrap().to_lowercase())
        .collect();
    assert!(titles.len() == 15 && titles.is_sorted(), "{titles:?}");
    let letters = html.split("class=\"letters\"").nth(1).unwrap().split("</nav>").next().unwrap();
    let firsts: BTreeSet<char> = titles.iter().filter_map(|title| title.chars().next()).collect();
    assert_eq!(letters.matches("<a ").count(), firsts.len());
    for href in values(letters, "href") {
        assert!(html.contains(&format!("id=\"{}\"", &href[1..])), "{href}");
    }
    let config = html.split("id=\"/glossary/aws-config\"").nth(1).unwrap().split("</dd>").next().unwrap();
    assert!(config.contains("<a href=\"#/compliance\">Compliance is shared too</a>"), "{config}");
    // No term has a step that does not mention it.
    assert!(!config.contains("#/reading-a-policy"), "{config}");
}

#[test]
fn gl3_no_term_in_headings_links_code_figures_or_exercises() {
    let study = shipped();
    for (_, step) in study.course.steps() {
        let Some(study) = study.update(&Msg::Went(Place::Step(step.id.clone())), 1) else { continue };
        let html = render(&study);
        for (open, close) in [
            ("<h1", "</h1>"),
            ("<h2", "</h2>"),
            ("<h3", "</h3>"),
            ("<a ", "</a>"),
            ("<code", "</code>"),
            ("<figure", "</figure>"),
            ("class=\"exercise\"", "</section>"),
        ] {
            for within in html.split(open).skip(1) {
                let within = within.split(close).next().unwrap().split_once('>').unwrap().1;
                assert!(!within.contains("aria-controls=\"term_"), "{}: {open}{within}", step.id);
            }
        }
    }
}

#[test]
fn cl1_ma1_mc1_native_controls_with_their_names() {
    let study = shipped();
    let step = |id: &str| {
        let html = render(&study.update(&Msg::Went(Place::Step(id.into())), 1).unwrap());
        html[html.find("<main").unwrap()..].to_owned()
    };
    let sort = step("whose-job");
    assert_eq!((sort.matches("<fieldset").count(), sort.matches("type=\"radio\"").count()), (6, 12));
    for row in sort.split("<fieldset").skip(1) {
        assert!(row.find("AWS</span>") < row.find("Customer</span>"), "categories stand in the same order everywhere");
    }
    let matching = step("risks-and-controls");
    assert_eq!((matching.matches("<select").count(), matching.matches("Choose an answer…</option>").count()), (4, 4));
    assert!(!matching.contains("<option selected"), "no answer is chosen for the learner");
    let choice = step("exam-question");
    assert!(part(&choice, "legend>", "</legend>").contains("healthcare"), "the legend is the full stem");
    for letter in ["A", "B", "C", "D"] {
        assert!(choice.contains(&format!("<span class=\"letter\">{letter}</span>")));
    }
}
