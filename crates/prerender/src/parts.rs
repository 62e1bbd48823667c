//! The pages that a course becomes: one, while it is small; else one for each module.
//!
//! What a first visit loads and what an answer costs must not grow with the course. So each module of a large one is a
//! page of its own, with its own texts, plan and saved progress, and its links to other modules are links to other pages.
//!
//! In a package for an LMS there are no such links: the LMS begins each page, and has the list of them all. It knows what
//! learners have done by the names of its activities, so there a course is not split by its size, which may grow from one
//! version to the next, but only if that is asked for.

use anyhow::{Context, Result};
use course::{
    comparison::Comparison,
    course::{Block, Course, Module, Page},
    exercise::Exercise,
    markup::{Markup, Node},
};
use kurso::{
    view::compiled::{Around, Compiled, Link},
    words::{Words, message::Message},
};
use std::rc::Rc;

/// How large the compiled course may be, in bytes of JSON, to be one page. A module of twelve steps has about 70 000, and
/// four times that is about 40 KB after brotli.
const LARGEST_PAGE: usize = 280_000;

/// The page that lists all modules. An underscore is in no id, so no module is in its way.
pub const ALL: &str = "all_modules.html";

/// A page to make.
pub struct Part {
    /// The name of its file.
    pub file: String,
    /// What the player must know.
    pub page: Page,
    /// What stands in it.
    pub texts: Rc<Compiled>,
}

impl Part {
    /// The same page with the words of the interface in that language, and the name of its file.
    pub fn spoken(&self, language: &str) -> Part {
        let mut texts = (*self.texts).clone();
        texts.words = Words::around(&texts.course.language, language);
        if let Some(around) = &mut texts.around {
            around.all.title = texts.words.say(Message::AllModules);
        }
        let stem = self.file.trim_end_matches(".html");
        Part { file: format!("{stem}.{language}.html"), page: self.page.clone(), texts: Rc::new(texts) }
    }
}

/// What a course is split for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Purpose {
    /// Whether its pages are in a package for an LMS.
    pub in_lms: bool,
    /// Whether each module is to be a page, however small the course is.
    pub per_module: bool,
}

/// The pages of that course, the first of which is `index.html`.
///
/// # Errors
///
/// If the course cannot be written as JSON.
pub fn of(course: &Course, purpose: Purpose) -> Result<Vec<Part>> {
    let words = Words::of(&course.language);
    let size = serde_json::to_vec(course).context("the course cannot be written")?.len();
    let modules = course.modules.len();
    let is_large = modules > 1 && size > LARGEST_PAGE;
    if !purpose.per_module && (purpose.in_lms || !is_large) {
        if is_large {
            println!(
                "The course has {modules} modules and {size} bytes in one activity, as ever; `--per-module` makes each an \
                 activity that loads sooner, but an LMS does not know that those were this one."
            );
        }
        let texts = Rc::new(Compiled { course: course.clone(), around: None, words, in_lms: purpose.in_lms });
        return Ok(vec![Part { file: file(0, &course.modules[0]), page: Page::new(course.plan(), None), texts }]);
    }
    if !purpose.per_module {
        println!("The course has {modules} modules and {size} bytes, so each module is a page of its own.");
    }
    Ok((0..modules).map(|at| part(course, &words, at, purpose.in_lms)).collect())
}

fn part(course: &Course, words: &Rc<Words>, at: usize, in_lms: bool) -> Part {
    let module = &course.modules[at];
    // Field by field: a copy of the whole course for each of its modules would take long.
    let Course { id, title, language, notice, .. } = course;
    let (id, title, language, notice) = (id.clone(), title.clone(), language.clone(), notice.clone());
    let mut only = Course { id, title, language, notice, mastery: module.mastery, modules: vec![module.clone()] };
    each_text(&mut only, &mut |text| {
        let to_other_page = |href: &str| elsewhere(course, module, href);
        if in_lms { unlink(text, &|href| to_other_page(href).is_some()) } else { relink(text, &to_other_page) }
    });
    let link = |at: usize| course.modules.get(at).map(|module| link(at, module));
    let around = (!in_lms).then(|| Around {
        before: at.checked_sub(1).and_then(link),
        after: link(at + 1),
        all: Link { href: ALL.to_owned(), title: words.say(Message::AllModules) },
    });
    let page = Page::new(only.plan(), Some(module.id.clone()));
    Part {
        file: file(at, module),
        page,
        texts: Rc::new(Compiled { course: only, around, words: words.clone(), in_lms }),
    }
}

/// The name of the page of a module.
fn file(at: usize, module: &Module) -> String {
    if at == 0 { "index.html".to_owned() } else { format!("{}.html", module.id) }
}

fn link(at: usize, module: &Module) -> Link {
    Link { href: file(at, module), title: module.title.clone() }
}

/// The links to all modules of a course in parts, for the page that lists them.
pub fn links(course: &Course) -> Vec<(Link, Module)> {
    course.modules.iter().enumerate().map(|(at, module)| (link(at, module), module.clone())).collect()
}

/// Where a link leads from the page of that module, if that is another page.
fn elsewhere(course: &Course, here: &Module, href: &str) -> Option<String> {
    let place = href.strip_prefix("#/")?;
    let holds = |module: &Module| match place.strip_prefix("glossary/") {
        Some(term) => module.terms.iter().any(|known| *known.id == *term),
        None => module.steps.iter().any(|step| *step.id == *place),
    };
    let at = course.modules.iter().position(holds).filter(|_| !holds(here))?;
    Some(file(at, &course.modules[at]) + href)
}

/// Puts other addresses into the links of a text.
fn relink(text: &mut Markup, address: &dyn Fn(&str) -> Option<String>) {
    for node in text {
        let Node::Element(element) = node else { continue };
        if let Some(other) = element.attribute("href").and_then(address)
            && let Some(linked) = element.clone().with("href", &other)
        {
            *element = linked;
        }
        relink(&mut element.children, address);
    }
}

/// Puts what they say in the place of the links that lead elsewhere.
fn unlink(text: &mut Markup, elsewhere: &dyn Fn(&str) -> bool) {
    for node in std::mem::take(text) {
        let Node::Element(mut element) = node else {
            text.push(node);
            continue;
        };
        unlink(&mut element.children, elsewhere);
        if element.attribute("href").is_some_and(elsewhere) {
            text.append(&mut element.children);
        } else {
            text.push(Node::Element(element));
        }
    }
}

/// Calls with each text of the course.
fn each_text(course: &mut Course, change: &mut dyn FnMut(&mut Markup)) {
    change(&mut course.notice);
    for module in &mut course.modules {
        for block in module.steps.iter_mut().flat_map(|step| &mut step.blocks) {
            match block {
                Block::Prose(text) => change(text),
                Block::Comparison(comparison) => each_text_in(comparison, change),
                Block::Exercise(exercise) => each_text_of(exercise, change),
                Block::Results | Block::Glossary => {}
            }
        }
        module.terms.iter_mut().for_each(|term| change(&mut term.definition));
    }
}

fn each_text_in(comparison: &mut Comparison, change: &mut dyn FnMut(&mut Markup)) {
    [&mut comparison.prompt, &mut comparison.caption].into_iter().for_each(&mut *change);
    comparison.layers.iter_mut().for_each(|layer| change(&mut layer.about));
}

fn each_text_of(exercise: &mut Exercise, change: &mut dyn FnMut(&mut Markup)) {
    [&mut exercise.prompt, &mut exercise.hint, &mut exercise.explanation].into_iter().for_each(&mut *change);
    exercise.slots.iter_mut().for_each(|slot| change(&mut slot.text));
    for item in &mut exercise.items {
        [&mut item.text, &mut item.feedback].into_iter().for_each(&mut *change);
        item.misplaced.iter_mut().for_each(|misplaced| change(&mut misplaced.feedback));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;
    use course::course::{MASTERY, Step};
    use std::collections::BTreeSet;

    fn module(id: &str, prose: &str) -> Module {
        let text = serde_json::from_str(prose).unwrap();
        let step = Step {
            id: format!("{id}-step").into(),
            was: Vec::new(),
            title: id.to_owned(),
            minutes: 1,
            blocks: vec![Block::Prose(text)],
        };
        Module {
            id: id.into(),
            title: id.to_owned(),
            summary: String::new(),
            steps: vec![step],
            terms: Vec::new(),
            mastery: MASTERY,
        }
    }

    /// Three modules, the second of which is long and links to the other two and to itself.
    fn course(long: usize) -> Course {
        let small: Course = serde_json::from_str(include_str!("../../course/tests/it/course.json")).unwrap();
        let links = r##"["p", ["a", {"href": "#/one-step"}, "1"], ["a", {"href": "#/glossary/t"}, "t"], ["a", {"href": "#/two-step"}, "2"]]"##;
        let mut one = module("one", "[]");
        one.terms = small.modules[0].terms.clone();
        one.terms[0].id = "t".into();
        let two = module("two", &format!("[{links}, [\"p\", \"{}\"]]", "x".repeat(long)));
        Course { modules: vec![one, two, module("three", "[]")], ..small }
    }

    #[test]
    fn a_small_course_is_one_page_and_a_large_one_a_page_a_module() {
        let files =
            |long| of(&course(long), Purpose::default()).unwrap().into_iter().map(|part| part.file).collect::<Vec<_>>();
        assert_eq!(files(10), ["index.html"]);
        assert_eq!(files(LARGEST_PAGE), ["index.html", "two.html", "three.html"]);
    }

    #[test]
    fn links_lead_to_the_page_that_has_the_place() {
        let parts = of(&course(LARGEST_PAGE), Purpose::default()).unwrap();
        let Block::Prose(text) = &parts[1].texts.course.modules[0].steps[0].blocks[0] else { panic!("no prose") };
        let Node::Element(paragraph) = &text[0] else { panic!("no paragraph") };
        let hrefs: Vec<&str> = paragraph
            .children
            .iter()
            .filter_map(|node| if let Node::Element(link) = node { link.attribute("href") } else { None })
            .collect();
        assert_eq!(hrefs, ["index.html#/one-step", "index.html#/glossary/t", "#/two-step"]);
        let around = parts[1].texts.around.as_ref().unwrap();
        let href = |link: &Option<Link>| link.as_ref().unwrap().href.clone();
        assert_eq!((href(&around.before), href(&around.after)), ("index.html".to_owned(), "three.html".to_owned()));
        assert!(parts[0].texts.around.as_ref().unwrap().before.is_none());
        assert!(parts[2].texts.around.as_ref().unwrap().after.is_none());
    }

    #[test]
    fn in_a_package_for_an_lms_no_page_leads_to_another_and_each_has_its_own_mastery() {
        let mut course = course(LARGEST_PAGE);
        course.modules[1].mastery = 90;
        let parts = of(&course, Purpose { in_lms: true, per_module: true }).unwrap();
        let Block::Prose(text) = &parts[1].texts.course.modules[0].steps[0].blocks[0] else { panic!("no prose") };
        let expect = r##"[["p", "1", "t", ["a", {"href": "#/two-step"}, "2"]]"##;
        assert!(
            serde_json::to_string(text).unwrap().starts_with(&expect.replace(": ", ":").replace(", ", ",")),
            "{text:?}"
        );
        assert!(parts.iter().all(|part| part.texts.around.is_none() && part.texts.in_lms));
        assert_eq!(parts.iter().map(|part| part.texts.course.mastery).collect::<Vec<_>>(), [80, 90, 80]);
        let small = of(&self::course(10), Purpose { in_lms: true, per_module: true }).unwrap();
        assert_eq!(
            small.iter().map(|part| part.page.part.as_deref()).collect::<Vec<_>>(),
            [Some("one"), Some("two"), Some("three")]
        );
    }

    #[test]
    fn in_a_package_a_course_stays_one_activity_when_it_grows() {
        let names = |size| -> Vec<String> {
            let parts = of(&course(size), Purpose { in_lms: true, per_module: false }).unwrap();
            parts.iter().map(|part| course::progress::Progress::storage_key(&part.page)).collect()
        };
        assert_eq!(names(10).len(), 1);
        assert_eq!(names(10), names(LARGEST_PAGE));
    }

    #[test]
    fn each_page_knows_its_own_module_and_saves_apart() {
        let parts = of(&course(LARGEST_PAGE), Purpose::default()).unwrap();
        let keys: BTreeSet<String> =
            parts.iter().map(|part| course::progress::Progress::storage_key(&part.page)).collect();
        assert_eq!(keys.len(), 3);
        for part in &parts {
            assert_eq!(part.page.plan.modules.len(), 1);
        }
    }
}
