//! An exercise: what every kind shares. The title, the hint, the verdict and the buttons are here;
//! a kind's own file has the middle, where the items are.

mod choice;
mod classification;
mod flashcards;
mod matching;

use super::{Scene, button, icon::Icon, ids, markup};
use crate::words;
use course::{
    Id,
    answer::{Answer, Mark},
    exercise::{Exercise, Item, Kind},
    markup::Node,
    progress::{Phase, Record},
    study::Msg,
};
use yew::prelude::*;

/// An exercise as it stands.
pub fn view(scene: Scene, exercise: &Exercise) -> Html {
    let desk = Desk { scene, exercise, record: &scene.study.record(exercise) };
    html! {
        <section class="exercise" aria-labelledby={ids::title(&exercise.id)} data-exercise={exercise.id.to_string()} key={&*exercise.id}>
            <p class="task">{ words::task(exercise) }</p>
            <h2 id={ids::title(&exercise.id)}>{ &exercise.title }</h2>
            { desk.middle() }
            if scene.still {
                { desk.answers() }
            }
        </section>
    }
}

/// An exercise and its record, as the views of the kinds need them.
#[derive(Clone, Copy)]
struct Desk<'a> {
    scene: Scene<'a>,
    exercise: &'a Exercise,
    record: &'a Record,
}

impl Desk<'_> {
    fn middle(self) -> Html {
        let items = match self.exercise.kind {
            Kind::Choice { select } => choice::view(self, select),
            Kind::Classification => classification::view(self),
            Kind::Matching { .. } => matching::view(self),
            Kind::Flashcards => return flashcards::view(self),
        };
        html! {
            <>
                { items }
                { self.hint() }
                { self.verdict() }
                { self.actions() }
            </>
        }
    }

    fn hint(self) -> Html {
        if self.exercise.hint.is_empty() || self.record.phase != Phase::Open {
            return Html::default();
        }
        html! {
            <details class="hint">
                <summary>{ Icon::Hint.view() }{ words::HINT }</summary>
                { self.prose(&self.exercise.hint) }
            </details>
        }
    }

    /// What came of checking; before that, how far the answer is.
    fn verdict(self) -> Html {
        let Desk { exercise, record, .. } = self;
        let lacking = self.scene.study.incomplete.as_ref().filter(|(of, _)| *of == exercise.id);
        let (class, text) = match (record.phase, lacking) {
            (Phase::Open, None) => ("", words::so_far(exercise, record)),
            (Phase::Open, Some((_, missing))) => ("alert", words::lacking(exercise, *missing)),
            (Phase::Checked, _) if exercise.grade(&record.answer).is_full() => {
                ("right", words::verdict(exercise, record))
            }
            (Phase::Checked, _) => ("wrong", words::verdict(exercise, record)),
            (Phase::Solved, _) => ("", words::SOLUTION.to_owned()),
        };
        let icon = match class {
            "right" => Icon::Tick.view(),
            "wrong" => Icon::Cross.view(),
            "alert" => Icon::Alert.view(),
            _ => Html::default(),
        };
        html! {
            <div class={classes!("verdict", class)} id={ids::verdict(&exercise.id)} tabindex="-1">
                if !text.is_empty() {
                    <p class="outcome">{ icon }<span>{ text }</span></p>
                }
                if record.phase == Phase::Solved {
                    { self.solution() }
                }
                if record.phase != Phase::Open {
                    if !exercise.explanation.is_empty() {
                        <div class="explanation">{ self.prose(&exercise.explanation) }</div>
                    }
                    if let Some(source) = &exercise.source {
                        <p class="source">
                            { words::SOURCE }{ ": " }<a href={source.url.clone()} rel="noopener">{ &source.title }</a>
                            if let Some(day) = &source.checked {
                                { ", " }{ words::CHECKED }{ " " }{ day }
                            }
                        </p>
                    }
                }
            </div>
        }
    }

    fn actions(self) -> Html {
        let Desk { scene, exercise, record } = self;
        let id = &exercise.id;
        let full = exercise.grade(&record.answer).is_full();
        let (label, msg) = match record.phase {
            Phase::Open => (words::CHECK, Msg::Checked { exercise: id.clone(), anyway: false }),
            Phase::Checked if !full => (words::TRY_AGAIN, Msg::Retried(id.clone())),
            Phase::Checked | Phase::Solved => (words::PRACTISE_AGAIN, Msg::Retried(id.clone())),
        };
        let anyway = scene.study.incomplete.as_ref().is_some_and(|(of, _)| of == id)
            && exercise.may_lack()
            && !record.answer.placements.is_empty();
        let may_give_up = record.attempts > 0 && record.phase != Phase::Solved && !full;
        let begun = !record.answer.placements.is_empty() && record.phase == Phase::Open;
        html! {
            // The first button stays the same element throughout, and so keeps the focus when its meaning changes.
            <p class="actions">
                { button("main", scene.click(msg), html! { label }) }
                if anyway {
                    { button("plain", scene.click(Msg::Checked { exercise: id.clone(), anyway: true }), html! { words::CHECK_ANYWAY }) }
                }
                if may_give_up {
                    { button("plain", scene.click(Msg::GaveUp(id.clone())), html! { words::SHOW_SOLUTION }) }
                }
                if begun {
                    { button("quiet", scene.click(Msg::Restarted(id.clone())), html! { words::RESET }) }
                }
            </p>
        }
    }

    /// The learner's answer and the right one, side by side.
    fn solution(self) -> Html {
        let Desk { exercise, record, .. } = self;
        let key = exercise.key();
        let rows: Vec<(Html, Html, Html)> = match exercise.kind {
            Kind::Choice { .. } => vec![(Html::default(), self.picked(&record.answer), self.picked(&key))],
            Kind::Classification | Kind::Matching { .. } | Kind::Flashcards => {
                let row = |item: &Item| {
                    (
                        self.prose(&item.text),
                        self.slots(record.answer.slot_of(&item.id)),
                        self.slots(item.accepts.iter()),
                    )
                };
                exercise.items.iter().map(row).collect()
            }
        };
        html! {
            <ol class="solution">
                for (text, yours, right) in rows {
                    <li>
                        <p>{ text }</p>
                        <dl>
                            <div><dt>{ words::YOUR_ANSWER }</dt><dd>{ yours }</dd></div>
                            <div><dt>{ words::SOLUTION }</dt><dd>{ right }</dd></div>
                        </dl>
                    </li>
                }
            </ol>
        }
    }

    /// What the player would tell after checking, for where no player runs.
    fn answers(self) -> Html {
        let Desk { exercise, .. } = self;
        let key = exercise.key();
        let answer = |item: &Item| match exercise.kind {
            Kind::Choice { .. } => html! { words::option_mark(exercise.mark(&key, item)) },
            Kind::Classification | Kind::Matching { .. } => self.slots(item.accepts.iter()),
            Kind::Flashcards => Html::default(),
        };
        html! {
            <details class="answers-only">
                <summary>{ words::ANSWERS }</summary>
                <dl>
                    for item in exercise.items.iter() {
                        <dt>{ self.prose(&item.text) }</dt>
                        <dd><p>{ answer(item) }</p>{ self.prose(&item.feedback) }</dd>
                    }
                </dl>
                { self.prose(&exercise.explanation) }
            </details>
        }
    }

    /// The options that are selected in that answer.
    fn picked(self, answer: &Answer) -> Html {
        let picked = self.exercise.items.iter().filter(|item| answer.slot_of(&item.id).is_some());
        list(picked.map(|item| self.prose(&item.text)).collect(), "; ")
    }

    /// The names of those slots.
    fn slots<'a>(self, slots: impl IntoIterator<Item = &'a Id>) -> Html {
        let known = slots.into_iter().filter_map(|slot| self.exercise.slot(slot));
        list(known.map(|slot| self.prose(&slot.text)).collect(), words::OR)
    }

    /// How an item fared and why, directly after it; of one that a new try keeps, only that it is right.
    fn feedback(self, item: &Item, name_the_slot: bool) -> Html {
        let Desk { exercise, record, .. } = self;
        let kept = record.phase == Phase::Open && record.kept.contains(&item.id);
        if record.phase == Phase::Open && !kept {
            return Html::default();
        }
        let slot = record.answer.slot_of(&item.id);
        let mark = exercise.mark(&record.answer, item);
        html! {
            <div class={classes!("feedback", mark_class(mark))} id={ids::feedback(&exercise.id, &item.id)}>
                <p class="mark">
                    { mark_icon(mark).view() }
                    <span>
                        { words::item_mark(mark) }
                        if name_the_slot && !kept {
                            { words::belongs(mark) }{ self.slots(item.accepts.iter()) }
                        }
                    </span>
                </p>
                if !kept {
                    { self.prose(item.feedback_in(slot)) }
                }
            </div>
        }
    }

    /// Text as the author wrote it.
    fn prose(self, nodes: &[Node]) -> Html {
        markup::view(nodes, self.scene)
    }

    /// A message that puts the item into the slot.
    fn place(self, item: &Id, slot: Option<Id>) -> Msg {
        Msg::Placed { exercise: self.exercise.id.clone(), item: item.clone(), slot }
    }
}

fn list(parts: Vec<Html>, separator: &'static str) -> Html {
    if parts.is_empty() {
        return html! { "–" };
    }
    parts
        .into_iter()
        .enumerate()
        .map(|(at, part)| html! { <>{ if at > 0 { separator } else { "" } }{ part }</> })
        .collect()
}

fn mark_class(mark: Mark) -> &'static str {
    match mark {
        Mark::Right => "right",
        Mark::Wrong => "wrong",
        Mark::Missed => "missed",
        Mark::Left => "left",
    }
}

fn mark_icon(mark: Mark) -> Icon {
    match mark {
        Mark::Right => Icon::Tick,
        Mark::Wrong => Icon::Cross,
        Mark::Missed => Icon::Alert,
        Mark::Left => Icon::Ring,
    }
}
