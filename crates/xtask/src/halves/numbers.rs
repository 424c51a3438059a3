//! The numbers in code, each of which might be the address of something.

use std::collections::BTreeSet;

use wasmparser::{MemArg, Operator};

/// The numbers in the code of each half.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Numbers {
    pub(crate) first: BTreeSet<u32>,
    pub(crate) late: BTreeSet<u32>,
}

impl Numbers {
    /// Adds those of one function, given its instructions and whether each is late.
    pub(crate) fn add<'m>(&mut self, instructions: impl Iterator<Item = (bool, &'m Operator<'m>)>) {
        let mut base = 0;
        for (is_late, operator) in instructions {
            let numbers = if is_late { &mut self.late } else { &mut self.first };
            match operator {
                Operator::I32Const { value } => {
                    base = value.cast_unsigned();
                    numbers.insert(base);
                }
                // An address and a length are often stored together.
                Operator::I64Const { value } => numbers.extend(halves(value.cast_unsigned())),
                operator => {
                    // An address may be split between a number and the offset behind it.
                    if let Some(offset) = offset_of(operator) {
                        numbers.extend([offset, offset.wrapping_add(base)]);
                    }
                    base = 0;
                }
            }
        }
    }
}

fn halves(value: u64) -> [u32; 2] {
    let [a, b, c, d, e, f, g, h] = value.to_le_bytes();
    [u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h])]
}

/// The offset of an instruction that reads or writes memory.
fn offset_of(operator: &Operator<'_>) -> Option<u32> {
    u32::try_from(read_at(operator).or_else(|| written_at(operator))?.offset).ok()
}

fn read_at<'m>(operator: &'m Operator<'_>) -> Option<&'m MemArg> {
    match operator {
        Operator::I32Load { memarg }
        | Operator::I32Load8S { memarg }
        | Operator::I32Load8U { memarg }
        | Operator::I32Load16S { memarg }
        | Operator::I32Load16U { memarg }
        | Operator::I64Load { memarg }
        | Operator::I64Load8S { memarg }
        | Operator::I64Load8U { memarg }
        | Operator::I64Load16S { memarg }
        | Operator::I64Load16U { memarg }
        | Operator::I64Load32S { memarg }
        | Operator::I64Load32U { memarg }
        | Operator::F32Load { memarg }
        | Operator::F64Load { memarg } => Some(memarg),
        _ => None,
    }
}

fn written_at<'m>(operator: &'m Operator<'_>) -> Option<&'m MemArg> {
    match operator {
        Operator::I32Store { memarg }
        | Operator::I32Store8 { memarg }
        | Operator::I32Store16 { memarg }
        | Operator::I64Store { memarg }
        | Operator::I64Store8 { memarg }
        | Operator::I64Store16 { memarg }
        | Operator::I64Store32 { memarg }
        | Operator::F32Store { memarg }
        | Operator::F64Store { memarg } => Some(memarg),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Numbers;
    use wasmparser::{MemArg, MemArgTarget, Operator};

    fn load(offset: u64) -> Operator<'static> {
        let target = MemArgTarget::Memory(0);
        Operator::I32Load8U { memarg: MemArg { align: 0, max_align: 0, offset, target, ordering: None } }
    }

    fn numbers(operators: &[Operator<'static>]) -> Vec<u32> {
        let mut numbers = Numbers::default();
        numbers.add(operators.iter().map(|operator| (false, operator)));
        numbers.first.into_iter().collect()
    }

    #[test]
    fn a_number_and_the_offset_behind_it_count_alone_and_together() {
        assert_eq!(numbers(&[Operator::I32Const { value: 70 }, load(4)]), [4, 70, 74]);
        assert_eq!(numbers(&[Operator::LocalGet { local_index: 0 }, load(9)]), [9]);
    }

    #[test]
    fn both_halves_of_a_long_number_count() {
        assert_eq!(numbers(&[Operator::I64Const { value: (5 << 32) + 1_048_600 }]), [5, 1_048_600]);
    }

    #[test]
    fn numbers_of_a_late_part_are_late() {
        let mut numbers = Numbers::default();
        numbers.add([(true, &Operator::I32Const { value: 8 })].into_iter());
        assert!(numbers.first.is_empty() && numbers.late.contains(&8));
    }
}
