//! The page and the script as texts: what goes in where.

use anyhow::{Context, Result};
use course::{course::Course, exercise::Kind, markup::plain_text, progress::Progress};
use serde_json::{Value, json};

/// The page with the course in it, which keeps itself for when there is no network if it is told to.
///
/// # Errors
///
/// If the page has no place for the title, the head or the course.
pub fn html(page: &str, course: &Course, still: &str, offline: bool) -> Result<String> {
    let page =
        replace(page, "<title>Kurso</title>", &format!("<title>{}</title>{}", escape(&course.title), head(course)))?;
    let page = replace(&page, "<html lang=\"en\">", &format!("<html lang=\"{}\">", escape(&course.language)))?;
    let (before, rest) = page.split_once("<kurso-player").context("the page has no <kurso-player>")?;
    let (attributes, rest) = rest.split_once('>').context("the tag of <kurso-player> does not end")?;
    let (_, after) = rest.split_once("</kurso-player>").context("<kurso-player> does not end")?;
    // Lets the player's script look for saved progress before the wasm is there.
    let key = escape(&Progress::storage_key(course));
    let offline = if offline { " offline" } else { "" };
    Ok(format!("{before}<kurso-player{attributes}{offline} data-saved=\"{key}\">{still}</kurso-player>{after}"))
}

/// One module script of the hand-written one and the one that wasm-bindgen made.
///
/// # Errors
///
/// If either does not import or export as it does today.
pub fn script(player: &str, bindgen: &str) -> Result<String> {
    let bindgen = replace(bindgen, "export { initSync, __wbg_init as default };", "const init = __wbg_init;")?;
    let player = replace(player, "import init, { Player } from './kurso.js';\n", "")?;
    Ok(bindgen + &player)
}

/// What search engines and whoever shares the address are told of the course.
fn head(course: &Course) -> String {
    let summary = course.modules.iter().map(|module| module.summary.as_str()).collect::<Vec<_>>().join(" ");
    let meta = |attribute: &str, name: &str, content: &str| {
        format!("<meta {attribute}=\"{name}\" content=\"{}\">", escape(content))
    };
    [
        meta("name", "description", &summary),
        meta("property", "og:type", "website"),
        meta("property", "og:title", &course.title),
        meta("property", "og:description", &summary),
        meta("property", "og:locale", &course.language.replace('-', "_")),
        // A block of data, which no policy takes for a script. `<` is escaped, so that no text can end it.
        format!(
            "<script type=\"application/ld+json\">{}</script>",
            described(course).to_string().replace('<', "\\u003c")
        ),
    ]
    .concat()
}

/// The course in the words of <https://schema.org/LearningResource>, with its questions as <https://schema.org/Quiz>.
fn described(course: &Course) -> Value {
    let modules = course.modules.iter().map(|module| {
        let minutes: u32 = module.steps.iter().map(|step| step.minutes).sum();
        let questions: Vec<Value> = module
            .steps
            .iter()
            .flat_map(|step| step.exercises())
            .filter(|exercise| matches!(exercise.kind, Kind::Choice { .. }))
            .map(|exercise| {
                let answers = |right: bool| -> Vec<Value> {
                    let items = exercise.items.iter().filter(|item| item.accepts.is_empty() != right);
                    items.map(|item| json!({ "@type": "Answer", "text": plain_text(&item.text) })).collect()
                };
                json!({
                    "@type": "Question",
                    "name": exercise.title,
                    "text": plain_text(&exercise.prompt),
                    "acceptedAnswer": answers(true),
                    "suggestedAnswer": answers(false),
                })
            })
            .collect();
        json!({
            "@type": "LearningResource",
            "name": module.title,
            "description": module.summary,
            "inLanguage": course.language,
            "timeRequired": format!("PT{minutes}M"),
            "learningResourceType": ["lesson", "quiz", "flashcards"],
            "teaches": module.terms.iter().map(|term| term.title.as_str()).collect::<Vec<_>>(),
            "hasPart": { "@type": "Quiz", "name": module.title, "hasPart": questions },
        })
    });
    json!({
        "@context": "https://schema.org",
        "@type": "Course",
        "name": course.title,
        "inLanguage": course.language,
        "isAccessibleForFree": true,
        "hasPart": modules.collect::<Vec<_>>(),
    })
}

/// The text with `new` in the place of `old`, which it must have.
pub fn replace(text: &str, old: &str, new: &str) -> Result<String> {
    let (before, after) = text.split_once(old).with_context(|| format!("it does not say `{}`", old.trim()))?;
    Ok([before, new, after].concat())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;

    const PAGE: &str = "<html lang=\"en\"><head><title>Kurso</title></head><body><kurso-player hash>\n<p>Wait</p></kurso-player></body></html>";

    fn course(title: &str) -> Course {
        let json = include_str!("../../course/tests/it/course.json").replace("A small course", title);
        serde_json::from_str(&json).unwrap()
    }

    #[test]
    fn the_course_takes_the_place_of_what_the_element_held() {
        let page = html(PAGE, &course("Small"), "<div>All of it</div>", false).unwrap();
        assert!(
            page.contains("<kurso-player hash data-saved=\"kurso:mini:1\"><div>All of it</div></kurso-player></body>"),
            "{page}"
        );
        assert!(
            page.contains("<title>Small</title><meta name=\"description\" content=\"Every kind once.\">"),
            "{page}"
        );
        assert!(!page.contains("Wait"));
    }

    #[test]
    fn s1_titles_are_text_and_never_markup() {
        let page = html(PAGE, &course("</title></script><script>alert(1)</script>&amp;"), "", true).unwrap();
        assert_eq!(page.matches("<script").count(), 1, "{page}");
        assert!(page.contains("<title>&lt;/title&gt;"), "{page}");
        let data = page.split_once("ld+json\">").unwrap().1.split_once("</script>").unwrap().0;
        let data: Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["name"], "</title></script><script>alert(1)</script>&amp;");
    }

    #[test]
    fn questions_are_described_with_their_answers() {
        let data = described(&course("Small"));
        let question = &data["hasPart"][0]["hasPart"]["hasPart"][0];
        assert_eq!((&question["name"], question["acceptedAnswer"].as_array().unwrap().len()), (&json!("One"), 1));
        assert_eq!(question["suggestedAnswer"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn a_page_or_script_that_is_not_as_expected_is_an_error() {
        assert!(html("<html></html>", &course("Small"), "", false).is_err());
        assert!(script("nothing", "export { initSync, __wbg_init as default };").is_err());
        let joined = script(
            "import init, { Player } from './kurso.js';\nrun();",
            "code();\nexport { initSync, __wbg_init as default };",
        );
        assert_eq!(joined.unwrap(), "code();\nconst init = __wbg_init;run();");
    }
}
