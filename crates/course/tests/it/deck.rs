use crate::{answer, exercise};
use course::{Id, answer::Answer, deck::Deck};
use proptest::prelude::*;

/// The pile after those ratings of the cards on top: `+` got it, `-` again.
fn rate(ratings: &str) -> Answer {
    let exercise = exercise("terms");
    let mut given = Answer::default();
    for rating in ratings.chars() {
        let Some(card) = Deck::replay(&exercise, 0, &[], &given).card().map(|card| card.id.clone()) else { break };
        let slot = if rating == '+' { "got-it" } else { "again" };
        given = exercise.place(&given, &card, Some(slot)).unwrap().answer;
    }
    given
}

#[track_caller]
fn check(ratings: &str, pile: &str, missed: &str) {
    let exercise = exercise("terms");
    let given = rate(ratings);
    let deck = Deck::replay(&exercise, 0, &[], &given);
    let ids = |cards: &mut dyn Iterator<Item = &Id>| cards.map(|id| id.to_string()).collect::<Vec<_>>().join(" ");
    assert_eq!(ids(&mut deck.pile.iter().map(|card| &card.id)), pile);
    assert_eq!(ids(&mut deck.missed.iter().map(|card| &card.id)), missed);
    assert_eq!(deck.len(), 6);
}

#[test]
fn fc3_a_missed_card_comes_back_four_cards_later() {
    check("", "c1 c2 c3 c4 c5 c6", "");
    check("-", "c2 c3 c4 c5 c1 c6", "c1");
    check("+++-", "c5 c6 c4", "c4");
    check("+++++-", "c6", "c6");
    check("+++++--", "c6", "c6");
}

#[test]
fn fc3_a_session_ends_when_each_card_was_right_after_its_last_miss() {
    check("++++++", "", "");
    check("-+++++", "c6", "c1");
    check("-++++++", "", "c1");
}

#[test]
fn fc4_undo_is_one_rating_less() {
    let mut given = rate("+-");
    given.placements.pop();
    assert_eq!(given, rate("+"));
}

#[test]
fn ratings_of_cards_that_are_gone_say_nothing_and_cards_that_came_are_asked() {
    let exercise = exercise("terms");
    // As if c2 had come since.
    let given = answer("gone>got-it c1>got-it c3>got-it c4>again c1>again c5>got-it c6>got-it c4>got-it");
    let deck = Deck::replay(&exercise, 0, &[], &given);
    assert_eq!((deck.done, deck.missed.len()), (5, 1));
    assert_eq!(deck.card().map(|card| &*card.id), Some("c2"));
}

#[test]
fn a_review_has_only_the_cards_that_are_not_set_apart() {
    let exercise = exercise("terms");
    let apart: Vec<Id> = ["c1", "c2", "c4", "c5", "c6"].map(Id::from).to_vec();
    let deck = Deck::replay(&exercise, 0, &apart, &Answer::default());
    assert_eq!((deck.len(), deck.card().map(|card| &*card.id)), (1, Some("c3")));
}

proptest! {
    #[test]
    fn every_session_can_be_finished(ratings in "[+-]{0,40}") {
        let exercise = exercise("terms");
        let given = rate(&(ratings + "++++++"));
        let deck = Deck::replay(&exercise, 0, &[], &given);
        prop_assert_eq!((deck.done, deck.card()), (6, None));
    }
}
