//! How long the compiler and the course take: `cargo bench --package kurso-benches`.
//!
//! Setting up is never timed, nor is throwing away what comes out. Everything runs in one thread, as in a browser: a
//! course is shared by `Rc`, which cannot leave its thread.

use benches::{
    generator,
    subjects::{self, Answered, Kept, Learner, Reviewer},
};
use divan::{Bencher, counter::BytesCount};

fn main() {
    divan::main();
}

/// From Markdown to a course; the throughput is that of the Markdown.
#[divan::bench_group(max_time = 3)]
mod compile {
    use super::*;

    #[divan::bench]
    fn shipped_course(bencher: Bencher) {
        files(bencher, subjects::shipped());
    }

    #[divan::bench(args = [1, 10])]
    fn modules(bencher: Bencher, modules: usize) {
        files(bencher, generator::course(modules, generator::EXERCISES));
    }

    fn files(bencher: Bencher, files: compiler::Files) {
        let bytes = BytesCount::new(subjects::markdown_bytes(&files));
        bencher.counter(bytes).with_inputs(|| files.clone()).bench_local_values(subjects::compile);
    }
}

/// From what stands in a page to the plan that the player follows; the throughput is that of the JSON.
#[divan::bench_group(max_time = 2)]
mod read_page {
    use super::*;

    #[divan::bench]
    fn shipped_course(bencher: Bencher) {
        page(bencher, subjects::page(&subjects::compile(subjects::shipped())));
    }

    #[divan::bench(args = [1, 10])]
    fn modules(bencher: Bencher, modules: usize) {
        page(bencher, subjects::page(&subjects::course(modules, generator::EXERCISES)));
    }

    fn page(bencher: Bencher, page: String) {
        bencher.counter(BytesCount::new(page.len())).bench_local(|| subjects::read_page(&page));
    }
}

/// The marks of a full answer.
#[divan::bench(args = ["choice", "multiple response", "classification", "matching", "flashcards"], max_time = 1)]
fn grade(bencher: Bencher, kind: &str) {
    let answered = Answered::of_kind(kind);
    bencher.bench_local(|| answered.grade());
}

/// One answer, placed and checked, in the last exercise of a course of so many modules, with all others answered.
#[divan::bench(args = [1, 10, 100], max_time = 2)]
fn answer_in_modules(bencher: Bencher, modules: usize) {
    let learner = Learner::in_course(modules);
    bencher.bench_local(|| learner.answer());
}

/// Progress with so many exercises answered, to and from what is saved.
#[divan::bench_group(max_time = 2)]
mod progress {
    use super::*;

    #[divan::bench(args = [4, 100, 1000])]
    fn write(bencher: Bencher, answered: usize) {
        let kept = Kept::of(answered);
        bencher.counter(BytesCount::new(kept.write().len())).bench_local(|| kept.write());
    }

    #[divan::bench(args = [4, 100, 1000])]
    fn merge(bencher: Bencher, answered: usize) {
        let kept = Kept::of(answered);
        let other = kept.elsewhere();
        bencher.bench_local(|| kept.merge(&other));
    }

    #[divan::bench(args = [4, 100, 1000])]
    fn read(bencher: Bencher, answered: usize) {
        let kept = Kept::of(answered);
        let saved = kept.write();
        bencher.counter(BytesCount::new(saved.len())).bench_local(|| kept.read(&saved));
    }
}

/// The pile of so many cards, at the end of a session in which each third was missed once.
#[divan::bench(args = [10, 100], max_time = 1)]
fn replay_cards(bencher: Bencher, cards: usize) {
    let answered = Answered::deck(cards);
    bencher.bench_local(|| answered.replay());
}

/// A review of so many questions, each of which was answered eight times before.
#[divan::bench_group(max_time = 1)]
mod schedule {
    use super::*;

    /// What is due.
    #[divan::bench(args = [100, 1000])]
    fn due(bencher: Bencher, questions: usize) {
        let reviewer = Reviewer::of(questions);
        bencher.bench_local(|| reviewer.due());
    }

    /// One answer, checked and logged, and what is due then.
    #[divan::bench(args = [100, 1000])]
    fn rate(bencher: Bencher, questions: usize) {
        let reviewer = Reviewer::of(questions);
        bencher.bench_local(|| reviewer.check());
    }

    /// All that comes of an answer: it is checked, the next question is asked, and options of that are picked.
    #[divan::bench(args = [100, 1000])]
    fn answer(bencher: Bencher, questions: usize) {
        let reviewer = Reviewer::of(questions);
        bencher.bench_local(|| reviewer.answer());
    }
}
