//! Prints what the review does to simulated learners, as a table in Markdown:
//! `cargo run --release --package kurso-benches --example learners`.

fn main() {
    benches::learners::table().for_each(|line| println!("{line}"));
}
