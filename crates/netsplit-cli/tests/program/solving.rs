//! `netsplit check-solution`: links that meet goals of lessons, and links that do not count.

use netsplit_scenarios::lesson::student::Student;
use netsplit_scenarios::lesson::{content::Lesson, find};
use netsplit_scenarios::link::{Position, share};
use netsplit_scenarios::run_record::RunRecord;

use crate::shell::{Called, file_with, netsplit};

fn lesson() -> Lesson {
    find("first-cut").and_then(netsplit_scenarios::lesson::LessonItem::lesson).expect("it is there")
}

/// The link of the sample solution of a goal, changed.
fn link(goal: &str, change: impl Fn(&mut RunRecord)) -> String {
    let lesson = lesson();
    let (step, goal) = lesson.goal(goal).expect("it has this goal");
    let mut record = lesson.solved(step, goal, None).expect("it has a solution").expect("it opens");
    change(&mut record);
    let mut fragment = share(&record, &Position::default(), &[]);
    fragment.lesson = netsplit_scenarios::lesson::content::LessonPlace::parse("first-cut/3");
    fragment.goal = Some(goal.name.clone());
    format!("https://example.org/netsplit/{fragment}")
}

fn check(words: &[&str]) -> Called {
    netsplit(&[&["check-solution"], words].concat())
}

#[test]
fn a_solution_is_met_and_says_when() {
    let called = check(&[&link("two-leaders", |_| {})]);
    assert_eq!((called.code, &*called.err), (0, ""), "{called:?}");
    assert!(called.out.starts_with("✓ first-cut/two-leaders: met at 1."), "{}", called.out);
    assert!(called.out.contains(", 1 intervention, digest "), "{}", called.out);
}

#[test]
fn a_run_with_another_seed_does_not_count_and_names_the_difference() {
    let called = check(&[&link("two-leaders", |record| record.scenario.seed = 99)]);
    assert_eq!(called.code, 3, "{called:?}");
    let words = "✗ first-cut/two-leaders: does not count: its seed is 99, and has to be 11\n";
    assert_eq!(called.out, words);
}

#[test]
fn the_untouched_run_meets_nothing() {
    let called = check(&["--lesson", "first-cut", "#scenario=raft/playground@1"]);
    assert_eq!(called.code, 3, "{called:?}");
    assert_eq!(called.out, "✗ first-cut/two-leaders: not met\n✗ first-cut/overwritten: not met\n");
}

#[test]
fn what_means_nothing_is_bad_usage() {
    for (words, complaint) in [
        (&["#scenario=raft/playground"][..], "the link names no lesson"),
        (&["--lesson", "frist-cut", "#scenario=raft/playground"], "nearest are first-cut"),
        (
            &["--lesson", "first-cut", "--goal", "one", "#scenario=raft/playground"],
            "two-leaders, overwritten",
        ),
        (&["--lesson", "first-cut", "#s=z1.abc.00000000"], "damaged"),
        (&[], "required"),
    ] {
        let called = check(words);
        assert_eq!(called.code, 2, "{called:?}");
        assert!(called.err.contains(complaint), "{}", called.err);
    }
}

#[test]
fn a_file_of_links_is_a_table_of_marks() {
    let good = link("two-leaders", |_| {});
    let bad = link("two-leaders", |record| record.script.clear());
    let file = file_with("links.txt", &format!("ada {good}\nbob,{bad}\neve #s=z1.broken\n"));
    let called = check(&["--file", &file, "--csv"]);
    assert_eq!(called.code, 3, "{called:?}");
    let rows: Vec<&str> = called.out.lines().collect();
    assert_eq!(rows[0], "student,lesson,goal,met,at_s,interventions,digest,problem,link");
    assert!(rows[1].starts_with("ada,first-cut,two-leaders,yes,1."), "{}", rows[1]);
    assert!(rows[2].starts_with("bob,first-cut,two-leaders,no,,0,"), "{}", rows[2]);
    assert!(
        rows[3].starts_with("eve,,,no,,,,") && rows[3].contains("the link names no lesson"),
        "{}",
        rows[3]
    );
}

#[test]
fn a_sheet_of_answers_is_run_again() {
    let proof = link("two-leaders", |_| {});
    let sheet = format!(
        "# The first cut\n\n- n1 still (right) `predict 2.2 = 2`\n- [x] two leaders\n  <{proof}>\n\
         ## The run at the end\n<{}>\n",
        proof.replace("&goal=two-leaders", "")
    );
    let called = check(&["--file", &file_with("sheet.md", &sheet)]);
    assert_eq!(called.code, 0, "{called:?}");
    let lines: Vec<&str> = called.out.lines().collect();
    assert!(lines[0].starts_with("✓ first-cut/two-leaders: met"), "{called:?}");
    assert_eq!(lines[1], "✓ first-cut, prediction 2 of step 2: choice 2 comes true");
}

#[test]
fn whoever_has_a_seed_of_their_own_cannot_hand_in_another_ones() {
    let lesson = lesson();
    assert!(!lesson.personal, "the seed of this one is everybody's");
    let personal = Lesson { personal: true, ..lesson };
    let (ada, bob) = (Student::new("ada").expect("an id"), Student::new("bob").expect("an id"));
    let record = |student: &Student| personal.record(2, Some(student)).expect("it opens");
    assert_ne!(record(&ada).scenario.seed, record(&bob).scenario.seed);
    let (_, goal) = personal.goal("two-leaders").expect("it has this goal");
    let said =
        netsplit_scenarios::lesson::admit::differences(&record(&bob), &record(&ada), personal.may(goal));
    assert!(said.len() == 1 && said[0].starts_with("its seed is "), "{said:?}");
}
