//! Puts functions of the wasm that are alike side by side: what compresses it finds more in what it saw just now. That saves
//! 2.2 KB of both parts. Calls, exports and the table of functions follow.

use crate::wasm;
use anyhow::Result;
use std::{convert::Infallible, iter};
use wasm_encoder::{
    CodeSection, FunctionSection, Module,
    reencode::{self, Reencode},
};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

/// The same wasm with its functions in [another order](order).
///
/// # Errors
///
/// If it is no wasm.
pub fn sorted(wasm: &[u8]) -> Result<Vec<u8>> {
    let (mut imported, mut types) = (0, Vec::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::FunctionSection(section) => types = section.into_iter().collect::<Result<Vec<_>, _>>()?,
            _ => {}
        }
    }
    let order = order(&types, &wasm::codes(wasm)?);
    let mut module = Module::new();
    Sorted { imported, order }.parse_core_module(&mut module, Parser::new(0), wasm)?;
    Ok(module.finish())
}

/// The shortest function, and after each one that of which the greatest share is in it as well: its type, and any three bytes
/// of its code.
fn order(types: &[u32], codes: &[&[u8]]) -> Vec<usize> {
    let parts = |(ty, code): (&u32, &&[u8])| {
        let three = code.windows(3).map(|three| three.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)));
        let mut parts: Vec<usize> = three.chain(iter::once(*ty as usize)).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    };
    let parts: Vec<Vec<usize>> = types.iter().zip(codes).map(parts).collect();
    let mut is_in_last = vec![false; 1 << 24];
    let mut left: Vec<usize> = (0..parts.len()).collect();
    left.sort_by_key(|at| codes[*at].len());
    let mut order = Vec::new();
    let mut next = 0;
    while next < left.len() {
        let last = left.remove(next);
        order.push(last);
        parts[last].iter().for_each(|part| is_in_last[*part] = true);
        let share = |at: &usize| {
            let shared = parts[*at].iter().filter(|part| is_in_last[**part]).count();
            shared as f64 / parts[*at].len() as f64
        };
        let shares = left.iter().map(share).enumerate();
        next = shares.max_by(|(_, one), (_, other)| one.total_cmp(other)).map_or(0, |(at, _)| at);
        parts[last].iter().for_each(|part| is_in_last[*part] = false);
    }
    order
}

/// A new order of the functions that are not imported: which of them comes first, second, and so on.
struct Sorted {
    imported: u32,
    order: Vec<usize>,
}

impl Sorted {
    fn in_order<T: Clone>(&self, items: Vec<T>) -> impl Iterator<Item = T> {
        self.order.iter().filter_map(move |at| items.get(*at).cloned())
    }
}

type Outcome<T> = Result<T, reencode::Error<Infallible>>;

impl Reencode for Sorted {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Outcome<u32> {
        let place = |at: u32| self.order.iter().position(|other| *other == at as usize);
        let place = function.checked_sub(self.imported).and_then(place);
        Ok(place.map_or(function, |place| self.imported + place as u32))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Outcome<()> {
        let types = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for ty in self.in_order(types) {
            functions.function(ty);
        }
        Ok(())
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: CodeSectionReader<'_>) -> Outcome<()> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        let bodies: Vec<_> = self.in_order(bodies).collect();
        bodies.into_iter().try_for_each(|body| self.parse_function_body(code, body))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;
    use walrus::{
        ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, Module, RefType, ValType,
        ir::{Instr, Value},
    };

    /// A wasm that imports a function, exports `long`, `short` and `other`, has `other` in its table, and calls from `long` all
    /// of the others.
    fn example() -> Vec<u8> {
        let mut module = Module::default();
        let ty = module.types.add(&[], &[]);
        let (given, _) = module.add_import_func("script", "given", ty);
        let mut add = |results: &[ValType], calls: &[FunctionId]| {
            let mut function = FunctionBuilder::new(&mut module.types, &[], results);
            for call in calls {
                function.func_body().call(*call);
            }
            if !results.is_empty() {
                function.func_body().i32_const(7);
            }
            function.finish(Vec::new(), &mut module.funcs)
        };
        let (short, other) = (add(&[], &[given]), add(&[ValType::I32], &[]));
        let long = add(&[], &[given, short, short]);
        let table = module.tables.add_local(false, 1, Some(1), RefType::FUNCREF);
        let offset = ConstExpr::Value(Value::I32(0));
        module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(vec![other]));
        for (name, function) in [("long", long), ("short", short), ("other", other)] {
            module.exports.add(name, function);
        }
        module.emit_wasm()
    }

    /// The function that is exported by that name, and the names of what it calls.
    fn exported(module: &Module, name: &str) -> (FunctionId, Vec<String>) {
        let ExportItem::Function(id) = module.exports.iter().find(|export| export.name == name).unwrap().item else {
            panic!("{name} is no function");
        };
        let function = module.funcs.get(id).kind.unwrap_local();
        let calls = function.block(function.entry_block()).instrs.iter().filter_map(|(instr, _)| match instr {
            Instr::Call(call) => Some(match module.exports.get_exported_func(call.func) {
                Some(export) => export.name.clone(),
                None => "given".to_owned(),
            }),
            _ => None,
        });
        (id, calls.collect())
    }

    #[test]
    fn functions_are_in_order_and_each_calls_what_it_called() {
        let before = example();
        let after = sorted(&before).unwrap();
        assert_ne!(wasm::codes(&before).unwrap(), wasm::codes(&after).unwrap(), "there is nothing to sort");
        let module = Module::from_buffer(&after).unwrap();
        assert_eq!(exported(&module, "long").1, ["given", "short", "short"]);
        assert_eq!(exported(&module, "short").1, ["given"]);
        let (other, calls) = exported(&module, "other");
        assert!(calls.is_empty());
        let placed: Vec<_> = module.elements.iter().map(|element| &element.items).collect();
        assert!(matches!(placed[..], [ElementItems::Functions(functions)] if functions[..] == [other]));
    }

    #[test]
    fn what_is_no_wasm_is_an_error() {
        assert!(sorted(b"<!DOCTYPE html>").is_err());
    }
}
