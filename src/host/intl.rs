//! Numbers as a language writes and counts them, by the browser itself.

use crate::words::pattern::Numerals;
use js_sys::{
    Array, Function,
    Intl::{NumberFormat, PluralRules},
    Object,
};
use wasm_bindgen::JsValue;

/// The browser's numerals of one locale.
pub struct Intl {
    format: Function,
    plural: PluralRules,
}

impl Intl {
    /// Those of that locale, a BCP 47 tag.
    pub fn new(locale: &str) -> Intl {
        let locales = Array::of1(&locale.into());
        let format = NumberFormat::new(&locales, &Object::new()).format();
        Intl { format, plural: PluralRules::new(&locales, &Object::new()) }
    }
}

impl Numerals for Intl {
    fn digits(&self, n: u32) -> String {
        let digits = self.format.call1(&JsValue::NULL, &(n as f64).into());
        digits.ok().and_then(|digits| digits.as_string()).unwrap_or_default()
    }

    fn category(&self, n: u32) -> String {
        self.plural.select(n as f64).into()
    }
}
