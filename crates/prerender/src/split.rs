//! Splits the wasm: what a first visit calls, and the rest of it, which is loaded by whoever needs it.
//!
//! The rest is all code that only [`ENTRIES`] reach. It is a wasm of its own that shares memory, table and stack with the
//! first part and imports the functions that it calls from there; the first part calls an entry by a place in the table,
//! which is empty until the rest has arrived. So both are Rust as usual, compiled and optimized as one, and nothing in
//! it knows where it is split, but for who calls an entry: it has to see to it first that the rest is there
//! (`course::study::Rest`). Constants, and functions that are called only by their places in the table, such as what is
//! called by events, are in the part that [reaches](crate::reach) them, and in the first one if both do.

use crate::reach::{self, Reached};
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use walrus::{
    ConstExpr, DataId, ElementItems, ElementKind, ExportId, ExportItem, Function, FunctionBuilder, FunctionId,
    FunctionKind, GlobalKind, ImportKind, ImportedFunction, Module, ModuleConfig, TableId, ir::Value, passes::gc,
};

/// The functions from which on code is in the rest, by their names. They must not be inlined.
const ENTRIES: &[&str] = &[
    "course::exercise::Exercise::ordered",
    "course::exercise::Exercise::unsorted",
    "course::order::shuffled",
    "course::progress::Progress::at_hand",
    "course::progress::Progress::mend",
    "course::progress::Progress::merged",
    "course::study::Study::act_further",
    "course::study::Study::events_since",
    "course::study::Study::found",
    "kurso::app::App::take_in",
    "kurso::element::Player::news_in",
    "kurso::element::Player::take_in",
    "kurso::element::ask",
    "kurso::element::read",
    "kurso::view::exercise::Desk::solution",
    "kurso::view::exercise::board::view",
    "kurso::view::exercise::flashcards::view",
    "kurso::view::exercise::ordering::view",
    "kurso::view::results::view",
    "kurso::view::review::content",
    "kurso::words::Words::notice_further",
];

/// What the rest imports from: the exports of the first part.
const FIRST: &str = "kurso";

/// A wasm that has nothing in it, in the place of the rest where the wasm is not split.
pub const NOTHING: &[u8] = b"\0asm\x01\0\0\0";

/// The first part of that wasm and the rest, neither of which has names any more.
///
/// # Errors
///
/// If it is no wasm, or lacks an entry, as when the compiler has inlined it.
pub fn split(wasm: &[u8]) -> Result<(Vec<u8>, Vec<u8>)> {
    at(wasm, ENTRIES)
}

fn at(wasm: &[u8], entries: &[&str]) -> Result<(Vec<u8>, Vec<u8>)> {
    let (mut first, mut rest) = (parse(wasm)?, parse(wasm)?);
    let entries: Vec<usize> = entries.iter().map(|name| find(&first, name)).collect::<Result<_>>()?;
    let mut placed: Vec<(u32, usize)> =
        reach::placed(&first).map(|(place, function)| (place, function.index())).collect();
    placed.sort_unstable();
    let (begin, end) = (placed.first().map_or(1, |(place, _)| *place), placed.last().map_or(1, |(place, _)| place + 1));
    let called: Vec<(u32, usize)> = (end..).zip(entries.iter().copied()).collect();
    for (place, entry) in &called {
        let entry = function(&first, *entry);
        call_by_place(&mut first, entry, *place)?;
    }

    let (all, near) = (Reached::in_module(&rest), Reached::in_module(&first));
    // Where places have the numbers of anything else, nobody knows who needs them.
    let is_far = |place: u32| begin > 1 && all.numbers.contains(&place) && !near.numbers.contains(&place);
    let (far, placed): (Vec<_>, Vec<_>) = placed.into_iter().partition(|(place, _)| is_far(*place));
    let called = [called, far].concat();
    // Both count from 1, as is usual, and the places of the rest come last.
    let numbers: HashMap<u32, u32> = placed.iter().chain(&called).map(|(place, _)| *place).zip(1..).collect();
    let size = numbers.len() as u32 + 1;
    let far: HashSet<usize> = all.constants.difference(&near.constants).copied().collect();
    let constants = |module: &Module, are_far: bool| -> Vec<(u32, DataId)> {
        let constants = module.data.iter().filter(|data| far.contains(&data.id().index()) == are_far);
        constants.filter_map(|data| Some((reach::address(data)?, data.id()))).collect()
    };

    let of_rest = constants(&first, true);
    reach::forget(&mut first, of_rest.iter().map(|(_, constant)| *constant));
    reach::change_numbers(&mut first, &|number| numbers.get(&number).copied());
    join_constants(&mut first, &[]);
    fill_table(&mut first, 1, &placed, size)?;
    // What a script gives to the wasm goes to the first part, also if only the rest needs it.
    let imports: Vec<FunctionId> =
        first.funcs.iter().filter(|function| is_import(function)).map(Function::id).collect();
    let given: Vec<ExportId> = imports.into_iter().map(|import| first.exports.add("", import)).collect();
    gc::run(&mut first);
    let kept: HashSet<usize> = first.funcs.iter().map(|function| function.id().index()).collect();

    let of_first = constants(&rest, false);
    reach::forget(&mut rest, of_first.iter().map(|(_, constant)| *constant));
    reach::change_numbers(&mut rest, &|number| numbers.get(&number).copied());
    let between: Vec<u32> = of_first.iter().map(|(address, _)| *address).collect();
    join_constants(&mut rest, &between);
    fill_table(&mut rest, placed.len() as u32 + 1, &called, size)?;
    share_all(&mut rest, |function| kept.contains(&function) && !entries.contains(&function));
    gc::run(&mut rest);

    // No rest ever meets the first part of another build, whatever a server sends.
    let build = Sha256::digest(wasm)[..6].iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    for (at, import) in rest.imports.iter_mut().enumerate() {
        import.name = if at == 0 { build.clone() } else { at.to_string() };
        let shared = same(&first, &import.kind).with_context(|| format!("the first part lacks {:?}", import.kind))?;
        first.exports.add(&import.name, shared);
    }
    given.into_iter().for_each(|export| first.exports.delete(export));
    gc::run(&mut first);
    Ok((first.emit_wasm(), rest.emit_wasm()))
}

fn parse(wasm: &[u8]) -> Result<Module> {
    ModuleConfig::new().generate_name_section(false).generate_producers_section(false).parse(wasm)
}

/// The number of the function of that name.
fn find(module: &Module, name: &str) -> Result<usize> {
    let is = |known: &str| plain(known) == name;
    let mut found = module.funcs.iter().filter(|function| function.name.as_deref().is_some_and(is));
    match (found.next(), found.next()) {
        (Some(function), None) => Ok(function.id().index()),
        (None, _) => bail!("there is no function `{name}`: is it inlined?"),
        (Some(_), Some(_)) => bail!("there are two functions `{name}`"),
    }
}

/// The name of a function without what compilers add, each in its own way: hashes, where a method is written, and of what a
/// type is.
pub fn plain(name: &str) -> String {
    let name = name.rsplit_once("::h").map_or(name, |(name, _)| name);
    let name = name.rsplit_once("<impl ").map_or(name, |(_, name)| name);
    let mut plain = String::new();
    let mut depth = 0;
    for char in name.chars() {
        match char {
            '[' => depth += 1,
            '<' if depth > 0 || plain.ends_with(char::is_alphanumeric) => depth += 1,
            ']' | '>' if depth > 0 => depth -= 1,
            '<' | '>' => {}
            _ if depth > 0 => {}
            _ => plain.push(char),
        }
    }
    plain
}

fn is_import(function: &Function) -> bool {
    matches!(function.kind, FunctionKind::Import(_))
}

/// The function of that number: it has the same one whenever a wasm is parsed.
fn function(module: &Module, at: usize) -> FunctionId {
    let found = module.funcs.iter().map(|function| function.id()).find(|id| id.index() == at);
    found.unwrap_or_else(|| unreachable!("function {at} was there"))
}

fn table(module: &Module) -> Result<TableId> {
    module.tables.main_function_table()?.context("it has no table of functions")
}

/// Has the table, which has room for so many, hold those functions from that place on, and no others.
fn fill_table(module: &mut Module, from: u32, functions: &[(u32, usize)], size: u32) -> Result<()> {
    let table = table(module)?;
    let others: Vec<_> = module.elements.iter().map(|element| element.id()).collect();
    others.into_iter().for_each(|element| module.elements.delete(element));
    let offset = ConstExpr::Value(Value::I32(from.try_into()?));
    let functions = functions.iter().map(|(_, at)| function(module, *at)).collect();
    let element = module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(functions));
    let table = module.tables.get_mut(table);
    table.elem_segments = [element].into_iter().collect();
    table.initial = u64::from(size);
    table.maximum = table.maximum.map(|_| u64::from(size));
    Ok(())
}

/// Puts constants into one segment, with zeros in the place of what is between them; but not over those at other addresses.
fn join_constants(module: &mut Module, others: &[u32]) {
    let constants = module.data.iter().filter_map(|data| Some((reach::address(data)?, data.id())));
    let mut constants: Vec<(u32, DataId)> = constants.collect();
    constants.sort_unstable();
    let mut joined = Vec::new();
    let mut last: Option<(u32, DataId)> = None;
    for (address, constant) in constants {
        match last {
            Some((start, first)) if !others.iter().any(|other| (start..address).contains(other)) => {
                let value = std::mem::take(&mut module.data.get_mut(constant).value);
                let all = &mut module.data.get_mut(first).value;
                all.resize((address - start) as usize, 0);
                all.extend(value);
                joined.push(constant);
            }
            _ => last = Some((address, constant)),
        }
    }
    reach::forget(module, joined);
}

/// Has a function call the one at that place in the table, and do nothing else.
fn call_by_place(module: &mut Module, entry: FunctionId, place: u32) -> Result<()> {
    let table = table(module)?;
    let ty = module.funcs.get(entry).ty();
    let (params, results) = module.types.params_results(ty);
    let (params, results) = (params.to_vec(), results.to_vec());
    let arguments: Vec<_> = params.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut body = FunctionBuilder::new(&mut module.types, &params, &results);
    let mut instructions = body.func_body();
    for argument in &arguments {
        instructions.local_get(*argument);
    }
    instructions.i32_const(place as i32).call_indirect(ty, table);
    module.funcs.get_mut(entry).kind = FunctionKind::Local(body.local_func(arguments));
    Ok(())
}

/// Imports everything that the first part has, functions if they are `shared`, and exports nothing.
fn share_all(module: &mut Module, shared: impl Fn(usize) -> bool) {
    module.start = None;
    let exports: Vec<_> = module.exports.iter().map(|export| export.id()).collect();
    exports.into_iter().for_each(|export| module.exports.delete(export));
    let customs: Vec<_> = module.customs.iter().map(|(id, _)| id).collect();
    customs.into_iter().for_each(|custom| drop(module.customs.delete(custom)));

    let imports = &mut module.imports;
    for function in module.funcs.iter_mut().filter(|function| shared(function.id().index())) {
        match &function.kind {
            FunctionKind::Import(known) => imports.get_mut(known.import).module = FIRST.to_owned(),
            _ => {
                let import = imports.add(FIRST, "", function.id());
                function.kind = FunctionKind::Import(ImportedFunction { import, ty: function.ty() });
            }
        }
    }
    for memory in module.memories.iter_mut() {
        memory.import = Some(imports.add(FIRST, "", memory.id()));
    }
    for table in module.tables.iter_mut() {
        table.import = Some(imports.add(FIRST, "", table.id()));
    }
    let globals: Vec<_> = module.globals.iter().map(|global| global.id()).collect();
    for global in globals {
        module.globals.get_mut(global).kind = GlobalKind::Import(imports.add(FIRST, "", global));
    }
}

/// The same in another module that was parsed from the same wasm, if it is still there.
fn same(module: &Module, kind: &ImportKind) -> Option<ExportItem> {
    let (funcs, tables, memories, globals) = (&module.funcs, &module.tables, &module.memories, &module.globals);
    Some(match kind {
        ImportKind::Function(id) => funcs.iter().find(|other| other.id().index() == id.index())?.id().into(),
        ImportKind::Table(id) => tables.iter().find(|other| other.id().index() == id.index())?.id().into(),
        ImportKind::Memory(id) => memories.iter().find(|other| other.id().index() == id.index())?.id().into(),
        ImportKind::Global(id) => globals.iter().find(|other| other.id().index() == id.index())?.id().into(),
        ImportKind::Tag(_) => return None,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;
    use crate::reach::Uses;
    use walrus::{DataKind, RefType, ir::dfs_in_order};

    /// A wasm in which `run`, which is exported, calls `shared` and `entry`, and that one `shared` and `alone`.
    fn example(entry: &str) -> Vec<u8> {
        let mut module = Module::with_config(ModuleConfig::new());
        module.tables.add_local(false, 1, Some(1), RefType::FUNCREF);
        let mut add = |name: &str, calls: &[FunctionId]| {
            let mut function = FunctionBuilder::new(&mut module.types, &[], &[]);
            function.name(name.to_owned());
            for call in calls {
                function.func_body().call(*call);
            }
            function.finish(Vec::new(), &mut module.funcs)
        };
        let (shared, alone) = (add("shared", &[]), add("alone", &[]));
        let entry = add(entry, &[shared, alone]);
        let run = add("run", &[shared, entry]);
        module.exports.add("run", run);
        module.emit_wasm()
    }

    fn parts(entry: &str) -> (Module, Module) {
        let (first, rest) = at(&example(entry), &["entry"]).unwrap();
        (Module::from_buffer(&first).unwrap(), Module::from_buffer(&rest).unwrap())
    }

    #[test]
    fn what_only_an_entry_reaches_is_in_the_rest() {
        let (first, rest) = parts("entry::h0123456789abcdef");
        assert_eq!(first.funcs.iter_local().count(), 3, "run, shared, and what calls entry by its place");
        assert_eq!(rest.funcs.iter_local().count(), 2, "entry and alone");
        assert_eq!(rest.exports.iter().count(), 0);
        let size =
            |module: &Module| module.tables.iter().map(|table| (table.initial, table.maximum)).collect::<Vec<_>>();
        assert_eq!((size(&first), size(&rest)), (vec![(2, Some(2))], vec![(2, Some(2))]), "a place more, for entry");
        let offset = rest.elements.iter().map(|element| match &element.kind {
            ElementKind::Active { offset: ConstExpr::Value(Value::I32(at)), .. } => *at,
            other => panic!("{other:?}"),
        });
        assert_eq!(offset.collect::<Vec<_>>(), [1]);
    }

    /// The constants of a part, each at its address.
    fn constants(module: &Module) -> Vec<(u32, &[u8])> {
        module.data.iter().filter_map(|data| Some((reach::address(data)?, &data.value[..]))).collect()
    }

    /// The numbers in the code of a part.
    fn numbers(module: &Module) -> HashSet<u32> {
        let mut uses = Uses::default();
        module.funcs.iter_local().for_each(|(_, code)| dfs_in_order(&mut uses, code, code.entry_block()));
        uses.numbers.into_iter().collect()
    }

    #[test]
    fn constants_and_places_that_only_the_rest_reaches_are_in_it() {
        const TABLE: u32 = 900_000;
        const MEMORY: u32 = 1_048_576;
        let mut module = Module::from_buffer(&example("entry")).unwrap();
        let memory = module.memories.add_local(false, false, 17, None, None);
        module.exports.add("memory", memory);
        let mut add = |number: u32| {
            let mut function = FunctionBuilder::new(&mut module.types, &[], &[]);
            function.func_body().i32_const(number as i32).drop();
            function.finish(Vec::new(), &mut module.funcs)
        };
        let placed = vec![add(MEMORY + 100), add(MEMORY + 300), add(MEMORY + 200)];
        let uses = [("run", TABLE + 1), ("run", MEMORY), ("alone", TABLE), ("alone", TABLE + 2)];
        for (name, number) in uses {
            let function = module.funcs.by_name(name).unwrap();
            let code = module.funcs.get_mut(function).kind.unwrap_local_mut();
            code.builder_mut().func_body().i32_const(number as i32).drop();
        }
        let table = module.tables.iter().next().unwrap().id();
        module.tables.get_mut(table).initial = u64::from(TABLE) + 3;
        module.tables.get_mut(table).maximum = None;
        let offset = ConstExpr::Value(Value::I32(TABLE as i32));
        module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(placed));
        for (at, value) in [(0, b"runs"), (100, b"far1"), (200, b"far2"), (300, b"near")] {
            let offset = ConstExpr::Value(Value::I32((MEMORY + at) as i32));
            module.data.add(DataKind::Active { memory, offset }, value.to_vec());
        }

        let (first, rest) = at(&module.emit_wasm(), &["entry"]).unwrap();
        let (first, rest) = (Module::from_buffer(&first).unwrap(), Module::from_buffer(&rest).unwrap());
        assert_eq!(constants(&first), [(MEMORY, &[b"runs".as_slice(), &[0; 296], b"near"].concat()[..])]);
        assert_eq!(constants(&rest), [(MEMORY + 100, &[b"far1".as_slice(), &[0; 96], b"far2"].concat()[..])]);
        // One place of the first part, one for the entry, and two of the rest.
        let places = |module: &Module| reach::placed(module).map(|(place, _)| place).collect::<Vec<_>>();
        assert_eq!((places(&first), places(&rest)), (vec![1], vec![2, 3, 4]));
        assert!(
            numbers(&first).is_superset(&[1, 2, MEMORY + 300].into()) && !numbers(&first).contains(&(MEMORY + 100))
        );
        assert!(numbers(&rest).is_superset(&[3, 4, MEMORY + 100, MEMORY + 200].into()));
    }

    #[test]
    fn constants_of_the_rest_leave_alone_what_is_between_them() {
        let mut module = Module::default();
        let memory = module.memories.add_local(false, false, 17, None, None);
        for (at, value) in [(8, b"a"), (12, b"b"), (20, b"c")] {
            module.data.add(DataKind::Active { memory, offset: ConstExpr::Value(Value::I32(at)) }, value.to_vec());
        }
        join_constants(&mut module, &[4, 16, 24]);
        assert_eq!(constants(&module), [(8, b"a\0\0\0b".as_slice()), (20, b"c")]);
    }

    #[test]
    fn what_a_script_gives_to_the_rest_alone_passes_through_the_first_part() {
        let mut module = Module::from_buffer(&example("entry")).unwrap();
        let ty = module.types.add(&[], &[]);
        let (given, _) = module.add_import_func("script", "tell", ty);
        let alone = module.funcs.by_name("alone").unwrap();
        let alone = module.funcs.get_mut(alone).kind.unwrap_local_mut();
        alone.builder_mut().func_body().call(given);
        let (first, rest) = at(&module.emit_wasm(), &["entry"]).unwrap();
        let (first, rest) = (Module::from_buffer(&first).unwrap(), Module::from_buffer(&rest).unwrap());
        let imports: Vec<_> = first.imports.iter().map(|import| (&*import.module, &*import.name)).collect();
        assert_eq!(imports, [("script", "tell")]);
        assert!(rest.imports.iter().all(|import| import.module == FIRST));
        let names = |module: &Module| module.imports.iter().map(|import| import.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&rest).len(), 3, "shared, the table, and what is given");
        for name in names(&rest) {
            assert!(first.exports.iter().any(|export| export.name == name), "{name}");
        }
    }

    #[test]
    fn the_rest_imports_what_the_first_part_of_that_build_exports() {
        let names = |(first, rest): (Module, Module)| {
            let exports: Vec<String> = first.exports.iter().map(|export| export.name.clone()).collect();
            let imports: Vec<String> = rest.imports.iter().map(|import| import.name.clone()).collect();
            assert_eq!(exports, [&["run".to_owned()], &imports[..]].concat());
            assert!(rest.imports.iter().all(|import| import.module == FIRST));
            imports
        };
        let (one, other) = (names(parts("entry")), names(parts("entry::h0123456789abcdef")));
        assert_eq!((one.len(), one[0].len()), (2, 12), "shared and the table; the name of the build");
        assert_ne!(one[0], other[0]);
    }

    #[test]
    fn a_function_has_one_name_whatever_compilers_make_of_it() {
        let check = |name: &str, expect: &str| assert_eq!(plain(name), expect, "{name}");
        check("view::review::content::h0123456789abcdef", "view::review::content");
        check("view[0123456789abcdef]::review::content", "view::review::content");
        check("course::review::<impl course::progress::Progress>::due::h01", "course::progress::Progress::due");
        check("<course[01]::progress::Progress>::due", "course::progress::Progress::due");
        check("course::study::Study::touch::{{closure}}::h01", "course::study::Study::touch::{{closure}}");
        check(
            "course::order::<impl course::exercise::Exercise<T>>::ordered::h01",
            "course::exercise::Exercise::ordered",
        );
        check("<course[01]::exercise::Exercise<bool>>::ordered", "course::exercise::Exercise::ordered");
    }

    #[test]
    fn an_entry_that_is_not_there_is_an_error() {
        let error = at(&example("inlined"), &["entry"]).unwrap_err().to_string();
        assert_eq!(error, "there is no function `entry`: is it inlined?");
        assert!(at(b"<!DOCTYPE html>", &["entry"]).is_err());
    }

    #[test]
    fn the_place_of_the_rest_can_be_taken_by_nothing() {
        let nothing = Module::from_buffer(NOTHING).unwrap();
        assert_eq!((nothing.imports.iter().count(), nothing.funcs.iter().count()), (0, 0));
    }
}
