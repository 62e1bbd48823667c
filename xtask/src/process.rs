//! Other programs: found, asked for their version, run.

use anyhow::{Context, Result, bail};
use std::{
    env,
    ffi::OsString,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

/// The cargo that runs this program.
pub fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A program that will run in the folder of the repository.
pub fn command(program: impl Into<OsString>) -> Command {
    let mut command = Command::new(program.into());
    command.current_dir(crate::root());
    command
}

/// Runs it to its end, with its output shown; an error if it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let name = name(command);
    let status = command.status().with_context(|| format!("`{name}` could not be started"))?;
    succeeded(&name, status)
}

/// What it prints, trimmed, if it runs and succeeds. Its complaints are not shown.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs it to its end, with its complaints shown, and returns what it prints, trimmed at its end; an error if it fails.
pub fn captured(command: &mut Command) -> Result<String> {
    let name = name(command);
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("`{name}` could not be started"))?;
    succeeded(&name, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

/// Runs it to its end, with its output shown and what it prints also added to `heard`; an error if it fails.
pub fn overheard(command: &mut Command, heard: &mut String) -> Result<()> {
    let name = name(command);
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| format!("`{name}` could not be started"))?;
    for line in child.stdout.take().into_iter().flat_map(|stdout| BufReader::new(stdout).split(b'\n')) {
        let line = String::from_utf8_lossy(&line?).into_owned() + "\n";
        print!("{line}");
        heard.push_str(&line);
    }
    succeeded(&name, child.wait()?)
}

/// The first file of that name in these folders.
pub fn find(name: &str, folders: &[PathBuf]) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    folders.iter().map(|folder| folder.join(&name)).find(|path| path.is_file())
}

/// The folders of `PATH`.
pub fn path_folders() -> Vec<PathBuf> {
    env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect()
}

/// `PATH` with that folder before all others.
pub fn path_starting_with(folder: &Path) -> Result<OsString> {
    let folders = [folder.to_owned()].into_iter().chain(path_folders());
    env::join_paths(folders).with_context(|| format!("PATH cannot hold {}", folder.display()))
}

fn succeeded(name: &str, status: ExitStatus) -> Result<()> {
    match status.success() {
        true => Ok(()),
        false => bail!("`{name}` failed ({status})"),
    }
}

/// The command as one would type it, without the folder of its program.
fn name(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = [program].into_iter().chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_as_one_would_type_it() {
        let error = run(cargo().args(["no-such-command", "x"]).stderr(Stdio::null())).unwrap_err().to_string();
        assert!(error.starts_with("`cargo no-such-command x` failed"), "{error}");
    }

    #[test]
    fn a_program_that_is_not_there_says_so() {
        let error = run(&mut command("kurso-no-such-program")).unwrap_err().to_string();
        assert_eq!(error, "`kurso-no-such-program` could not be started");
        assert_eq!(output(&mut command("kurso-no-such-program")), None);
    }

    #[test]
    fn output_is_trimmed() {
        let version = output(cargo().arg("--version")).unwrap();
        assert!(version.starts_with("cargo ") && !version.ends_with('\n'), "{version:?}");
    }

    #[test]
    fn what_a_command_prints_is_captured_and_its_failure_is_told() {
        let version = captured(cargo().arg("--version")).unwrap();
        assert!(version.starts_with("cargo ") && !version.ends_with('\n'), "{version:?}");
        let error = captured(cargo().args(["--quiet", "no-such-command"])).unwrap_err().to_string();
        assert!(error.starts_with("`cargo --quiet no-such-command` failed"), "{error}");
    }

    #[test]
    fn what_a_command_prints_is_kept_whether_it_succeeds_or_not() {
        let mut heard = String::new();
        overheard(cargo().arg("--version"), &mut heard).unwrap();
        assert!(heard.starts_with("cargo ") && heard.ends_with('\n'), "{heard:?}");
        let error = overheard(cargo().args(["--quiet", "no-such-command"]), &mut heard).unwrap_err().to_string();
        assert!(error.starts_with("`cargo --quiet no-such-command` failed"), "{error}");
    }

    #[test]
    fn the_first_folder_wins() {
        let path = path_starting_with(Path::new("first")).unwrap();
        assert_eq!(env::split_paths(&path).next(), Some(PathBuf::from("first")));
    }
}
