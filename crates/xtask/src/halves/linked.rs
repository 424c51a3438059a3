//! What the linker says of the data: where each object lies, and which objects and which code refer to it.
//!
//! `--emit-relocs` makes it say so. Later tools move code but no data, so its addresses stay true.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};
use wasmparser::{
    CustomSectionReader, Data as DataSegment, DataKind, KnownCustom, Linking, LinkingSectionReader, Operator,
    Parser, Payload, RelocationEntry, RelocationType, SymbolInfo,
};

use super::data::Data;
use super::numbers::Numbers;

/// The only segment that nobody writes to. The others stay in the first half.
const CONSTANT: &str = ".rodata";

/// What stands for "no char" in most code that looks at chars. It lies among the addresses of constants, and is
/// one only if the linker formed it.
const NO_CHAR: u32 = char::MAX as u32 + 1;

/// The objects in memory, with what is wanted of them.
#[derive(Default)]
pub(crate) struct Objects {
    segments: Vec<Segment>,
    /// By address. Some overlap, because the linker merges the ends of equal texts.
    objects: Vec<Object>,
    /// The objects from which the linker formed each address, most of which lie in the object.
    formed: BTreeMap<u32, BTreeSet<usize>>,
    /// The addresses that are formed in code.
    in_code: BTreeSet<u32>,
    longest: u32,
}

/// A run of memory with its first content.
pub(crate) struct Segment {
    pub(crate) address: u32,
    pub(crate) bytes: Vec<u8>,
    pub(crate) is_constant: bool,
    /// Where its bytes are in the data section.
    pub(crate) offset: u64,
}

/// A constant or variable.
pub(crate) struct Object {
    pub(crate) range: Range<u32>,
    pub(crate) is_wanted: bool,
    /// The objects that it points to.
    pub(crate) refers: Vec<usize>,
}

/// The sections as they are read.
#[derive(Default)]
struct Sections<'a> {
    segments: Vec<Segment>,
    names: Vec<&'a str>,
    symbols: Vec<SymbolInfo<'a>>,
    in_code: Vec<RelocationEntry>,
    in_data: Vec<RelocationEntry>,
}

impl Objects {
    pub(crate) fn read(linked: &[u8]) -> Result<Self> {
        let mut sections = Sections::default();
        for payload in Parser::new(0).parse_all(linked) {
            match payload? {
                Payload::DataSection(section) => {
                    let start = section.range().start;
                    for segment in section {
                        sections.segments.push(read_segment(&segment?, start)?);
                    }
                }
                Payload::CustomSection(section) => sections.read(&section)?,
                _ => {}
            }
        }
        ensure!(
            !sections.symbols.is_empty(),
            "the linker left no symbols; `cargo xtask build --release` tells it to"
        );
        Self::of(sections)
    }

    fn of(sections: Sections<'_>) -> Result<Self> {
        let mut all = Self { segments: sections.segments, ..Self::default() };
        for (segment, name) in all.segments.iter_mut().zip(sections.names) {
            segment.is_constant = name == CONSTANT;
        }
        let ranges: Vec<Option<Range<u32>>> =
            sections.symbols.iter().map(|symbol| all.range_of(symbol)).collect();
        let known: BTreeSet<(u32, u32)> =
            ranges.iter().flatten().map(|range| (range.start, range.end)).collect();
        all.longest = known.iter().map(|(start, end)| end - start).max().unwrap_or_default();
        let object = |(start, end)| Object { range: start..end, is_wanted: false, refers: Vec::new() };
        all.objects = known.into_iter().map(object).collect();
        for entry in &sections.in_code {
            if let Some((address, _)) = all.note(entry, &ranges)? {
                all.in_code.insert(address);
            }
        }
        for entry in &sections.in_data {
            if let Some((address, target)) = all.note(entry, &ranges)? {
                all.refer(entry, address, target)?;
            }
        }
        Ok(all)
    }

    /// Where a symbol's object lies, if the symbol is data.
    fn range_of(&self, symbol: &SymbolInfo<'_>) -> Option<Range<u32>> {
        let SymbolInfo::Data { symbol: Some(place), .. } = symbol else { return None };
        let start = self.segments.get(place.index as usize)?.address + place.offset;
        Some(start..start + place.size)
    }

    /// Notes the address that a relocation forms; returns it, and the object that it is formed from.
    fn note(
        &mut self,
        entry: &RelocationEntry,
        ranges: &[Option<Range<u32>>],
    ) -> Result<Option<(u32, usize)>> {
        let is_address = matches!(
            entry.ty,
            RelocationType::MemoryAddrLeb | RelocationType::MemoryAddrSleb | RelocationType::MemoryAddrI32
        );
        let Some(range) = ranges.get(entry.index as usize).and_then(Option::as_ref).filter(|_| is_address)
        else {
            return Ok(None);
        };
        let address =
            u32::try_from(i64::from(range.start) + entry.addend).context("an address below zero")?;
        let place = self
            .objects
            .binary_search_by_key(&(range.start, range.end), |object| (object.range.start, object.range.end));
        let object = place.ok().context("a symbol without object")?;
        self.formed.entry(address).or_default().insert(object);
        Ok(Some((address, object)))
    }

    /// Notes that the object in which a relocation stands points to another, at this address.
    fn refer(&mut self, entry: &RelocationEntry, address: u32, target: usize) -> Result<()> {
        let offset = u64::from(entry.offset);
        let segment = self.segments.iter().rev().find(|segment| segment.offset <= offset);
        let segment = segment.context("a relocation stands before the data")?;
        let place = usize::try_from(offset - segment.offset)?;
        let pointer = segment.bytes.get(place..place + size_of::<u32>());
        ensure!(
            pointer == Some(&address.to_le_bytes()),
            "the data do not hold the address that the linker says it wrote there"
        );
        let place = segment.address + u32::try_from(place)?;
        for holder in self.around(place) {
            if self.objects[holder].range.contains(&place) {
                self.objects[holder].refers.push(target);
            }
        }
        Ok(())
    }

    /// The objects that may contain an address, or end at it.
    fn around(&self, address: u32) -> Range<usize> {
        let from = self.objects.partition_point(|object| object.range.start + self.longest < address);
        from..self.objects.partition_point(|object| object.range.start <= address)
    }

    /// Wants all that the code of the first half needs.
    pub(crate) fn want_for(&mut self, numbers: &Numbers) {
        for &number in &numbers.first {
            self.want(number);
        }
        // An address that no code shows any longer may have been formed anew, in a way that this cannot see.
        let is_hidden = |address: &&u32| !numbers.first.contains(address) && !numbers.late.contains(address);
        let hidden: Vec<u32> = self.in_code.iter().filter(is_hidden).copied().collect();
        for address in hidden {
            self.want(address);
        }
    }

    /// Wants whatever this number may be the address of, and all that can be reached from there. An address
    /// that the linker did not form was computed by a later tool; it may also be that of an object's end.
    fn want(&mut self, number: u32) {
        let formed = self.formed.get(&number);
        if formed.is_none() && number == NO_CHAR {
            return;
        }
        let may_be_meant = |place: &usize| {
            let range = &self.objects[*place].range;
            range.contains(&number) || (formed.is_none() && range.end == number)
        };
        let mut wanted: Vec<usize> = self.around(number).filter(may_be_meant).collect();
        wanted.extend(formed.into_iter().flatten());
        while let Some(place) = wanted.pop() {
            let object = &mut self.objects[place];
            if !object.is_wanted {
                object.is_wanted = true;
                wanted.extend(&object.refers);
            }
        }
    }

    /// The data of each half, once all that the first one wants is known.
    pub(crate) fn data(&self) -> Data {
        Data::of(&self.segments, &self.objects)
    }
}

impl<'a> Sections<'a> {
    fn read(&mut self, section: &CustomSectionReader<'a>) -> Result<()> {
        match section.as_known() {
            KnownCustom::Linking(linking) => self.read_linking(&linking)?,
            KnownCustom::Reloc(relocations) => {
                let entries = relocations.entries().into_iter().collect::<Result<Vec<_>, _>>()?;
                if section.name() == "reloc.DATA" { &mut self.in_data } else { &mut self.in_code }
                    .extend(entries);
            }
            _ => {}
        }
        Ok(())
    }

    fn read_linking(&mut self, linking: &LinkingSectionReader<'a>) -> Result<()> {
        for subsection in linking.subsections() {
            match subsection? {
                Linking::SymbolTable(symbols) => {
                    for symbol in symbols {
                        self.symbols.push(symbol?);
                    }
                }
                Linking::SegmentInfo(segments) => {
                    for segment in segments {
                        self.names.push(segment?.name);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn read_segment(segment: &DataSegment<'_>, section: u64) -> Result<Segment> {
    let DataKind::Active { offset_expr, .. } = &segment.kind else {
        bail!("a data segment has no place in memory");
    };
    let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
        bail!("a data segment has no constant place in memory");
    };
    let offset = segment.range.end - segment.data.len() as u64 - section;
    Ok(Segment { address: value.cast_unsigned(), bytes: segment.data.to_vec(), is_constant: false, offset })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::ops::Range;

    use super::{NO_CHAR, Object, Objects};
    use crate::halves::numbers::Numbers;

    /// Two neighbours, of which the second points to a third.
    fn objects() -> Objects {
        let object = |range: Range<u32>, refers| Object { range, is_wanted: false, refers };
        Objects {
            objects: vec![object(100..110, vec![]), object(110..120, vec![2]), object(200..210, vec![])],
            formed: [(100, [0].into()), (110, [1].into()), (90, [1].into())].into(),
            in_code: [90, 100].into(),
            longest: 10,
            ..Objects::default()
        }
    }

    fn wanted(numbers: &[u32]) -> Vec<usize> {
        let mut objects = objects();
        for number in numbers {
            objects.want(*number);
        }
        (0..objects.objects.len()).filter(|place| objects.objects[*place].is_wanted).collect()
    }

    #[test]
    fn an_address_wants_its_object_and_what_that_points_to() {
        assert_eq!(wanted(&[115]), [1, 2]);
        assert_eq!(wanted(&[109]), [0]);
    }

    #[test]
    fn an_end_is_also_a_beginning_unless_the_linker_says_which() {
        assert_eq!(wanted(&[110]), [1, 2]);
        assert_eq!(wanted(&[210]), [2]);
    }

    #[test]
    fn an_address_outside_of_its_object_still_wants_it() {
        assert_eq!(wanted(&[90]), [1, 2]);
    }

    #[test]
    fn the_number_of_no_char_wants_what_lies_there_only_if_the_linker_formed_it() {
        let mut objects = objects();
        objects.objects.push(Object {
            range: NO_CHAR - 4..NO_CHAR + 4,
            is_wanted: false,
            refers: Vec::new(),
        });
        objects.want(NO_CHAR);
        assert!(!objects.objects[3].is_wanted);
        objects.formed.insert(NO_CHAR, [3].into());
        objects.want(NO_CHAR);
        assert!(objects.objects[3].is_wanted);
    }

    #[test]
    fn an_address_that_no_code_shows_any_longer_is_wanted() {
        let mut objects = objects();
        objects.want_for(&Numbers { first: BTreeSet::new(), late: [100].into() });
        assert!(!objects.objects[0].is_wanted, "the late half shows it");
        assert!(objects.objects[1].is_wanted, "it was formed from 90");
    }
}
