//! The few things that only a browser can do: focus, scrolling, the address, the title, the clock.
//!
//! Everything here does nothing, rather than panic, where the page does not let it.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, Event, EventTarget, HtmlElement, HtmlSelectElement, KeyboardEvent, MouseEvent, Window,
};
use yew::{Callback, NodeRef, TargetCast};

/// Hears an event until it is dropped.
pub type Listener = EventListener;

/// Milliseconds since 1970, by the learner's clock.
pub fn now() -> u64 {
    js_sys::Date::now() as u64
}

/// Moves the focus to the first such element inside `base`, and that element into view. One that is no control, such as a
/// heading, can have it from then on.
pub fn focus(base: &NodeRef, selector: &str) {
    let Some(element) = find(base, selector) else { return };
    if element.tab_index() < 0 {
        element.set_tab_index(-1);
    }
    let _ = element.focus();
}

/// Moves the focus to the heading of a new page, and shows the page from its top.
pub fn focus_top(base: &NodeRef, heading: &str) {
    let Some(base_element) = base.cast::<Element>() else { return };
    // A host page scrolls only if the top of the lesson is out of its view.
    if base_element.get_bounding_client_rect().top() < 0.0 {
        base_element.scroll_into_view();
    }
    focus(base, heading);
}

fn find(base: &NodeRef, selector: &str) -> Option<HtmlElement> {
    base.cast::<Element>()?.query_selector(selector).ok()??.dyn_into().ok()
}

/// Whether this click is the second or later one of a double click: the button may have changed its meaning meanwhile.
pub fn is_repeated(event: &Event) -> bool {
    event.unchecked_ref::<MouseEvent>().detail() > 1
}

/// The key that was pressed.
pub fn key(event: &Event) -> String {
    event.unchecked_ref::<KeyboardEvent>().key()
}

/// The key that was pressed, if it was by itself and is not held down: with others, it is the browser's. Arabic keyboards
/// write digits of their own, which are digits as any.
pub fn single_key(event: &Event) -> Option<String> {
    let pressed = event.unchecked_ref::<KeyboardEvent>();
    if pressed.repeat() || pressed.ctrl_key() || pressed.alt_key() || pressed.meta_key() {
        return None;
    }
    let key = pressed.key();
    match key.chars().next() {
        Some(digit @ '٠'..='٩') => Some((digit as u32 - '٠' as u32).to_string()),
        _ => Some(key),
    }
}

/// Calls back with what the learner does in `base`, and with what each element around where it was done has as
/// `data-click`, `data-change` or `data-keydown`, from the innermost on; until the listeners are dropped.
///
/// A button is not pressed again while its key is held down, so that a long press is one press.
pub fn on_deeds(base: &NodeRef, callback: impl Fn(&Event, usize) + 'static) -> Vec<Listener> {
    let Some(base) = base.cast::<Element>() else { return Vec::new() };
    let callback = Rc::new(callback);
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
    let listen = |kind: &'static str| {
        let callback = callback.clone();
        EventListener::new_with_options(&base, kind, options, move |event| {
            let at = event.target_dyn_into::<Element>();
            let is_held = kind == "keydown" && event.unchecked_ref::<KeyboardEvent>().repeat();
            if is_held && at.as_ref().is_some_and(|at| at.matches("button[data-click]") == Ok(true)) {
                event.prevent_default();
            }
            let name = ["data-", kind].concat();
            let any = ["[", &name, "]"].concat();
            let mut next = at;
            while let Some(element) = next.and_then(|at| at.closest(&any).ok()?) {
                let place = element.get_attribute(&name).and_then(|place| place.parse().ok());
                place.into_iter().for_each(|place| callback(event, place));
                next = element.parent_element();
            }
        })
    };
    ["click", "change", "keydown"].map(listen).into()
}

/// The address within this page to which that click leads, and whether by *Next*; `None` if it leads elsewhere, or if the
/// browser is asked to open it in a new tab or window, which is not ours to handle.
pub fn followed(event: &Event) -> Option<(String, bool)> {
    let click = event.unchecked_ref::<MouseEvent>();
    if click.ctrl_key() || click.meta_key() || click.shift_key() {
        return None;
    }
    let link = event.target_dyn_into::<Element>()?.closest("a[href^=\"#\"]").ok()??;
    Some((link.get_attribute("href")?, link.class_list().contains("next")))
}

/// The value of the option that was chosen in the select that sent this event.
pub fn selected(event: &Event) -> Option<String> {
    event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value())
}

/// The fragment of the page's address, such as `#/iam`.
pub fn fragment() -> Option<String> {
    window()?.location().hash().ok()
}

/// Makes that the fragment of the page's address; a new entry of the history, or in place of the last one.
pub fn set_fragment(fragment: &str, replace: bool) {
    let Some(window) = window() else { return };
    if window.location().hash().is_ok_and(|now| now == fragment) {
        return;
    }
    let Ok(history) = window.history() else { return };
    let _ = if replace {
        history.replace_state_with_url(&JsValue::NULL, "", Some(fragment))
    } else {
        history.push_state_with_url(&JsValue::NULL, "", Some(fragment))
    };
}

/// Calls back whenever the learner goes back or forth, or edits the address; until the listeners are dropped.
pub fn on_fragment(callback: Callback<String>) -> Vec<Listener> {
    let went = Callback::from(move |()| callback.emit(fragment().unwrap_or_default()));
    window().map(|window| listen(&window, "hashchange", &went)).into_iter().collect()
}

/// Calls back whenever the page may be about to go away; until the listeners are dropped.
pub fn on_leave(callback: Callback<()>) -> Vec<Listener> {
    let (Some(window), Some(document)) = (window(), document()) else { return Vec::new() };
    vec![listen(&window, "pagehide", &callback), listen(&document, "visibilitychange", &callback)]
}

/// The name of the event by which a player tells the others on the page that it has saved something.
const SAVED: &str = "kurso-saved";

/// Calls back whenever another tab, or another player on the page, may have saved something, also while this page was put
/// away by the browser, to come back as it was; until the listeners are dropped.
pub fn on_saved(callback: Callback<()>) -> Vec<Listener> {
    let Some(window) = window() else { return Vec::new() };
    ["storage", SAVED, "pageshow"].map(|event| listen(&window, event, &callback)).into()
}

fn listen(target: &EventTarget, event: &'static str, callback: &Callback<()>) -> Listener {
    let callback = callback.clone();
    EventListener::new(target, event, move |_| callback.emit(()))
}

/// Tells the other players on the page that something was saved: of that, the browser tells other tabs only.
pub fn tell_saved() {
    if let (Some(window), Ok(event)) = (window(), Event::new(SAVED)) {
        let _ = window.dispatch_event(&event);
    }
}

/// Makes that the title of the page.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}
