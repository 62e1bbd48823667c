//! Flashcards: one card at a time, turned by a button and rated by two.

use super::{Desk, button};
use crate::{
    dom,
    view::{
        handler::On,
        icon::Icon,
        ids,
        tag::{Content, Tag, all, tag},
        text::Text,
    },
    words::{message::Message, pattern::Value},
};
use course::{
    Id,
    deck::Deck,
    exercise::{AGAIN, GOT_IT, Item},
    progress::Phase,
    study::Msg,
};
use std::rc::Rc;
use yew::prelude::*;

// Only what is not inlined can be loaded later.
#[inline(never)]
pub(super) fn view(desk: &Desk) -> Html {
    let deck = desk.exercise.deck(desk.record);
    let middle = match deck.card() {
        Some(card) => self::card(desk, &deck, card),
        None => end(desk, &deck),
    };
    let table = tag("div").class("deck").on_key(keys(desk, deck.card())).each(middle.into_iter()).with(options(desk));
    // Where no player runs, the list is below every exercise.
    let list = (!desk.scene.still).then(|| desk.scene.text(Text::Answers(&desk.exercise.id)));
    all([desk.scene.text(Text::Prompt(&desk.exercise.id)).html(), table.html(), list.html()].into_iter())
}

fn card(desk: &Desk, deck: &Deck<bool>, card: &Item<bool>) -> [Tag; 2] {
    let exercise = &desk.exercise.id;
    let turned = desk.record.phase == Phase::Checked;
    let which = [("at", Value::Number(deck.done as u32 + 1)), ("of", Value::Number(deck.len() as u32))];
    let back = turned.then(|| tag("h4").set("id", ids::card_back(exercise)).with(desk.say(Message::Answer)));
    let term = || desk.item(card).html();
    let meaning = || desk.why(card, None).html();
    let reversed = desk.record.reversed;
    let front = tag("div").class("front").with(if reversed { meaning() } else { term() });
    let sides = tag("div")
        .class("card")
        .with(heading(exercise, desk.words().fill(Message::Card, &which)))
        .with(front)
        .with(back)
        .with(turned.then(|| tag("div").class("back").with(if reversed { term() } else { meaning() })));
    let buttons = if turned {
        let again = button("plain", rate(desk, card, AGAIN), desk.say(Message::Again));
        all([again, button("main", rate(desk, card, GOT_IT), desk.say(Message::GotIt))].into_iter())
    } else {
        button("main", desk.scene.click(turn(exercise)), desk.say(Message::ShowAnswer)).html()
    };
    [sides, tag("p").class("actions").with(buttons).with(star(desk, card)).with(undo(desk))]
}

fn end(desk: &Desk, deck: &Deck<bool>) -> [Tag; 2] {
    let exercise = &desk.exercise.id;
    let missed = deck.missed.len() as u32;
    let again =
        if missed > 0 { desk.words().count(Message::ReviewMissed, missed) } else { desk.say(Message::OnceMore) };
    let cards = || tag("ul").each(deck.missed.iter().map(|card| tag("li").with(desk.item(card))));
    let summary = tag("div")
        .class("card")
        .with(heading(exercise, desk.words().count(Message::CardsKnown, deck.len() as u32)))
        .with(tag("p").with(if missed > 0 { desk.say(Message::Missed) } else { desk.say(Message::NoneMissed) }))
        .with((missed > 0).then(cards));
    let done = || button("main", desk.scene.click(Msg::Advanced), desk.say(Message::Done));
    let buttons = tag("p")
        .class("actions")
        .with(button("plain", desk.scene.click(Msg::Retried(exercise.clone())), again))
        .with(desk.scene.study.neighbours().1.is_some().then(done))
        .with(undo(desk));
    [summary, buttons]
}

/// Marks a card to find it again.
fn star(desk: &Desk, card: &Item<bool>) -> Tag {
    let msg = Msg::Starred { exercise: desk.exercise.id.clone(), item: card.id.clone() };
    let starred = desk.record.starred.contains(&card.id);
    button("quiet star", desk.scene.click(msg), Icon::Star.view())
        .set("aria-pressed", if starred { "true" } else { "false" })
        .with(desk.say(Message::Star))
}

/// Which side comes first, and other sessions than that of all cards in the author's order.
fn options(desk: &Desk) -> Tag {
    let exercise = &desk.exercise.id;
    let reversed = desk.record.reversed;
    let reverse = Msg::Reversed { exercise: exercise.clone(), reversed: !reversed };
    let control = tag("input").set("type", "checkbox").checked(reversed).on_change(desk.scene.send(reverse));
    let deal = |starred, shuffled, label| {
        let msg = Msg::Dealt { exercise: exercise.clone(), starred, shuffled };
        button("plain", desk.scene.click(msg), label)
    };
    let cards = desk.exercise.items.iter().filter(|card| desk.record.starred.contains(&card.id)).count() as u32;
    let starred = || deal(true, false, desk.words().count(Message::OnlyStarred, cards));
    let sessions = tag("p")
        .class("actions")
        .with(deal(false, false, desk.say(Message::AllInOrder)))
        .with(deal(false, true, desk.say(Message::AllShuffled)))
        .with((cards > 0).then(starred));
    tag("details")
        .class("hint")
        .with(tag("summary").with(desk.say(Message::CardOptions)))
        .with(tag("label").class("unsure").with(control).with(tag("span").with(desk.say(Message::MeaningFirst))))
        .with(sessions)
}

fn heading(exercise: &Id, words: String) -> Tag {
    tag("h3").set("id", ids::card(exercise)).with(words)
}

fn undo(desk: &Desk) -> Option<Tag> {
    let is_known = !desk.record.rated.is_empty();
    is_known.then(|| button("quiet", desk.scene.click(Msg::Undid(desk.exercise.id.clone())), desk.say(Message::Undo)))
}

fn rate(desk: &Desk, card: &Item<bool>, rating: &str) -> On {
    desk.scene.click(desk.place(&card.id, Some(Id::from(rating))))
}

fn turn(exercise: &Id) -> Msg {
    Msg::Checked { exercise: exercise.clone(), anyway: false }
}

/// 1 and 2 rate, U undoes; only while the focus is in the deck, so no other key of the page is taken.
fn keys(desk: &Desk, card: Option<&Item<bool>>) -> On {
    let undid = Rc::new(Msg::Undid(desk.exercise.id.clone()));
    let rated = card.map(|card| [AGAIN, GOT_IT].map(|rating| Rc::new(desk.place(&card.id, Some(Id::from(rating))))));
    desk.scene.when(move |event| match (dom::single_key(event)?.as_str(), &rated) {
        ("1", Some([again, _])) => Some(again.clone()),
        ("2", Some([_, got_it])) => Some(got_it.clone()),
        ("u" | "U", _) => Some(undid.clone()),
        _ => None,
    })
}
