//! Which bytes of memory each half brings.

use std::collections::BTreeMap;
use std::ops::Range;

use super::linked::{Object, Segment};

/// Bytes that lie closer together than this go into one piece: the beginning of a piece costs as much.
const GAP: usize = 8;

/// The pieces of each half, by address.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Data {
    pub(crate) first: BTreeMap<u32, Vec<u8>>,
    pub(crate) late: BTreeMap<u32, Vec<u8>>,
}

impl Data {
    /// The late half brings the constants that nobody in the first one wants. What belongs to no object is
    /// padding.
    pub(crate) fn of(segments: &[Segment], objects: &[Object]) -> Self {
        let mut data = Self::default();
        for segment in segments {
            let mut is_first = vec![!segment.is_constant; segment.bytes.len()];
            let mut is_object = is_first.clone();
            for object in objects {
                if let Some(place) = place_in(segment, &object.range) {
                    is_object[place.clone()].fill(true);
                    if object.is_wanted {
                        is_first[place].fill(true);
                    }
                }
            }
            let is_late: Vec<bool> =
                is_object.iter().zip(&is_first).map(|(object, first)| object & !first).collect();
            data.first.extend(pieces(segment, &is_first));
            data.late.extend(pieces(segment, &is_late));
        }
        data
    }
}

fn place_in(segment: &Segment, object: &Range<u32>) -> Option<Range<usize>> {
    let start = object.start.checked_sub(segment.address)? as usize;
    let place = start..start + object.len();
    (place.end <= segment.bytes.len()).then_some(place)
}

/// The bytes to be brought, without the zeros that memory begins with. What lies between two that are joined
/// is brought as well, with the content that it has anyway.
fn pieces(segment: &Segment, is_brought: &[bool]) -> BTreeMap<u32, Vec<u8>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for place in (0..is_brought.len()).filter(|place| is_brought[*place] && segment.bytes[*place] != 0) {
        match runs.last_mut() {
            Some(run) if place < run.end + GAP => run.end = place + 1,
            _ => runs.push(place..place + 1),
        }
    }
    let address =
        |run: &Range<usize>| segment.address + u32::try_from(run.start).expect("memory has 32-bit addresses");
    runs.into_iter().map(|run| (address(&run), segment.bytes[run].to_vec())).collect()
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::Data;
    use crate::halves::linked::{Object, Segment};

    fn segment(bytes: &[u8], is_constant: bool) -> Segment {
        Segment { address: 1000, bytes: bytes.to_vec(), is_constant, offset: 0 }
    }

    fn object(range: Range<u32>, is_wanted: bool) -> Object {
        Object { range, is_wanted, refers: Vec::new() }
    }

    #[test]
    fn what_nobody_wants_is_late() {
        let objects = [object(1000..1010, true), object(1010..1020, false)];
        let data = Data::of(&[segment(&[7; 20], true)], &objects);
        assert_eq!(data.first, [(1000, vec![7; 10])].into());
        assert_eq!(data.late, [(1010, vec![7; 10])].into());
    }

    #[test]
    fn what_both_contain_is_first() {
        let objects = [object(1000..1010, false), object(1004..1006, true)];
        let data = Data::of(&[segment(&[7; 10], true)], &objects);
        assert_eq!(data.first, [(1004, vec![7; 2])].into());
    }

    #[test]
    fn variables_are_first() {
        let data = Data::of(&[segment(&[7; 10], false)], &[object(1000..1010, false)]);
        assert_eq!(data.first, [(1000, vec![7; 10])].into());
        assert!(data.late.is_empty());
    }

    #[test]
    fn zeros_are_not_brought_unless_they_lie_between() {
        let mut bytes = [0; 40];
        (bytes[3], bytes[6], bytes[30]) = (1, 2, 3);
        let data = Data::of(&[segment(&bytes, true)], &[object(1000..1040, true)]);
        assert_eq!(data.first, [(1003, vec![1, 0, 0, 2]), (1030, vec![3])].into());
    }

    #[test]
    fn a_late_piece_never_changes_what_is_there() {
        let objects = [object(1000..1001, false), object(1001..1002, true), object(1002..1003, false)];
        let data = Data::of(&[segment(&[4, 5, 6], true)], &objects);
        assert_eq!(data.late, [(1000, vec![4, 5, 6])].into());
    }
}
