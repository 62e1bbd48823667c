//! Flashcards: one card at a time, turned by a button and rated by two.

use super::{Desk, button};
use crate::{view::ids, words};
use course::{
    Id,
    deck::Deck,
    exercise::{AGAIN, GOT_IT, Item},
    progress::Phase,
    study::Msg,
};
use yew::prelude::*;

pub(super) fn view(desk: Desk) -> Html {
    let deck = desk.exercise.deck(desk.record);
    html! {
        <>
            { desk.prose(&desk.exercise.prompt) }
            <div class="deck" onkeydown={keys(desk, deck.card())}>
                if let Some(card) = deck.card() {
                    { self::card(desk, &deck, card) }
                } else {
                    { end(desk, &deck) }
                }
            </div>
        </>
    }
}

fn card(desk: Desk, deck: &Deck, card: &Item) -> Html {
    let exercise = &desk.exercise.id;
    let turned = desk.record.phase == Phase::Checked;
    html! {
        <>
            <div class="card">
                <h3 id={ids::card(exercise)} tabindex="-1">{ words::card(deck) }</h3>
                <p class="front">{ desk.prose(&card.text) }</p>
                if turned {
                    <h4 id={ids::card_back(exercise)} tabindex="-1">{ words::ANSWER }</h4>
                    <div class="back">{ desk.prose(&card.feedback) }</div>
                }
            </div>
            <p class="actions">
                if turned {
                    { button("plain", rate(desk, card, AGAIN), html! { words::AGAIN }) }
                    { button("main", rate(desk, card, GOT_IT), html! { words::GOT_IT }) }
                } else {
                    { button("main", desk.scene.click(turn(exercise)), html! { words::SHOW_ANSWER }) }
                }
                { undo(desk) }
            </p>
        </>
    }
}

fn end(desk: Desk, deck: &Deck) -> Html {
    let exercise = &desk.exercise.id;
    let missed = deck.missed.len() as i64;
    let again = if missed > 0 { words::review(missed) } else { words::ONCE_MORE.to_owned() };
    html! {
        <>
            <div class="card">
                <h3 id={ids::card(exercise)} tabindex="-1">
                    { words::deck_done(deck) }
                </h3>
                if missed > 0 {
                    <p>{ words::MISSED }</p>
                    <ul>
                        for card in deck.missed.iter() {
                            <li>{ desk.prose(&card.text) }</li>
                        }
                    </ul>
                } else {
                    <p>{ words::NONE_MISSED }</p>
                }
            </div>
            <p class="actions">
                { button("plain", desk.scene.click(Msg::Retried(exercise.clone())), html! { again }) }
                if desk.scene.study.neighbours().1.is_some() {
                    { button("main", desk.scene.click(Msg::Advanced), html! { words::DONE }) }
                }
                { undo(desk) }
            </p>
        </>
    }
}

fn undo(desk: Desk) -> Html {
    if desk.record.answer.placements.is_empty() {
        return Html::default();
    }
    button("quiet", desk.scene.click(Msg::Undid(desk.exercise.id.clone())), html! { words::UNDO })
}

fn rate(desk: Desk, card: &Item, rating: &str) -> Callback<MouseEvent> {
    desk.scene.click(desk.place(&card.id, Some(Id::from(rating))))
}

fn turn(exercise: &Id) -> Msg {
    Msg::Checked { exercise: exercise.clone(), anyway: false }
}

/// 1 and 2 rate, U undoes; only while the focus is in the deck, so no other key of the page is taken.
fn keys(desk: Desk, card: Option<&Item>) -> Callback<KeyboardEvent> {
    let undid = Msg::Undid(desk.exercise.id.clone());
    let rated =
        card.map(|card| (desk.place(&card.id, Some(Id::from(AGAIN))), desk.place(&card.id, Some(Id::from(GOT_IT)))));
    desk.scene.when(move |event: KeyboardEvent| {
        if event.repeat() || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return None;
        }
        match (event.key().as_str(), &rated) {
            ("1", Some((again, _))) => Some(again.clone()),
            ("2", Some((_, got_it))) => Some(got_it.clone()),
            ("u" | "U", _) => Some(undid.clone()),
            _ => None,
        }
    })
}
