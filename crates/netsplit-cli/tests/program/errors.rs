//! What means nothing is refused with a sentence, and with two.

use crate::shell::{file_with, netsplit, netsplit_reading};

fn refused(words: &[&str]) -> String {
    let called = netsplit(words);
    assert_eq!((called.code, &*called.out), (2, ""), "{words:?}: {called:?}");
    called.err
}

#[test]
fn an_unknown_name_is_refused_with_the_nearest() {
    let told = refused(&["run", "raft/minorty-leader"]);
    assert!(told.contains("there is no file raft/minorty-leader"), "{told}");
    assert!(told.contains("nearest are raft/minority-leader"), "{told}");
    assert!(refused(&["run", "raft/first-election@99"]).contains("revision"));
    assert!(refused(&["run", "raft/first-election@x"]).contains("whole number"));
}

#[test]
fn a_bad_link_is_refused_with_its_reason() {
    for (link, reason) in [
        ("#s=z1.abc", "cut short"),
        ("#s=z1.abc.00000000", "damaged"),
        ("#scenario=raft/playground&seed=x", "seed in this link must be a whole number"),
        ("#s=j1.a.b&scenario=raft/playground", "names two runs"),
        ("https://example.org/#src=https://example.org/a.json", "has to be fetched first"),
        ("#scenario=raft/first-election&step=99999999", "step 99999999 does not exist"),
    ] {
        let told = refused(&["run", link]);
        assert!(told.contains(reason), "{link}: {told}");
    }
}

#[test]
fn a_bad_document_is_refused_with_its_field() {
    let path = file_with("bad.json", "{\"schema\":1,\"nodes\":500}");
    let told = refused(&["run", &path]);
    assert!(told.contains("bad.json") && told.contains("nodes"), "{told}");
    assert_eq!(netsplit_reading(&["run", "-"], "no JSON").code, 2);
    let huge = "x".repeat(2 * 1024 * 1024);
    assert!(refused(&["run", &file_with("huge.json", &huge)]).contains("larger than"));
}

#[test]
fn bad_options_are_refused() {
    assert!(refused(&["run", "raft/playground", "--until", "5"]).contains("a number with a unit"));
    assert!(refused(&["run", "raft/playground", "--until", "3h"]).contains("at most 2h"));
    assert!(
        refused(&["run", "raft/playground", "--sed", "5"]).contains("--seed"),
        "the nearest option is named"
    );
    assert!(refused(&["rum"]).contains("run"));
    assert!(refused(&[]).contains("Usage"));
    assert!(
        refused(&["run", "raft/first-election", "--trace", "/no/such/folder/x"])
            .contains("/no/such/folder/x")
    );
}

#[test]
fn a_livelock_ends_with_three() {
    let called = netsplit(&["run", &file_with("livelock.json", &livelock())]);
    assert_eq!(called.code, 3, "{called:?}");
    assert!(called.err.contains("livelock"), "{}", called.err);
}

/// Two clients that want more at one instant than a run may hold.
fn livelock() -> String {
    let request = serde_json::json!({ "at": 1_000_000_000_u64, "op": { "read": { "key": 0 } } });
    let client = serde_json::json!({ "workload": { "script": vec![request; 6_000] } });
    serde_json::json!({ "schema": 1, "clients": [client, client] }).to_string()
}
