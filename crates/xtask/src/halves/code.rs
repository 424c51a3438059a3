//! Writes functions for one half: calls of the other half go through the table, parts become functions.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{BlockType, CodeSection, Function, Instruction};
use wasmparser::{Operator, ValType};

use super::body::{local_of, opens};
use super::module::Module;
use super::part::{Exit, Part, type_rank};
use super::plan::{Outlined, Plan};

type Written<T = ()> = Result<T, Error>;

/// One half, while its code is written.
pub(crate) struct Half<'p, 'a> {
    pub(crate) module: &'p Module<'a>,
    pub(crate) plan: &'p Plan,
    /// The functions that this half has, by their index in the module: the index in the half.
    pub(crate) functions: BTreeMap<u32, u32>,
}

impl Reencode for Half<'_, '_> {
    type Error = Infallible;

    /// Only for functions that the half has; `operator` sees to the others.
    fn function_index(&mut self, function: u32) -> Written<u32> {
        Ok(self.functions[&function])
    }
}

impl Half<'_, '_> {
    /// A function, without those of its parts that are late.
    pub(crate) fn function(&mut self, code: &mut CodeSection, function: u32) -> Written {
        let (module, plan) = (self.module, self.plan);
        let body = module.body(function);
        let mut written = self.with_locals(&body.locals[body.parameters..])?;
        let mut at = 0;
        for outlined in plan.parts_of(function) {
            let part = &outlined.part;
            for operator in &body.operators[at..part.range.start] {
                self.operator(&mut written, operator)?;
            }
            call_part(&mut written, outlined);
            at = part.range.end;
        }
        for operator in &body.operators[at..] {
            self.operator(&mut written, operator)?;
        }
        code.function(&written);
        Ok(())
    }

    /// A part, as a function. One block for each exit is around its instructions, the exit 0 innermost, so that
    /// a branch out of the part is a branch to one of them.
    pub(crate) fn part(&mut self, code: &mut CodeSection, outlined: &Outlined) -> Written {
        let module = self.module;
        let part = &outlined.part;
        let locals = &module.body(outlined.function).locals;
        let own = own_locals(part, &module.body(outlined.function).operators, locals);
        let types: Vec<ValType> = own.iter().map(|local| locals[*local as usize]).collect();
        let numbers: BTreeMap<u32, u32> = part.given.iter().chain(&own).copied().zip(0..).collect();
        let mut written = self.with_locals(&types)?;
        for (_, carries) in part.exits.iter().rev() {
            let block = match part.value.filter(|_| *carries) {
                Some(value) => BlockType::Result(self.val_type(value)?),
                None => BlockType::Empty,
            };
            written.instruction(&Instruction::Block(block));
        }
        self.inside_of_part(&mut written, outlined, &numbers)?;
        for number in 0..part.exits.len() {
            written.instruction(&Instruction::End);
            return_from_part(&mut written, part, number, &numbers);
        }
        if part.exits.is_empty() {
            written.instruction(&Instruction::Unreachable);
        }
        written.instruction(&Instruction::End);
        code.function(&written);
        Ok(())
    }

    fn inside_of_part(
        &mut self,
        written: &mut Function,
        outlined: &Outlined,
        numbers: &BTreeMap<u32, u32>,
    ) -> Written {
        let part = &outlined.part;
        let mut inside = 0;
        for operator in &self.module.body(outlined.function).operators[part.range.clone()] {
            let label = |depth: u32| {
                depth.checked_sub(inside).map_or(depth, |out| inside + part.number(Exit::Label(out)))
            };
            let changed = match operator {
                Operator::LocalGet { local_index } => Instruction::LocalGet(numbers[local_index]),
                Operator::LocalSet { local_index } => Instruction::LocalSet(numbers[local_index]),
                Operator::LocalTee { local_index } => Instruction::LocalTee(numbers[local_index]),
                Operator::Br { relative_depth } => Instruction::Br(label(*relative_depth)),
                Operator::BrIf { relative_depth } => Instruction::BrIf(label(*relative_depth)),
                Operator::BrTable { targets } => {
                    let all: Result<Vec<u32>, _> = targets.targets().map(|depth| depth.map(label)).collect();
                    Instruction::BrTable(all?.into(), label(targets.default()))
                }
                Operator::Return => Instruction::Br(inside + part.number_of_return()),
                operator => {
                    if opens(operator).is_some() {
                        inside += 1;
                    } else if matches!(operator, Operator::End) {
                        inside -= 1;
                    }
                    self.operator(written, operator)?;
                    continue;
                }
            };
            written.instruction(&changed);
        }
        // Behind the last instruction the innermost exit begins.
        if let Some(number @ 1..) = part.fall.map(|fall| part.number(fall)) {
            written.instruction(&Instruction::Br(number));
        }
        Ok(())
    }

    fn operator(&mut self, written: &mut Function, operator: &Operator<'_>) -> Written {
        match operator {
            Operator::Call { function_index } if !self.functions.contains_key(function_index) => {
                let signature = self.module.signature(*function_index);
                call_slot(written, self.plan.slots[function_index], signature);
            }
            operator => {
                let instruction = self.instruction(operator.clone())?;
                written.instruction(&instruction);
            }
        }
        Ok(())
    }

    fn with_locals(&mut self, types: &[ValType]) -> Written<Function> {
        let types: Vec<_> = types.iter().map(|ty| self.val_type(*ty)).collect::<Written<_>>()?;
        Ok(Function::new_with_locals_types(types))
    }
}

/// The locals of a part that it is not given, by type.
fn own_locals(part: &Part, operators: &[Operator<'_>], locals: &[ValType]) -> Vec<u32> {
    let used = operators[part.range.clone()].iter().filter_map(local_of);
    let own: BTreeSet<u32> = used.filter(|local| !part.given.contains(local)).collect();
    let mut own: Vec<u32> = own.into_iter().collect();
    own.sort_by_key(|local| (type_rank(locals[*local as usize]), *local));
    own
}

/// Behind the block of an exit: the value, made up if this exit carries none, the number, the locals.
fn return_from_part(written: &mut Function, part: &Part, number: usize, numbers: &BTreeMap<u32, u32>) {
    if let Some(value) = part.value.filter(|_| !part.exits[number].1) {
        written.instruction(&zero(value));
    }
    if part.exits.len() > 1 {
        written.instruction(&Instruction::I32Const(i32::try_from(number).expect("a part has few exits")));
    }
    for local in &part.returned {
        written.instruction(&Instruction::LocalGet(numbers[local]));
    }
    if number + 1 < part.exits.len() {
        written.instruction(&Instruction::Return);
    }
}

fn zero(ty: ValType) -> Instruction<'static> {
    match ty {
        ValType::I64 => Instruction::I64Const(0),
        ValType::F32 => Instruction::F32Const(0.0.into()),
        ValType::F64 => Instruction::F64Const(0.0.into()),
        _ => Instruction::I32Const(0),
    }
}

fn call_slot(written: &mut Function, slot: u32, type_index: u32) {
    written.instruction(&Instruction::I32Const(slot.cast_signed()));
    written.instruction(&Instruction::CallIndirect { type_index, table_index: 0 });
}

/// Stands where the part stood: gives it its locals, takes back those it returns, and leaves by its exit.
fn call_part(written: &mut Function, outlined: &Outlined) {
    let part = &outlined.part;
    for local in &part.given {
        written.instruction(&Instruction::LocalGet(*local));
    }
    call_slot(written, outlined.slot, outlined.ty);
    for local in part.returned.iter().rev() {
        written.instruction(&Instruction::LocalSet(*local));
    }
    match part.exits[..] {
        [] => {
            written.instruction(&Instruction::Unreachable);
        }
        [(exit, _)] => leave(written, part, exit, false),
        [(exit, carries), (Exit::Label(other), _)] => {
            written.instruction(&Instruction::BrIf(other));
            leave(written, part, exit, part.value.is_some() && !carries);
        }
        ref exits => {
            let labels = exits.iter().filter_map(|(exit, _)| match exit {
                Exit::Label(depth) => Some(*depth),
                Exit::PastLoop => None,
            });
            let mut labels: Vec<u32> = labels.collect();
            let last = labels.pop().unwrap_or_default();
            written.instruction(&Instruction::BrTable(labels.into(), last));
        }
    }
}

/// Leaves by an exit. The end of the block around the part follows, so that falling through is enough for the
/// exit that leads there, unless a value is on the stack that it does not carry.
fn leave(written: &mut Function, part: &Part, exit: Exit, has_unwanted: bool) {
    match exit {
        Exit::PastLoop if has_unwanted => written.instruction(&Instruction::Drop),
        Exit::PastLoop => written,
        Exit::Label(0) if !part.ends_loop && !has_unwanted => written,
        Exit::Label(depth) => written.instruction(&Instruction::Br(depth)),
    };
}
