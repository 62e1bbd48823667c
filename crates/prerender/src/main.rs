//! Puts the course into the page that Trunk built.
//!
//! Trunk calls this after each build (see `Trunk.toml`) with the page in `TRUNK_STAGING_DIR`. It compiles
//! `content/clf-c02`, or the folder that `KURSO_COURSE` names; a broken course fails the build, with every problem at its
//! place. It renders every step, every exercise with its answers, every card and term by the player's own views into
//! `<kurso-player>`, describes the course to search engines and to whoever shares the address, and joins the two scripts
//! into one, so that a first visit asks for the page, its style, its script and the wasm, and for nothing else. In a release
//! all of these go without what only people and tools read, and a file beside them lists whose works they hold. Where `KURSO_SINGLE` names a file, all of that is also written
//! into that one; where `KURSO_ADDRESS` names the address at which the page will be, it tells other sites how to show it;
//! where `KURSO_LMS` names a standard, the page becomes a package for an LMS of that, with `KURSO_PER_MODULE` one in which
//! each module is an activity of its own; where `KURSO_WASM` names a folder, the wasm and its script are those of
//! wasm-pack there, and a file has the lines that hold a page to them; and with `KURSO_LANGUAGES` each page is there in all other languages that Kurso speaks, too.

mod glue;
mod lean;
mod licences;
mod lms;
mod minified;
mod offline;
mod page;
mod parts;
mod pinned;
mod reach;
mod single;
mod sorted;
mod split;
mod wasm;

use anyhow::{Context, Result, bail};
use course::{
    course::{Course, Page},
    progress::Progress,
};
use kurso::{
    view::compiled::Compiled,
    words::{Words, shipped},
};
use serde_json::{Map, Value};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
    rc::Rc,
};
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
    let package = env::var_os("KURSO_WASM");
    if let Some(other) = &package {
        for name in ["kurso.js", "kurso_bg.wasm"] {
            let file = Path::new(other).join(name);
            fs::copy(&file, folder.join(name)).with_context(|| format!("{} cannot be read", file.display()))?;
        }
    }
    let course = compiled()?;
    // While somebody is at work on it, a page that is kept would be yesterday's, and a script is to be read.
    let release = env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "release");
    let mut script = page::script(&read("player.js")?, &read("kurso.js")?)?;
    let mut wasm = fs::read(folder.join("kurso_bg.wasm")).context("kurso_bg.wasm cannot be read")?;
    let mut rest = split::NOTHING.to_vec();
    let [mut style, mut style_of_rest] = [read("kurso.css")?, read("rest.css")?];
    if release {
        [style, style_of_rest] = minified::style([&style, &style_of_rest])?;
        script = glue::shorter(&script);
        wasm = lean::lean(&wasm, &script).context("kurso_bg.wasm cannot be read")?;
        (wasm, rest) = split::split(&wasm).context("kurso_bg.wasm cannot be split")?;
        (wasm, rest) = (sorted::sorted(&wasm)?, sorted::sorted(&rest)?);
        (wasm, script) = wasm::bare(&wasm, &script).context("kurso_bg.wasm is not as expected")?;
        script = glue::used(&script)?;
    }
    rest.extend(wasm::custom_section("style", &style_of_rest));
    let said: Map<String, Value> =
        shipped::languages().map(|tag| (tag.to_owned(), Words::of(tag).for_rest().into())).collect();
    rest.extend(wasm::custom_section("words", &Value::Object(said).to_string()));
    let held = |script: String, name: &str, wasm: &[u8]| {
        if package.is_some() { pinned::holding(&script, name, wasm) } else { Ok(script) }
    };
    let minified = |script: &str| if release { minified::script(script) } else { Ok(script.to_owned()) };
    let whole = held(held(script, "kurso_bg.wasm", &wasm)?, "kurso_rest.wasm", &rest)?;
    let script = page::COMPILED_AT_ONCE.to_owned() + &minified(&whole)?;
    let spoken = Words::of(&course.language).language.tag.clone();
    let others = env::var_os("KURSO_LANGUAGES").map(|_| shipped::languages().filter(|tag| *tag != spoken).collect());
    let languages: Vec<&'static str> = others.unwrap_or_default();
    let mut later = Vec::new();
    for name in offline::LATER {
        let mut script = read(name)?;
        if ["aside.js", "data.js", "search.js", "share.js"].contains(name) {
            script = page::worded(&script, &spoken, &languages)?;
        }
        if *name == "data.js" {
            let name = "kurso-qr_bg.wasm";
            script =
                held(script, name, &fs::read(folder.join(name)).with_context(|| format!("{name} cannot be read"))?)?;
        }
        later.push((name, minified(&script)?));
    }
    for name in ["player.js", "rest.css"] {
        fs::remove_file(folder.join(name))?;
    }
    fs::write(folder.join("kurso.js"), &script)?;
    for (name, script) in &later {
        fs::write(folder.join(name), script)?;
    }
    fs::write(folder.join("kurso.css"), &style)?;
    fs::write(folder.join("kurso_bg.wasm"), &wasm)?;
    fs::write(folder.join("kurso_rest.wasm"), &rest)?;
    if release {
        let licences = licences::of_wasm().context("the licences of what is in the wasm cannot be listed")?;
        fs::write(folder.join(licences::FILE), licences)?;
    }

    let lms = env::var("KURSO_LMS").ok().map(|name| lms::Standard::of(&name)).transpose()?;
    let per_module = env::var_os("KURSO_PER_MODULE").is_some();
    let parts = parts::of(&course, parts::Purpose { in_lms: lms.is_some(), per_module })?;
    let bodies: Vec<String> = parts.iter().map(|part| still(&part.page, &part.texts)).collect::<Result<_>>()?;
    let mut build = offline::Build::default();
    for name in offline::WASM {
        build.add(fs::read(folder.join(name)).with_context(|| format!("{name} cannot be read"))?);
    }
    build.add(&script);
    later.iter().for_each(|(_, script)| build.add(script));
    build.add(&style);
    bodies.iter().for_each(|body| build.add(body));
    let build = build.name();

    // It is somebody else's to say where the page will be.
    let address = env::var("KURSO_ADDRESS").ok().map(|address| format!("{}/", address.trim_end_matches('/')));
    if let Some(address) = &address {
        fs::write(folder.join(page::OEMBED), page::oembed(&course, address).to_string())?;
    }
    // An LMS loads the page anew each time, and a worker would belong to all that is in it. A package is installed nowhere.
    let offline = release && lms.is_none() && package.is_none();
    let page = read("index.html")?;
    let page = if package.is_some() { page::cut(&page, "<link rel=\"manifest\"", "/>")? } else { page };
    let integrity = package.is_some().then(|| pinned::integrity(&wasm));
    let frame = page::Frame { page, build: build.clone(), integrity, offline, address, lms, languages };
    for (part, body) in parts.iter().zip(&bodies) {
        fs::write(folder.join(&part.file), frame.part(part, body)?)?;
        for language in &frame.languages {
            let part = part.spoken(language);
            fs::write(folder.join(&part.file), frame.part(&part, &still(&part.page, &part.texts)?)?)?;
        }
    }
    if parts.len() > 1 && lms.is_none() {
        let (links, words) = (parts::links(&course), Words::of(&course.language));
        let key = Progress::course_key(&parts[0].page);
        let list = render(move || kurso::view::compiled::contents(&words, &key, &links))?;
        fs::write(folder.join(parts::ALL), frame.contents(&course, &list)?)?;
    }
    fs::write(folder.join("manifest.webmanifest"), offline::manifest(&course))?;
    fs::write(folder.join("sw.js"), minified(&offline::service_worker(&read("sw.js")?, &folder, &build)?)?)?;
    if let Some(file) = env::var_os("KURSO_SINGLE") {
        if parts.len() > 1 {
            bail!("a course of several pages cannot be one file");
        }
        fs::create_dir_all(Path::new(&file).parent().unwrap_or(Path::new(".")))?;
        fs::write(&file, single::file(&folder, &whole)?)?;
    }
    if package.is_some() {
        let address = frame.address.as_deref().unwrap_or("https://example.org/course/");
        fs::write(folder.join(pinned::FILE), pinned::lines(&folder, address)?)?;
    }
    if let Some(standard) = lms {
        lms::pack(&folder, standard, &course, &parts)?;
    }
    Ok(())
}

/// The course, or an error after every problem in it was shown.
fn compiled() -> Result<Course> {
    // So that problems are shown by short names, wherever Trunk was called.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    env::set_current_dir(root).context("the repository's folder cannot be entered")?;
    let folder = PathBuf::from(env::var_os("KURSO_COURSE").unwrap_or_else(|| "content/clf-c02".into()));
    let found = compiler::compile(&folder).report();
    found.with_context(|| format!("the course in {} has errors, which are shown above", folder.display()))
}

/// A page of the course as HTML.
fn still(page: &Page, texts: &Rc<Compiled>) -> Result<String> {
    let (plan, texts) = (Rc::new(page.plan.clone()), texts.clone());
    render(move || kurso::view::player::still(&plan, &*texts, &texts.words))
}

#[derive(Clone, Properties)]
struct Rendered {
    view: Rc<dyn Fn() -> Html>,
}

impl PartialEq for Rendered {
    fn eq(&self, other: &Rendered) -> bool {
        Rc::ptr_eq(&self.view, &other.view)
    }
}

#[component]
fn Still(rendered: &Rendered) -> Html {
    (rendered.view)()
}

/// A view as HTML.
fn render(view: impl Fn() -> Html + 'static) -> Result<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let rendered = Rendered { view: Rc::new(view) };
    let render = yew::LocalServerRenderer::<Still>::with_props(rendered).hydratable(false).render();
    Ok(minified::addresses(&minified::html(&tokio::task::LocalSet::new().block_on(&runtime, render))))
}
