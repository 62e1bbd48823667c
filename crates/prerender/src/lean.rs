//! Takes out of the wasm what the compiler has to leave in it and no learner needs.
//!
//! A panic stops the wasm. The player's script sees that, whatever was said, and tells the learner. So nothing is said
//! here: what would panic stops at once, and with it goes all that only a message was made of. Nor is there code for what
//! Yew has and no view of ours uses. What is left is what the exports [reach](crate::reach).

use crate::{
    reach::{self, Reached, Uses, address, change_numbers, start, words},
    split::plain,
    wasm,
};
use anyhow::Result;
use std::collections::{HashMap, HashSet};
use walrus::{
    Data, DataId, ElementItems, ExportItem, FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module,
    ModuleConfig,
    ir::{
        Instr, InstrLocId, InstrSeq, InstrSeqId, InstrSeqType, Unreachable, Visitor, VisitorMut, dfs_in_order,
        dfs_pre_order_mut,
    },
    passes::gc,
};

/// What a panic calls, by parts of names. Whatever does nothing but call one of these goes with it.
const PANICS: &[&str] = &[
    "console_error_panic_hook::hook",
    "core::panicking::",
    "core::result::unwrap_failed",
    "core::slice::index::slice_index_fail",
    "core::str::slice_error_fail",
    "std::panicking::panic_handler",
    "std::panicking::panic_with_hook",
];

/// What Yew has and no view of ours uses: hearing events for each element; raw HTML, portals, components within views, other
/// properties than at first, and waiting for one; nodes that are in several places; attributes in a map, or other ones than
/// before; and several lines to type in.
const UNUSED: &[&str] = &[
    "HtmlTextAreaElement::",
    "for yew::virtual_dom::vcomp::VComp",
    "for yew::virtual_dom::vportal::VPortal",
    "for yew::virtual_dom::vraw::VRaw",
    "for yew::virtual_dom::vsuspense::VSuspense",
    "indexmap::map::IndexMap",
    "yew::dom_bundle::braw::BRaw::",
    "yew::dom_bundle::btag::listeners::ListenerRegistration::register",
    "yew::dom_bundle::btag::listeners::Registry::",
    "yew::dom_bundle::subtree_root::BSubtree::ensure_handled",
    "yew::dom_bundle::subtree_root::SubtreeData::add_listener",
    "yew::virtual_dom::Attributes::apply_diff_as_maps::",
    "yew::virtual_dom::vlist::VList as core::clone::Clone",
    "yew::virtual_dom::vnode::VNode as core::clone::Clone",
    "yew::html::component::lifecycle::Stateful::props_changed",
    "yew::html::component::scope::AnyScope::find_parent_scope",
    "yew::suspense::component::feat_csr_ssr::BaseSuspense::",
];

/// What wasm-bindgen finds in the table to learn what a closure takes. After that nobody looks there.
const DESCRIBED: &str = "wasm_bindgen::convert::closures::";

/// The wasm without all that, with its names. It exports what that script calls.
///
/// # Errors
///
/// If it is no wasm.
pub fn lean(wasm: &[u8], script: &str) -> Result<Vec<u8>> {
    let mut module = parse(wasm)?;
    let uncalled = module.exports.iter().filter(|export| !script.contains(&format!("wasm.{}", export.name)));
    let uncalled: Vec<_> = uncalled.map(|export| export.id()).collect();
    uncalled.into_iter().for_each(|export| module.exports.delete(export));
    let before = Reached::in_module(&module);
    stop_at_once(&mut module);
    module.funcs.iter_local_mut().for_each(|(_, function)| straighten(function));
    forget_places(&mut module);
    let after = Reached::in_module(&module);
    // What was not known to be reached before is reached in some way that is not known here.
    clear_table(&mut module, |place, name| {
        !after.numbers.contains(&place) && (before.numbers.contains(&place) || name.contains(DESCRIBED))
    });
    let unused = |constant: &DataId| {
        before.constants.contains(&constant.index()) && !after.constants.contains(&constant.index())
    };
    let unused: Vec<_> = module.data.iter().map(Data::id).filter(unused).collect();
    reach::forget(&mut module, unused);
    gc::run(&mut module);
    unite_twins(module)
}

fn parse(wasm: &[u8]) -> Result<Module> {
    ModuleConfig::new().generate_producers_section(false).parse(wasm)
}

/// Has all that panics stop instead, and whatever calls it.
fn stop_at_once(module: &mut Module) {
    let mut stops = HashSet::new();
    for function in module.funcs.iter_mut() {
        let name = plain(function.name.as_deref().unwrap_or_default());
        let FunctionKind::Local(local) = &mut function.kind else { continue };
        // One that calls nothing may be another as well, which has the same code.
        let is_meant = PANICS.iter().chain(UNUSED).any(|part| name.contains(part)) && !calls(local).is_empty();
        if is_meant {
            let entry = local.entry_block();
            local.block_mut(entry).instrs = vec![stop()];
        }
    }
    loop {
        let known = stops.len();
        for (id, function) in module.funcs.iter_local_mut() {
            for sequence in sequences(function) {
                cut(function, sequence, &stops);
            }
            if let [(Instr::Unreachable(_), _)] = function.block(function.entry_block()).instrs[..] {
                stops.insert(id);
            }
        }
        if stops.len() == known {
            return;
        }
    }
}

/// What stops the wasm.
fn stop() -> (Instr, InstrLocId) {
    (Unreachable {}.into(), InstrLocId::default())
}

/// Ends that sequence at the first call of a function that stops, and before what only prepared it.
fn cut(function: &mut LocalFunction, sequence: InstrSeqId, stops: &HashSet<FunctionId>) {
    let instrs = &mut function.block_mut(sequence).instrs;
    let is_stop = |instr: &Instr| match instr {
        Instr::Call(call) => stops.contains(&call.func),
        Instr::Unreachable(_) => true,
        _ => false,
    };
    let Some(at) = instrs.iter().position(|(instr, _)| is_stop(instr)) else { return };
    let needed = instrs[..at].iter().rposition(|(instr, _)| !only_prepares(instr)).map_or(0, |last| last + 1);
    instrs.truncate(needed);
    instrs.push(stop());
}

/// Whether an instruction leaves nothing that anybody could see once the wasm has stopped.
fn only_prepares(instr: &Instr) -> bool {
    matches!(
        instr,
        Instr::Const(_)
            | Instr::LocalGet(_)
            | Instr::LocalSet(_)
            | Instr::LocalTee(_)
            | Instr::GlobalGet(_)
            | Instr::GlobalSet(_)
            | Instr::Binop(_)
            | Instr::Unop(_)
            | Instr::Select(_)
            | Instr::Drop(_)
            | Instr::Load(_)
            | Instr::Store(_)
            | Instr::MemoryCopy(_)
            | Instr::MemoryFill(_)
    )
}

/// Takes out what comes after the end of all ways, and blocks that nothing leaves.
fn straighten(function: &mut LocalFunction) {
    loop {
        let left = left(function);
        let mut changed = false;
        for sequence in sequences(function) {
            let instrs = &function.block(sequence).instrs;
            let inner = instrs.iter().enumerate().find_map(|(at, (instr, _))| match instr {
                Instr::Block(block) if !left.contains(&block.seq) && is_plain(function, block.seq) => {
                    Some((at, block.seq))
                }
                _ => None,
            });
            if let Some((at, inner)) = inner {
                let inner = std::mem::take(&mut function.block_mut(inner).instrs);
                function.block_mut(sequence).instrs.splice(at..=at, inner);
                changed = true;
                continue;
            }
            let Some(end) = instrs.iter().position(|(instr, _)| !goes_on(function, instr, &left)) else { continue };
            // Whoever checks the wasm sees that nothing comes after a jump, and of a block does not see it.
            let is_jump = !matches!(instrs[end].0, Instr::Block(_) | Instr::Loop(_) | Instr::IfElse(_));
            let is_done = match instrs[end + 1..] {
                [] => true,
                [(Instr::Unreachable(_), _)] => !is_jump,
                _ => false,
            };
            if !is_done {
                let instrs = &mut function.block_mut(sequence).instrs;
                instrs.truncate(end + 1);
                instrs.extend((!is_jump).then(stop));
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

/// Whether that block takes and gives nothing.
fn is_plain(function: &LocalFunction, sequence: InstrSeqId) -> bool {
    matches!(function.block(sequence).ty, InstrSeqType::Simple(None))
}

/// The blocks and loops that some instruction jumps to.
fn left(function: &LocalFunction) -> HashSet<InstrSeqId> {
    let mut left = HashSet::new();
    for sequence in sequences(function) {
        for (instr, _) in &function.block(sequence).instrs {
            match instr {
                Instr::Br(jump) => left.extend([jump.block]),
                Instr::BrIf(jump) => left.extend([jump.block]),
                Instr::BrTable(table) => left.extend(table.blocks.iter().chain([&table.default])),
                _ => {}
            }
        }
    }
    left
}

/// Whether what follows that instruction is ever done.
fn goes_on(function: &LocalFunction, instr: &Instr, left: &HashSet<InstrSeqId>) -> bool {
    let ends = |sequence: InstrSeqId| {
        left.contains(&sequence)
            || function.block(sequence).instrs.iter().all(|(instr, _)| goes_on(function, instr, left))
    };
    match instr {
        Instr::Br(_) | Instr::BrTable(_) | Instr::Return(_) | Instr::Unreachable(_) => false,
        Instr::Block(block) => ends(block.seq),
        Instr::Loop(inner) => function.block(inner.seq).instrs.iter().all(|(instr, _)| goes_on(function, instr, left)),
        Instr::IfElse(choice) => ends(choice.consequent) || ends(choice.alternative),
        _ => true,
    }
}

/// Has all code that hands on where in the source it stands, for messages, hand on nothing, and takes out what says where.
fn forget_places(module: &mut Module) {
    let is_file = |data: &Data| data.value.strip_suffix(b"\0").unwrap_or(&data.value).ends_with(b".rs");
    let files: HashSet<u32> = module.data.iter().filter(|data| is_file(data)).filter_map(address).collect();
    // A file, the length of its name, a line and a column.
    let is_place =
        |data: &&Data| data.value.len() == 16 && words(data).next().is_some_and(|(_, file)| files.contains(&file));
    // Where another constant ends, that number may be all that a loop over it knows.
    let end = |data: &Data| Some(address(data)? + data.value.len() as u32);
    let ends: HashSet<u32> = module.data.iter().filter(|data| !is_place(data)).filter_map(end).collect();
    let places = module.data.iter().filter(is_place).filter_map(address);
    let places: HashSet<u32> = places.filter(|place| !ends.contains(place)).collect();
    let said: Vec<DataId> = module.data.iter().filter(|data| is_file(data) || is_place(data)).map(Data::id).collect();
    change_numbers(module, &|number| places.contains(&number).then_some(0));
    reach::forget(module, said);
}

fn calls(function: &LocalFunction) -> Vec<FunctionId> {
    let mut uses = Uses::default();
    dfs_in_order(&mut uses, function, function.entry_block());
    uses.functions
}

/// All sequences of instructions in that function.
fn sequences(function: &LocalFunction) -> Vec<InstrSeqId> {
    struct Sequences(Vec<InstrSeqId>);
    impl<'a> Visitor<'a> for Sequences {
        fn start_instr_seq(&mut self, sequence: &'a InstrSeq) {
            self.0.push(sequence.id());
        }
    }
    let mut all = Sequences(Vec::new());
    dfs_in_order(&mut all, function, function.entry_block());
    all.0
}

/// Puts a function that stops at those places in the table.
fn clear_table(module: &mut Module, is_unused: impl Fn(u32, &str) -> bool) {
    let mut nothing = FunctionBuilder::new(&mut module.types, &[], &[]);
    nothing.func_body().unreachable();
    let nothing = nothing.finish(Vec::new(), &mut module.funcs);
    for element in module.elements.iter_mut() {
        if let (Some(start), ElementItems::Functions(functions)) = (start(&element.kind), &mut element.items) {
            for (place, function) in (start..).zip(functions) {
                if is_unused(place, module.funcs.get(*function).name.as_deref().unwrap_or_default()) {
                    *function = nothing;
                }
            }
        }
    }
}

/// Has whoever calls a function call the first one of the same code.
fn unite_twins(mut module: Module) -> Result<Vec<u8>> {
    loop {
        // Numbers and places are comparable only as they are written.
        let wasm = module.emit_wasm();
        module = parse(&wasm)?;
        let mut firsts = HashMap::new();
        let mut twins = HashMap::new();
        for ((id, function), code) in module.funcs.iter_local().zip(wasm::codes(&wasm)?) {
            let first = *firsts.entry((function.ty(), code)).or_insert(id);
            if first != id {
                twins.insert(id, first);
            }
        }
        if twins.is_empty() {
            return Ok(wasm);
        }
        let mut unite = Unite(&twins);
        for (_, function) in module.funcs.iter_local_mut() {
            let entry = function.entry_block();
            dfs_pre_order_mut(&mut unite, function, entry);
        }
        for element in module.elements.iter_mut() {
            if let ElementItems::Functions(functions) = &mut element.items {
                functions.iter_mut().for_each(|function| unite.visit_function_id_mut(function));
            }
        }
        for export in module.exports.iter_mut() {
            if let ExportItem::Function(function) = &mut export.item {
                unite.visit_function_id_mut(function);
            }
        }
        gc::run(&mut module);
    }
}

/// The first of each function that has an equal before it.
struct Unite<'a>(&'a HashMap<FunctionId, FunctionId>);

impl VisitorMut for Unite<'_> {
    fn visit_function_id_mut(&mut self, function: &mut FunctionId) {
        *function = *self.0.get(function).unwrap_or(function);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;
    use walrus::{
        ConstExpr, DataKind, ElementKind, RefType, ValType,
        ir::{BinaryOp, Block, Value},
    };

    /// Where the table of an example begins, and its constants.
    const TABLE: u32 = 900_000;
    const MEMORY: u32 = 1_048_576;

    /// What calls it.
    const SCRIPT: &str = "wasm.run(wasm.table);";

    /// A wasm that is being made.
    struct Example(Module);

    impl Example {
        fn new() -> Example {
            let mut module = Module::with_config(ModuleConfig::new());
            module.memories.add_local(false, false, 17, None, None);
            Example(module)
        }

        /// A function of that name that uses those numbers, and calls those functions.
        fn function(&mut self, name: &str, numbers: &[u32], calls: &[FunctionId]) -> FunctionId {
            let mut function = FunctionBuilder::new(&mut self.0.types, &[], &[]);
            function.name(name.to_owned());
            for number in numbers {
                function.func_body().i32_const(*number as i32).drop();
            }
            for call in calls {
                function.func_body().call(*call);
            }
            function.finish(Vec::new(), &mut self.0.funcs)
        }

        fn constant(&mut self, address: u32, value: &[u8]) {
            let memory = self.0.memories.iter().next().unwrap().id();
            let offset = ConstExpr::Value(Value::I32(address as i32));
            let data = self.0.data.add(DataKind::Active { memory, offset }, value.to_vec());
            self.0.memories.get_mut(memory).data_segments.insert(data);
        }

        fn table(&mut self, functions: &[FunctionId]) {
            let size = u64::from(TABLE) + functions.len() as u64;
            let table = self.0.tables.add_local(false, size, Some(size), RefType::FUNCREF);
            let offset = ConstExpr::Value(Value::I32(TABLE as i32));
            let kind = ElementKind::Active { table, offset };
            let element = self.0.elements.add(kind, ElementItems::Functions(functions.to_vec()));
            self.0.tables.get_mut(table).elem_segments.insert(element);
            self.0.exports.add("table", table);
        }

        fn lean(mut self, exported: FunctionId) -> Module {
            self.0.exports.add("run", exported);
            parse(&lean(&self.0.emit_wasm(), SCRIPT).unwrap()).unwrap()
        }
    }

    fn code<'a>(module: &'a Module, name: &str) -> Option<Vec<&'a Instr>> {
        let mut named = module.funcs.iter_local().filter(|(id, _)| module.funcs.get(*id).name.as_deref() == Some(name));
        let (_, function) = named.next()?;
        Some(function.block(function.entry_block()).instrs.iter().map(|(instr, _)| instr).collect())
    }

    fn constants(module: &Module) -> Vec<&[u8]> {
        module.data.iter().map(|data| &data.value[..]).collect()
    }

    #[test]
    fn what_the_script_does_not_call_is_not_exported() {
        let mut example = Example::new();
        let run = example.function("run", &[], &[]);
        let free = example.function("free", &[1], &[]);
        example.0.exports.add("free", free);
        let module = example.lean(run);
        assert_eq!(module.exports.iter().map(|export| &*export.name).collect::<Vec<_>>(), ["run"]);
        assert!(code(&module, "free").is_none());
    }

    #[test]
    fn what_would_panic_stops_at_once() {
        let mut example = Example::new();
        let writes = example.function("core::fmt::write", &[], &[]);
        let panics = example.function("core::panicking::panic::h0123456789abcdef", &[], &[writes]);
        let only_panics = example.function("fail", &[1, 2], &[panics]);
        let run = example.function("run", &[3], &[writes, only_panics]);
        let before = example.function("main", &[], &[run]);
        let module = example.lean(before);
        let [Instr::Const(_), Instr::Drop(_), Instr::Call(_), Instr::Unreachable(_)] =
            code(&module, "run").unwrap()[..]
        else {
            panic!("{:?}", code(&module, "run"));
        };
        assert!(code(&module, "fail").is_none() && code(&module, "core::panicking::panic").is_none());
        assert!(code(&module, "core::fmt::write").is_some(), "it is called for something else, too");
    }

    #[test]
    fn constants_and_functions_that_only_a_message_needed_are_gone() {
        let mut example = Example::new();
        let shows = example.function("shows", &[7], &[]);
        let message = example.function("message", &[8], &[]);
        let spare = example.function("spare", &[9], &[]);
        let described = example.function("wasm_bindgen::convert::closures::_::invoke", &[10], &[]);
        example.table(&[shows, message, spare, described]);
        example.constant(MEMORY, &TABLE.to_le_bytes());
        example.constant(MEMORY + 64, b"text");
        example.constant(MEMORY + 128, &(TABLE + 1).to_le_bytes());
        example.constant(MEMORY + 192, b"kept");
        let nothing = example.function("nothing", &[], &[]);
        let panics = example.function("core::panicking::panic", &[], &[nothing]);
        let fails = example.function("fails", &[MEMORY + 64, MEMORY + 128], &[panics]);
        let works = example.function("works", &[MEMORY], &[]);
        let run = example.function("run", &[], &[works, fails]);
        let module = example.lean(run);
        // The first constant holds a place; the last one nothing was known to reach.
        assert_eq!(constants(&module), [&TABLE.to_le_bytes()[..], b"kept"]);
        assert!(code(&module, "shows").is_some() && code(&module, "message").is_none());
        assert!(code(&module, "spare").is_some(), "nothing was known to reach it, either");
        assert!(code(&module, "wasm_bindgen::convert::closures::_::invoke").is_none());
    }

    #[test]
    fn where_in_the_source_code_stands_is_nowhere() {
        let mut example = Example::new();
        let place: Vec<u8> = [MEMORY + 16, 5, 3, 7].iter().flat_map(|word: &u32| word.to_le_bytes()).collect();
        example.constant(MEMORY, &place);
        example.constant(MEMORY + 16, b"me.rs\0");
        example.constant(MEMORY + 24, b"shown");
        let run = example.function("run", &[MEMORY, MEMORY + 24], &[]);
        let module = example.lean(run);
        assert_eq!(constants(&module), [b"shown"]);
        let [Instr::Const(place), _, Instr::Const(shown), _] = code(&module, "run").unwrap()[..] else { panic!() };
        let address = |number: u32| Value::I32(number as i32).to_string();
        assert_eq!((place.value.to_string(), shown.value.to_string()), (address(0), address(MEMORY + 24)));
    }

    #[test]
    fn where_another_constant_ends_is_still_known() {
        let mut example = Example::new();
        example.constant(MEMORY, b"list");
        let place: Vec<u8> = [MEMORY + 20, 5, 3, 7].iter().flat_map(|word: &u32| word.to_le_bytes()).collect();
        example.constant(MEMORY + 4, &place);
        example.constant(MEMORY + 20, b"me.rs\0");
        let run = example.function("run", &[MEMORY + 4], &[]);
        let module = example.lean(run);
        assert_eq!(constants(&module), [b"list"]);
        let [Instr::Const(end), _] = code(&module, "run").unwrap()[..] else { panic!() };
        assert_eq!(end.value.to_string(), Value::I32(MEMORY as i32 + 4).to_string());
    }

    #[test]
    fn functions_of_the_same_code_are_one_and_then_those_that_call_them() {
        let mut example = Example::new();
        let [a, b, other] = [("a", 1), ("b", 1), ("other", 2)].map(|(name, n)| example.function(name, &[n], &[]));
        let [calls_a, calls_b] =
            [("calls a", a), ("calls b", b)].map(|(name, called)| example.function(name, &[], &[called]));
        let run = example.function("run", &[], &[calls_a, calls_b, other]);
        let module = example.lean(run);
        assert_eq!(module.funcs.iter_local().count(), 4, "run, one of each pair, and the other");
        let [Instr::Call(one), Instr::Call(two), Instr::Call(_)] = code(&module, "run").unwrap()[..] else { panic!() };
        assert_eq!(one.func, two.func);
    }

    #[test]
    fn what_follows_the_end_of_all_ways_is_gone() {
        let mut example = Example::new();
        let never = example.function("never", &[1], &[]);
        let mut function = FunctionBuilder::new(&mut example.0.types, &[], &[]);
        let inner = function.dangling_instr_seq(None).id();
        function.instr_seq(inner).i32_const(7).drop().return_();
        function.func_body().instr(Block { seq: inner }).call(never);
        let run = function.finish(Vec::new(), &mut example.0.funcs);
        let module = example.lean(run);
        let (_, run) = module.funcs.iter_local().next().unwrap();
        let instrs = &run.block(run.entry_block()).instrs;
        assert!(matches!(instrs[..], [(Instr::Const(_), _), (Instr::Drop(_), _), (Instr::Return(_), _)]), "{instrs:?}");
        assert_eq!(module.funcs.iter_local().count(), 1);
    }

    #[test]
    fn a_function_whose_type_differs_is_no_twin() {
        let mut example = Example::new();
        let sum = |module: &mut Module, params: &[ValType]| {
            let mut function = FunctionBuilder::new(&mut module.types, params, &[]);
            function.func_body().i32_const(1).i32_const(2).binop(BinaryOp::I32Add).drop();
            let arguments = params.iter().map(|ty| module.locals.add(*ty)).collect();
            function.finish(arguments, &mut module.funcs)
        };
        let (none, one) = (sum(&mut example.0, &[]), sum(&mut example.0, &[ValType::I32]));
        example.table(&[none, one]);
        let run = example.function("run", &[TABLE, TABLE + 1], &[]);
        assert_eq!(example.lean(run).funcs.iter_local().count(), 3);
    }

    #[test]
    fn what_is_no_wasm_is_an_error() {
        assert!(lean(b"<!DOCTYPE html>", SCRIPT).is_err());
    }
}
