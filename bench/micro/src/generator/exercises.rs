//! Exercises of every kind, each with as many items as those of the shipped module.

use super::sentences::{Sentences, capitalised};

/// How exercises of one kind are written: their lists, from the words to take.
type Lists = fn(&mut Sentences) -> String;

/// The kinds in the order in which they follow each other, the four of the shipped module first: the container, what
/// stands in its braces besides the id, the end of the prompt and the lists.
const KINDS: [(&str, &str, &str, Lists); 5] = [
    ("classification", "", "Where does each of these belong?", classification),
    ("matching", "", "Find the answer that fits best.", matching),
    ("choice", "", "Which statement describes it best?", |words| options(words, 4, 1)),
    ("flashcards", "", "Say the answer, then turn the card.", flashcards),
    ("choice", " select=2", "Which of these help? Select TWO.", |words| options(words, 5, 2)),
];

/// The exercise of that number in a module. `turn` counts through the whole course and decides the kind.
pub fn exercise(module: usize, number: usize, turn: usize) -> String {
    let (kind, attributes, question, lists) = KINDS[turn % KINDS.len()];
    let mut words = Sentences::new(&[module, 0, number]);
    let title = capitalised(&words.topic());
    let stem = words.paragraph(1);
    let lists = lists(&mut words);
    let (hint, explanation) = (words.paragraph(1), words.paragraph(2));
    format!(
        "::: {kind} {{#{kind}-{module}-{number}{attributes}}}\n\n### {title}\n\n{stem} {question}\n\n{lists}\
         > [!hint]\n> {hint}\n\n> [!explanation]\n> {explanation}\n\n\
         Source: [{title}](https://example.org/{}), checked 2026-11-23\n\n:::\n\n",
        words.slug()
    )
}

/// Options to tick, of which the first `correct` ones in turn, from a place that varies, are right.
fn options(words: &mut Sentences, count: usize, correct: usize) -> String {
    let first = words.below(count);
    let option = |at: usize| {
        let mark = if (at + count - first) % count < correct { 'x' } else { ' ' };
        let (text, id) = (words.paragraph(1), words.slug());
        format!("- [{mark}] {text} {{#{id}-{at}}}\n\n  {}\n\n", words.paragraph(2))
    };
    (0..count).map(option).collect()
}

/// Two categories and six items, half of which say more to those who chose the wrong one.
fn classification(words: &mut Sentences) -> String {
    let sides = [words.name(), words.name()];
    let mut text = format!("- {} {{#left}}\n- {} {{#right}}\n\n", capitalised(&sides[0]), capitalised(&sides[1]));
    for at in 0..6 {
        let (right, wrong) = if words.below(2) == 0 { ("left", "right") } else { ("right", "left") };
        let item = words.paragraph(1);
        text += &format!("{}. {item} {{#{}-{at}}}\n\n   **{right}.** {}\n\n", at + 1, words.slug(), words.paragraph(2));
        if at % 2 == 0 {
            text += &format!("   - **{wrong}:** {}\n\n", words.paragraph(2));
        }
    }
    text
}

/// Four prompts and five answers, so that the last pair is not free.
fn matching(words: &mut Sentences) -> String {
    let answers = (0..5).map(|at| format!("- {} {{#answer-{at}}}\n", capitalised(&words.topic())));
    let mut text = answers.collect::<String>() + "\n";
    let first = words.below(5);
    for at in 0..4 {
        let (right, wrong) = ((first + at) % 5, (first + at + 1) % 5);
        let prompt = words.paragraph(1);
        text += &format!(
            "{}. {prompt} {{#{}-{at}}}\n\n   **answer-{right}.** {}\n\n   - **answer-{wrong}:** {}\n\n",
            at + 1,
            words.slug(),
            words.paragraph(2),
            words.paragraph(1)
        );
    }
    text
}

/// Ten cards.
fn flashcards(words: &mut Sentences) -> String {
    let card = |at| {
        let (front, id) = (capitalised(&words.topic()), words.slug());
        format!("{front} {{#{id}-{at}}}\n: {}\n\n", words.paragraph(1))
    };
    (0..10).map(card).collect()
}
