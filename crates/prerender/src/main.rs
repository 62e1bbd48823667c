//! Puts the course into the page that Trunk built.
//!
//! Trunk calls this after each build (see `Trunk.toml`) with the page in `TRUNK_STAGING_DIR`. It renders every step, every
//! exercise with its answers, every card and term by the player's own views into `<kurso-player>`, describes the course to
//! search engines and to whoever shares the address, and joins the two scripts into one, so that a first visit asks for
//! the page, its style, its script and the wasm, and for nothing else.

mod offline;
mod page;

use anyhow::{Context, Result};
use course::course::Course;
use std::{env, fs, path::PathBuf, process::ExitCode, rc::Rc};
use yew::prelude::*;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: the page cannot be finished: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let folder = env::var_os("TRUNK_STAGING_DIR").context("run `trunk build`, which calls this")?;
    let folder = PathBuf::from(folder);
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))
    };
    let course = Rc::new(Course::from_bytes(kurso::BUNDLED)?);
    let script = page::script(&read("player.js")?, &read("kurso.js")?)?;
    fs::write(folder.join("kurso.js"), script)?;
    fs::remove_file(folder.join("player.js"))?;
    // While somebody is at work on it, a page that is kept would be yesterday's.
    let release = env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "release");
    let html = page::html(&read("index.html")?, &course, &still(&course)?, release)?;
    fs::write(folder.join("index.html"), html)?;
    fs::write(folder.join("manifest.webmanifest"), offline::manifest(&course))?;
    let worker = offline::service_worker(&read("sw.js")?, &folder)?;
    fs::write(folder.join("sw.js"), worker)?;
    Ok(())
}

#[derive(Clone, PartialEq, Properties)]
struct Rendered {
    course: Rc<Course>,
}

#[component]
fn Still(rendered: &Rendered) -> Html {
    kurso::view::app::still(&rendered.course)
}

/// Every page of the course as HTML.
fn still(course: &Rc<Course>) -> Result<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let rendered = Rendered { course: course.clone() };
    let render = yew::LocalServerRenderer::<Still>::with_props(rendered).hydratable(false).render();
    Ok(tokio::task::LocalSet::new().block_on(&runtime, render))
}
