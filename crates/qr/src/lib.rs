//! The QR code of a link: what to draw, and no drawing.
//!
//! It is a wasm of its own, since few ever want one and the player's would be larger for everybody.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};
use wasm_bindgen::prelude::*;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The largest version of a code that cameras of phones read well from the screen of another device: 125 modules on a
/// side, for 1465 bytes.
const LARGEST: u8 = 27;

/// The modules of that text's QR code, row by row: 1 is dark, 0 is light. Nothing if it would have to be too large for
/// cameras.
///
/// A screen has no stains and no folds, so it has the least error correction that there is room for.
#[wasm_bindgen]
pub fn modules(text: &str) -> Option<Vec<u8>> {
    let bytes = [QrSegment::make_bytes(text.as_bytes())];
    let (smallest, largest) = (Version::MIN, Version::new(LARGEST));
    let code = QrCode::encode_segments_advanced(&bytes, QrCodeEcc::Low, smallest, largest, None, true).ok()?;
    let places = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
    Some(places.map(|(x, y)| code.get_module(x, y).into()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many modules the code of a text of that many bytes has on each side.
    #[track_caller]
    fn check(bytes: usize, expect: Option<usize>) {
        let side = modules(&"a".repeat(bytes)).map(|modules| modules.len().isqrt());
        assert_eq!(side, expect, "{bytes}");
    }

    #[test]
    fn a_code_is_as_large_as_it_must_be_and_cameras_allow() {
        for (bytes, expect) in
            [(0, Some(21)), (17, Some(21)), (18, Some(25)), (1465, Some(125)), (1466, None), (100_000, None)]
        {
            check(bytes, expect);
        }
    }

    #[test]
    fn its_corners_are_what_cameras_look_for() {
        let modules = modules("https://example.org/#progress=eJw").unwrap_or_default();
        let side = modules.len().isqrt();
        let finder = [1, 1, 1, 1, 1, 1, 1, 0];
        assert_eq!(modules[..8], finder);
        assert_eq!(modules[side * (side - 1)..][..8], finder);
        assert!(modules.iter().all(|module| *module <= 1));
    }
}
