//! `netsplit pbs` and `netsplit sweep`: many trials and many seeds instead of one run.

use std::fs;

use crate::shell::{file, netsplit};

#[test]
fn both_tables_of_the_paper_are_printed_with_tolerance_and_mark() {
    let called = netsplit(&["pbs", "--trials", "100000"]);
    assert_eq!((called.code, &*called.err), (0, ""), "{called:?}");
    for part in
        ["LNKD-SSD, N = 3, 100,000 trials", "LNKD-DISK", "±8 % ok", "±25 % ok", "paper: 43.9 %", "3 to 13 %"]
    {
        assert!(called.out.contains(part), "{part} in {}", called.out);
    }
    assert!(!called.out.contains("OFF") && !called.out.contains("±4 %"), "t is compared at a million only");
}

#[test]
fn any_store_can_be_typed() {
    let legs = "LNKD-SSD; W = 38% pareto(1.05ms, 1.51) + 62% exp(.183/ms)";
    let words = ["pbs", "--legs", legs, "--trials", "100000", "--t", "0ms,10ms"];
    let called = netsplit(&words);
    assert_eq!(called.code, 0, "{called:?}");
    assert!(called.out.contains("a read 10 ms after a write sees it in 92."), "{}", called.out);
    assert_eq!(netsplit(&words).out, called.out, "the same seed, the same trials, on however many cores");
    let far =
        netsplit(&["pbs", "--legs", "1ms", "-N", "5", "-R", "3", "-W", "3", "--offsets", "0ms,75ms,75ms"]);
    assert!(far.out.contains("replica 2 is 75 ms away") && far.out.contains("in 100.0000 %"), "{}", far.out);
}

#[test]
fn the_protocol_itself_can_be_tried() {
    let called =
        netsplit(&["pbs", "--protocol", "--legs", "LNKD-DISK", "--trials", "20000", "--t", "0ms,10ms"]);
    assert_eq!(called.code, 0, "{called:?}");
    for part in [
        "40,000 trials",
        "a read 0 ms after a write sees it in 4",
        "a read 10 ms after a write sees it in 92.",
    ] {
        assert!(called.out.contains(part), "{part} in {}", called.out);
    }
}

#[test]
fn what_is_no_store_is_refused() {
    for (words, reason) in [
        (&["--legs", "pareto(1ms)"][..], "at character 11: expected , and a second number"),
        (&["--legs", "W = 1ms"], "leg A has no delay"),
        (&["--legs", "1ms", "-N", "11"], "N is the number of replicas: 1 to 10, not 11"),
        (&["--legs", "1ms", "-R", "4"], "R is a number of replicas that answer: 1 to N = 3, not 4"),
        (&["--legs", "1ms", "--offsets", "1ms,2ms,3ms,4ms"], "only N = 3 replicas"),
        (&["-R", "2"], "--legs"),
        (&["--trials", "5"], "100"),
    ] {
        let called = netsplit(&[&["pbs"], words].concat());
        assert!(called.code == 2 && called.err.contains(reason), "{words:?}: {called:?}");
    }
}

fn swept(words: &[&str], name: &str) -> String {
    let path = file(name);
    let path = path.to_str().expect("its path is plain");
    let called = netsplit(&[&["sweep"], words, &["--out", path]].concat());
    assert_eq!((called.code, &*called.err), (0, ""), "{words:?}");
    path.to_owned()
}

#[test]
fn shards_merge_to_the_file_of_one_sweep() {
    for ending in ["csv", "jsonl"] {
        let sweep = ["raft/first-election", "--seeds", "5..40"];
        let whole = swept(&sweep, &format!("whole.{ending}"));
        let shard = |part: &str, name: &str| swept(&[&sweep[..], &["--shard", part]].concat(), name);
        let parts = ["1/3", "0/3", "2/3"].map(|part| shard(part, &format!("part-{}.{ending}", &part[..1])));
        let merged = file(&format!("merged.{ending}"));
        let merged = merged.to_str().expect("its path is plain");
        let called = netsplit(&["sweep", "merge", &parts[0], &parts[1], &parts[2], "--out", merged]);
        assert_eq!(called.code, 0, "{called:?}");
        let read = |path: &str| fs::read_to_string(path).expect("it was written");
        assert!(read(merged) == read(&whole), "the very bytes, as {ending}");
        assert_eq!(read(&whole).lines().count(), if ending == "csv" { 36 } else { 35 });
        let missing = netsplit(&["sweep", "merge", &parts[0], &parts[2]]);
        assert!(missing.code == 2 && missing.err.contains("is a shard missing?"), "{missing:?}");
    }
}

#[test]
fn a_row_has_the_digest_of_its_run() {
    let rows = netsplit(&["sweep", "raft/minority-leader", "--seeds", "3..5"]);
    assert_eq!(rows.code, 0, "{rows:?}");
    for (row, seed) in rows.out.lines().skip(1).zip(["3", "4"]) {
        let digest = netsplit(&["run", "raft/minority-leader", "--seed", seed, "--digest"]).out;
        assert!(row.contains(&format!(",{seed},complete,{},", digest.trim_end())), "{row}: {digest}");
    }
}

#[test]
fn a_violation_under_some_seed_ends_with_one_and_is_named_with_its_link() {
    let path = file("amnesia.csv");
    let words = ["sweep", "raft/amnesia-vote", "--seeds", "0..20", "--out", path.to_str().expect("plain")];
    let called = netsplit(&words);
    assert_eq!(called.code, 1, "{called:?}");
    let link = called.out.split('\'').find(|part| part.starts_with("#scenario=raft/amnesia-vote@"));
    let link = link.expect("an outlier has a link");
    assert_eq!(netsplit(&["run", link]).code, 1, "{link}");
}

#[test]
fn what_cannot_be_swept_is_refused() {
    for (words, reason) in [
        (&["raft/first-election", "--seeds", "9..3"][..], "1 to 1000000000 seeds, and this range has 0"),
        (&["raft/first-election", "--seeds", "some"], "seeds are a range such as 0..1000"),
        (&["raft/first-election", "--shard", "8/8"], "a shard is a number below"),
        (&["raft/first-election", "--judge", "nice"], "histories are judged by linearizable"),
        (&["raft/first-election", "--out", "rows.xls"], "ends with .csv or .jsonl"),
        (&["raft/no-such-thing"], "there is no file raft/no-such-thing"),
        (&[], "<WHAT>"),
        (&["merge", "/no/such/part.csv"], "/no/such/part.csv"),
    ] {
        let called = netsplit(&[&["sweep"], words].concat());
        assert!(called.code == 2 && called.err.contains(reason), "{words:?}: {called:?}");
    }
}
