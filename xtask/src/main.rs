//! The project's commands: `cargo xtask serve` to study and to edit, `cargo xtask test` to check everything.
//!
//! Each command first sets up what it needs ([`setup`]), so that a newcomer with nothing but rustup types one line.
//! What is there already at the right version is used as it is.

mod bench;
mod build;
mod content;
mod pack;
mod process;
mod serve;
mod setup;
mod test;

use anyhow::{Result, bail};
use std::{env, path::Path, process::ExitCode};

/// Something that can be typed after `cargo xtask`.
struct Command {
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    run: fn(&[String]) -> Result<()>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "serve",
        arguments: "[folder] [trunk's options]",
        about: "Build the course, serve it on this machine, and again after each edit",
        run: serve::run,
    },
    Command { name: "test", arguments: "[stage…]", about: "Check everything, or the named stages", run: test::run },
    Command {
        name: "content",
        arguments: "[folder]",
        about: "Show every problem in the content, with the place and the remedy",
        run: content::run,
    },
    Command {
        name: "build",
        arguments: "[folder] [--small]",
        about: "Build the page for release into dist/; with the standard library compiled anew, if asked for, which takes minutes the first time",
        run: build::run,
    },
    Command {
        name: "pack",
        arguments: "embed | single | scorm12 | scorm2004 | cmi5 [--per-module] [folder]",
        about: "Make an npm package and folder for other people's pages, one file that runs from a disk, or a package for an LMS, in dist/",
        run: pack::run,
    },
    Command {
        name: "bench",
        arguments: "[runs] [review | bytes | players | lighthouse | growth | micro]",
        about: "Measure the page, also beside other players, and write docs/performance.md, three quarters of an hour for 5 runs, or only the sections of it that are named; or only simulate learners and write docs/review.md",
        run: bench::run,
    },
    Command { name: "setup", arguments: "", about: "Install what the other commands need, and stop", run: setup::run },
];

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let Some((name, rest)) = arguments.split_first() else {
        print!("{}", help());
        return Ok(());
    };
    if ["help", "-h", "--help"].contains(&name.as_str()) {
        print!("{}", help());
        return Ok(());
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        bail!("there is no command `{name}`\n\n{}", help());
    };
    (command.run)(rest)
}

fn help() -> String {
    let rows = |rows: &[(String, &str)]| -> String {
        let width = rows.iter().map(|(left, _)| left.chars().count()).max().unwrap_or(0);
        rows.iter().map(|(left, right)| format!("  {left:width$}  {right}\n")).collect()
    };
    let commands: Vec<(String, &str)> = COMMANDS
        .iter()
        .map(|command| (format!("cargo xtask {} {}", command.name, command.arguments), command.about))
        .collect();
    let stages: Vec<(String, &str)> = test::STAGES.iter().map(|stage| (stage.name.to_owned(), stage.about)).collect();
    format!("{}\nThe stages of `cargo xtask test`, in their order:\n\n{}", rows(&commands), rows(&stages))
}

/// `n` of those, in the singular or the plural.
fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// The folder of the repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;
    use std::{fs, path::PathBuf};

    #[test]
    fn help_names_every_command_and_stage() {
        let help = help();
        for name in COMMANDS.iter().map(|command| command.name).chain(test::STAGES.iter().map(|stage| stage.name)) {
            assert!(help.contains(name), "{name} is missing in:\n{help}");
        }
    }

    /// The commands of ours that the documents name, each as the words after `cargo xtask`.
    fn named() -> Vec<(PathBuf, Vec<String>)> {
        let docs = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
        let texts = docs.chain(["README.md", "bench/README.md"].map(|name| root().join(name)));
        let texts = texts.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
        texts
            .flat_map(|path| in_text(&fs::read_to_string(&path).unwrap()).map(move |words| (path.clone(), words)))
            .collect()
    }

    fn in_text(text: &str) -> impl Iterator<Item = Vec<String>> + use<> {
        let commands = text.split("cargo xtask").skip(1).filter_map(|rest| rest.split(['`', '#', '\n']).next());
        let words = commands.map(|command| command.split_whitespace().map(str::to_owned).collect());
        words.collect::<Vec<Vec<String>>>().into_iter()
    }

    #[test]
    fn every_command_that_a_document_names_is_there_and_takes_what_it_is_given() {
        let named = named();
        assert!(named.iter().any(|(_, words)| words.join(" ") == "pack scorm12 --per-module"), "{named:?}");
        for (path, words) in named {
            let Some((name, arguments)) = words.split_first() else { continue };
            let command = COMMANDS.iter().find(|command| command.name == name);
            let command = command.unwrap_or_else(|| panic!("{}: no command {name}", path.display()));
            for argument in arguments {
                let known = command.arguments.split([' ', '|', '[', ']']).any(|known| known == argument)
                    || name == "test" && test::STAGES.iter().any(|stage| stage.name == argument)
                    || name == "bench" && argument.parse::<u32>().is_ok()
                    || command.arguments.contains("[folder]") && argument.contains('/')
                    || argument.chars().all(|letter| letter.is_ascii_uppercase());
                assert!(known, "{}: {name} takes no {argument}", path.display());
            }
        }
    }

    #[test]
    fn one_thing_is_not_several() {
        assert_eq!([count(0, "step"), count(1, "step"), count(2, "step")], ["0 steps", "1 step", "2 steps"]);
    }

    #[test]
    fn an_unknown_command_is_refused_and_the_known_ones_are_shown() {
        let error = dispatch(&["sevre".to_owned()]).unwrap_err().to_string();
        assert!(error.contains("no command `sevre`") && error.contains("cargo xtask serve"), "{error}");
    }
}
