//! The parts of a function that did not run. Each goes from some instruction to the end of the block it
//! stands in: whoever does not reach the first instruction reaches none of them.

use std::collections::BTreeSet;
use std::ops::Range;

use wasmparser::{BlockType, FuncType, Operator, ValType};

use super::body::{Body, diverges, local_of, opens, written_local};
use super::liveness::{Locals, live_before};

/// Where control goes on after a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Out of the loop at whose end the part ends.
    PastLoop,
    /// To the label of the block so many further out than the one around the part.
    Label(u32),
}

/// A part that becomes a function of the late half: it is given locals, and returns a value if an exit
/// carries one, the number of the exit if there are several, and locals.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Its instructions.
    pub(crate) range: Range<usize>,
    /// The locals that it reads, by type.
    pub(crate) given: Vec<u32>,
    /// The locals that it writes and somebody reads after it, by type.
    pub(crate) returned: Vec<u32>,
    /// The type of the value on the stack that some exits carry.
    pub(crate) value: Option<ValType>,
    /// Its exits, in their order, and whether each carries the value.
    pub(crate) exits: Vec<(Exit, bool)>,
    /// How many blocks are around it, with the function.
    pub(crate) depth: u32,
    /// Whether the block around it is a loop, whose label is at its beginning.
    pub(crate) ends_loop: bool,
    /// Where control goes behind its last instruction, if it does.
    pub(crate) fall: Option<Exit>,
}

impl Part {
    pub(crate) fn signature(&self, body: &Body<'_>) -> FuncType {
        let type_of = |local: &u32| body.locals[*local as usize];
        let number = (self.exits.len() > 1).then_some(ValType::I32);
        let returned = self.returned.iter().map(type_of);
        let results = self.value.into_iter().chain(number).chain(returned);
        FuncType::new(self.given.iter().map(type_of), results)
    }

    /// The number of an exit.
    pub(crate) fn number(&self, exit: Exit) -> u32 {
        let numbers = (0..).zip(&self.exits);
        let found = numbers.into_iter().find(|(_, (known, _))| *known == exit);
        found.map(|(number, _)| number).expect("a part lists all its exits")
    }

    /// The number of the exit that `return` is.
    pub(crate) fn number_of_return(&self) -> u32 {
        self.number(Exit::Label(self.depth - 1))
    }

    /// The bytes that its call takes, as far as they can be foreseen: two for each local and for each exit.
    fn bytes_of_call(&self) -> u64 {
        const CALL: u64 = 8;
        let exits = if self.exits.len() > 1 { self.exits.len() } else { 0 };
        CALL + 2 * (self.given.len() + self.returned.len() + exits) as u64
    }
}

/// The parts of a function worth a call. `types` are the module's, `results` those of the function.
pub(crate) fn parts(body: &Body<'_>, ran: &[bool], types: &[FuncType], results: &[ValType]) -> Vec<Part> {
    let live = live_before(body);
    let mut search = Search { body, ran, types, results, live, blocks: vec![None], found: Vec::new() };
    search.walk(0..body.last());
    search.found
}

/// Exits, each with whether it carries the value, and the type of the value.
type Carried = (Vec<(Exit, bool)>, Option<ValType>);

struct Search<'b, 'a> {
    body: &'b Body<'a>,
    ran: &'b [bool],
    types: &'b [FuncType],
    results: &'b [ValType],
    live: Vec<Locals>,
    /// What opened each block around; nothing opens the function.
    blocks: Vec<Option<usize>>,
    found: Vec<Part>,
}

impl Search<'_, '_> {
    /// Looks through the inside of one block. Where a part cannot be made, those inside of it are tried.
    fn walk(&mut self, block: Range<usize>) {
        let mut tried = false;
        let mut at = block.start;
        while at < block.end {
            if !tried && !self.ran[at] && self.body.is_bare(at) {
                if let Some(part) = self.part(at..block.end) {
                    self.found.push(part);
                    return;
                }
                tried = true;
            }
            if opens(&self.body.operators[at]).is_some() {
                self.walk_inside(at);
                at = self.body.end(at);
            }
            at += 1;
        }
    }

    fn walk_inside(&mut self, opener: usize) {
        let end = self.body.end(opener);
        self.blocks.push(Some(opener));
        match self.body.middle(opener) {
            None => self.walk(opener + 1..end),
            Some(middle) => {
                self.walk(opener + 1..middle);
                self.walk(middle + 1..end);
            }
        }
        self.blocks.pop();
    }

    /// The part of these instructions, if it can be made and is worth it.
    fn part(&self, range: Range<usize>) -> Option<Part> {
        let fall = (!diverges(&self.body.operators[range.end - 1])).then(|| self.fall());
        let (exits, value) = self.carried(self.exits(&range, fall))?;
        let operators = &self.body.operators[range.clone()];
        let used: BTreeSet<u32> = operators.iter().filter_map(local_of).collect();
        let written: BTreeSet<u32> = operators.iter().filter_map(written_local).collect();
        let is_read_after =
            |local: &u32| exits.iter().any(|(exit, _)| self.live_after(*exit, range.end).contains(*local));
        let given = self.by_type(used.into_iter().filter(|local| self.live[range.start].contains(*local)));
        let returned = self.by_type(written.into_iter().filter(is_read_after));
        let depth = u32::try_from(self.blocks.len()).expect("blocks nest less than four billion deep");
        let ends_loop = self.is_loop(0);
        let part = Part { range, given, returned, value, exits, depth, ends_loop, fall };
        (self.body.bytes(part.range.start, part.range.end) > part.bytes_of_call()).then_some(part)
    }

    /// All exits, in order.
    fn exits(&self, range: &Range<usize>, fall: Option<Exit>) -> BTreeSet<Exit> {
        let mut exits: BTreeSet<Exit> = fall.into_iter().collect();
        let mut inside = 0;
        for operator in &self.body.operators[range.clone()] {
            let mut leave = |depth: u32| exits.extend(depth.checked_sub(inside).map(Exit::Label));
            match operator {
                Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => leave(*relative_depth),
                Operator::BrTable { targets } => {
                    leave(targets.default());
                    targets.targets().flatten().for_each(leave);
                }
                Operator::Return => leave(inside + self.blocks.len() as u32 - 1),
                Operator::End => inside -= 1,
                operator if opens(operator).is_some() => inside += 1,
                _ => {}
            }
        }
        exits
    }

    /// Which exits carry a value, and its type. `None` where they differ more than a call can tell apart.
    fn carried(&self, exits: BTreeSet<Exit>) -> Option<Carried> {
        let mut value = None;
        let mut listed = Vec::new();
        for exit in exits {
            match self.values(exit)[..] {
                [] => listed.push((exit, false)),
                [one] if is_number(one) && value.is_none_or(|known| known == one) => {
                    value = Some(one);
                    listed.push((exit, true));
                }
                _ => return None,
            }
        }
        // Three or more need a branch table, whose targets are alike and are labels.
        let alike = listed.iter().all(|(exit, carries)| *exit != Exit::PastLoop && *carries == listed[0].1);
        (listed.len() <= 2 || alike).then_some((listed, value))
    }

    fn fall(&self) -> Exit {
        if self.is_loop(0) { Exit::PastLoop } else { Exit::Label(0) }
    }

    /// What opened the block so many further out.
    fn opener(&self, depth: u32) -> Option<usize> {
        self.blocks[self.blocks.len() - 1 - depth as usize]
    }

    fn is_loop(&self, depth: u32) -> bool {
        self.opener(depth).is_some_and(|opener| self.body.is_loop(opener))
    }

    /// The types of what is on the stack at an exit. No block here has parameters, so a loop's label has none.
    fn values(&self, exit: Exit) -> Vec<ValType> {
        match exit {
            Exit::Label(depth) if self.is_loop(depth) => Vec::new(),
            Exit::Label(depth) => self.results_of(depth),
            Exit::PastLoop => self.results_of(0),
        }
    }

    fn results_of(&self, depth: u32) -> Vec<ValType> {
        let block = self.opener(depth).map(|opener| opens(&self.body.operators[opener]));
        match block {
            None => self.results.to_vec(),
            Some(Some(BlockType::Type(one))) => vec![one],
            Some(Some(BlockType::FuncType(index))) => self.types[index as usize].results().to_vec(),
            Some(Some(BlockType::Empty) | None) => Vec::new(),
        }
    }

    /// What is live behind an exit of a part that ends at `end`.
    fn live_after(&self, exit: Exit, end: usize) -> &Locals {
        let place = match exit {
            Exit::PastLoop => end,
            Exit::Label(depth) => match self.opener(depth) {
                None => self.body.last(),
                Some(opener) if self.body.is_loop(opener) => opener,
                Some(opener) => self.body.end(opener),
            },
        };
        &self.live[place]
    }

    /// Sorted by type, so that few signatures serve all parts.
    fn by_type(&self, locals: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut locals: Vec<u32> = locals.collect();
        locals.sort_by_key(|local| (type_rank(self.body.locals[*local as usize]), *local));
        locals
    }
}

/// Numbers first; any order would do.
pub(crate) fn type_rank(ty: ValType) -> u8 {
    match ty {
        ValType::I32 => 0,
        ValType::I64 => 1,
        ValType::F32 => 2,
        ValType::F64 => 3,
        ValType::V128 => 4,
        ValType::Ref(_) => 5,
    }
}

/// Whether a value of this type can be made up for an exit that carries none.
fn is_number(ty: ValType) -> bool {
    matches!(ty, ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64)
}
