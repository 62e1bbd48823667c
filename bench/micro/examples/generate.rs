//! Writes a generated course into a folder:
//! `cargo run --package kurso-benches --example generate -- MODULES FOLDER [EXERCISES_PER_MODULE]`.

use benches::generator;
use std::{env, fs, io, path::Path, process::ExitCode};

const USAGE: &str = "generate MODULES FOLDER [EXERCISES_PER_MODULE]";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let numbers = |modules: &str, exercises: Option<&String>| {
        let modules = modules.parse().ok().filter(|modules| *modules > 0)?;
        Some((modules, exercises.map_or(Some(generator::EXERCISES), |exercises| exercises.parse().ok())?))
    };
    let (folder, numbers) = match &arguments[..] {
        [modules, folder] => (folder, numbers(modules, None)),
        [modules, folder, exercises] => (folder, numbers(modules, Some(exercises))),
        _ => (&String::new(), None),
    };
    let Some((modules, exercises)) = numbers else {
        eprintln!("usage: {USAGE}");
        return ExitCode::FAILURE;
    };
    match write(Path::new(folder), modules, exercises) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path, modules: usize, exercises: usize) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    // What is left of another course would belong to no module of this one.
    if fs::read_dir(folder)?.next().is_some() {
        return Err(io::Error::other("this folder is not empty"));
    }
    let files = generator::course(modules, exercises);
    for path in files.paths() {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap_or(folder))?;
        fs::write(file, files.get(path).unwrap_or_default())?;
    }
    Ok(())
}
