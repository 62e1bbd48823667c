//! Compiles `content/clf-c02`, or the folder that `KURSO_COURSE` names, into the course that the player bundles.
//!
//! A broken course fails the build: every problem becomes a line of Cargo's own output, with file, line and column.

use compiler::Severity;
use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-env-changed=KURSO_COURSE");
    let folder = env::var("KURSO_COURSE").unwrap_or_else(|_| "content/clf-c02".to_owned());
    println!("cargo::rerun-if-changed={folder}");
    let compiled = compiler::compile(Path::new(&folder));
    for diagnostic in &compiled.diagnostics {
        let level = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        println!("cargo::{level}={}", diagnostic.short());
    }
    let Some(course) = compiled.course else { return };
    let out = Path::new(&env::var_os("OUT_DIR").expect("Cargo sets OUT_DIR")).join("course.bin");
    fs::write(out, course.to_bytes()).expect("OUT_DIR can be written");
}
