//! Linearizability: against an enumeration of all orders, on histories that are made, and rule by rule.

mod brute;
mod enumerated;
mod generated;
mod rules;
mod slices;
mod small;
mod zones;
