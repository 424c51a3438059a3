//! Sequential and causal consistency and the session guarantees: the histories that tell them apart, and
//! comparisons with enumerators that know nothing but the definitions.

mod brute;
mod causal;
mod notation;
mod random;
mod sequential;
mod servers;
mod sessions;
