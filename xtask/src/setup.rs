//! What the commands need on this machine: found where it is, installed where it is not.
//!
//! Whatever is there at the right version is used. Trunk, wasm-bindgen and geckodriver are otherwise installed below
//! `target/`, so that a machine's own stay as they are. Each thing that takes time is announced, with the reason; if
//! something cannot be installed from here, one sentence says what to do. When nothing is missing, no network is touched.

use crate::process;
use anyhow::{Context, Result, bail};
use std::{
    collections::BTreeSet,
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

/// Something that a command needs. Set up in this order: what can fail without a long wait comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// `cargo fmt`.
    Rustfmt,
    /// `cargo clippy`.
    Clippy,
    /// Rust's standard library for the browser.
    WasmTarget,
    /// The source of Rust's standard library, to compile it anew.
    StdSource,
    /// Node, which runs the browser tests.
    Node,
    /// The npm packages of the browser tests.
    BrowserPackages,
    /// The players that are measured beside ours, from npm.
    BenchPackages,
    /// The browser of the browser tests.
    Chromium,
    /// Firefox, WebKit, a display for it, and the drivers that the system's packages have.
    Engines,
    /// The driver of Firefox.
    Geckodriver,
    /// The command that writes the JavaScript side of the wasm.
    WasmBindgen,
    /// The command that puts the page together.
    Trunk,
    /// The command that makes npm packages of wasm.
    WasmPack,
}

/// Where the tools are that were found or installed.
#[derive(Debug, Default)]
pub struct Tools {
    /// The browser, if it was asked for.
    pub chromium: Option<PathBuf>,
    /// The driver of Firefox, if it was asked for.
    pub geckodriver: Option<PathBuf>,
    /// The folder of the course that Trunk makes a page of, if not the shipped one.
    pub course: Option<PathBuf>,
    std_source: Option<StdSource>,
    trunk: Option<PathBuf>,
    wasm_bindgen: Option<PathBuf>,
    wasm_pack: Option<PathBuf>,
}

/// The toolchain whose standard library is compiled anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StdSource {
    /// The one for what is not stable yet.
    Nightly,
    /// The one at work here, told that it may do what is not stable yet.
    Present,
}

/// A command that cargo installs, at the one version that works here.
struct Pinned {
    /// Of the command.
    name: &'static str,
    /// Of the package that holds it.
    package: &'static str,
    version: &'static str,
    /// Whether it compiles with the dependencies that its authors locked, or only with newer ones.
    locked: bool,
    minutes: u32,
    reason: &'static str,
}

const TRUNK: Pinned = Pinned {
    name: "trunk",
    package: "trunk",
    version: "0.21.14",
    locked: true,
    minutes: 6,
    reason: "it builds and serves the page",
};

const WASM_BINDGEN: Pinned = Pinned {
    name: "wasm-bindgen",
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    locked: false,
    minutes: 3,
    reason: "it must be exactly the version that the player is built with",
};

const WASM_PACK: Pinned = Pinned {
    name: "wasm-pack",
    package: "wasm-pack",
    version: "0.15.1",
    locked: true,
    minutes: 3,
    reason: "it makes the embeddable package",
};

const GECKODRIVER: Pinned = Pinned {
    name: "geckodriver",
    package: "geckodriver",
    version: "0.36.0",
    locked: true,
    minutes: 2,
    reason: "it drives Firefox in the tests",
};

const MDBOOK: Pinned = Pinned {
    name: "mdbook",
    package: "mdbook",
    version: "0.5.2",
    locked: true,
    minutes: 4,
    reason: "a player that is measured beside ours is built with it",
};

const MDBOOK_QUIZ: Pinned = Pinned {
    name: "mdbook-quiz",
    package: "mdbook-quiz",
    version: "0.5.0",
    locked: true,
    minutes: 4,
    reason: "it is measured beside ours",
};

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The oldest Node that all packages of the browser tests run on.
const OLDEST_NODE: [u32; 2] = [20, 19];

const CHROMIUM_NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const CHROMIUM_PLACES: &[&str] = &[
    "/snap/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const NO_CHROMIUM: &str = "the browser tests need Chromium or Chrome, and there is none here: install it with your \
                           system's packages or from https://www.google.com/chrome/, or set CHROMIUM to where it is";

/// The programs that drive and show the engines, each with the package that holds it.
const ENGINE_PROGRAMS: &[(&[&str], &str)] = &[
    (&["chromedriver"], "chromium-driver"),
    (&["firefox", "firefox-esr"], "firefox-esr"),
    (&["WebKitWebDriver"], "webkit2gtk-driver"),
    (&["Xvfb"], "xvfb"),
];

/// `cargo xtask setup`: everything that any command needs.
pub fn run(arguments: &[String]) -> Result<()> {
    if !arguments.is_empty() {
        bail!("`cargo xtask setup` takes no arguments");
    }
    use Need::*;
    let rust = [Rustfmt, Clippy, WasmTarget, WasmBindgen, Trunk, WasmPack];
    provide(&[&rust[..], &[Node, BrowserPackages, Chromium, Engines, Geckodriver]].concat())?;
    println!("Everything is there.");
    Ok(())
}

/// Finds or installs these things.
pub fn provide(needs: &[Need]) -> Result<Tools> {
    let mut tools = Tools::default();
    for need in needs.iter().collect::<BTreeSet<_>>() {
        match need {
            Need::Rustfmt => provide_component("rustfmt", "fmt")?,
            Need::Clippy => provide_component("clippy", "clippy")?,
            Need::WasmTarget => provide_wasm_target()?,
            Need::StdSource => tools.std_source = Some(provide_std_source()?),
            Need::Node => check_node()?,
            Need::BrowserPackages => provide_packages(&browser_folder())?,
            Need::BenchPackages => provide_packages(&bench_folder())?,
            Need::Chromium => tools.chromium = Some(provide_chromium()?),
            Need::Engines => provide_engines()?,
            Need::Geckodriver => tools.geckodriver = Some(provide_pinned(&GECKODRIVER)?),
            Need::WasmBindgen => tools.wasm_bindgen = Some(provide_pinned(&WASM_BINDGEN)?),
            Need::Trunk => tools.trunk = Some(provide_pinned(&TRUNK)?),
            Need::WasmPack => tools.wasm_pack = Some(provide_pinned(&WASM_PACK)?),
        }
    }
    Ok(tools)
}

/// The folders of `mdbook` and `mdbook-quiz`, written as in `PATH`. Not a [`Need`]: the measurements do without.
pub fn mdbook() -> Result<OsString> {
    let folder = |pinned| -> Result<PathBuf> {
        let mut path = provide_pinned(pinned)?;
        path.pop();
        Ok(path)
    };
    let folders = [folder(&MDBOOK)?, folder(&MDBOOK_QUIZ)?];
    env::join_paths(&folders).context("the folder of mdbook cannot stand in PATH")
}

impl Tools {
    /// The same tools, with which Trunk makes a page of the course in that folder, or of the shipped one.
    pub fn for_course(self, course: Option<PathBuf>) -> Tools {
        Tools { course, ..self }
    }

    /// `trunk` with that subcommand, which will use the wasm-bindgen that was found with it and download nothing.
    pub fn trunk(&self, subcommand: &str) -> Result<Command> {
        let trunk = self.trunk.as_ref().context("trunk was not set up")?;
        let mut command = self.with_wasm_bindgen(trunk)?;
        command.arg(subcommand).env("TRUNK_SKIP_VERSION_CHECK", "true");
        match &self.course {
            Some(course) => command.env("KURSO_COURSE", course),
            None => command.env_remove("KURSO_COURSE"),
        };
        // Trunk understands no other value, and stops at "1".
        if env::var_os("NO_COLOR").is_some() {
            command.env("NO_COLOR", "true");
        }
        Ok(command)
    }

    /// `wasm-pack`, which will use the same wasm-bindgen.
    pub fn wasm_pack(&self) -> Result<Command> {
        self.with_wasm_bindgen(self.wasm_pack.as_ref().context("wasm-pack was not set up")?)
    }

    fn with_wasm_bindgen(&self, program: &Path) -> Result<Command> {
        let mut command = process::command(program);
        if let Some(folder) = self.wasm_bindgen.as_deref().and_then(Path::parent) {
            command.env("PATH", process::path_starting_with(folder)?);
        }
        Ok(command)
    }

    /// The toolchain whose standard library can be compiled anew.
    pub fn std_source(&self) -> Result<StdSource> {
        self.std_source.context("the source of the standard library was not set up")
    }
}

impl StdSource {
    /// Makes the cargo or rustc that this command runs be of that toolchain, and do what is not stable yet.
    pub fn choose(self, command: &mut Command) -> &mut Command {
        match self {
            StdSource::Nightly => command.env("RUSTUP_TOOLCHAIN", "nightly"),
            StdSource::Present => command.env("RUSTC_BOOTSTRAP", "1"),
        }
    }

    /// Whether that toolchain is there, new enough, and has the source.
    fn is_there(self) -> bool {
        let mut rustc = process::command("rustc");
        // Only a rustc that may do what is not stable yet, and knows this way to panic, answers.
        self.choose(&mut rustc).args(["-Zunstable-options", "-Cpanic=immediate-abort", "--print", "sysroot"]);
        // Whoever has no nightly does not want one for the question.
        rustc.env("RUSTUP_AUTO_INSTALL", "0");
        process::output(&mut rustc).is_some_and(|sysroot| holds_std_source(Path::new(&sysroot)))
    }
}

/// The folder of the browser tests.
pub fn browser_folder() -> PathBuf {
    crate::root().join("tests/browser")
}

/// The folder of the measurements.
pub fn bench_folder() -> PathBuf {
    crate::root().join("bench")
}

/// Where cargo builds.
pub fn target_folder() -> PathBuf {
    let folder = env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from);
    crate::root().join(folder)
}

fn announce(what: &str) {
    println!("Setting up: {what}.");
}

fn provide_component(component: &str, subcommand: &str) -> Result<()> {
    if process::output(process::cargo().args([subcommand, "--version"])).is_some() {
        return Ok(());
    }
    announce(&format!("{component}, a part of Rust that is missing here"));
    rustup(&["component", "add", component])
}

fn provide_wasm_target() -> Result<()> {
    let folder = process::output(process::command("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]));
    if folder.is_some_and(|folder| holds_std(Path::new(&folder))) {
        return Ok(());
    }
    announce("Rust's standard library for the browser, a download of some 20 MB");
    rustup(&["target", "add", WASM_TARGET])
}

fn holds_std(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else { return false };
    entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
}

fn provide_std_source() -> Result<StdSource> {
    if let Some(found) = [StdSource::Nightly, StdSource::Present].into_iter().find(|source| source.is_there()) {
        return Ok(found);
    }
    announce("the source of Rust's standard library, which the smallest build compiles anew");
    rustup(&["component", "add", "rust-src"])?;
    if !StdSource::Present.is_there() {
        bail!("this Rust cannot compile its standard library for the smallest build: `rustup update` gets a newer one");
    }
    Ok(StdSource::Present)
}

/// Cargo looks for the same file.
fn holds_std_source(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib/src/rust/library/Cargo.lock").is_file()
}

fn rustup(arguments: &[&str]) -> Result<()> {
    let line = format!("rustup {}", arguments.join(" "));
    if process::output(process::command("rustup").arg("--version")).is_none() {
        bail!("`{line}` is needed, and there is no rustup here: install it from https://rustup.rs");
    }
    process::run(process::command("rustup").args(arguments))
        .with_context(|| format!("is there a network? once `{line}` has succeeded, none is needed"))
}

fn check_node() -> Result<()> {
    let node = process::output(process::command("node").arg("--version"));
    let npm = process::output(process::command("npm").arg("--version"));
    match node_complaint(node.as_deref(), npm.is_some()) {
        Some(complaint) => bail!("{complaint}"),
        None => Ok(()),
    }
}

fn node_complaint(node: Option<&str>, npm: bool) -> Option<String> {
    let [major, minor] = OLDEST_NODE;
    let wanted =
        format!("install Node {major}.{minor} or newer, with npm, from https://nodejs.org or your system's packages");
    match node {
        None => Some(format!("the browser tests need Node, and there is none here: {wanted}")),
        Some(version) if numbers(version).is_none_or(|numbers| numbers < OLDEST_NODE) => {
            Some(format!("Node {version} is too old for the browser tests: {wanted}"))
        }
        Some(_) if !npm => Some(format!("the browser tests need npm, and there is only Node here: {wanted}")),
        Some(_) => None,
    }
}

/// The first two numbers of a version such as `v20.19.2`.
fn numbers(version: &str) -> Option<[u32; 2]> {
    let mut numbers = version.trim_start_matches('v').split('.').map(|number| number.parse().ok());
    Some([numbers.next()??, numbers.next()??])
}

fn provide_packages(folder: &Path) -> Result<()> {
    let changed = |path: PathBuf| path.metadata().and_then(|metadata| metadata.modified()).ok();
    let lockfile = folder.join("package-lock.json");
    let lockfile = changed(lockfile.clone()).with_context(|| format!("{} is missing", lockfile.display()))?;
    // npm writes this file last.
    if !must_install_packages(lockfile, changed(folder.join("node_modules/.package-lock.json"))) {
        return Ok(());
    }
    let name = folder.strip_prefix(crate::root()).unwrap_or(folder);
    announce(&format!("the npm packages of {}, a few seconds", name.display()));
    let install = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"];
    process::run(process::command("npm").current_dir(folder).args(install))
}

fn must_install_packages(lockfile: SystemTime, installed: Option<SystemTime>) -> bool {
    installed.is_none_or(|installed| installed < lockfile)
}

fn provide_chromium() -> Result<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM").map(PathBuf::from) {
        if !is_chromium(&named) {
            bail!("CHROMIUM is set to {}, which is no Chromium that runs", named.display());
        }
        return Ok(named);
    }
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    if has_apt() {
        announce("Chromium for the browser tests, by apt, a download of some 100 MB");
        apt_install(&["chromium", "fonts-liberation"]).context(NO_CHROMIUM)?;
    }
    find_chromium().context(NO_CHROMIUM)
}

fn provide_engines() -> Result<()> {
    let missing = || missing_packages(|program| process::find(program, &process::path_folders()).is_some());
    let packages = missing();
    if !packages.is_empty() && has_apt() {
        announce(&format!("{} for the tests in every engine, by apt, some 100 MB each", packages.join(", ")));
        apt_install(&packages).with_context(|| engines_complaint(&packages).unwrap_or_default())?;
    }
    engines_complaint(&missing()).map_or(Ok(()), |complaint| bail!("{complaint}"))
}

/// The packages of [`ENGINE_PROGRAMS`] none of whose programs is there.
fn missing_packages(is_there: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let missing = ENGINE_PROGRAMS.iter().filter(|(programs, _)| !programs.iter().any(|program| is_there(program)));
    missing.map(|&(_, package)| package).collect()
}

fn engines_complaint(missing: &[&str]) -> Option<String> {
    (!missing.is_empty()).then(|| {
        format!(
            "the tests in every engine need what these packages of Debian hold: install {}, or name the stages that you \
             want, such as `cargo xtask test page browser`",
            missing.join(", ")
        )
    })
}

/// Whether packages can be installed by apt, which only root can do.
fn has_apt() -> bool {
    process::find("apt-get", &process::path_folders()).is_some()
        && process::output(process::command("id").arg("-u")).as_deref() == Some("0")
}

fn apt_install(packages: &[&str]) -> Result<()> {
    let apt = || {
        let mut apt = process::command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    process::run(apt().args(["update", "--quiet"]))?;
    process::run(apt().args(["install", "--quiet", "--yes", "--no-install-recommends"]).args(packages))
}

fn find_chromium() -> Option<PathBuf> {
    let folders = process::path_folders();
    let on_path = CHROMIUM_NAMES.iter().filter_map(|name| process::find(name, &folders));
    let places = CHROMIUM_PLACES.iter().map(PathBuf::from).filter(|path| path.is_file());
    on_path.chain(places).find(|path| is_chromium(path))
}

/// Some systems put a script in its place that only says where to get it.
fn is_chromium(path: &Path) -> bool {
    process::output(process::command(path).arg("--version")).is_some_and(|version| version.contains("Chrom"))
}

fn provide_pinned(pinned: &Pinned) -> Result<PathBuf> {
    let tools = target_folder().join("tools");
    let mut folders = vec![tools.join("bin")];
    folders.extend(process::path_folders());
    folders.extend(cargo_home().map(|home| home.join("bin")));
    let found: Vec<(PathBuf, Option<String>)> = folders
        .into_iter()
        .filter_map(|folder| process::find(pinned.name, &[folder]))
        .map(|path| (path.clone(), process::output(process::command(path).arg("--version"))))
        .collect();
    if let Some(path) = at_version(&found, pinned.version) {
        return Ok(path);
    }
    announce(&installing(pinned, &found));
    let mut install = process::cargo();
    install.args(["install", pinned.package, "--version", pinned.version, "--root"]).arg(&tools);
    if pinned.locked {
        install.arg("--locked");
    }
    // A profile or flags meant for the project would only make it slower.
    process::run(install.env_remove("RUSTFLAGS"))?;
    process::find(pinned.name, &[tools.join("bin")])
        .with_context(|| format!("cargo installed {}, but it is not in {}", pinned.package, tools.display()))
}

/// The first of the commands that were found, with what they say of their version, that is at the right one.
fn at_version(found: &[(PathBuf, Option<String>)], wanted: &str) -> Option<PathBuf> {
    let right = |says: &Option<String>| says.as_deref().and_then(version) == Some(wanted);
    found.iter().find(|(_, says)| right(says)).map(|(path, _)| path.clone())
}

/// The version in what a command prints of itself, such as `trunk 0.21.14` or `mdbook v0.5.2`.
fn version(says: &str) -> Option<&str> {
    Some(says.lines().next()?.split_whitespace().nth(1)?.trim_start_matches('v'))
}

fn installing(pinned: &Pinned, found: &[(PathBuf, Option<String>)]) -> String {
    let Pinned { name, version: wanted, minutes, reason, .. } = pinned;
    let other = found.iter().find_map(|(_, says)| says.as_deref().and_then(version));
    let here = match other {
        Some(other) => format!("here is only {other}, which stays as it is"),
        None => "there is none here".to_owned(),
    };
    format!("{name} {wanted}, since {reason} ({here}). It is compiled once, which takes about {minutes} minutes")
}

fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;
    use std::{fs, time::Duration};

    fn found(path: &str, says: Option<&str>) -> (PathBuf, Option<String>) {
        (PathBuf::from(path), says.map(str::to_owned))
    }

    #[test]
    fn versions_are_read_from_what_commands_say() {
        assert_eq!(version("trunk 0.21.14"), Some("0.21.14"));
        assert_eq!(version("mdbook v0.5.2"), Some("0.5.2"));
        assert_eq!(version("wasm-bindgen 0.2.130 (abc)\nmore"), Some("0.2.130"));
        assert_eq!(version("wasm-bindgen"), None);
        assert_eq!(version(""), None);
        assert_eq!(numbers("v20.19.2"), Some([20, 19]));
        assert_eq!(numbers("22.3"), Some([22, 3]));
        assert_eq!(numbers("unknown"), None);
    }

    #[test]
    fn the_first_command_at_the_right_version_is_taken() {
        let machine = [
            found("/a/trunk", Some("trunk 0.20.0")),
            found("/b/trunk", None),
            found("/c/trunk", Some("trunk 0.21.14")),
        ];
        assert_eq!(at_version(&machine, "0.21.14"), Some(PathBuf::from("/c/trunk")));
        assert_eq!(at_version(&machine[..2], "0.21.14"), None);
        assert_eq!(at_version(&[], "0.21.14"), None);
        // A version that only begins alike is another one.
        assert_eq!(at_version(&[found("/d/trunk", Some("trunk 0.21.140"))], "0.21.14"), None);
    }

    #[test]
    fn an_installation_says_why_and_how_long() {
        assert_eq!(
            installing(&TRUNK, &[]),
            "trunk 0.21.14, since it builds and serves the page (there is none here). \
             It is compiled once, which takes about 6 minutes"
        );
        let older = [found("/a/trunk", Some("trunk 0.20.0"))];
        assert!(installing(&TRUNK, &older).contains("(here is only 0.20.0, which stays as it is)"));
    }

    #[test]
    fn packages_are_installed_when_missing_or_older_than_the_lockfile() {
        let earlier = SystemTime::UNIX_EPOCH;
        let later = earlier + Duration::from_secs(1);
        assert!(must_install_packages(earlier, None));
        assert!(must_install_packages(later, Some(earlier)));
        assert!(!must_install_packages(earlier, Some(later)));
        assert!(!must_install_packages(later, Some(later)));
    }

    #[test]
    fn node_is_there_new_enough_and_with_npm_or_one_sentence_says_what_to_do() {
        assert_eq!(node_complaint(Some("v20.19.0"), true), None);
        assert_eq!(node_complaint(Some("v24.1.0"), true), None);
        let complaints =
            [(None, true, "none here"), (Some("v20.18.1"), true, "too old"), (Some("v20.19.0"), false, "npm")];
        for (node, npm, expected) in complaints {
            let complaint = node_complaint(node, npm).unwrap();
            assert!(complaint.contains(expected) && complaint.contains("install Node 20.19 or newer"), "{complaint}");
        }
    }

    #[test]
    fn engines_that_are_missing_are_named_by_their_packages() {
        assert!(missing_packages(|_| true).is_empty());
        assert_eq!(engines_complaint(&[]), None);
        let missing = missing_packages(|program| ["firefox", "chromedriver"].contains(&program));
        assert_eq!(missing, ["webkit2gtk-driver", "xvfb"]);
        let complaint = engines_complaint(&missing).unwrap();
        assert!(complaint.contains("install webkit2gtk-driver, xvfb"), "{complaint}");
    }

    #[test]
    fn a_target_without_its_standard_library_is_missing() {
        let std = process::output(process::command("rustc").args(["--print", "target-libdir"])).unwrap();
        assert!(holds_std(Path::new(&std)));
        assert!(!holds_std(&crate::root().join("xtask")));
        assert!(!holds_std(Path::new("no/such/folder")));
    }

    #[test]
    fn a_toolchain_without_the_source_of_its_standard_library_is_not_enough() {
        let sysroot = env::temp_dir().join(format!("kurso-std-source-{}", std::process::id()));
        let library = sysroot.join("lib/rustlib/src/rust/library");
        fs::create_dir_all(&library).unwrap();
        assert!(!holds_std_source(&sysroot));
        fs::write(library.join("Cargo.lock"), "").unwrap();
        assert!(holds_std_source(&sysroot));
        fs::remove_dir_all(sysroot).unwrap();
    }

    #[test]
    fn what_is_not_stable_yet_is_asked_of_nightly_or_allowed_to_the_present_toolchain() {
        let allowed = |source: StdSource| {
            let mut command = process::command("rustc");
            source.choose(&mut command).args(["-Zunstable-options", "--version"]);
            command.get_envs().map(|(name, value)| (name.to_owned(), value.map(ToOwned::to_owned))).collect::<Vec<_>>()
        };
        assert_eq!(allowed(StdSource::Nightly), [("RUSTUP_TOOLCHAIN".into(), Some("nightly".into()))]);
        assert_eq!(allowed(StdSource::Present), [("RUSTC_BOOTSTRAP".into(), Some("1".into()))]);
    }

    #[test]
    fn the_pinned_versions_are_those_of_the_build() {
        let read = |path: &str| fs::read_to_string(crate::root().join(path)).unwrap();
        let trunk_toml = read("Trunk.toml");
        assert!(trunk_toml.contains(&format!("trunk-version = \"^{}\"", TRUNK.version)), "{trunk_toml}");
        assert!(trunk_toml.contains(&format!("wasm_bindgen = \"{}\"", WASM_BINDGEN.version)), "{trunk_toml}");
        let locked = format!("name = \"wasm-bindgen\"\nversion = \"{}\"\n", WASM_BINDGEN.version);
        assert!(read("Cargo.lock").contains(&locked), "Cargo.lock has another wasm-bindgen");
    }

    #[test]
    fn trunk_finds_its_wasm_bindgen_first() {
        let trunk = Some("/t/trunk".into());
        let tools = Tools { trunk, wasm_bindgen: Some("/w/wasm-bindgen".into()), ..Tools::default() };
        let command = tools.trunk("build").unwrap();
        let path = command.get_envs().find(|(name, _)| *name == "PATH").and_then(|(_, value)| value).unwrap();
        assert_eq!(env::split_paths(path).next(), Some(PathBuf::from("/w")));
        assert!(Tools::default().trunk("build").is_err());
    }

    #[test]
    fn trunk_makes_a_page_of_the_course_that_was_asked_for_and_of_no_other() {
        let tools = || Tools { trunk: Some("/t/trunk".into()), ..Tools::default() };
        let course = |tools: Tools| -> Option<Option<OsString>> {
            let command = tools.trunk("build").unwrap();
            command.get_envs().find(|(name, _)| *name == "KURSO_COURSE").map(|(_, value)| value.map(OsString::from))
        };
        assert_eq!(course(tools().for_course(Some("content/mine".into()))), Some(Some("content/mine".into())));
        assert_eq!(course(tools()), Some(None), "whatever else is said of it is forgotten");
    }
}
