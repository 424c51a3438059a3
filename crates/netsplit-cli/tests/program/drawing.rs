//! `netsplit picture`: a moment of a run as a standalone SVG.

use std::fs;

use crate::shell::{file, netsplit};

fn drawn(words: &[&str]) -> String {
    let called = netsplit(&[&["picture"], words].concat());
    assert_eq!((called.code, &*called.err), (0, ""), "{words:?}");
    called.out
}

#[test]
fn a_picture_carries_the_digest_that_run_prints_for_its_link() {
    let link = "https://example.org/n/?theme=dark#scenario=raft/minority-leader@1&step=300";
    let picture = drawn(&[link]);
    let digest = netsplit(&["run", link, "--digest"]).out;
    assert!(picture.contains(&format!("digest=\"{}\"", digest.trim())), "{digest}");
    let opens = "link=\"https://example.org/n/#scenario=raft/minority-leader@1&amp;step=300\"";
    assert!(picture.contains(opens), "what is only presentation is left out");
}

#[test]
fn the_moment_is_a_step_a_time_or_the_end() {
    let scenario = "raft/minority-leader";
    assert!(drawn(&[scenario, "--step", "300"]).contains("step=\"300\""));
    assert!(drawn(&[scenario, "--at", "1.5s"]).contains("1.500 s"));
    assert!(drawn(&[scenario]).contains("6.000 s"));
    assert_ne!(drawn(&[scenario, "--step", "300"]), drawn(&[scenario, "--step", "300", "--seed", "3"]));
    let both = netsplit(&["picture", scenario, "--step", "3", "--at", "1s"]);
    assert_eq!(both.code, 2, "{}", both.err);
    let beyond = netsplit(&["picture", scenario, "--step", "99999999"]);
    assert_eq!(beyond.code, 2, "{}", beyond.err);
}

#[test]
fn each_picture_has_a_size_and_a_thumbnail_has_no_words() {
    for what in ["stage", "diagram", "history", "metrics"] {
        let picture = drawn(&["register/ap-lab", "--what", what, "--theme", "print", "--size", "900x500"]);
        assert!(picture.starts_with("<svg ") && picture.contains("width=\"900\""), "{what}");
    }
    let small = drawn(&["register/ap-lab", "--thumbnail"]);
    assert!(small.contains("viewBox=\"0 0 480 270\"") && !small.contains("digest"));
    assert!(!drawn(&["register/ap-lab", "--no-caption"]).contains("digest"));
    let refused = netsplit(&["picture", "register/ap-lab", "--size", "9x9"]);
    assert!(refused.code == 2 && refused.err.contains("such as 960x540"), "{}", refused.err);
}

#[test]
fn a_picture_is_written_to_a_file() {
    let path = file("stage.svg");
    let name = path.to_str().expect("plain");
    assert_eq!(drawn(&["raft/first-election", "--out", name]), "");
    assert_eq!(fs::read_to_string(&path).expect("it was written"), drawn(&["raft/first-election"]));
}
