//! JSON by the browser itself.

use course::json::Json;
use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// What may have members.
    type Members;

    /// A member. The script of the page asks for hundreds when it starts, so that is one call and not one for each question.
    #[wasm_bindgen(method, catch, indexing_getter, structural)]
    fn member(this: &Members, key: &str) -> Result<Option<JsValue>, JsValue>;
}

/// A value of the browser's.
#[derive(Clone)]
pub struct Value(JsValue);

/// What that text says; `None` if it is no JSON.
pub fn parse(json: &str) -> Option<Value> {
    JSON::parse(json).ok().map(Value)
}

/// The same as text, in one line or laid out for people to read.
pub fn text(value: &Value, laid_out: bool) -> Option<String> {
    let indent = if laid_out { JsValue::from(2) } else { JsValue::UNDEFINED };
    JSON::stringify_with_replacer_and_space(&value.0, &JsValue::NULL, &indent).ok()?.as_string()
}

impl Json for Value {
    fn get(&self, key: &str) -> Option<Self> {
        self.0.unchecked_ref::<Members>().member(key).ok()?.map(Value)
    }

    fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    fn number(&self) -> Option<u64> {
        let number = self.0.as_f64()?;
        let whole = number as u64;
        // Also false for what is no number, and beyond what a browser counts exactly.
        (whole as f64 == number && whole <= 1 << 53).then_some(whole)
    }

    fn truth(&self) -> Option<bool> {
        self.0.as_bool()
    }

    fn list(&self) -> Option<Vec<Self>> {
        Some(self.0.dyn_ref::<Array>()?.iter().map(Value).collect())
    }

    fn entries(&self) -> Option<Vec<(String, Self)>> {
        let object = self.0.dyn_ref::<Object>().filter(|_| !Array::is_array(&self.0))?;
        let entry = |pair: JsValue| {
            let pair = Array::from(&pair);
            Some((pair.get(0).as_string()?, Value(pair.get(1))))
        };
        Object::entries(object).iter().map(entry).collect()
    }

    fn from_text(text: &str) -> Self {
        Value(text.into())
    }

    fn from_number(number: u64) -> Self {
        Value((number as f64).into())
    }

    fn from_truth(truth: bool) -> Self {
        Value(truth.into())
    }

    fn array() -> Self {
        Value(Array::new().into())
    }

    fn push(&mut self, value: Self) {
        self.0.unchecked_ref::<Array>().push(&value.0);
    }

    fn object() -> Self {
        // Without a prototype, so that no key means anything but itself.
        let object: Object = Object::create(JsValue::NULL.unchecked_ref());
        Value(object.into())
    }

    fn put(&mut self, key: &str, value: Self) {
        let _ = Reflect::set(&self.0, &key.into(), &value.0);
    }
}
