//! Who goes where: functions of the first half, functions and parts of functions of the late one.

use std::collections::{BTreeMap, BTreeSet};

use wasmparser::{FuncType, Operator};

use super::module::{Module, index};
use super::numbers::Numbers;
use super::part::{Part, parts};
use super::points;
use super::profile::Profile;

/// A part, and how the rest of its function calls it.
pub(crate) struct Outlined {
    pub(crate) function: u32,
    pub(crate) part: Part,
    pub(crate) ty: u32,
    pub(crate) slot: u32,
}

/// Larger functions are exported rather than copied.
const MOST_COPIED: u64 = 120;

/// Every function has the index that it has in the module.
pub(crate) struct Plan {
    /// The functions of the first half. All exported ones are among them, so that the browser finds them.
    pub(crate) first: BTreeSet<u32>,
    /// The functions that are late as a whole.
    pub(crate) late: BTreeSet<u32>,
    /// The late parts of first functions, by function and place.
    pub(crate) outlined: Vec<Outlined>,
    /// The types of the module, those of the parts, and last the empty one.
    pub(crate) types: Vec<FuncType>,
    /// The function in each slot of the table but those of the parts. After merging equal functions one may
    /// stand in several.
    pub(crate) table: BTreeMap<u32, u32>,
    /// A slot of each function that stands in one.
    pub(crate) slots: BTreeMap<u32, u32>,
    pub(crate) table_size: u32,
    /// The imported functions that each half calls.
    pub(crate) first_imports: BTreeSet<u32>,
    pub(crate) late_imports: BTreeSet<u32>,
    /// The first functions that the late half calls in the first one.
    pub(crate) shared: BTreeSet<u32>,
    /// Those of which it has a copy: to export one costs the first half bytes, and a copy only the late half.
    pub(crate) copied: BTreeSet<u32>,
}

impl Plan {
    pub(crate) fn new(module: &Module<'_>, profile: &Profile) -> Self {
        let defined = module.imported()..module.functions();
        let ran: BTreeMap<u32, Vec<bool>> =
            defined.map(|function| (function, ran(module, profile, function))).collect();
        let exported: BTreeSet<u32> = module.exported().collect();
        let (first, late) = ran.keys().partition(|function| ran[function][0] || exported.contains(function));
        let mut plan = Self {
            first,
            late,
            outlined: Vec::new(),
            types: module.types.clone(),
            table: module.slots.clone(),
            slots: module.slots.iter().map(|(slot, function)| (*function, *slot)).collect(),
            table_size: module.table_size(),
            first_imports: BTreeSet::new(),
            late_imports: BTreeSet::new(),
            shared: BTreeSet::new(),
            copied: BTreeSet::new(),
        };
        plan.outline(module, &ran);
        plan.types.push(FuncType::new([], []));
        let (first_calls, mut late_calls) = plan.calls(module);
        plan.copy_small(module, &mut late_calls);
        plan.give_slots(module, &first_calls);
        let is_imported = |function: &u32| *function < module.imported();
        let has_slot = |function: &u32| plan.slots.contains_key(function);
        plan.first_imports = (0..module.imported())
            .filter(|function| first_calls.contains(function) || has_slot(function))
            .collect();
        plan.late_imports = late_calls.iter().copied().filter(is_imported).collect();
        plan.shared = late_calls
            .intersection(&plan.first)
            .copied()
            .filter(|function| !plan.copied.contains(function))
            .collect();
        plan
    }

    /// The slots that are filled by the late half, and the type of what belongs there.
    pub(crate) fn late_slots(&self, module: &Module<'_>) -> BTreeMap<u32, u32> {
        let late = self.table.iter().filter(|(_, function)| self.late.contains(function));
        let functions = late.map(|(slot, function)| (*slot, module.signature(*function)));
        functions.chain(self.outlined.iter().map(|outlined| (outlined.slot, outlined.ty))).collect()
    }

    /// The parts of a first function.
    pub(crate) fn parts_of(&self, function: u32) -> impl Iterator<Item = &Outlined> {
        let from = self.outlined.partition_point(|outlined| outlined.function < function);
        self.outlined[from..].iter().take_while(move |outlined| outlined.function == function)
    }

    /// The numbers in the code of each half.
    pub(crate) fn numbers(&self, module: &Module<'_>) -> Numbers {
        let mut numbers = Numbers::default();
        for function in module.imported()..module.functions() {
            numbers.add(self.instructions(module, function));
        }
        numbers
    }

    fn outline(&mut self, module: &Module<'_>, ran: &BTreeMap<u32, Vec<bool>>) {
        for &function in &self.first {
            let body = module.body(function);
            let results = module.types[module.signature(function) as usize].results();
            for part in parts(body, &ran[&function], &module.types, results) {
                let signature = part.signature(body);
                let known = self.types.iter().position(|ty| *ty == signature);
                let ty = index(known.unwrap_or(self.types.len()));
                if known.is_none() {
                    self.types.push(signature);
                }
                self.outlined.push(Outlined { function, part, ty, slot: 0 });
            }
        }
    }

    /// Each instruction of a function, and whether it is part of the late half.
    fn instructions<'m, 'a>(
        &self,
        module: &'m Module<'a>,
        function: u32,
    ) -> impl Iterator<Item = (bool, &'m Operator<'a>)> {
        let parts: Vec<_> = self.parts_of(function).map(|outlined| outlined.part.range.clone()).collect();
        let is_whole = self.late.contains(&function);
        let operators = module.body(function).operators.iter().enumerate();
        operators.map(move |(at, operator)| {
            // Parts come in order, so the last that begins before is the only one that may contain it.
            let before = parts.partition_point(|part| part.start <= at);
            (is_whole || parts[..before].last().is_some_and(|part| part.contains(&at)), operator)
        })
    }

    /// What the two halves call.
    fn calls(&self, module: &Module<'_>) -> (BTreeSet<u32>, BTreeSet<u32>) {
        let (mut first, mut late) = (BTreeSet::new(), BTreeSet::new());
        for function in module.imported()..module.functions() {
            for (is_late, operator) in self.instructions(module, function) {
                if let Operator::Call { function_index } = operator {
                    if is_late { &mut late } else { &mut first }.insert(*function_index);
                }
            }
        }
        (first, late)
    }

    /// Copies the small ones of the first functions that the late half calls, and those that these call. Such
    /// copies are the same code on the same memory, so it does not matter which of the two runs.
    fn copy_small(&mut self, module: &Module<'_>, late_calls: &mut BTreeSet<u32>) {
        let mut unseen: Vec<u32> = late_calls.intersection(&self.first).copied().collect();
        while let Some(function) = unseen.pop() {
            let body = module.body(function);
            if body.bytes(0, body.last()) > MOST_COPIED || !self.copied.insert(function) {
                continue;
            }
            for (_, operator) in self.instructions(module, function).filter(|(is_late, _)| !is_late) {
                if let Operator::Call { function_index } = operator
                    && late_calls.insert(*function_index)
                    && self.first.contains(function_index)
                {
                    unseen.push(*function_index);
                }
            }
        }
    }

    /// New slots for what the first half calls in the late one, sorted by type, which compresses best.
    fn give_slots(&mut self, module: &Module<'_>, first_calls: &BTreeSet<u32>) {
        let called = self.late.intersection(first_calls).copied();
        let mut called: Vec<u32> = called.filter(|function| !self.slots.contains_key(function)).collect();
        called.sort_by_key(|function| module.signature(*function));
        let mut fresh = self.table_size..;
        for (function, slot) in called.into_iter().zip(&mut fresh) {
            self.slots.insert(function, slot);
            self.table.insert(slot, function);
        }
        let mut outlined: Vec<&mut Outlined> = self.outlined.iter_mut().collect();
        outlined.sort_by_key(|outlined| outlined.ty);
        for (outlined, slot) in outlined.into_iter().zip(&mut fresh) {
            outlined.slot = slot;
        }
        self.table_size = fresh.start;
    }
}

fn ran(module: &Module<'_>, profile: &Profile, function: u32) -> Vec<bool> {
    let body = module.body(function);
    points::ran(body, &profile.reached(module.name(function), points::count(body)))
}
