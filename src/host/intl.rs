//! Numbers as a language writes and counts them, by the browser itself.

use crate::words::pattern::Numerals;
use js_sys::{
    Array, Function,
    Intl::{NumberFormat, PluralRules},
    Object,
};
use std::cell::OnceCell;
use wasm_bindgen::JsValue;

/// The browser's numerals of one locale.
pub struct Intl {
    locales: Array,
    zero: u32,
    /// What writes large numbers. A phone makes the first one of a page for some 50 ms, and few courses have any.
    format: OnceCell<Function>,
    plural: PluralRules,
}

impl Intl {
    /// Those of that locale, a BCP 47 tag, whose digits begin with that one.
    pub fn new(locale: &str, zero: char) -> Intl {
        let locales = Array::of1(&locale.into());
        let plural = PluralRules::new(&locales, &Object::new());
        Intl { locales, zero: zero as u32, format: OnceCell::new(), plural }
    }
}

impl Numerals for Intl {
    fn digits(&self, n: u32) -> String {
        if n < 1000 {
            let digit = |digit: u8| char::from_u32(self.zero + u32::from(digit - b'0'));
            return n.to_string().bytes().filter_map(digit).collect();
        }
        let format = self.format.get_or_init(|| NumberFormat::new(&self.locales, &Object::new()).format());
        let digits = format.call1(&JsValue::NULL, &(n as f64).into());
        digits.ok().and_then(|digits| digits.as_string()).unwrap_or_default()
    }

    fn category(&self, n: u32) -> String {
        self.plural.select(n as f64).into()
    }
}
