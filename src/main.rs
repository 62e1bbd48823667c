//! The wasm: what [`kurso::element`] exports, and nothing that runs by itself.
//!
//! A program, since only of that Cargo makes one piece of code with all that it uses. A library that tests can use, too,
//! is linked as it comes, and was 8 KB more to load.

#![cfg_attr(target_arch = "wasm32", no_main)]

use kurso as _;

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("The player runs in a browser: build the page with `trunk build`.");
}
