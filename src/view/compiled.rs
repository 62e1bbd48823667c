//! The texts of a compiled course as HTML: what the page is made of at build time, and what native tests see.
//!
//! Nothing of this runs in the browser, so it adds nothing to what a learner loads.

use super::{
    comparison, dashboard, data, display, exercise, glossary,
    icon::Icon,
    ids, markup, share,
    tag::{Content, tag},
    text::{Text, Texts, place},
};
use crate::words::{
    Words,
    message::Message,
    pattern::Value::{self, Number, Text as Said},
};
use course::{
    Id,
    answer::Mark,
    course::{Block, Course, Module, Step},
    exercise::{Exercise, Item, Kind},
    outlook::AHEAD,
    place::{Place, REVIEW},
};
use std::rc::Rc;
use yew::prelude::*;

/// The texts of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Compiled {
    /// The course, or that module of it which is the page.
    pub course: Course,
    /// Where each module has a page of its own: those around this one.
    pub around: Option<Around>,
    /// The words of the interface, in the language of the course.
    pub words: Rc<Words>,
    /// Whether it is in a package for an LMS.
    pub in_lms: bool,
}

/// The pages around that of a module.
#[derive(Clone, Debug, PartialEq)]
pub struct Around {
    /// The page of the module before.
    pub before: Option<Link>,
    /// The page of the module after.
    pub after: Option<Link>,
    /// The page that lists them all.
    pub all: Link,
}

/// Another page.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its address.
    pub href: String,
    /// Its title, plain text.
    pub title: String,
}

impl Texts for Compiled {
    fn view(&self, text: Text) -> Html {
        self.find(text).unwrap_or_default()
    }
}

impl Compiled {
    fn find(&self, text: Text) -> Option<Html> {
        let Compiled { course, words, in_lms, .. } = self;
        let exercise = |id: &Id| course.exercise(id);
        let item = |exercise: &Id, item: &Id| course.exercise(exercise)?.item(item);
        Some(match text {
            Text::Notice => markup::view(&course.notice),
            Text::Display => html! { <>{ display::view(words) }{ glossary::meaning(words) }{ self.due() }</> },
            Text::Data => html! { <>{ data::view(words, *in_lms) }{ share::view(words) }</> },
            Text::Head(id) => {
                let (module, step) = course.step(id)?;
                head(words, module, step)
            }
            Text::Prose(id, block) => match course.step(id)?.1.blocks.get(block)? {
                Block::Prose(prose) => glossary::prose(course, prose),
                Block::Comparison(table) => comparison::view(self, id, block, table),
                Block::Exercise(_) | Block::Results | Block::Glossary => return None,
            },
            Text::Bar(id) if **id == *REVIEW => {
                bar(words, Some(ids::RETURN.to_owned()), &words.say(Message::Steps), None)
            }
            Text::Bar(id) => self.bar(id)?,
            Text::Terms(id) => glossary::list(words, &course.step(id)?.0.terms),
            Text::Glossary => glossary::page(self),
            Text::Definition(id) => glossary::in_short(course.terms().find(|term| term.id == *id)?),
            Text::Modules => self.modules()?,
            Text::Prompt(id) => markup::view(&exercise(id)?.prompt),
            Text::Stem(id) => markup::as_phrasing(&exercise(id)?.prompt),
            Text::Hint(id) => markup::view(&exercise(id)?.hint),
            Text::Explanation(id) => explanation(words, exercise(id)?),
            Text::Answers(id) => self.answers(exercise(id)?),
            Text::Item(id, of) => markup::view(&item(id, of)?.text),
            Text::Feedback(id, of) => markup::view(&item(id, of)?.feedback),
            Text::Misplaced(id, of, slot) => markup::view(&item(id, of)?.misplaced_in(slot)?.feedback),
            Text::Slot(id, slot) => markup::view(&exercise(id)?.slot(slot)?.text),
        })
    }

    /// Back, the outline, Next: within reach of a thumb.
    fn bar(&self, id: &Id) -> Option<Html> {
        let (module, step) = self.course.step(id)?;
        let steps: Vec<&Step> = self.course.steps().map(|(_, step)| step).collect();
        let at = steps.iter().position(|known| known.id == *id)?;
        let address = |step: &Step| Place::Step(step.id.clone()).fragment();
        let around = self.around.as_ref();
        let before = match at.checked_sub(1) {
            Some(before) => Some(address(steps[before])),
            None => around.and_then(|around| around.before.as_ref()).map(|link| link.href.clone()),
        };
        let after = match steps.get(at + 1) {
            Some(after) => Some(address(after)),
            None => around.and_then(|around| around.after.as_ref()).map(|link| link.href.clone()),
        };
        Some(bar(&self.words, before, &self.words.fill(Message::StepAt, &position(module, step)), after))
    }

    /// Leads to what is due in the course, for `modules.js` to count: the player knows its own module only.
    fn due(&self) -> Option<Html> {
        let all = &self.around.as_ref()?.all;
        let elsewhere = self.words.say(Message::DueElsewhere);
        let course = self.words.say(Message::StandingInCourse);
        let on = pattern(&self.words, Message::GoOnIn, &["n", "title"]);
        let (due, locale) = (due(&self.words), self.words.locale());
        Some(html! {
            <a class="due" hidden=true data-all={all.href.clone()} data-due={due} data-elsewhere={elsewhere} data-on={on} data-course={course} data-locale={locale}></a>
        })
    }

    /// The modules before and after, and the page that lists them all.
    fn modules(&self) -> Option<Html> {
        let Around { before, after, all } = self.around.as_ref()?;
        let entry = |link: &Link, label: Option<Message>, icon: Icon| {
            let label = label.map(|label| self.words.say(label));
            html! { <a class="entry" href={link.href.clone()}>{ icon.view().html() }<span>{ label }{ &link.title }</span></a> }
        };
        Some(html! {
            <>
                if let Some(link) = before {
                    { entry(link, Some(Message::ModuleBefore), Icon::Back) }
                }
                if let Some(link) = after {
                    { entry(link, Some(Message::ModuleAfter), Icon::Forward) }
                }
                { entry(all, None, Icon::List) }
            </>
        })
    }

    /// What the player would tell after checking.
    fn answers(&self, exercise: &Exercise) -> Html {
        let id = &exercise.id;
        let words = &self.words;
        let key = exercise.key();
        let slot = |slot: &Id| place(Text::Slot(id, slot), self, words);
        let place = |text: Text| place(text, self, words).html();
        // What the question shows is found there, so it needs no address here; but of cards it shows one.
        let item_text = |item: &Item| match words.authored {
            None if exercise.is_graded() => self.view(Text::Item(id, &item.id)),
            _ => place(Text::Item(id, &item.id)),
        };
        let or = words.say(Message::Or);
        let answer = |item: &Item| match exercise.kind {
            Kind::Choice { .. } => html! { words.option_mark(exercise.mark(&key, item)) },
            Kind::Classification | Kind::Matching { .. } => exercise::list(item.accepts.iter().map(slot), &or),
            Kind::Ordering => {
                exercise::list(item.accepts.iter().map(|slot| tag("span").with(words.position_in(exercise, slot))), &or)
            }
            Kind::Flashcards => Html::default(),
        };
        html! {
            <details class="answers-only">
                <summary>{ words.say(if exercise.is_graded() { Message::Answers } else { Message::AllCards }) }</summary>
                <dl>
                    for item in exercise.items.iter() {
                        <dt>{ item_text(item) }</dt>
                        <dd>
                            <p>{ answer(item) }</p>
                            { place(Text::Feedback(id, &item.id)) }
                            for misplaced in item.misplaced.iter() {
                                <p>{ words.item_mark(Mark::Wrong) }{ words.say(Message::RightIn) }{ slot(&misplaced.slot).html() }</p>
                                { place(Text::Misplaced(id, &item.id, &misplaced.slot)) }
                            }
                        </dd>
                    }
                </dl>
                if !exercise.is_graded() {
                    <p class="actions"><button type="button" class="plain anki">{ words.say(Message::CardsForAnki) }</button></p>
                }
                { place(Text::Explanation(id)) }
            </details>
        }
    }
}

/// A message whose values a script fills in, each in the place of its name in braces.
fn pattern(words: &Words, message: Message, names: &[&str]) -> String {
    let places: Vec<String> = names.iter().map(|name| ["{", name, "}"].concat()).collect();
    let values: Vec<_> = names.iter().zip(&places).map(|(name, place)| (*name, Said(place))).collect();
    words.fill(message, &values)
}

/// How many questions are due, for a script that counts.
fn due(words: &Words) -> String {
    pattern(words, Message::ReviewDue, &["n"])
}

/// The page that lists all modules of a course, whose progress is kept under keys that begin so. `modules.js` fills in how
/// each of them stands and what comes when: it makes bars as high as they are to be, and fills as many cells.
pub fn contents(words: &Words, key: &str, modules: &[(Link, Module)]) -> Html {
    let total = pattern(words, Message::Total, &["done", "steps", "right", "of"]);
    let mastered = pattern(words, Message::MasteredOf, &["n", "of"]);
    let gist = pattern(words, Message::ForecastGist, &["today", "n"]);
    let heading = tag("h2").with(words.say(Message::Forecast));
    let cells = |module: &Module| {
        let exercises = module.steps.iter().flat_map(|step| step.exercises());
        dashboard::cells(String::new(), &exercises.map(|_| [0, 1]).collect::<Vec<_>>())
            .class("cells eyebrow")
            .in_page("hidden", "hidden")
            .html()
    };
    html! {
        <div class="kurso" lang={words.language.tag.clone()} dir={words.language.direction()}>
            <main id={ids::MAIN}>
                <article class="page">
                    <h1>{ words.say(Message::AllModules) }</h1>
                    <p class="lead" hidden=true><a></a></p>
                    { dashboard::on_days_ahead(words, heading, gist.clone(), &[1; AHEAD]).in_page("data-gist", gist).in_page("hidden", "hidden").html() }
                    <ol class="modules" data-course={key.to_owned()} data-due={due(words)} data-total={total} data-mastered={mastered} data-locale={words.locale()}>
                        for (link, module) in modules {
                            <li data-module={module.id.to_string()}>
                                <a href={link.href.clone()}><b>{ &link.title }</b></a>
                                <p>{ &module.summary }</p>
                                <p class="eyebrow">{ words.fill(Message::ModuleLength, &length(module)) }</p>
                                { cells(module) }
                                <p class="field" hidden=true>
                                    <progress></progress><span class="task"></span><a class="due" hidden=true></a>
                                </p>
                            </li>
                        }
                    </ol>
                </article>
            </main>
        </div>
    }
}

/// The title of a step, and where it stands among the others.
fn head(words: &Words, module: &Module, step: &Step) -> Html {
    let [at, of] = position(module, step);
    let eyebrow = words.fill(Message::StepHead, &[at, of, ("minutes", Number(step.minutes))]);
    html! {
        <>
            <p class="eyebrow">{ eyebrow }</p>
            <h1>{ &step.title }</h1>
        </>
    }
}

/// Where a step stands among the others, from 1.
fn position(module: &Module, step: &Step) -> [(&'static str, Value<'static>); 2] {
    let at = module.steps.iter().position(|known| known.id == step.id).unwrap_or_default();
    [("at", Number(at as u32 + 1)), ("of", Number(module.steps.len() as u32))]
}

fn length(module: &Module) -> [(&'static str, Value<'static>); 2] {
    [("steps", Number(module.steps.len() as u32)), ("minutes", Number(module.minutes()))]
}

/// The bar below a page. Its button opens the outline where that is a popover.
pub fn bar(words: &Words, before: Option<String>, label: &str, after: Option<String>) -> Html {
    html! {
        <nav class="bar" aria-label={words.say(Message::Steps)}>
            if let Some(href) = before {
                <a class="move back" {href}>{ Icon::Back.view().html() }{ words.say(Message::Back) }</a>
            }
            <button type="button" class="quiet contents" popovertarget={ids::OUTLINE}>{ Icon::List.view().html() }{ label }</button>
            if let Some(href) = after {
                <a class="move next" {href}>{ words.say(Message::Next) }{ Icon::Forward.view().html() }</a>
            }
        </nav>
    }
}

/// What to take away from an exercise, and where its facts come from.
fn explanation(words: &Words, exercise: &Exercise) -> Html {
    html! {
        <>
            if !exercise.explanation.is_empty() {
                <div class="explanation">{ markup::view(&exercise.explanation) }</div>
            }
            if let Some(source) = &exercise.source {
                <p class="source">
                    { words.say(Message::Source) }<a href={source.url.clone()} rel="noopener">{ &source.title }</a>
                    if let Some(day) = &source.checked {
                        { words.fill(Message::Checked, &[("day", Said(day))]) }
                    }
                </p>
            }
            // In a tab of its own: a frame of somebody else's may not lead there.
            if let Some(report) = &exercise.report {
                <p class="source">
                    <a href={report.clone()} target="_blank" rel="noopener">{ words.say(Message::Report) }</a>
                </p>
            }
        </>
    }
}
