//! From the files of a course to the course: what `course.toml` lists is read, and what it does not list is noticed.

use crate::{
    Files,
    context::Context,
    glossary,
    manifest::{self, Manifest, ModuleEntry},
    names::{Unique, Word, nearest},
    page::{Page, Part, id},
    source::{Problems, Source},
    step::{self, FrontMatter},
};
use course::{
    Id,
    course::{Course, MASTERY, Module, Step},
    markup::Markup,
};
use std::collections::BTreeSet;

const MANIFEST: &str = "course.toml";

/// Reads everything; the course is good only if there are no problems.
pub fn assemble(files: &Files) -> (Course, Problems) {
    let mut context = Context::new(files);
    files.report_unreadable(&context.problems);
    let toml = files.source(MANIFEST, &context.problems);
    if files.get(MANIFEST).is_none() {
        let help = "write one that lists the modules and steps of the course";
        files.error(&context.problems, MANIFEST, "there is no `course.toml`", help);
        return (empty(), context.problems);
    }
    let manifest = manifest::read(&toml, &context.problems);
    context.report = manifest.report.clone();
    let mut listed = BTreeSet::new();
    let mut steps: Vec<Vec<(Source, FrontMatter, Vec<Id>)>> = Vec::new();
    let mut glossaries: Vec<Option<Source>> = Vec::new();
    let mut ids = Unique::default();
    for module in &manifest.modules {
        let mut of_module = Vec::new();
        for file in &module.steps {
            let Some(source) = listed_file(&context, &toml, module, file, &mut listed) else { continue };
            let front = step::front_matter(&source, &context.problems);
            let id = ids.take(&front.id, "steps of the course", &source, &context.problems);
            let was = ids.was(Some(&front.was), &source, &context.problems);
            context.steps.insert(source.path.clone(), id);
            of_module.push((source, front, was));
        }
        steps.push(of_module);
        let file = module.glossary.as_ref();
        let source = file.and_then(|file| listed_file(&context, &toml, module, file, &mut listed));
        context.glossaries.extend(source.as_ref().map(|source| source.path.clone()));
        glossaries.push(source);
    }
    let context = context;
    let whole = |source| Page::new(&context, source, 0..source.text.len());
    let pages: Vec<Option<Page>> = glossaries.iter().map(|source| source.as_ref().map(whole)).collect();
    let entries: Vec<_> = pages.iter().map(|page| page.as_ref().map(glossary::entries).unwrap_or_default()).collect();
    let terms = pages.iter().zip(entries).map(|(page, entries)| match page {
        Some(page) => (glossary::names(page, &entries), glossary::terms(page, entries)),
        None => Default::default(),
    });
    let terms: Vec<_> = terms.collect();
    let mut modules = Vec::new();
    for ((module, steps), (names, terms)) in manifest.modules.iter().zip(&steps).zip(terms) {
        let steps = steps.iter().map(|(source, front, was)| Step {
            id: id(&front.id),
            was: was.clone(),
            title: front.title.clone(),
            minutes: front.minutes,
            blocks: names.linked(step::blocks(&context, source, front.end..source.text.len())),
        });
        modules.push(Module {
            id: module.id.clone(),
            title: module.title.clone(),
            summary: module.summary.clone(),
            steps: steps.collect(),
            terms,
            mastery: module.mastery.unwrap_or(manifest.mastery),
        });
    }
    let notice = notice(&context, &toml, &manifest);
    if manifest.readable {
        report_unlisted(&context, &manifest, &listed);
    }
    let Manifest { id, title, language, .. } = manifest;
    // What is a pass in the only module is one in the course.
    let mastery = if let [only] = &modules[..] { only.mastery } else { manifest.mastery };
    (Course { id, title, language, notice, mastery, modules }, context.problems)
}

fn empty() -> Course {
    Course {
        id: "".into(),
        title: String::new(),
        language: String::new(),
        notice: Markup::new(),
        mastery: MASTERY,
        modules: Vec::new(),
    }
}

/// A file that `course.toml` names, if it is there and named once.
fn listed_file(
    context: &Context,
    toml: &Source,
    module: &ModuleEntry,
    file: &Word,
    listed: &mut BTreeSet<String>,
) -> Option<Source> {
    let path = format!("{}/{}", module.folder.text, file.text);
    if !listed.insert(path.clone()) {
        context.problems.error(toml, file.span.clone(), format!("`{}` is listed twice", file.text), "keep one of them");
        return None;
    }
    if context.files.get(&path).is_none() {
        let folder = format!("{}/", module.folder.text);
        let there = context.files.paths().filter_map(|path| path.strip_prefix(&folder));
        let help = match nearest(&file.text, there.filter(|name| name.ends_with(".md"))) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("write it, or take it out of the list; it would be `{path}`"),
        };
        context.problems.error(toml, file.span.clone(), format!("there is no file `{}`", file.text), help);
        return None;
    }
    Some(context.files.source(&path, &context.problems))
}

/// Reports Markdown that no module lists and media that no page shows, so that nothing lies about unnoticed.
fn report_unlisted(context: &Context, manifest: &Manifest, listed: &BTreeSet<String>) {
    for path in context.files.paths() {
        let Some((folder, name)) = path.split_once('/') else { continue };
        let of_module = manifest.modules.iter().any(|module| module.folder.text == folder);
        if path.ends_with(".md") && !listed.contains(path) {
            let (message, help) = if of_module {
                ("this file is in no list of steps", format!("add `{name}` to `course.toml`, or take the file away"))
            } else {
                (
                    "this file is in the folder of no module",
                    format!("add a module for `{folder}` to `course.toml`, or take the file away"),
                )
            };
            context.files.error(&context.problems, path, message, help);
        } else if of_module && !path.ends_with(".md") && !context.used.borrow().contains(path) {
            let help = format!("show it with `![what it shows]({name})`, or take the file away");
            context.files.error(&context.problems, path, "no step shows this file", help);
        }
    }
}

/// The foot of every page, which is Markdown within TOML.
fn notice(context: &Context, toml: &Source, manifest: &Manifest) -> Markup {
    let Manifest { notice: Word { text, span }, .. } = manifest;
    let raw = toml.slice(span);
    // Without escapes the text stands in the file as it is, and problems can be shown in it.
    let Some(at) = raw.find(text.as_str()).filter(|_| !text.is_empty()) else {
        if !text.is_empty() {
            let help = "write it without backslashes, between `'''` and `'''` if need be";
            context.problems.error(toml, span.clone(), "the notice holds escapes", help);
        }
        return Markup::new();
    };
    let start = span.start + at;
    let page = Page::new(context, toml, start..start + text.len());
    let mut out = Markup::new();
    for part in page.parts() {
        let (Part::Prose(part) | Part::Container { body: part, .. }) = part;
        for node in page.parse(part.clone()) {
            if matches!(node.tag(), Some(pulldown_cmark::Tag::Paragraph)) && out.is_empty() {
                out = page.inline(&node.children);
            } else {
                page.ignore(&node.span);
                page.error(node.span.clone(), "the notice is one paragraph", "keep text, emphasis and links in it");
            }
        }
    }
    page.finish();
    out
}
