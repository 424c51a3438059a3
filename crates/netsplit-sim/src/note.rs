//! Notes: what happened, in the words of a protocol's rules, at no cost until somebody reads them.

use crate::id::NodeId;

/// A rule of a protocol that was just applied, with the values it was applied to. The sentence is
/// rendered on demand from the protocol's [`Rule`](crate::describe::Rule) table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// Position in the protocol's rule table.
    pub rule: u16,
    /// Values for the placeholders of the rule's sentence, in order.
    pub args: [u64; 4],
}

impl Note {
    /// The rule with these values; the rest are zero.
    pub fn new<const N: usize>(rule: u16, values: [u64; N]) -> Self {
        let mut args = [0; 4];
        args[..N].copy_from_slice(&values);
        Self { rule, args }
    }
}

/// A node as a note's argument.
pub fn node(id: NodeId) -> u64 {
    u64::from(id.raw())
}

/// A whole number, perhaps below zero, as a note's argument, for `{int}`.
pub const fn int(number: i64) -> u64 {
    number as u64
}
