//! Probabilistically bounded staleness (Bailis et al., VLDB 2012): how soon a read sees a write when not all
//! replicas are waited for.
//!
//! One write, W acknowledgements, then, t after the coordinator returned, a read that fans out to all N and
//! takes the first R; no read repair, no hinted handoff, no anti-entropy; a fresh key for each trial.

pub mod legs;
mod order;
pub mod paper;
pub mod sampler;
pub mod seen;
pub mod setting;
mod store;
pub mod trials;
