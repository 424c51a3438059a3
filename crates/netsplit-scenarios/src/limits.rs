//! How much a document may ask for. Links are hostile input, so everything has a limit.

/// Bytes of a fragment.
pub const FRAGMENT_BYTES: usize = 64 * 1024;
/// Bytes of a document, also once inflated.
pub const DOCUMENT_BYTES: usize = 1024 * 1024;
/// Levels of brackets in a document.
pub const DEPTH: usize = 32;

/// Servers, at least one.
pub const NODES: u64 = 100;
/// Clients.
pub const CLIENTS: usize = 50;
/// Interventions of a script.
pub const INTERVENTIONS: usize = 10_000;
/// Virtual time of a run: two hours, in nanoseconds.
pub const UNTIL: u64 = 7_200_000_000_000;
/// Cut links over all walls of a script together.
pub const CUTS: usize = 500_000;

/// One delay, gap or wait: an hour, in nanoseconds.
pub const DURATION: u64 = 3_600_000_000_000;
/// Whole numbers that JavaScript's numbers hold exactly lie below this.
pub const NUMBER: u64 = 1 << 53;
/// Parts per million.
pub const PPM: u64 = 1_000_000;
/// Parts of a mixture, and points of a measured delay.
pub const DELAY_PARTS: usize = 100;
/// Links with a behaviour of their own.
pub const LINKS: usize = 10_000;
/// Kinds of messages with a delay of their own.
pub const KINDS: usize = 256;
/// Replicas that can be asked to answer an operation.
pub const REPLICAS: u64 = NODES;
/// Exponent of Zipf's law, in thousandths.
pub const EXPONENT: u64 = 10_000;
/// Operations of one client's script.
pub const OPERATIONS: usize = 10_000;
/// Operations of a generated workload.
pub const COUNT: u64 = 1_000_000;
/// Keys of the store.
pub const KEYS: u64 = 1_000;
/// Bytes per second of a link: a terabyte.
pub const BANDWIDTH: u64 = 1_000_000_000_000;
/// Virtual time per real time, in parts per million: a hundred times as fast.
pub const SPEED: u64 = 100 * PPM;

/// Characters of a title or topic.
pub const TITLE: usize = 120;
/// Characters of a summary.
pub const SUMMARY: usize = 600;
/// Characters of any other text: names, expected values.
pub const TEXT: usize = 400;
/// Points of a sketch.
pub const SKETCH_POINTS: usize = 200;
/// How far a sketch may leave the stage, in thousandths of the stage.
pub const SKETCH_REACH: i64 = 100_000;
/// Expectations of a document, nested ones included.
pub const EXPECTATIONS: usize = 200;
