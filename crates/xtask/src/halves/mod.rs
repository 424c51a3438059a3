//! Splits the finished module in two: what runs until the first movement of the page, and everything else.
//!
//! Both halves share one memory, one table and the globals, which the first half owns. Where the first half
//! calls a function of the late one, it calls through a slot of the table. Until the late half is there, each
//! such slot holds a stand-in that www/boot/late.js makes: it fetches the late half at once, and goes on in it.
//! So the split changes when code arrives and never what it does; a wrong profile only costs time.
//!
//! Finer than functions, because a function that runs usually leaves most of itself unused: the parts of it
//! that did not run become functions of the late half, which take the locals they read and give back those
//! they write. Data follows the code that names it, as far as the linker's relocations prove it.

mod body;
mod code;
mod data;
mod emit;
mod linked;
mod liveness;
mod module;
mod numbers;
mod part;
mod plan;
mod points;
mod profile;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::RawSection;
use wasm_encoder::reencode;
use wasmparser::{Parser, Payload, Validator};

use linked::Objects;
use module::Module;
use plan::Plan;

pub(crate) use points::instrumented;
pub(crate) use profile::Profile;

/// What a split needs: the names of functions, by which the profile knows them, and which features the code uses.
pub(crate) const NEEDED: [&str; 2] = ["name", "target_features"];

/// The two modules, and what the script that joins them to the browser must call things now.
pub(crate) struct Halves {
    pub(crate) first: Vec<u8>,
    pub(crate) late: Vec<u8>,
    pub(crate) renamed: Renamed,
}

/// The new, short name of each import, and of those exports whose names are long, by their old names.
pub(crate) struct Renamed {
    pub(crate) imports: BTreeMap<String, String>,
    pub(crate) exports: BTreeMap<String, String>,
}

/// Splits `module`, which still has its names. `linked` is the same program as the linker left it, at the
/// same addresses.
pub(crate) fn split(module: &[u8], linked: &[u8], profile: &Profile) -> Result<Halves> {
    let module = Module::read(module).context("could not read the module")?;
    let mut objects = Objects::read(linked).context("could not read what the linker says")?;
    let plan = Plan::new(&module, profile);
    objects.want_for(&plan.numbers(&module));
    let data = objects.data();
    let first = write(emit::first(&module, &plan, &data)).context("the first half")?;
    let late = write(emit::late(&module, &plan, &data)).context("the late half")?;
    let renamed = Renamed { imports: emit::short_imports(&module), exports: emit::short_exports(&module) };
    Ok(Halves { first, late, renamed })
}

/// The module without what no browser reads, but for the `kept`; what the linker leaves would make wasm-opt believe
/// that it is not linked.
pub(crate) fn without_custom_sections(module: &[u8], kept: &[&str]) -> Result<Vec<u8>> {
    let mut written = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.context("could not read the module")?;
        let is_kept = !matches!(&payload, Payload::CustomSection(section) if !kept.contains(&section.name()));
        if let Some((id, range)) = payload.as_section().filter(|_| is_kept) {
            let data = &module[usize::try_from(range.start)?..usize::try_from(range.end)?];
            written.section(&RawSection { id, data });
        }
    }
    Ok(written.finish())
}

/// Both halves are validated, so that a mistake of the split shows here and not in a browser.
fn write(written: Result<Vec<u8>, reencode::Error>) -> Result<Vec<u8>> {
    let bytes = written.map_err(|error| anyhow!("could not be written: {error}"))?;
    Validator::new().validate_all(&bytes).context("is not valid")?;
    Ok(bytes)
}
