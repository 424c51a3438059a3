//! A finished module, read into lists by index, with every instruction.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{
    Element, ElementItems, ElementKind, Export, ExternalKind, FromReader, FuncType, Global, Import,
    KnownCustom, MemoryType, Name, NameSectionReader, Operator, Parser, Payload, SectionLimited, Table,
    TypeRef, ValidPayload, Validator,
};

use super::body::Body;

/// What the split needs to know of a module. The indices of functions count the imported ones first, as the
/// format does.
pub(crate) struct Module<'a> {
    pub(crate) types: Vec<FuncType>,
    pub(crate) imports: Vec<Import<'a>>,
    pub(crate) tables: Vec<Table<'a>>,
    pub(crate) memory: MemoryType,
    pub(crate) globals: Vec<Global<'a>>,
    pub(crate) exports: Vec<Export<'a>>,
    /// Which function stands in each slot of table 0.
    pub(crate) slots: BTreeMap<u32, u32>,
    /// Of the functions that are not imported.
    pub(crate) bodies: Vec<Body<'a>>,
    /// The type of each function.
    signatures: Vec<u32>,
    /// The name of each function, without hashes; empty where it has none.
    names: Vec<String>,
}

impl<'a> Module<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self> {
        let mut sections = Sections::default();
        let mut validator = Validator::new();
        for payload in Parser::new(0).parse_all(bytes) {
            let payload = payload?;
            if let ValidPayload::Func(function, body) = validator.payload(&payload)? {
                sections.bodies.push(Body::read(function, &body)?);
            }
            sections.read(payload)?;
        }
        sections.module()
    }

    /// How many functions are imported: the index of the first one that is not.
    pub(crate) fn imported(&self) -> u32 {
        index(self.imports.len())
    }

    pub(crate) fn functions(&self) -> u32 {
        index(self.signatures.len())
    }

    pub(crate) fn body(&self, function: u32) -> &Body<'a> {
        &self.bodies[(function - self.imported()) as usize]
    }

    pub(crate) fn name(&self, function: u32) -> &str {
        &self.names[function as usize]
    }

    pub(crate) fn signature(&self, function: u32) -> u32 {
        self.signatures[function as usize]
    }

    /// The exported functions.
    pub(crate) fn exported(&self) -> impl Iterator<Item = u32> {
        self.exports.iter().filter(|export| export.kind == ExternalKind::Func).map(|export| export.index)
    }

    /// How many slots table 0 has.
    pub(crate) fn table_size(&self) -> u32 {
        let initial = self.tables[0].ty.initial;
        u32::try_from(initial).expect("a validated table has a 32-bit size")
    }
}

/// The sections as they come.
#[derive(Default)]
struct Sections<'a> {
    types: Vec<FuncType>,
    imports: Vec<Import<'a>>,
    signatures: Vec<u32>,
    tables: Vec<Table<'a>>,
    memories: Vec<MemoryType>,
    globals: Vec<Global<'a>>,
    exports: Vec<Export<'a>>,
    slots: BTreeMap<u32, u32>,
    bodies: Vec<Body<'a>>,
    names: BTreeMap<u32, String>,
}

impl<'a> Sections<'a> {
    fn read(&mut self, payload: Payload<'a>) -> Result<()> {
        match payload {
            Payload::TypeSection(types) => {
                self.types = types.into_iter_err_on_gc_types().collect::<Result<_, _>>()?;
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    self.read_import(import?)?;
                }
            }
            Payload::FunctionSection(types) => self.signatures.extend(all(types)?),
            Payload::TableSection(tables) => self.tables = all(tables)?,
            Payload::MemorySection(memories) => self.memories = all(memories)?,
            Payload::GlobalSection(globals) => self.globals = all(globals)?,
            Payload::ExportSection(exports) => self.exports = all(exports)?,
            Payload::ElementSection(elements) => {
                for element in elements {
                    self.read_element(element?)?;
                }
            }
            Payload::StartSection { .. } => bail!("it starts by itself, before its other half can be there"),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    self.read_names(names)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn read_import(&mut self, import: Import<'a>) -> Result<()> {
        let TypeRef::Func(ty) = import.ty else { bail!("it imports {}, which is no function", import.name) };
        self.signatures.push(ty);
        self.imports.push(import);
        Ok(())
    }

    fn read_element(&mut self, element: Element<'a>) -> Result<()> {
        let (
            ElementKind::Active { table_index: None | Some(0), offset_expr },
            ElementItems::Functions(functions),
        ) = (element.kind, element.items)
        else {
            bail!("it fills its table in another way than Rust does");
        };
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
            bail!("it fills its table from a slot that is not constant");
        };
        for (slot, function) in (value.cast_unsigned()..).zip(functions) {
            self.slots.insert(slot, function?);
        }
        Ok(())
    }

    fn read_names(&mut self, subsections: NameSectionReader<'a>) -> Result<()> {
        for subsection in subsections {
            let Name::Function(names) = subsection? else { continue };
            for name in names {
                let name = name?;
                self.names.insert(name.index, format!("{:#}", rustc_demangle::demangle(name.name)));
            }
        }
        Ok(())
    }

    fn module(mut self) -> Result<Module<'a>> {
        let [memory] = self.memories[..] else { bail!("it has {} memories, not one", self.memories.len()) };
        ensure!(!self.tables.is_empty(), "it has no table");
        let names =
            (0..index(self.signatures.len())).map(|place| self.names.remove(&place).unwrap_or_default());
        Ok(Module {
            names: names.collect(),
            types: self.types,
            imports: self.imports,
            tables: self.tables,
            memory,
            globals: self.globals,
            exports: self.exports,
            slots: self.slots,
            bodies: self.bodies,
            signatures: self.signatures,
        })
    }
}

fn all<'a, T: FromReader<'a>>(section: SectionLimited<'a, T>) -> Result<Vec<T>> {
    let items = section.into_iter().collect::<Result<_, _>>().context("a section cannot be read")?;
    Ok(items)
}

/// A place in a list, as the format counts.
pub(crate) fn index(place: usize) -> u32 {
    u32::try_from(place).expect("a module has fewer than four billion of anything")
}
