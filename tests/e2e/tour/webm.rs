//! A WebM file of chunks that are encoded already: the little of Matroska that one track needs.

use std::time::Duration;

/// One encoded picture.
pub struct Chunk {
    /// When it is shown.
    pub at: Duration,
    /// Whether it stands by itself.
    pub is_key: bool,
    /// What the encoder made.
    pub bytes: Vec<u8>,
}

/// How far a picture may lie behind the beginning of its cluster, in milliseconds: the format has 16 bits for it.
const REACH: u64 = 32_000;

/// The file; each cluster begins with a picture that stands by itself.
pub fn written((width, height): (u32, u32), length: Duration, chunks: &[Chunk]) -> Vec<u8> {
    let head = element(
        0x1A45_DFA3,
        &[
            number(0x4286, 1),
            number(0x42F7, 1),
            number(0x42F2, 4),
            number(0x42F3, 8),
            element(0x4282, &[b"webm".to_vec()]),
            number(0x4287, 4),
            number(0x4285, 2),
        ],
    );
    let millis = length.as_secs_f64() * 1_000.0;
    let info = element(
        0x1549_A966,
        &[
            // Times are in milliseconds.
            number(0x002A_D7B1, 1_000_000),
            element(0x4489, &[millis.to_be_bytes().to_vec()]),
            element(0x4D80, &[b"netsplit".to_vec()]),
            element(0x5741, &[b"netsplit".to_vec()]),
        ],
    );
    let video = element(0xE0, &[number(0xB0, width.into()), number(0xBA, height.into())]);
    let track =
        [number(0xD7, 1), number(0x73C5, 1), number(0x83, 1), element(0x86, &[b"V_VP9".to_vec()]), video];
    let tracks = element(0x1654_AE6B, &[element(0xAE, &track)]);
    let clusters = clusters(chunks);
    // Every number takes eight bytes, so the list is as long whatever it says.
    let before = info.len() + tracks.len() + cues(&clusters, 0).len();
    let cues = cues(&clusters, before);
    let mut content = vec![info, tracks, cues];
    content.extend(clusters.into_iter().map(|(_, cluster)| cluster));
    [head, element(0x1853_8067, &content)].concat()
}

/// Where a player that jumps to a time begins; `before` bytes of the segment stand before the first cluster.
fn cues(clusters: &[(u64, Vec<u8>)], before: usize) -> Vec<u8> {
    let starts = clusters.iter().scan(before, |at, (_, cluster)| {
        let start = *at;
        *at += cluster.len();
        Some(start as u64)
    });
    let cue = |(start, (begins, _)): (u64, &(u64, Vec<u8>))| {
        let place = element(0xB7, &[number(0xF7, 1), number(0xF1, start)]);
        element(0xBB, &[number(0xB3, *begins), place])
    };
    element(0x1C53_BB6B, &starts.zip(clusters).map(cue).collect::<Vec<_>>())
}

/// Each with the time at which it begins, in milliseconds.
fn clusters(chunks: &[Chunk]) -> Vec<(u64, Vec<u8>)> {
    let groups = chunks.chunk_by(|_, next| !next.is_key);
    let cluster = |group: &[Chunk]| {
        let begins = millis(group[0].at);
        let mut content = vec![number(0xE7, begins)];
        content.extend(group.iter().map(|chunk| block(chunk, begins)));
        (begins, element(0x1F43_B675, &content))
    };
    groups.map(cluster).collect()
}

fn block(chunk: &Chunk, begins: u64) -> Vec<u8> {
    let behind = millis(chunk.at) - begins;
    assert!(behind < REACH, "a picture that stands by itself comes more often");
    let behind = i16::try_from(behind).expect("it was just compared");
    let flags = if chunk.is_key { 0x80 } else { 0 };
    let head = [&[0x81], &behind.to_be_bytes()[..], &[flags]].concat();
    element(0xA3, &[head, chunk.bytes.clone()])
}

fn millis(at: Duration) -> u64 {
    u64::try_from(at.as_millis()).expect("no film is that long")
}

fn number(id: u32, value: u64) -> Vec<u8> {
    element(id, &[value.to_be_bytes().to_vec()])
}

/// Identifier, size in eight bytes, content.
fn element(id: u32, content: &[Vec<u8>]) -> Vec<u8> {
    let content = content.concat();
    let size = (1_u64 << 56) | content.len() as u64;
    let id: Vec<u8> = id.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    [id, size.to_be_bytes().to_vec(), content].concat()
}
