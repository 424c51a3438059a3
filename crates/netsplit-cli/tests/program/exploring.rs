//! `netsplit pbs`: many trials instead of one run.

use crate::shell::netsplit;

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
