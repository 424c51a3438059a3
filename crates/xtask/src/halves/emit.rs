//! Writes the two modules, section by section.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, FunctionSection, GlobalSection, ImportSection, MemorySection, Module as Written,
    TableSection, TableType, TypeSection,
};
use wasmparser::ExternalKind;

use super::code::Half;
use super::data::Data;
use super::module::{Module, index};
use super::plan::Plan;

/// Where the late half imports from what the first one exports.
const FIRST: &str = "first";
/// The custom sections from which www/boot/late.js makes the stand-ins: the types as a section has them, how
/// many parameters each takes, and for each slot of the table two bytes: 0, or 1 more than the type of what the
/// late half puts there.
const STAND_INS: [&str; 3] = ["types", "parameters", "slots"];

/// The half that arrives first: it owns memory, tables and globals, and exports them and what the late half calls.
pub(crate) fn first(module: &Module<'_>, plan: &Plan, data: &Data) -> Result<Vec<u8>, Error> {
    let order = alike_together(module, &plan.first);
    let imports = plan.first_imports.iter().copied();
    let functions = numbered(imports.chain(order.iter().copied()));
    let mut half = Half { module, plan, functions };
    let mut written = Written::new();
    let types = types(&mut half)?;
    written.section(&types);
    written.section(&browser_imports(module, &plan.first_imports));
    written.section(&signatures(order.iter().map(|function| module.signature(*function))));
    written.section(&tables(&mut half)?);
    let mut memories = MemorySection::new();
    memories.memory(half.memory_type(module.memory)?);
    written.section(&memories);
    let mut globals = GlobalSection::new();
    for global in &module.globals {
        half.parse_global(&mut globals, global.clone())?;
    }
    written.section(&globals);
    written.section(&exports(&mut half)?);
    let is_first = |(_, function): &(&u32, &u32)| !plan.late.contains(function);
    let slots = plan.table.iter().filter(is_first).map(|(slot, function)| (*slot, half.functions[function]));
    written.section(&elements(&slots.collect()));
    let mut code = CodeSection::new();
    for function in &order {
        half.function(&mut code, *function)?;
    }
    written.section(&code);
    written.section(&data_section(&data.first));
    for (name, data) in STAND_INS.into_iter().zip(stand_ins(module, plan, &types)) {
        written.section(&CustomSection { name: name.into(), data: data.into() });
    }
    Ok(written.finish())
}

/// The half that arrives later: it imports what the first one owns, and fills the slots of the table.
pub(crate) fn late(module: &Module<'_>, plan: &Plan, data: &Data) -> Result<Vec<u8>, Error> {
    let shared = alike_together(module, &plan.shared);
    let imports = plan.late_imports.iter().chain(&shared).copied();
    let own = || plan.late.iter().chain(&plan.copied).copied();
    let functions = numbered(imports.chain(own()));
    let first_part = index(functions.len());
    let mut half = Half { module, plan, functions };
    let mut written = Written::new();
    written.section(&types(&mut half)?);
    let mut imports = browser_imports(module, &plan.late_imports);
    import_first_half(&mut imports, &mut half)?;
    written.section(&imports);
    let signatures_of_late = own().map(|function| module.signature(function));
    written.section(&signatures(signatures_of_late.chain(plan.outlined.iter().map(|outlined| outlined.ty))));
    let functions = plan.table.iter().filter(|(_, function)| plan.late.contains(function));
    let functions = functions.map(|(slot, function)| (*slot, half.functions[function]));
    let parts = plan.outlined.iter().zip(first_part..).map(|(outlined, function)| (outlined.slot, function));
    written.section(&elements(&functions.chain(parts).collect()));
    let mut code = CodeSection::new();
    for function in own() {
        half.function(&mut code, function)?;
    }
    for outlined in &plan.outlined {
        half.part(&mut code, outlined)?;
    }
    written.section(&code);
    written.section(&data_section(&data.late));
    Ok(written.finish())
}

/// The short name of each import, by its own.
pub(crate) fn short_imports(module: &Module<'_>) -> BTreeMap<String, String> {
    module.imports.iter().enumerate().map(|(place, import)| (import.name.to_owned(), short(place))).collect()
}

/// The short names of the exports that go by the name of a Rust function: what closures are called through.
pub(crate) fn short_exports(module: &Module<'_>) -> BTreeMap<String, String> {
    let names = module.exports.iter().map(|export| export.name).filter(|name| name.starts_with("_R"));
    names.enumerate().map(|(place, name)| (name.to_owned(), format!("closure{place}"))).collect()
}

/// `a` to `z`, then `ba`: the shortest names there are.
fn short(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return letters.into_iter().rev().collect();
        }
    }
}

fn numbered(functions: impl Iterator<Item = u32>) -> BTreeMap<u32, u32> {
    functions.zip(0..).collect()
}

/// In an order that compresses a little better than that of the module: by signature, then by length.
fn alike_together(module: &Module<'_>, functions: &BTreeSet<u32>) -> Vec<u32> {
    let mut order: Vec<u32> = functions.iter().copied().collect();
    order.sort_by_key(|function| (module.signature(*function), module.body(*function).operators.len()));
    order
}

fn types(half: &mut Half<'_, '_>) -> Result<TypeSection, Error> {
    let mut section = TypeSection::new();
    for ty in &half.plan.types {
        let ty = half.func_type(ty.clone())?;
        section.ty().func_type(&ty);
    }
    Ok(section)
}

fn browser_imports(module: &Module<'_>, functions: &BTreeSet<u32>) -> ImportSection {
    let mut section = ImportSection::new();
    for &function in functions {
        let from = module.imports[function as usize].module;
        let signature = EntityType::Function(module.signature(function));
        section.import(from, &short(function as usize), signature);
    }
    section
}

fn import_first_half(section: &mut ImportSection, half: &mut Half<'_, '_>) -> Result<(), Error> {
    let (module, plan) = (half.module, half.plan);
    for (place, function) in alike_together(module, &plan.shared).iter().enumerate() {
        section.import(FIRST, &short(place), EntityType::Function(module.signature(*function)));
    }
    for number in 0..module.tables.len() {
        section.import(FIRST, &table_name(number), table_type(half, number)?);
    }
    section.import(FIRST, MEMORY, half.memory_type(module.memory)?);
    for (number, global) in module.globals.iter().enumerate() {
        section.import(FIRST, &global_name(number), half.global_type(global.ty)?);
    }
    Ok(())
}

/// Letters name functions, so these begin with a digit.
const MEMORY: &str = "0m";

fn table_name(number: usize) -> String {
    format!("{number}t")
}

fn global_name(number: usize) -> String {
    format!("{number}g")
}

/// Table 0 is the one that calls go through, with room for every slot.
fn table_type(half: &mut Half<'_, '_>, number: usize) -> Result<TableType, Error> {
    let mut ty = half.table_type(half.module.tables[number].ty)?;
    if number == 0 {
        ty.minimum = half.plan.table_size.into();
        ty.maximum = None;
    }
    Ok(ty)
}

fn tables(half: &mut Half<'_, '_>) -> Result<TableSection, Error> {
    let mut section = TableSection::new();
    for number in 0..half.module.tables.len() {
        section.table(table_type(half, number)?);
    }
    Ok(section)
}

fn signatures(types: impl Iterator<Item = u32>) -> FunctionSection {
    let mut section = FunctionSection::new();
    types.for_each(|ty| {
        section.function(ty);
    });
    section
}

/// What the browser calls, under its name; and all that the late half imports.
fn exports(half: &mut Half<'_, '_>) -> Result<ExportSection, Error> {
    let (module, plan) = (half.module, half.plan);
    let mut section = ExportSection::new();
    let renamed = short_exports(module);
    for export in &module.exports {
        let is_function = export.kind == ExternalKind::Func;
        let place = if is_function { half.functions[&export.index] } else { export.index };
        let name = renamed.get(export.name).map_or(export.name, String::as_str);
        section.export(name, half.export_kind(export.kind)?, place);
    }
    for (place, function) in alike_together(module, &plan.shared).iter().enumerate() {
        section.export(&short(place), ExportKind::Func, half.functions[function]);
    }
    for number in 0..module.tables.len() {
        section.export(&table_name(number), ExportKind::Table, index(number));
    }
    section.export(MEMORY, ExportKind::Memory, 0);
    for number in 0..module.globals.len() {
        section.export(&global_name(number), ExportKind::Global, index(number));
    }
    Ok(section)
}

/// One segment for each run of neighbouring slots.
fn elements(slots: &BTreeMap<u32, u32>) -> ElementSection {
    let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
    for (&slot, &function) in slots {
        match runs.last_mut() {
            Some((start, run)) if *start + index(run.len()) == slot => run.push(function),
            _ => runs.push((slot, vec![function])),
        }
    }
    let mut section = ElementSection::new();
    for (start, run) in runs {
        let start = ConstExpr::i32_const(start.cast_signed());
        section.active(None, &start, Elements::Functions(run.into()));
    }
    section
}

fn data_section(pieces: &BTreeMap<u32, Vec<u8>>) -> DataSection {
    let mut section = DataSection::new();
    for (address, bytes) in pieces {
        section.active(0, &ConstExpr::i32_const(address.cast_signed()), bytes.iter().copied());
    }
    section
}

fn stand_ins(module: &Module<'_>, plan: &Plan, types: &TypeSection) -> [Vec<u8>; 3] {
    let mut section = Written::new();
    section.section(types);
    let parameters = plan.types.iter().map(|ty| u8::try_from(ty.params().len()).expect("few parameters"));
    let mut slots = vec![0_u16; plan.table_size as usize];
    for (slot, ty) in plan.late_slots(module) {
        slots[slot as usize] = u16::try_from(ty + 1).expect("few types");
    }
    let whole = section.finish();
    let types = whole[Written::HEADER.len()..].to_vec();
    [types, parameters.collect(), slots.into_iter().flat_map(u16::to_le_bytes).collect()]
}
