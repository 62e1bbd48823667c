//! `cargo xtask serve`: the course on this machine, built again after each edit.

use crate::{
    content, process,
    setup::{self, Need},
};
use anyhow::Result;
use std::{
    net::{Ipv4Addr, TcpListener, TcpStream},
    thread,
    time::Duration,
};

/// Serves the course whose folder is named, or the shipped one, until it is interrupted. Other arguments go on to `trunk serve`.
pub fn run(arguments: &[String]) -> Result<()> {
    let (course, arguments) = content::named(arguments)?;
    if let Some(folder) = arguments.first().filter(|first| !first.starts_with('-')) {
        return Err(content::missing(folder));
    }
    let tools = setup::provide(&[Need::WasmTarget, Need::WasmBindgen, Need::Trunk])?.for_course(course);
    let mut serve = tools.trunk("serve")?;
    if let Some(elsewhere) = tools.course.as_ref().filter(|course| course.is_absolute()) {
        // Trunk looks by itself at what is below this folder only.
        serve.arg("--watch").arg(crate::root()).arg("--watch").arg(elsewhere);
    }
    if !names_port(&arguments) {
        let port = free_port();
        serve.args(["--port", &port.to_string()]);
        thread::spawn(move || announce(port));
    }
    println!("Building the course. The first time takes about a minute.");
    process::run(serve.args(arguments))
}

fn names_port(arguments: &[String]) -> bool {
    arguments.iter().any(|argument| argument == "--port" || argument == "-p" || argument.starts_with("--port="))
}

/// The usual port, or the next one that is free, so that two courses can be served at once.
fn free_port() -> u16 {
    let free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    (8080..8180).find(free).unwrap_or(8080)
}

/// Tells the address as soon as somebody answers there.
fn announce(port: u16) {
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        thread::sleep(Duration::from_millis(200));
    }
    println!("\nThe course is at http://127.0.0.1:{port}/ and follows your edits. Ctrl+C ends it.\n");
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_course_is_not_served() {
        let error = run(&["src".to_owned(), "--open".to_owned()]).unwrap_err().to_string();
        assert_eq!(error, "there is no course in src: a course is a folder with a course.toml");
    }

    #[test]
    fn a_port_of_ones_own_is_respected() {
        let arguments = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(names_port(&arguments("--open --port 3000")));
        assert!(names_port(&arguments("--port=3000")));
        assert!(names_port(&arguments("-p 3000")));
        assert!(!names_port(&arguments("--open")));
    }

    #[test]
    fn a_port_in_use_is_passed_over() {
        let taken = free_port();
        let _listener = TcpListener::bind((Ipv4Addr::LOCALHOST, taken)).unwrap();
        assert_ne!(free_port(), taken);
    }
}
