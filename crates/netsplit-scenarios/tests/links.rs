//! What is shared opens again, and what is no link is refused by a sentence.

mod common;

use netsplit_scenarios::error::{LinkError, OpenError};
use netsplit_scenarios::fingerprint::Fingerprint;
use netsplit_scenarios::fragment::{Fragment, Source, parse_fragment};
use netsplit_scenarios::gallery::{self, gallery};
use netsplit_scenarios::lesson::content::LessonPlace;
use netsplit_scenarios::limits;
use netsplit_scenarios::link::{Badge, Opened, Position, load, load_text, share, share_pair};
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::encode::Digest;
use netsplit_sim::id::Step;
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

fn opened(fragment: &str) -> Result<Opened, LinkError> {
    load(&parse_fragment(fragment)?)
}

fn refused(fragment: &str) -> String {
    opened(fragment).err().map(|error| error.to_string()).unwrap_or_else(|| panic!("{fragment} was opened"))
}

fn link_to(record: &RunRecord) -> String {
    share(record, &Position::default(), &[]).to_string()
}

/// A payload with a fitting checksum around anything.
fn sealed(codec: &str, bytes: &[u8]) -> String {
    let payload = data_encoding::BASE64URL_NOPAD.encode(bytes);
    format!("#s={codec}.{payload}.{:08x}", crc32fast::hash(payload.as_bytes()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_shared_record_opens_as_it_was(record in common::record()) {
        let link = link_to(&record);
        prop_assert_eq!(opened(&link).map(|opened| opened.record), Ok(record));
    }

    #[test]
    fn a_link_is_read_as_it_was_written(
        seed in proptest::option::of(0..=u64::MAX),
        t in proptest::option::of(0..=u64::MAX),
        step in proptest::option::of(0..=u64::MAX),
        digest in 0..=u64::MAX,
        name in "[a-z]{1,9}/[a-z-]{1,20}",
        address in "https://[a-z]{1,9}\\.org/[a-z&=#%@ ]{0,20}",
    ) {
        let h = step.map(|_| Fingerprint { digest: Digest(digest), checkpoints: [7; 8] });
        let unknown = vec![("utm".to_owned(), Some("x%20y".to_owned())), ("top".to_owned(), None)];
        let second = Source::Gallery { path: name.clone(), revision: None };
        for source in [
            Source::Gallery { path: name.clone(), revision: Some(3) },
            Source::Payload("z1.abc.00000000".to_owned()),
            Source::Address(address.clone()),
        ] {
            for versus in [None, Some(Source::Payload("z1.a-b_.00000000".to_owned())), Some(second.clone())] {
                let source = source.clone();
                let lesson = Some(LessonPlace { name: "first-cut".to_owned(), step: Some(2) });
                let (goal, student) = (Some("two-leaders".to_owned()), Some("ada".to_owned()));
                let unknown = unknown.clone();
                let fragment = Fragment { source, seed, t, step, h, versus, lesson, goal, student, unknown };
                prop_assert_eq!(parse_fragment(&fragment.to_string()), Ok(fragment));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_shared_pair_opens_as_it_was(record in common::record(), versus in common::record()) {
        let link = share_pair(&record, &versus, &Position::default(), &[]).to_string();
        let pair = opened(&link).map(|opened| (opened.record, opened.versus));
        prop_assert_eq!(pair, Ok((record, Some(versus))));
    }
}

#[test]
fn the_second_of_a_pair_is_shared_by_name_only_with_its_own_seed() {
    let first = gallery::find("raft/playground").expect("the page's first").record().expect("it opens");
    let mut second = gallery::find("raft/leader-crash").expect("it is there").record().expect("it opens");
    let pair = |second: &RunRecord| share_pair(&first, second, &Position::default(), &[]).to_string();
    assert_eq!(pair(&second), "#scenario=raft/playground@1&vs=raft/leader-crash@1");
    second.set_seed(4_242);
    assert!(pair(&second).starts_with("#scenario=raft/playground@1&vs=z1."), "{}", pair(&second));
    let seed = opened(&format!("{}&seed=9", pair(&second))).expect("it opens");
    assert_eq!((seed.record.scenario.seed, seed.versus.map(|record| record.scenario.seed)), (9, Some(4_242)));
}

#[test]
fn a_bad_second_run_is_refused_by_a_sentence() {
    let refuses = |vs: &str, part: &str| {
        let sentence = refused(&format!("#scenario=raft/playground&vs={vs}"));
        assert!(sentence.contains(part), "{vs}: {sentence}");
    };
    refuses("raft/no-such-thing", "no-such-thing");
    refuses("raft/playground@x", "a whole number");
    refuses("z1.cut", "cut short");
    refuses("", "cut short");
    refuses("z9.AAAA.00000000", "newer");
    refuses("raft/playground&vs=raft/playground", "vs in this link must be there once");
    assert!(refused("#vs=raft/playground").contains("vs"), "a second run needs a first");
}

#[test]
fn a_gallery_item_is_shared_by_name_also_with_another_seed() {
    let item = gallery::find("raft/playground").expect("the page's first");
    let mut record = item.record().expect("it opens");
    assert_eq!(link_to(&record), "#scenario=raft/playground@1");
    record.set_seed(4_242);
    let position = Position { micros: Some(1_284_000), ..Position::default() };
    let link = share(&record, &position, &[]).to_string();
    assert_eq!(link, "#scenario=raft/playground@1&seed=4242&t=1284000");
    let again = opened(&link).expect("it opens");
    assert_eq!((again.record, again.position), (record, position));
}

#[test]
fn every_gallery_item_opens_by_its_name() {
    for item in gallery() {
        let opened = opened(&format!("#scenario={}@{}", item.path, item.revision)).expect(item.path);
        assert_eq!(opened.item.map(|item| item.path), Some(item.path));
        assert_eq!(opened.badge, None);
    }
}

#[test]
fn an_edited_gallery_item_is_shared_whole_and_fits_a_chat() {
    let mut record = gallery::find("raft/playground").expect("it is there").record().expect("it opens");
    record.scenario.title = "My own".to_owned();
    let link = link_to(&record);
    assert!(link.starts_with("#s=z1.") && link.len() < 2_000, "{} characters: {link}", link.len());
    assert_eq!(opened(&link).expect("it opens").record, record);
}

#[test]
fn the_bare_page_opens_the_first_of_the_gallery() {
    for bare in ["", "#", "#main"] {
        assert_eq!(opened(bare).expect("the first").item.map(|item| item.path), Some(gallery::FIRST));
    }
}

#[test]
fn escaped_links_open_too() {
    let mut record = common::plain();
    record.scenario.title = "Escaped".to_owned();
    let link = link_to(&record);
    let escaped = link.replace('#', "").replace('=', "%3D").replace('.', "%2E").replace('-', "%2D");
    assert_eq!(opened(&escaped).expect("it opens").record, record);
    let value_only = link.replace('.', "%2e");
    assert_eq!(opened(&value_only).expect("it opens").record, record);
    assert!(
        opened("#scenario%3Draft%2Fplayground%401%26t%3D5").expect("it opens").position.micros == Some(5)
    );
}

#[test]
fn unknown_items_are_kept_when_shared_again() {
    let fragment = parse_fragment("#scenario=raft/playground@1&utm_source=blog&note").expect("it reads");
    let opened = load(&fragment).expect("it opens");
    let again = share(&opened.record, &Position::default(), &fragment.unknown).to_string();
    assert_eq!(again, "#scenario=raft/playground@1&utm_source=blog&note");
}

#[test]
fn every_way_to_spoil_a_link_has_its_own_sentence() {
    let mut record = common::plain();
    record.scenario.title = "Fine".to_owned();
    let good = link_to(&record);
    let (cut, no_crc) = (&good[..good.len() - 3], &good[..good.len() - 9]);
    let damaged = good.replacen("1.", "1.A", 1);
    let cases = [
        (cut.to_owned(), "cut short"),
        (no_crc.to_owned(), "cut short"),
        ("#s=".to_owned(), "cut short"),
        (damaged, "checksum"),
        (good.replacen("1.", "2.", 1), "newer version of Netsplit (envelope 2"),
        (sealed("q1", b"{}"), "way unknown here (“q1”)"),
        (sealed("1", b"{}"), "way unknown here (“1”)"),
        ("#s=j1.{}.00000000".to_owned(), "checksum"),
        (format!("#s=j1.{{}}.{:08x}", crc32fast::hash(b"{}")), "not base64url"),
        (sealed("z1", b"not deflated"), "deflated bytes are damaged"),
        (sealed("j1", &[0xff, 0xfe]), "not text"),
        (sealed("j1", b"hello"), "line 1, column 1 is not valid JSON"),
        (sealed("j1", b"{\"schema\":2}"), "schema 2; this one reads up to 1"),
        (sealed("j1", b"{\"protocol\":\"zab\"}"), "no protocol “zab”; it knows raft"),
        (sealed("j1", "[".repeat(33).as_bytes()), "deeper than 32"),
        ("x".repeat(limits::FRAGMENT_BYTES + 1), "longer than 65536 bytes"),
        (
            "#scenario=raft/playgruond".to_owned(),
            "the gallery has no “raft/playgruond”; nearest are raft/playground",
        ),
        ("#scenario=raft/playground@9".to_owned(), "at revision 1, not 9"),
        ("#scenario=raft/playground@x".to_owned(), "revision after @ in this link must be a whole number"),
        ("#scenario=raft/playground&t=soon".to_owned(), "t in this link must be a whole number, not “soon”"),
        ("#scenario=raft/playground&seed=-1".to_owned(), "seed in this link must be a whole number"),
        ("#scenario=raft/playground&step=18446744073709551616".to_owned(), "step in this link must be"),
        ("#scenario=raft/playground&step=1&h=xyz".to_owned(), "h in this link must be 48 hex digits"),
        (
            "#scenario=raft/playground&s=j1.e30.00000000".to_owned(),
            "names two runs: it has both scenario and s",
        ),
        ("#scenaro=raft/playground".to_owned(), "names no run: it has scenaro"),
        (
            "#src=https://example.org/a.json".to_owned(),
            "file at https://example.org/a.json, which has to be fetched",
        ),
    ];
    for (link, part) in cases {
        let sentence = refused(&link);
        assert!(sentence.contains(part), "{:.80}\n says: {sentence}\n not: {part}", link);
    }
}

#[test]
fn a_small_link_that_unpacks_to_a_large_text_is_refused() {
    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![b' '; limits::DOCUMENT_BYTES + 1], 9);
    assert!(bomb.len() < 2_000);
    assert_eq!(opened(&sealed("z1", &bomb)).err(), Some(LinkError::TooLarge(limits::DOCUMENT_BYTES)));
}

#[test]
fn a_fetched_document_opens_where_the_fragment_points() {
    let fragment = parse_fragment("#src=https://example.org/a.json&t=7&seed=3").expect("it reads");
    let opened = load_text(&fragment, "{\"title\": \"From a file\"}").expect("it opens");
    assert_eq!((opened.record.scenario.seed, opened.position.micros), (3, Some(7)));
    let too_large = " ".repeat(limits::DOCUMENT_BYTES + 1);
    let error = load_text(&fragment, &too_large).err();
    assert_eq!(error, Some(LinkError::Document(OpenError::TooLarge(limits::DOCUMENT_BYTES))));
}

#[test]
fn a_run_of_another_behaviour_opens_with_a_badge() {
    let opened = opened(&sealed("j1", b"{\"behaviour\":9}")).expect("it opens");
    let badge = opened.badge.expect("it may differ");
    assert_eq!(badge, Badge { made_with: (1, 9), replayed_with: (1, 1) });
    assert!(badge.sentence().starts_with("May differ"));
}

#[test]
fn a_replay_that_leaves_the_authors_run_says_between_which_steps() {
    let record = gallery::find("raft/playground").expect("it is there").record().expect("it opens");
    let fingerprint = |seed| {
        let mut record = record.clone();
        record.set_seed(seed);
        Fingerprint::take(open(&record).expect("it opens").as_mut(), Step(400)).expect("it has 400 steps")
    };
    let (author, same, other) = (fingerprint(1), fingerprint(1), fingerprint(2));
    assert_eq!(author.departure(&same, Step(400)), None);
    assert_eq!(author.departure(&other, Step(400)).map(|departure| departure.agreed), Some(None));
    let mut late = author;
    late.checkpoints[5] ^= 1;
    let departure = author.departure(&late, Step(400)).expect("they differ");
    assert_eq!((departure.agreed, departure.differs), (Some(Step(200)), Step(250)));
}
