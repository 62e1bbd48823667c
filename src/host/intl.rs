//! Numbers as a language writes and counts them, by the browser itself.

use crate::words::pattern::Numerals;
use js_sys::{Array, Intl::PluralRules, Number, Object};

/// The browser's numerals of one locale.
pub struct Intl {
    locale: String,
    zero: u32,
    plural: PluralRules,
}

impl Intl {
    /// Those of that locale, a BCP 47 tag, whose digits begin with that one.
    pub fn new(locale: String, zero: char) -> Intl {
        let plural = PluralRules::new(&Array::of1(&locale.as_str().into()), &Object::new());
        Intl { locale, zero: zero as u32, plural }
    }
}

impl Numerals for Intl {
    fn digits(&self, n: u32) -> String {
        // The first number that a browser writes takes a phone some 50 ms, and few courses have one that has to be grouped.
        if n >= 1000 {
            return Number::from(n).to_locale_string(&self.locale).into();
        }
        let mut digits = String::new();
        for digit in n.to_string().bytes() {
            digits.push(char::from_u32(self.zero + u32::from(digit - b'0')).unwrap_or_default());
        }
        digits
    }

    fn category(&self, n: u32) -> String {
        self.plural.select(n as f64).into()
    }
}
