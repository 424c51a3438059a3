//! Help, completions and the manual page, all made from one description.

use crate::shell::netsplit;

fn printed(words: &[&str]) -> String {
    let called = netsplit(words);
    assert_eq!((called.code, &*called.err), (0, ""), "{words:?}");
    called.out
}

#[test]
fn help_has_examples_and_the_exit_codes() {
    for command in ["run", "replay", "check", "export", "picture", ""] {
        let help = if command.is_empty() { printed(&["--help"]) } else { printed(&[command, "--help"]) };
        assert!(help.contains("Example") && help.contains("Exit codes:"), "{help}");
    }
    let help = printed(&["--help"]);
    for line in
        ["  0  fine", "  1  a property", "  2  bad usage", "  3  the run did not", "  4  a replay differs"]
    {
        assert!(help.contains(line), "{line}");
    }
}

/// Whoever copies an example gets what it promises.
#[test]
fn the_examples_of_the_gallery_work() {
    for help in ["run", "check", "export", "picture"].map(|command| printed(&[command, "--help"])) {
        let names = help.split_whitespace().filter(|word| word.starts_with("raft/"));
        for name in names {
            assert!(printed(&["gallery"]).contains(name), "{name}");
        }
    }
}

#[test]
fn the_gallery_lists_every_scenario_with_its_title() {
    let list = printed(&["gallery"]);
    for item in netsplit_scenarios::gallery::gallery() {
        assert!(
            list.lines().any(|line| line.contains(item.path) && line.contains(item.title)),
            "{}",
            item.path
        );
    }
}

#[test]
fn completions_know_commands_and_options() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = printed(&["completions", shell]);
        for word in ["replay", "gallery", "mermaid", "shiviz", "check", "export", "consistency"] {
            assert!(script.contains(word), "{word} for {shell}");
        }
    }
}

#[test]
fn completions_know_what_can_be_claimed_and_exported() {
    for shell in ["bash", "zsh", "fish"] {
        let script = printed(&["completions", shell]);
        for word in ["monotonic-reads", "cas-register", "porcupine"] {
            assert!(script.contains(word), "{word} for {shell}");
        }
    }
}

#[test]
fn the_manual_page_is_one_and_has_the_exit_codes() {
    let page = printed(&["man"]);
    assert!(page.contains(".TH netsplit 1") && page.contains("Exit codes"), "{page}");
    assert!(printed(&["man", "run"]).contains("mermaid"));
    assert!(printed(&["man", "check"]).contains("consistency"));
    let called = netsplit(&["man", "paint"]);
    assert!(called.code == 2 && called.err.contains("there are run, replay"), "{called:?}");
}
