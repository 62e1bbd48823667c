//! The languages that come with Kurso, each in a file of its own. Nothing of this runs in the browser.

use super::{
    Language, Words,
    message::Message,
    pattern::{self, Numerals},
};
use icu_decimal::DecimalFormatter;
use icu_locale::{LocaleDirectionality, locale};
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};
use serde_json::{Map, Value, json};
use std::{cell::RefCell, rc::Rc};

/// A language's tag; its locale, where that has to say more, such as which digits it has; and its file.
const SHIPPED: &[(&str, &str, &str)] = &[
    ("en", "en", include_str!("en.json")),
    ("de", "de", include_str!("de.json")),
    ("ar", "ar-u-nu-arab", include_str!("ar.json")),
];

/// The language of a tag, without its region and all else.
fn main(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

/// The tags of the languages that the interface speaks.
pub fn languages() -> impl Iterator<Item = &'static str> {
    SHIPPED.iter().map(|(tag, _, _)| *tag)
}

/// What that script says, by its names, in the language of that tag. What is one plural and nothing around it comes as its
/// branches, by the number or category, since a script has the browser choose among them.
///
/// # Panics
///
/// If the file of a language is broken, which a test excludes.
#[must_use]
pub fn for_script(script: &str, tag: &str) -> Value {
    let (_, _, file) = SHIPPED.iter().find(|(shipped, _, _)| *shipped == tag).unwrap_or(&SHIPPED[0]);
    let file: Map<String, Value> = serde_json::from_str(file).expect("the file of a language is JSON");
    let says = |name: &str| script.contains(&format!("words.{name}")) || script.contains(&format!("'{name}'"));
    let said = |text: &Value| text.as_str().map_or(Value::Null, branches);
    file.iter().filter(|(name, _)| says(name)).map(|(name, text)| (name.clone(), said(text))).collect()
}

/// A message as scripts have it: the text for each number or category, if it is one plural and nothing around that.
fn branches(message: &str) -> Value {
    match pattern::places(message).first() {
        Some((name, plural)) if !plural.is_empty() && message == ["{", name, ", ", plural, "}"].concat() => {
            pattern::branches(plural).map(|(when, text)| (when.to_owned(), json!(text))).collect()
        }
        _ => message.into(),
    }
}

impl Words {
    /// The words for a course in that language: its own, those of the language without its region, or English ones.
    #[must_use]
    pub fn of(course: &str) -> Rc<Words> {
        Words::around(course, course)
    }

    /// The words in the language that is wanted around a course in that one: see [`Words::of`].
    ///
    /// # Panics
    ///
    /// If the file of a language is broken, which a test excludes.
    #[must_use]
    pub fn around(course: &str, wanted: &str) -> Rc<Words> {
        let known = |wanted: &str| SHIPPED.iter().find(|(tag, _, _)| tag.eq_ignore_ascii_case(wanted));
        let (tag, locale, file) = known(wanted).or_else(|| known(main(wanted))).unwrap_or(&SHIPPED[0]);
        let file: Map<String, Value> = serde_json::from_str(file).expect("the file of a language is JSON");
        let text = |name: &&str| file[*name].as_str().expect("a pattern is a text").to_owned();
        Rc::new(Words {
            language: language(tag),
            authored: (!main(course).eq_ignore_ascii_case(tag)).then(|| language(course)),
            patterns: RefCell::new(
                [Message::PLAYER, Message::REST, Message::PAGE].into_iter().flatten().map(text).collect(),
            ),
            numerals: numerals(locale),
        })
    }

    /// Those that the player needs before the rest of it is there, as the page has them and [`Words::read`] reads them.
    #[must_use]
    pub fn for_player(&self) -> Value {
        let language = |language: &Language| json!({ "tag": language.tag, "rtl": language.rtl });
        json!({
            "language": language(&self.language),
            "authored": self.authored.as_ref().map(language),
            "locale": self.locale(),
            "zero": self.digits(0),
            "patterns": self.patterns.borrow()[..Message::PLAYER.len()].join("\n"),
        })
    }

    /// Those that the rest of the player says, as [`Words::learn`] reads them.
    #[must_use]
    pub fn for_rest(&self) -> String {
        self.patterns.borrow()[Message::PLAYER.len()..][..Message::REST.len()].join("\n")
    }

    /// The locale by which they count, a BCP 47 tag.
    #[must_use]
    pub fn locale(&self) -> &'static str {
        SHIPPED.iter().find(|(tag, _, _)| *tag == self.language.tag).map_or("en", |(_, locale, _)| locale)
    }

    /// The branches of a message that is one plural, for scripts that count: the text for each number or category.
    #[must_use]
    pub fn plurals(&self, message: Message) -> Value {
        branches(self.patterns.borrow()[message as usize].as_str())
    }
}

/// The numerals of that locale, by ICU4X, which reads the same data as browsers do.
///
/// # Panics
///
/// Never: every locale has plurals and digits, if only those of its root.
#[must_use]
pub fn numerals(locale: &str) -> Rc<dyn Numerals> {
    let locale = locale.parse().unwrap_or(locale!("en"));
    let plural = PluralRules::try_new((&locale).into(), PluralRulesOptions::default());
    let decimal = DecimalFormatter::try_new((&locale).into(), Default::default());
    let (plural, decimal) = (plural.expect("every locale has plurals"), decimal.expect("every locale has digits"));
    Rc::new(Library { plural, decimal })
}

/// The language of that tag, with its direction.
#[must_use]
pub fn language(tag: &str) -> Language {
    let rtl = tag.parse().is_ok_and(|tag| LocaleDirectionality::new_common().is_right_to_left(&tag));
    Language { tag: tag.to_owned(), rtl }
}

struct Library {
    plural: PluralRules,
    decimal: DecimalFormatter,
}

impl Numerals for Library {
    fn digits(&self, n: u32) -> String {
        self.decimal.format(&n.into()).to_string()
    }

    fn category(&self, n: u32) -> String {
        name_of(self.plural.category_for(n)).to_owned()
    }
}

fn name_of(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;
    use crate::words::pattern::Value::{Number, Text};
    use std::collections::BTreeSet;

    /// What that pattern says in that language.
    #[track_caller]
    fn check(locale: &str, pattern: &str, values: &[(&str, pattern::Value)], expect: &str) {
        assert_eq!(pattern::fill(pattern, values, &*numerals(locale)), expect);
    }

    #[test]
    fn a_pattern_takes_values_and_the_plural_of_its_language() {
        let items = "{n, plural, =0 {nothing} one {# item} other {# items}} in {slot}.";
        for (n, expect) in
            [(0, "nothing in A."), (1, "1 item in A."), (2, "2 items in A."), (1234, "1,234 items in A.")]
        {
            check("en", items, &[("n", Number(n)), ("slot", Text("A"))], expect);
        }
        check("de", items, &[("n", Number(1234)), ("slot", Text("{n} # ü"))], "1.234 items in {n} # ü.");
        let arabic = "{n, plural, one {1} two {2} few {# few} many {# many} other {# other}}";
        for (n, expect) in [(2, "2"), (3, "٣ few"), (11, "١١ many"), (100, "١٠٠ other")] {
            check("ar-u-nu-arab", arabic, &[("n", Number(n))], expect);
        }
        check("en", "a {b, plural, one {{c}!} other {}} #", &[("b", Number(1)), ("c", Text("d"))], "a d! #");
        check("en", "{unknown} and } and {open", &[], " and } and {open");
    }

    #[test]
    fn em10_every_language_says_everything_with_the_same_values_and_all_its_plurals() {
        let names: BTreeSet<&str> =
            [Message::PLAYER, Message::REST, Message::PAGE, Message::SCRIPT].into_iter().flatten().copied().collect();
        let values = |pattern: &str| -> BTreeSet<String> {
            pattern::places(pattern).into_iter().map(|(name, _)| name.to_owned()).collect()
        };
        let english: Map<String, Value> = serde_json::from_str(SHIPPED[0].2).unwrap();
        for (tag, locale, file) in SHIPPED {
            let file: Map<String, Value> = serde_json::from_str(file).unwrap();
            assert_eq!(file.keys().map(String::as_str).collect::<BTreeSet<_>>(), names, "{tag}");
            let locale: icu_locale::Locale = locale.parse().unwrap();
            let rules = PluralRules::try_new((&locale).into(), PluralRulesOptions::default()).unwrap();
            for (name, pattern) in &file {
                let pattern = pattern.as_str().unwrap();
                assert!(!pattern.is_empty() && pattern.lines().count() == 1, "{tag}: {name} is no line");
                assert_eq!(pattern.matches('{').count(), pattern.matches('}').count(), "{tag}: {name}");
                assert_eq!(values(pattern), values(english[name].as_str().unwrap()), "{tag}: {name}");
                for (_, plural) in pattern::places(pattern).into_iter().filter(|(_, plural)| !plural.is_empty()) {
                    let keys: Vec<&str> = pattern::branches(plural).map(|(key, _)| key).collect();
                    assert!(keys.contains(&"other"), "{tag}: {name} has no `other`");
                    // A number in words needs no category: each that occurs has a branch of its own.
                    let in_words = keys.iter().filter(|key| key.starts_with('=')).count() > 1;
                    for category in rules.categories().map(name_of).filter(|_| !in_words) {
                        assert!(keys.contains(&category), "{tag}: {name} has no `{category}`");
                    }
                }
            }
        }
    }

    #[test]
    fn em10_a_course_is_in_its_language_or_in_english_and_says_so() {
        let around = |course: &str, wanted: &str| {
            let words = Words::around(course, wanted);
            let authored = words.authored.as_ref().map(|language| (language.tag.clone(), language.rtl));
            (words.language.tag.clone(), words.language.rtl, authored)
        };
        let of = |course: &str| around(course, course);
        assert_eq!(of("en"), ("en".to_owned(), false, None));
        assert_eq!(of("de-AT"), ("de".to_owned(), false, None));
        assert_eq!(of("AR"), ("ar".to_owned(), true, None));
        assert_eq!(of("fr"), ("en".to_owned(), false, Some(("fr".to_owned(), false))));
        assert_eq!(of("he"), ("en".to_owned(), false, Some(("he".to_owned(), true))));
        assert_eq!(around("en-GB", "ar"), ("ar".to_owned(), true, Some(("en-GB".to_owned(), false))));
        assert_eq!(around("de-AT", "de-CH"), ("de".to_owned(), false, None));
        for tag in languages() {
            let words = Words::of(tag);
            let library = |locale: String, zero: char| {
                // By this the browser writes small numbers, which no language groups.
                let digit = |n: u32| char::from_u32(zero as u32 + n).unwrap();
                let numerals = numerals(&locale);
                assert_eq!(numerals.digits(987), String::from_iter([9, 8, 7].map(digit)));
                numerals
            };
            let read = Words::read(&words.for_player(), library).unwrap();
            assert_eq!((&read.language, &read.authored), (&words.language, &None));
            assert_eq!(read.say(Message::RestMissing), words.say(Message::RestMissing));
            read.learn(&words.for_rest());
            for message in [Message::Semicolon, Message::Recorded, Message::LmsOver] {
                assert_eq!(read.say(message), words.say(message));
            }
        }
        assert!(Words::read(&json!({ "language": 1 }), |locale, _| numerals(&locale)).is_none());
    }
}
