//! Linearizability, against an enumeration of all orders.

mod brute;
mod enumerated;
mod small;
