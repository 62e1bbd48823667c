//! The page and the script as texts: what goes in where.

use crate::{
    lms::{self, Standard},
    parts::Part,
};
use anyhow::{Context, Result};
use course::{course::Course, exercise::Kind, markup::plain_text, progress::Progress};
use kurso::words::{Words, message::Message, shipped};
use serde_json::{Map, Value, json};

/// What all pages of a build share.
pub struct Frame {
    /// The page as Trunk leaves it.
    pub page: String,
    /// Names the build: files of two builds are never taken for each other, wherever they are kept.
    pub build: String,
    /// What the script insists on for the wasm, as `integrity`, if it does.
    pub integrity: Option<String>,
    /// Whether the page keeps itself for when there is no network.
    pub offline: bool,
    /// The address of the folder where it will be, if that is known, with a slash at its end.
    pub address: Option<String>,
    /// The LMS that it will be in, if it will.
    pub lms: Option<Standard>,
    /// The other languages in which each page is there, in a file of its own ([`Part::spoken`]).
    pub languages: Vec<&'static str>,
}

impl Frame {
    /// The page of that part of a course: as HTML, and as the plan that the player needs.
    ///
    /// # Errors
    ///
    /// If the page has no place for the title, the head, the course or the name of the build.
    pub fn part(&self, part: &Part, still: &str) -> Result<String> {
        let course = &part.texts.course;
        let title = match (&part.page.part, &course.modules[..]) {
            (Some(_), [module]) => format!("{} – {}", module.title, course.title),
            _ => course.title.clone(),
        };
        let summary = course.modules.iter().map(|module| module.summary.as_str()).collect::<Vec<_>>().join(" ");
        let mut head = head(course, &title, &summary) + &data("application/ld+json", &described(course));
        if let Some(address) = self.address.as_ref().filter(|_| part.file == "index.html") {
            let (address, title) = (escape(address), escape(&title));
            head += &format!(
                "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"{address}{OEMBED}\" title=\"{title}\">"
            );
        }
        let page = self.page(course, &title, &head)?;
        let (before, rest) = page.split_once("<kurso-player").context("the page has no <kurso-player>")?;
        let (attributes, rest) = rest.split_once('>').context("the tag of <kurso-player> does not end")?;
        let (_, after) = rest.split_once("</kurso-player>").context("<kurso-player> does not end")?;
        // Lets the player's script look for saved progress before the wasm is there.
        let key = escape(&Progress::storage_key(&part.page));
        let lms = self.lms.map_or_else(String::new, |standard| format!(" lms=\"{}\"", standard.name()));
        let offline = if self.offline { " offline" } else { "" };
        let languages = match &self.languages[..] {
            [] => String::new(),
            languages => format!(" data-languages=\"{}\"", languages.join(" ")),
        };
        let words = &part.texts.words;
        let mut plan = serde_json::to_value(&part.page)?;
        plan["words"] = words.for_player();
        if let Some(standard) = self.lms {
            plan["lms"] = lms::needed(standard, course, words);
        }
        let plan = data("application/json", &plan);
        let wasm = preload(&self.build, self.integrity.as_deref());
        let style = again(&self.build);
        Ok(format!(
            "{before}<kurso-player{attributes}{lms}{offline}{languages} data-saved=\"{key}\">{SHADOW}{still}{plan}</kurso-player>{wasm}{style}{after}"
        ))
    }

    /// The page that lists all modules, which needs no player: its script only has it show as the learner chose.
    ///
    /// # Errors
    ///
    /// As for a part.
    pub fn contents(&self, course: &Course, list: &str) -> Result<String> {
        let title = format!("{} – {}", Words::of(&course.language).say(Message::AllModules), course.title);
        let page = self.page(course, &title, &head(course, &title, &course.title))?;
        let (before, rest) = page.split_once("<kurso-player").context("the page has no <kurso-player>")?;
        let (_, after) = rest.split_once("</kurso-player>").context("<kurso-player> does not end")?;
        Ok([before, list, after].concat())
    }

    fn page(&self, course: &Course, title: &str, head: &str) -> Result<String> {
        let page = replace(&self.page, "<title>Kurso</title>", &format!("<title>{}</title>{head}", escape(title)))?;
        let language = shipped::language(&course.language);
        let html = format!("<html lang=\"{}\" dir=\"{}\">", escape(&language.tag), language.direction());
        let page = replace(&page, "<html lang=\"en\">", &html)?;
        let page = replace(&page, "kurso.css\"", &format!("kurso.css?{}\"", self.build))?;
        let page = replace(&page, "kurso.js\"", &format!("kurso.js?{}\"", self.build))?;
        // What is said to whoever works at the page is not sent to learners.
        let lines = page.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("<!--"));
        Ok(lines.collect::<Vec<_>>().join("\n"))
    }
}

/// The shadow root of the player as it is until it runs. The script would make the same; but whoever gets a shadow root is
/// laid out anew, and that would be while everybody waits for the first paint. Its style is left to the script: a browser
/// that comes to one here reads on only when it is there.
const SHADOW: &str = "<template shadowrootmode=\"open\"><slot></slot></template>";

/// The style once more, where nothing shows: a browser that comes to one in the body reads on only when it is there, and so is
/// not done with the page before. Else Chromium looks where the fields of the page are as soon as it has read it, and lays
/// out all of the course for that, without a style.
fn again(build: &str) -> String {
    let style = format!("<link rel=\"stylesheet\" href=\"kurso.css?{build}\">");
    format!("<p hidden><template shadowrootmode=\"open\">{style}</template></p>")
}

/// Asks for the wasm, for which the script would ask a round trip later, when it runs. It stands after the course, so that
/// what the first paint waits for is asked for before it. Whoever has scripts switched off has no use for it.
fn preload(build: &str, integrity: Option<&str>) -> String {
    let integrity = integrity.map_or_else(String::new, |integrity| format!(" integrity=\"{integrity}\""));
    format!(
        "<link rel=\"preload\" as=\"fetch\" media=\"(scripting)\" crossorigin{integrity} href=\"kurso_bg.wasm?{build}\">"
    )
}

/// The file that tells other sites how to show the course, by <https://oembed.com>.
pub const OEMBED: &str = "oembed.json";

/// What stands in it, for a course at that address.
pub fn oembed(course: &Course, address: &str) -> Value {
    json!({
        "version": "1.0",
        "type": "rich",
        "title": course.title,
        "provider_name": "Kurso",
        "provider_url": address,
        "width": 800,
        "height": 600,
        "html": format!(
            "<iframe src=\"{address}?embed\" title=\"{}\" width=\"100%\" height=\"600\" loading=\"lazy\" \
             sandbox=\"allow-scripts allow-same-origin allow-popups allow-downloads\"></iframe>\n\
             <script src=\"{address}embed-host.js\" async></script>",
            escape(&course.title)
        ),
    })
}

/// Starts the wasm that is asked for. wasm-bindgen's own has more ways to name it.
const INIT: &str = "let wasm;

async function init(asked) {
    const response = await asked;
    if (!response.ok) throw new Error(response.status);
    const imports = __wbg_get_imports();
    // Not every server knows what wasm is.
    const type = response.headers.get('Content-Type');
    const isKnown = type === 'application/wasm';
    if (!isKnown) console.warn('Kurso starts later, as its wasm has the MIME type', type);
    const { instance } = await (isKnown
        ? WebAssembly.instantiateStreaming(response, imports)
        : WebAssembly.instantiate(await response.arrayBuffer(), imports));
    wasm = instance.exports;
    wasm.__wbindgen_start();
    return wasm;
}
";

/// Asks the browser to compile all of a script while it is fetched, beside the page. Else it compiles each function when
/// that is called first, and somebody waits: most of ours are, once the wasm is there. A browser that does not know this
/// takes it for a comment.
pub const COMPILED_AT_ONCE: &str = "//# allFunctionsCalledOnLoad\n";

/// One module script of the hand-written one and the one that wasm-bindgen made.
///
/// # Errors
///
/// If either does not import or export as it does today.
pub fn script(player: &str, bindgen: &str) -> Result<String> {
    let bindgen =
        put(bindgen, "let wasmModule, wasmInstance, wasm;", "export { initSync, __wbg_init as default };", INIT)?;
    // A rendering that takes long is interrupted by Yew before we hear of it: what was pressed meanwhile would be lost with
    // the page that the player replaces, and a frame could show places without their texts. A microtask lets nothing in between.
    let bindgen = replace(&bindgen, "setTimeout(", "queueMicrotask(")?;
    let player = replace(player, "import init, { Player } from './kurso.js';\n", "")?;
    Ok(bindgen + &player)
}

/// A script with what it says, which few need and so stands in no page: in that language and those others.
///
/// # Errors
///
/// If it has no place for them.
pub fn worded(script: &str, language: &str, others: &[&str]) -> Result<String> {
    let tags = [language].into_iter().chain(others.iter().copied());
    let words: Map<String, Value> = tags.map(|tag| (tag.to_owned(), shipped::for_script(script, tag))).collect();
    replace(script, "const WORDS = {};", &format!("const WORDS = {};", Value::Object(words)))
}

/// What search engines and whoever shares the address are told of the page.
fn head(course: &Course, title: &str, summary: &str) -> String {
    let meta = |attribute: &str, name: &str, content: &str| {
        format!("<meta {attribute}=\"{name}\" content=\"{}\">", escape(content))
    };
    [
        meta("name", "description", summary),
        meta("property", "og:type", "website"),
        meta("property", "og:title", title),
        meta("property", "og:description", summary),
        meta("property", "og:locale", &course.language.replace('-', "_")),
    ]
    .concat()
}

/// A block of data, which no policy takes for a script. `<` is escaped, so that no text can end it.
fn data(media_type: &str, value: &Value) -> String {
    let json = value.to_string().replace('<', "\\u003c");
    format!("<script type=\"{media_type}\">{json}</script>")
}

/// The course in the words of <https://schema.org/LearningResource>, with its questions as <https://schema.org/Quiz>.
fn described(course: &Course) -> Value {
    let modules = course.modules.iter().map(|module| {
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
            "timeRequired": format!("PT{}M", module.minutes()),
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

/// The page without what is from that start to the next such end.
pub fn cut(page: &str, start: &str, end: &str) -> Result<String> {
    put(page, start, end, "")
}

/// The page with something else from that start to the next such end.
pub fn put(page: &str, start: &str, end: &str, new: &str) -> Result<String> {
    let (before, rest) = page.split_once(start).with_context(|| format!("the page has no `{start}`"))?;
    let (_, after) = rest.split_once(end).with_context(|| format!("`{start}` does not end"))?;
    Ok([before, new, after].concat())
}

/// That text where markup is expected.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;
    use crate::parts;
    use course::course::Page;

    const PAGE: &str = "<html lang=\"en\"><head><title>Kurso</title><link href=\"kurso.css\"><script type=\"module\" src=\"kurso.js\"></script></head><body><kurso-player hash>\n<p>Wait</p></kurso-player></body></html>";

    fn course(title: &str) -> Course {
        let json = include_str!("../../course/tests/it/course.json").replace("A small course", title);
        serde_json::from_str(&json).unwrap()
    }

    fn frame(page: &str, offline: bool) -> Frame {
        Frame {
            page: page.to_owned(),
            build: "b1".to_owned(),
            integrity: None,
            offline,
            address: None,
            lms: None,
            languages: Vec::new(),
        }
    }

    fn part(title: &str) -> Part {
        parts::of(&course(title), parts::Purpose::default()).unwrap().remove(0)
    }

    fn made(title: &str, still: &str, offline: bool) -> String {
        frame(PAGE, offline).part(&part(title), still).unwrap()
    }

    #[test]
    fn em10_a_page_that_is_there_in_other_languages_says_in_which() {
        let mut frame = frame(PAGE, false);
        frame.languages = vec!["de", "ar"];
        let one = part("Small");
        assert!(frame.part(&one, "").unwrap().contains(" data-languages=\"de ar\" data-saved="));
        assert!(!made("Small", "", false).contains("data-languages"));
        let other = one.spoken("de");
        assert_eq!(other.file, "index.de.html");
        let page = frame.part(&other, "").unwrap();
        assert!(page.contains(r"\nPrüfen\n"), "{page}");
        assert!(page.contains("\"authored\":{") && page.contains("<html lang=\"en\""), "the course stays in its own");
        assert_eq!((other.page, &other.texts.course), (one.page, &one.texts.course));
    }

    #[test]
    fn a_page_that_knows_its_address_tells_others_how_to_show_it() {
        let address = "https://example.org/course/";
        let course = course("AWS Certified Cloud Practitioner (CLF-C02)");
        let html = oembed(&course, address)["html"].as_str().unwrap().to_owned();
        assert!(include_str!("../../../docs/embedding.md").contains(&html), "the guide has other lines than {html}");
        let mut frame = frame(PAGE, false);
        let link = "<link rel=\"alternate\" type=\"application/json+oembed\" \
                    href=\"https://example.org/course/oembed.json\" title=\"Small\">";
        assert!(!frame.part(&part("Small"), "").unwrap().contains("oembed"));
        frame.address = Some(address.to_owned());
        assert!(frame.part(&part("Small"), "").unwrap().contains(link));
        let other = Part { file: "two.html".to_owned(), ..part("Small") };
        assert!(!frame.part(&other, "").unwrap().contains("oembed"));
    }

    #[test]
    fn the_course_takes_the_place_of_what_the_element_held() {
        let page = made("Small", "<div>All of it</div>", false);
        let start = "<kurso-player hash data-saved=\"kurso:mini:1\"><template shadowrootmode=\"open\"><slot></slot></template>\
             <div>All of it</div><script type=\"application/json\">";
        assert!(page.contains(start), "{page}");
        let (plan, after) = page.split_once(start).unwrap().1.split_once("</script></kurso-player>").unwrap();
        let plan: Value = serde_json::from_str(plan).unwrap();
        assert_eq!(Page::read(&plan), Some(part("Small").page));
        assert!(
            page.contains("<title>Small</title><meta name=\"description\" content=\"Every kind once.\">"),
            "{page}"
        );
        assert!(!page.contains("Wait"));
        assert_eq!(after, preload("b1", None) + &again("b1") + "</body></html>");
        let mut frame = frame(PAGE, false);
        frame.integrity = Some("sha384-abc".to_owned());
        let asked = "crossorigin integrity=\"sha384-abc\" href=\"kurso_bg.wasm?b1\">";
        assert!(frame.part(&part("Small"), "").unwrap().contains(asked), "as the script will ask for it");
    }

    #[test]
    fn s1_titles_are_text_and_never_markup() {
        let page = made("</title></script><script>alert(1)</script>&amp;", "", true);
        assert_eq!(page.matches("<script").count(), 3, "{page}");
        assert!(page.contains("<title>&lt;/title&gt;"), "{page}");
        let data = page.split_once("ld+json\">").unwrap().1.split_once("</script>").unwrap().0;
        let data: Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["name"], "</title></script><script>alert(1)</script>&amp;");
    }

    #[test]
    fn files_are_asked_for_by_the_name_of_the_build() {
        let page = made("Small", "", false);
        assert!(page.contains("href=\"kurso.css?b1\"") && page.contains("src=\"kurso.js?b1\""), "{page}");
    }

    #[test]
    fn the_list_of_modules_has_no_player() {
        let page = frame(PAGE, true).contents(&course("A & B"), "<ol></ol>").unwrap();
        assert!(page.contains("<title>All modules – A &amp; B</title>"), "{page}");
        assert!(page.contains("<body><ol></ol></body>") && page.contains("src=\"kurso.js?b1\""), "{page}");
        assert!(!page.contains("wasm"), "{page}");
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
        assert!(frame("<html></html>", false).part(&part("Small"), "").is_err());
        let bindgen = "later(() => setTimeout(code, 0));\nlet wasmModule, wasmInstance, wasm;\nfunction __wbg_load() {}\nexport { initSync, __wbg_init as default };\n";
        let player = "import init, { Player } from './kurso.js';\nrun();";
        assert_eq!(script(player, bindgen).unwrap(), format!("later(() => queueMicrotask(code, 0));\n{INIT}\nrun();"));
        assert!(script("nothing", bindgen).is_err());
        for part in ["let wasmModule", "setTimeout(", "export"] {
            assert!(script(player, &bindgen.replace(part, "other")).is_err(), "{part}");
        }
    }
}
