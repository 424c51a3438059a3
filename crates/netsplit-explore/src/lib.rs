//! Many runs: sweeps over seeds, and what their outcomes have in common.

#![warn(missing_docs)]
