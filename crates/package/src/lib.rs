//! The player as a library, for wasm-pack: what [`kurso::element`] exports, and nothing else.

use kurso as _;
