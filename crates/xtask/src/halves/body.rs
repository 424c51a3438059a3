//! The instructions of one function, and how its blocks nest.

use anyhow::Result;
use wasmparser::{
    BlockType, FuncToValidate, FuncValidatorAllocations, FunctionBody, Operator, ValType, ValidatorResources,
};

/// A function's instructions in their order; the last is the `end` of the function.
pub(crate) struct Body<'a> {
    /// The types of its parameters and of the locals that follow them.
    pub(crate) locals: Vec<ValType>,
    /// How many of `locals` are parameters.
    pub(crate) parameters: usize,
    pub(crate) operators: Vec<Operator<'a>>,
    /// Where each instruction begins, in bytes, and where the last one ends.
    starts: Vec<u64>,
    /// Whether the block around each instruction has nothing on the stack before it.
    bare: Vec<bool>,
    /// For what opens a block its `else` or `end`, for an `else` its `end`; else meaningless.
    next: Vec<usize>,
    /// For an `end` what it closes; else meaningless. The function's own `end` closes nothing.
    opener: Vec<usize>,
}

impl<'a> Body<'a> {
    /// Validates as it reads: the validator knows what is on the stack.
    pub(crate) fn read(
        function: FuncToValidate<ValidatorResources>,
        body: &FunctionBody<'a>,
    ) -> Result<Self> {
        let mut validator = function.into_validator(FuncValidatorAllocations::default());
        let parameters = validator.len_locals() as usize;
        validator.read_locals(&mut body.get_binary_reader())?;
        let mut reader = body.get_operators_reader()?;
        let (mut operators, mut starts, mut bare) = (Vec::new(), Vec::new(), Vec::new());
        while !reader.eof() {
            let start = reader.original_position();
            let operator = reader.read()?;
            let height = validator.operand_stack_height() as usize;
            bare.push(validator.get_control_frame(0).is_some_and(|frame| frame.height == height));
            validator.op(start, &operator)?;
            starts.push(start);
            operators.push(operator);
        }
        starts.push(reader.original_position());
        let locals =
            (0..validator.len_locals()).filter_map(|local| validator.get_local_type(local)).collect();
        let (next, opener) = nesting(&operators);
        Ok(Self { locals, parameters, operators, starts, bare, next, opener })
    }

    /// The place of the function's own `end`.
    pub(crate) fn last(&self) -> usize {
        self.operators.len() - 1
    }

    /// How long the instructions from one to before another are.
    pub(crate) fn bytes(&self, from: usize, to: usize) -> u64 {
        self.starts[to] - self.starts[from]
    }

    /// Whether the block around this instruction has nothing on the stack before it.
    pub(crate) fn is_bare(&self, at: usize) -> bool {
        self.bare[at]
    }

    /// What this `end` closes.
    pub(crate) fn opener(&self, end: usize) -> usize {
        self.opener[end]
    }

    /// The `else` of what is opened here, if it has one.
    pub(crate) fn middle(&self, opener: usize) -> Option<usize> {
        let next = self.next[opener];
        matches!(self.operators[next], Operator::Else).then_some(next)
    }

    /// The `end` of what is opened here.
    pub(crate) fn end(&self, opener: usize) -> usize {
        self.middle(opener).map_or(self.next[opener], |middle| self.next[middle])
    }

    pub(crate) fn is_loop(&self, opener: usize) -> bool {
        matches!(self.operators[opener], Operator::Loop { .. })
    }
}

/// The type of the block that an instruction opens, if it opens one.
pub(crate) fn opens(operator: &Operator<'_>) -> Option<BlockType> {
    match operator {
        Operator::Block { blockty } | Operator::Loop { blockty } | Operator::If { blockty } => Some(*blockty),
        _ => None,
    }
}

/// Whether control never goes on behind this instruction.
pub(crate) fn diverges(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::Br { .. } | Operator::BrTable { .. } | Operator::Return | Operator::Unreachable
    )
}

/// The local that an instruction reads or writes.
pub(crate) fn local_of(operator: &Operator<'_>) -> Option<u32> {
    match operator {
        Operator::LocalGet { local_index } => Some(*local_index),
        _ => written_local(operator),
    }
}

/// The local that an instruction writes.
pub(crate) fn written_local(operator: &Operator<'_>) -> Option<u32> {
    match operator {
        Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => Some(*local_index),
        _ => None,
    }
}

fn nesting(operators: &[Operator<'_>]) -> (Vec<usize>, Vec<usize>) {
    let (mut next, mut opener) = (vec![0; operators.len()], vec![0; operators.len()]);
    // What is open: where it began, and where its last `else` stands if it has one.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, operator) in operators.iter().enumerate() {
        match operator {
            operator if opens(operator).is_some() => open.push((at, at)),
            Operator::Else => {
                if let Some((_, latest)) = open.last_mut() {
                    next[*latest] = at;
                    *latest = at;
                }
            }
            Operator::End => {
                if let Some((start, latest)) = open.pop() {
                    next[latest] = at;
                    opener[at] = start;
                }
            }
            _ => {}
        }
    }
    (next, opener)
}
