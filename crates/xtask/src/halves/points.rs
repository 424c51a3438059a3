//! Points in the code at which it is seen whether the instructions after them run, and a module that sees it.

use std::convert::Infallible;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ExportKind, ExportSection, Function, Instruction, MemArg, MemArgTarget, MemorySection,
    MemoryType,
};
use wasmparser::{ExportSectionReader, FunctionBody, MemorySectionReader, Operator, Parser};

use super::body::{Body, diverges};

/// The name of the memory that has one byte for each point, 1 if it was reached; profile.js reads it.
const HITS: &str = "hits";
/// Of the memory with the points; the program's own is 0.
const HITS_MEMORY: u32 = 1;
/// A megabyte: far more points than any module of ours has.
const HITS_PAGES: u64 = 16;

/// Whether there is a point behind an instruction: whether the next one runs too is open there.
fn is_point(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::BrIf { .. } | Operator::End | Operator::Else | Operator::If { .. } | Operator::Loop { .. }
    )
}

/// How many points a function has: one at its beginning, and those inside.
pub(crate) fn count(body: &Body<'_>) -> usize {
    1 + body.operators[..body.last()].iter().filter(|operator| is_point(operator)).count()
}

/// Whether each instruction of a function ran, if `reached` says it of each of its points.
pub(crate) fn ran(body: &Body<'_>, reached: &[bool]) -> Vec<bool> {
    let mut points = reached.iter().copied();
    let mut runs = points.next().unwrap_or(false);
    let mut ran = Vec::with_capacity(body.operators.len());
    for operator in &body.operators {
        ran.push(runs);
        if is_point(operator) {
            // Behind the function's own `end` there is neither a point nor an instruction.
            runs = points.next().unwrap_or(false);
        } else if diverges(operator) {
            runs = false;
        }
    }
    ran
}

/// The same module, but it notes each point that it reaches.
pub(crate) fn instrumented(module: &[u8]) -> Result<Vec<u8>> {
    let mut written = wasm_encoder::Module::new();
    let mut instrument = Instrument { points: 0 };
    instrument
        .parse_core_module(&mut written, Parser::new(0), module)
        .map_err(|error| anyhow!("{error}"))
        .context("could not instrument the module")?;
    Ok(written.finish())
}

struct Instrument {
    /// So many points were written.
    points: i32,
}

impl Instrument {
    fn note_point(&mut self, function: &mut Function) {
        let target = MemArgTarget::Memory(HITS_MEMORY);
        let place = MemArg { offset: 0, align: 0, target, ordering: None };
        function.instruction(&Instruction::I32Const(self.points));
        function.instruction(&Instruction::I32Const(1));
        function.instruction(&Instruction::I32Store8(place));
        self.points += 1;
    }
}

impl Reencode for Instrument {
    type Error = Infallible;

    fn parse_memory_section(
        &mut self,
        memories: &mut MemorySection,
        section: MemorySectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_memory_section(self, memories, section)?;
        memories.memory(MemoryType {
            minimum: HITS_PAGES,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_export_section(self, exports, section)?;
        exports.export(HITS, ExportKind::Memory, HITS_MEMORY);
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Result<(), Error> {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        self.note_point(&mut function);
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            let operator = operators.read()?;
            let has_point = is_point(&operator) && !operators.eof();
            function.instruction(&self.instruction(operator)?);
            if has_point {
                self.note_point(&mut function);
            }
        }
        code.function(&function);
        Ok(())
    }
}
