//! The decoder survives anything: it opens a run or says in one sentence why not.

use netsplit_scenarios::fragment::parse_fragment;
use netsplit_scenarios::gallery::gallery;
use netsplit_scenarios::link::{Position, load, share};
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::RunRecord;

/// Any good generator will do, as long as it is the same every time (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

/// Pieces that a mutation puts into a document.
const PIECES: [&str; 24] = [
    "0",
    "-1",
    "1.5",
    "1e400",
    "9007199254740993",
    "18446744073709551615",
    "null",
    "true",
    "\"\"",
    "\"n1\"",
    "\"n9\"",
    "\"c1\"",
    "[]",
    "{}",
    "[[[[[[",
    "\"\\u0000\"",
    "\"n1>n1\"",
    "\"n1>n2#4\"",
    "{\"constant\":0}",
    "{\"mixture\":[]}",
    "{\"empirical\":[[5,9],[5,9]]}",
    "{\"uniform\":{\"min\":9,\"max\":1}}",
    "\"n1,n2|n3\"",
    "\u{fffd}",
];

/// Replaces, removes, doubles or inserts a stretch of the text, at its punctuation.
fn mutate(text: &str, random: &mut Random) -> String {
    let joints: Vec<usize> =
        text.char_indices().filter(|(_, letter)| "{}[],:\"".contains(*letter)).map(|(at, _)| at).collect();
    if joints.is_empty() {
        return PIECES[random.below(PIECES.len())].to_owned();
    }
    let place = random.below(joints.len());
    let start = joints[place] + 1;
    let end = joints.get(place + 1 + random.below(4)).copied().unwrap_or(text.len()).max(start);
    let piece = random.pick(&PIECES);
    match random.below(4) {
        0 => format!("{}{piece}{}", &text[..start], &text[end..]),
        1 => format!("{}{}", &text[..start], &text[end..]),
        2 => format!("{}{}{}", &text[..end], &text[start..end], &text[end..]),
        _ => format!("{}{piece}{}", &text[..start], &text[start..]),
    }
}

fn random_bytes(random: &mut Random) -> Vec<u8> {
    (0..random.below(200)).map(|_| random.next() as u8).collect()
}

fn sealed(codec: char, bytes: &[u8]) -> String {
    let payload = data_encoding::BASE64URL_NOPAD.encode(bytes);
    format!("s={codec}1.{payload}.{:08x}", crc32fast::hash(payload.as_bytes()))
}

fn spoil_letters(link: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = link.chars().collect();
    for _ in 0..=random.below(3) {
        let at = random.below(letters.len());
        match random.below(3) {
            0 => letters[at] = char::from(32 + random.below(95) as u8),
            1 if letters.len() > 1 => drop(letters.remove(at)),
            _ => letters.truncate(at.max(1)),
        }
    }
    letters.into_iter().collect()
}

/// One hostile link, or a good one with a hostile second run beside it.
fn hostile_pair(documents: &[String], links: &[String], random: &mut Random) -> String {
    let link = hostile(documents, links, random);
    match (random.below(4), link.strip_prefix("s=").or(link.strip_prefix("#s="))) {
        (0, Some(second)) => format!("{}&vs={second}", links[random.below(links.len())]),
        _ => link,
    }
}

/// One hostile link: noise, noise in a fitting envelope, a spoilt link, a spoilt document in a fitting envelope.
fn hostile(documents: &[String], links: &[String], random: &mut Random) -> String {
    match random.below(8) {
        0 => String::from_utf8_lossy(&random_bytes(random)).into_owned(),
        1 => sealed(random.pick(&['j', 'z']), &random_bytes(random)),
        2 | 3 => {
            let link = &links[random.below(links.len())];
            spoil_letters(link, random)
        }
        _ => {
            let mut text = documents[random.below(documents.len())].clone();
            for _ in 0..=random.below(3) {
                text = mutate(&text, random);
            }
            sealed('j', text.as_bytes())
        }
    }
}

/// Opening is not all: what was let in must not stop the kernel either.
fn run_a_little(record: &RunRecord) {
    if let Ok(mut run) = open(record) {
        let _ = run.run_until(run.until(), 100);
    }
}

#[test]
fn a_hundred_thousand_hostile_links_are_opened_or_refused_by_a_sentence() {
    let records: Vec<_> = gallery().iter().map(|item| item.record().expect(item.path)).collect();
    let documents: Vec<_> = records.iter().map(RunRecord::to_json).collect();
    let links: Vec<_> = records
        .into_iter()
        .map(|mut record| {
            record.scenario.title.push('!');
            share(&record, &Position::default(), &[]).to_string()
        })
        .collect();
    let mut random = Random(2_026);
    let mut let_in = 0;
    for _ in 0..100_000 {
        let link = hostile_pair(&documents, &links, &mut random);
        match parse_fragment(&link).and_then(|fragment| load(&fragment)) {
            Ok(opened) => {
                let_in += 1;
                run_a_little(&opened.record);
                opened.versus.iter().for_each(run_a_little);
            }
            Err(error) => {
                let sentence = error.to_string();
                assert!(!sentence.is_empty() && sentence.len() < 2_000, "{sentence}");
                assert!(!sentence.contains(['\n', '\0']), "{sentence}");
            }
        }
    }
    assert!((1_000..99_000).contains(&let_in), "{let_in} let in: the mutations are too weak or too strong");
}
