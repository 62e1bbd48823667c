//! What of a wasm is reached: by calls, by constants, and by places in the table of functions. For that, the linker
//! (`.cargo/config.toml`) leaves each constant in a segment of its own, and has the places begin at a number that means
//! nothing else, so that each number in code or in a constant may be an address or a place, and hardly any is by chance.

use std::collections::{HashMap, HashSet};
use walrus::{
    ConstExpr, Data, DataId, DataKind, ElementItems, ElementKind, ExportItem, FunctionId, FunctionKind, GlobalKind,
    Module,
    ir::{Load, Store, Value, Visitor, VisitorMut, dfs_in_order, dfs_pre_order_mut},
};

/// So many bytes before a constant an address may lie that means it: where a list is counted from 1, that of its first entry.
const BEFORE: u32 = 24;

/// What the exports reach.
pub struct Reached {
    /// All numbers in what they reach, since each may be the address of a constant or a place in the table.
    pub numbers: HashSet<u32>,
    /// The constants that are at such addresses.
    pub constants: HashSet<usize>,
}

impl Reached {
    pub fn in_module(module: &Module) -> Reached {
        let mut constants: Vec<(u32, &Data)> =
            module.data.iter().filter_map(|data| Some((address(data)?, data))).collect();
        constants.sort_by_key(|(address, _)| *address);
        let functions: HashMap<u32, FunctionId> = placed(module).collect();
        let begin = functions.keys().min().copied();
        let is_place = |number: &u32| begin > Some(1) && functions.contains_key(number);
        // A loop may know only where a list ends, or, if it counts from 1, a place before it.
        let constants_at = |number: u32| {
            let first = constants.partition_point(|(start, data)| start + (data.value.len() as u32) < number);
            let near = constants[first..].iter().take_while(move |(start, _)| *start <= number.saturating_add(BEFORE));
            near.filter(move |(start, data)| {
                let end = start + data.value.len() as u32;
                (*start..end).contains(&number) || !has_methods(data, is_place)
            })
            .map(|(_, data)| *data)
        };

        let mut reached = Reached { numbers: HashSet::new(), constants: HashSet::new() };
        let mut called = HashSet::new();
        let mut left = Uses::default();
        for export in module.exports.iter() {
            if let ExportItem::Function(function) = export.item {
                left.functions.push(function);
            }
        }
        left.functions.extend(module.start);
        for global in module.globals.iter() {
            if let GlobalKind::Local(ConstExpr::Value(value)) = &global.kind {
                left.visit_value(value);
            }
        }
        loop {
            if let Some(function) = left.functions.pop() {
                if called.insert(function)
                    && let FunctionKind::Local(local) = &module.funcs.get(function).kind
                {
                    dfs_in_order(&mut left, local, local.entry_block());
                }
            } else if let Some(number) = left.numbers.pop() {
                if reached.numbers.insert(number) {
                    left.functions.extend(functions.get(&number));
                    for data in constants_at(number) {
                        if reached.constants.insert(data.id().index()) {
                            left.numbers.extend(words(data).map(|(_, word)| word));
                        }
                    }
                }
            } else {
                return reached;
            }
        }
    }
}

/// Whether a constant says how something is dropped, its size, its alignment, and where its methods are: Rust's tables for
/// `dyn`. No loop goes over these.
fn has_methods(data: &Data, is_place: impl Fn(&u32) -> bool) -> bool {
    let words: Vec<u32> = words(data).map(|(_, word)| word).collect();
    let [drop, _, alignment, methods @ ..] = &words[..] else { return false };
    let is_whole = words.len() * 4 == data.value.len();
    let is_first = (*drop == 0 || is_place(drop)) && alignment.is_power_of_two();
    is_whole && is_first && !methods.is_empty() && methods.iter().all(is_place)
}

/// What code uses: functions that it calls, and numbers.
#[derive(Default)]
pub struct Uses {
    pub functions: Vec<FunctionId>,
    pub numbers: Vec<u32>,
}

impl Visitor<'_> for Uses {
    fn visit_function_id(&mut self, function: &FunctionId) {
        self.functions.push(*function);
    }

    fn visit_value(&mut self, value: &Value) {
        match value {
            Value::I32(number) => self.numbers.push(*number as u32),
            Value::I64(number) => self.numbers.extend([*number as u32, (*number >> 32) as u32]),
            _ => {}
        }
    }

    fn visit_load(&mut self, load: &Load) {
        self.numbers.push(load.arg.offset as u32);
    }

    fn visit_store(&mut self, store: &Store) {
        self.numbers.push(store.arg.offset as u32);
    }
}

/// Changes numbers in code and in constants for which there is another.
pub fn change_numbers(module: &mut Module, other: &dyn Fn(u32) -> Option<u32>) {
    struct Change<'a>(&'a dyn Fn(u32) -> Option<u32>);
    impl VisitorMut for Change<'_> {
        fn visit_value_mut(&mut self, value: &mut Value) {
            if let Value::I32(number) = value
                && let Some(other) = self.0(*number as u32)
            {
                *number = other as i32;
            }
        }
    }
    for (_, function) in module.funcs.iter_local_mut() {
        let entry = function.entry_block();
        dfs_pre_order_mut(&mut Change(other), function, entry);
    }
    let constants: Vec<DataId> = module.data.iter().map(Data::id).collect();
    for constant in constants {
        let data = module.data.get_mut(constant);
        let changed: Vec<(usize, u32)> = words(data).filter_map(|(at, word)| Some((at, other(word)?))).collect();
        for (at, word) in changed {
            data.value[at..at + 4].copy_from_slice(&word.to_le_bytes());
        }
    }
}

/// Where a constant is in memory.
pub fn address(data: &Data) -> Option<u32> {
    match data.kind {
        DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } => Some(start as u32),
        _ => None,
    }
}

/// Where functions begin in the table.
pub fn start(kind: &ElementKind) -> Option<u32> {
    match kind {
        ElementKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } => Some(*start as u32),
        _ => None,
    }
}

/// The functions in the table, each after its place.
pub fn placed(module: &Module) -> impl Iterator<Item = (u32, FunctionId)> {
    let lists = module.elements.iter().filter_map(|element| match &element.items {
        ElementItems::Functions(functions) => Some((start(&element.kind)?..).zip(functions.iter().copied())),
        ElementItems::Expressions(..) => None,
    });
    lists.flatten()
}

/// Takes constants out.
pub fn forget(module: &mut Module, constants: impl IntoIterator<Item = DataId>) {
    for constant in constants {
        for memory in module.memories.iter_mut() {
            memory.data_segments.remove(&constant);
        }
        module.data.delete(constant);
    }
}

/// The words of a constant, any of which may be an address or a place, and where in it they are.
pub fn words(data: &Data) -> impl Iterator<Item = (usize, u32)> {
    let ahead = address(data).unwrap_or_default().wrapping_neg() as usize % 4;
    let words = data.value.get(ahead..).unwrap_or_default().chunks_exact(4).enumerate();
    words.map(move |(at, word)| (ahead + 4 * at, u32::from_le_bytes([word[0], word[1], word[2], word[3]])))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot get its value has failed")]
mod tests {
    use super::*;
    use walrus::{FunctionBuilder, RefType};

    /// Where the table of an example begins, and its constants.
    const TABLE: u32 = 900_000;
    const MEMORY: u32 = 1_048_576;

    /// What a program reaches that uses that number: of constants one after the other, and of functions that are only in
    /// the table, from that place on. The first one uses the number 7.
    fn reached(number: u32, constants: &[&[u8]], begin: u32) -> (Vec<Vec<u8>>, bool) {
        let mut module = Module::default();
        let memory = module.memories.add_local(false, false, 17, None, None);
        let mut function = |number: u32| {
            let mut function = FunctionBuilder::new(&mut module.types, &[], &[]);
            function.func_body().i32_const(number as i32).drop();
            function.finish(Vec::new(), &mut module.funcs)
        };
        let (run, placed) = (function(number), function(7));
        module.exports.add("run", run);
        let table = module.tables.add_local(false, u64::from(begin) + 1, None, RefType::FUNCREF);
        let offset = ConstExpr::Value(Value::I32(begin as i32));
        module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(vec![placed]));
        let mut address = MEMORY;
        for value in constants {
            let offset = ConstExpr::Value(Value::I32(address as i32));
            module.data.add(DataKind::Active { memory, offset }, value.to_vec());
            address += value.len() as u32;
        }
        let reached = Reached::in_module(&module);
        let constants = module.data.iter().filter(|data| reached.constants.contains(&data.id().index()));
        (constants.map(|data| data.value.clone()).collect(), reached.numbers.contains(&7))
    }

    fn words(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    #[test]
    fn a_constant_is_reached_by_its_end_and_by_a_place_right_before_it() {
        let list = [1; 32].as_slice();
        let check = |number: u32, expect: &[&[u8]]| assert_eq!(reached(number, &[list, b"from"], TABLE).0, expect);
        check(MEMORY, &[list]);
        check(MEMORY + 8, &[list, b"from"]);
        check(MEMORY + 32, &[list, b"from"]);
        check(MEMORY + 36, &[b"from"]);
        check(MEMORY - BEFORE - 1, &[]);
    }

    #[test]
    fn a_constant_reaches_functions_and_other_constants() {
        let list = words(&[MEMORY + 40, TABLE, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(reached(MEMORY, &[&list, b"text"], TABLE), (vec![list.clone(), b"text".to_vec()], true));
        assert_eq!(reached(8, &[&list, b"text"], TABLE), (Vec::new(), false));
    }

    #[test]
    fn methods_are_reached_only_by_where_they_are() {
        let methods = words(&[0, 4, 4, TABLE]);
        let check = |number: u32, expect: bool| assert_eq!(reached(number, &[&methods], TABLE).1, expect, "{number}");
        check(MEMORY, true);
        check(MEMORY + 12, true);
        check(MEMORY - 4, false);
        check(MEMORY + 16, false);
        // A list may look the same where places have small numbers.
        let (constants, is_called) = reached(MEMORY + 16, &[&words(&[0, 4, 4, 1])], 1);
        assert_eq!((constants.len(), is_called), (1, true));
    }
}
