//! What Raft answers about itself when something has not happened.

use expect_test::{Expect, expect};
use netsplit_sim::describe::{Ask, Subject};
use netsplit_sim::history::{Operation, Value};
use netsplit_sim::id::{Link, NodeId};
use netsplit_sim::intervention::CrashKind;
use netsplit_sim::run::Run;

use super::lab::{C1, Lab, ms, n, still};

/// The questions about a subject and their answers, a sentence a line.
fn check(lab: &Lab, about: Subject, expected: &Expect) {
    let mut text = String::new();
    for question in lab.run.questions(about) {
        text += &format!("{}\n", question.label);
        for sentence in lab.run.answer(question.ask).sentences {
            text += &format!("  {} {}\n", sentence.text(), sentence.section);
        }
    }
    expected.assert_eq(&text);
}

fn check_server(lab: &Lab, id: NodeId, expected: &Expect) {
    check(lab, Subject::Node(id), expected);
}

#[test]
fn a_vote_that_was_given_and_lost_on_its_way_back_is_told_apart_from_one_never_asked() {
    let mut lab = still(5).start();
    let back = [Link::new(n(2), n(1)), Link::new(n(3), n(1)), Link::new(n(1), n(4))];
    lab.cut(1, back.into()).crash(n(5), CrashKind::KeepWritten).stand(n(1));
    check_server(
        &lab,
        n(1),
        &expect![[r#"
        Why does n1 not lead?
          n1 stands for election in term 1. It has 1 of the 3 votes it needs, from n1. §5.2
          RequestVote reply #0 from n2 was lost at the wall at 0.005 s. 
          RequestVote reply #0 from n3 was lost at the wall at 0.005 s. 
          RequestVote #0 to n4 was lost at the wall at 0.001 s. 
          RequestVote #0 to n5 found n5 crashed at 0.004 s. 
    "#]],
    );
}

#[test]
fn a_candidate_counts_its_own_vote_once_that_is_on_its_disk() {
    let mut lab = still(3).disk(ms(50)).start();
    lab.stand(n(1));
    check_server(
        &lab,
        n(1),
        &expect![[r#"
        Why does n1 not lead?
          n1 stands for election in term 1. It has 0 of the 2 votes it needs. §5.2
          Its own vote counts once it is on its disk. §5.2
          It has not asked n2 yet: the request waits until its term and its own vote are on its disk. 
          It has not asked n3 yet: the request waits until its term and its own vote are on its disk. 
    "#]],
    );
}

#[test]
fn a_candidate_with_an_old_log_is_told_so_before_and_after_it_asks() {
    let mut lab = still(3).start();
    lab.stand(n(1)).wall(&[n(3)]).write(n(1), 1).heal().pass(ms(1));
    lab.crash(n(1), CrashKind::KeepWritten);
    check_server(
        &lab,
        n(3),
        &expect![[r#"
            Why does n3 not lead?
              n3 follows n1, the leader of term 1. §5.2
              0.011 s: n3 hears from n1, the leader of term 1, and waits on. §5.2
              n3 stands for election when its election timer runs out, in 19.938 s if it hears from no leader. §5.2
              It could not win now: n2 would refuse, since its log, which is empty, is less up-to-date. §5.4.1
        "#]],
    );
    lab.stand(n(3));
    check_server(
        &lab,
        n(3),
        &expect![[r#"
        Why does n3 not lead?
          n3 stands for election in term 2. It has 1 of the 2 votes it needs, from n3. §5.2
          RequestVote #2 to n1 found n1 crashed at 0.077 s. 
          0.077 s: n2 refuses n3 its vote in term 2: the candidate's log is less up-to-date than its own. §5.4.1
    "#]],
    );
}

#[test]
fn a_server_that_asks_for_pre_votes_hears_who_still_believes_in_the_leader() {
    let mut lab = still(3).switch("pre_vote", true).start();
    lab.stand(n(1)).pass(ms(20)).stand(n(3));
    check_server(
        &lab,
        n(3),
        &expect![[r#"
        Why does n3 not lead?
          n3 asks whether it could win term 2. It has 1 of the 2 votes it needs, from n3. §5.2
          0.035 s: n1 would not vote for n3: it has heard from a leader a moment ago. dissertation §9.6
          0.035 s: n2 would not vote for n3: it has heard from a leader a moment ago. dissertation §9.6
    "#]],
    );
}

#[test]
fn an_entry_waits_for_the_disks_of_others_and_for_the_leaders_own() {
    let mut lab = still(3).disk(ms(20)).start();
    lab.stand(n(1)).pass(ms(60)).ask(n(1), Operation::write(0, 4)).pass(ms(12));
    check_server(
        &lab,
        n(1),
        &expect![[r#"
        Who is missing from n1's majority?
          n1, the leader of term 1, reaches and hears n2 and n3: with itself 3 of 3 servers. A majority is 2: enough. §5.2
          Nobody is missing. 
        Why is entry 1 of n1 not committed?
          Entry 1, of term 1, is on no disk yet: 0 of 3 servers. A leader commits it once it is on a majority, 2. §5.3
          AppendEntries #2 arrived at n2, which replies once the entries are on its disk. Figure 2
          AppendEntries #2 arrived at n3, which replies once the entries are on its disk. Figure 2
          n1 counts itself once the entry is on its own disk. §5.3
    "#]],
    );
}

#[test]
fn an_answer_that_never_reaches_the_leader_is_named() {
    let mut lab = still(3).start();
    lab.stand(n(1)).crash(n(3), CrashKind::KeepWritten);
    lab.ask(n(1), Operation::write(0, 4)).pass(ms(7)).cut(1, [Link::new(n(2), n(1))].into()).pass(ms(3));
    check_server(
        &lab,
        n(1),
        &expect![[r#"
            Who is missing from n1's majority?
              n1, the leader of term 1, reaches nobody who can answer: with itself 1 of 3 servers. A majority is 2: too few. §5.2
              n3 has been crashed since 0.012 s. 
              n1 reaches n2, but the wall stops the answers. 
            Why is entry 1 of n1 not committed?
              Entry 1, of term 1, is on the disks of n1 and n2: 2 of 3 servers. A leader commits it once it is on a majority, 2. §5.3
              n1 does not know of that majority: it has heard of n1 only. §5.3
              n3 has been crashed since 0.012 s. 
              n1 reaches n2, but the wall stops the answers. 
        "#]],
    );
}

#[test]
fn a_read_of_a_walled_off_leader_waits_for_the_proof_that_it_still_leads() {
    let mut lab = still(3).choice("read_mode", "read_index").start();
    lab.stand(n(1)).write(n(1), 1).wall(&[n(1)]).ask(n(1), Operation::read(0)).pass(ms(30));
    check(
        &lab,
        Subject::Node(C1),
        &expect![[r#"
        Why is c1's read of x not answered?
          c1 asked at 0.072 s, 30 ms ago, and now waits for n1. §8
          client request #1 to n1 arrived at 0.075 s. 
          n1 answers the read once a majority has confirmed that it still leads, and an entry of its own term is committed. §8
          n1, the leader of term 1, reaches nobody who can answer: with itself 1 of 3 servers. A majority is 2: too few. §5.2
          Nothing from n1 reaches n2 and n3: the wall stops it. 
          c1 asks n2 in 70 ms if it hears nothing. §8
    "#]],
    );
}

#[test]
fn a_request_says_where_it_got_stuck() {
    let mut lab = still(3).start();
    lab.ask(n(2), Operation::write(0, 1)).pass(ms(8));
    check(
        &lab,
        Subject::Operation(0),
        &expect![[r#"
        Why is c1's write x = A not answered?
          c1 asked at 0.000 s, 8.0 ms ago, and now waits for n2. §8
          0.003 s: n2 does not lead and cannot tell c1 who does. §8
          client reply #0 from n2 arrived at 0.006 s. 
          c1 asks n3 in 92 ms if it hears nothing. §8
    "#]],
    );
    lab.pass(ms(40)).crash(n(2), CrashKind::KeepWritten).ask(n(2), Operation::write(0, 2)).pass(ms(8));
    check(
        &lab,
        Subject::Operation(1),
        &expect![[r#"
        Why is c1's write x = B not answered?
          c1 asked at 0.048 s, 8.0 ms ago, and now waits for n2. §8
          client request #1 to n2 found n2 crashed at 0.051 s. 
          c1 asks n3 in 92 ms if it hears nothing. §8
    "#]],
    );
}

#[test]
fn a_compare_and_set_that_found_another_value_was_refused_for_that() {
    let mut lab = still(3).start();
    lab.stand(n(1)).write(n(1), 1).ask(n(1), Operation::cas(0, Value::Number(9), 2)).pass(ms(30));
    check(
        &lab,
        Subject::Node(C1),
        &expect![[r#"
        Why was c1's compare-and-set x = B refused?
          It was carried out and found another value than expected: nothing changed. c1 was told at 0.085 s. §8
    "#]],
    );
}

#[test]
fn questions_that_make_no_sense_are_answered_by_saying_so() {
    let lab = still(3).start();
    let beyond = [Subject::Node(n(9)), Subject::Entry(n(1), 0), Subject::Entry(C1, 1), Subject::Operation(7)];
    for subject in beyond {
        assert_eq!(lab.run.questions(subject), [], "{subject:?}");
        for number in 0..5 {
            let answer = lab.run.answer(Ask { subject, number });
            assert_eq!(answer.sentences[0].text(), "There is nothing of that kind here.");
        }
    }
}
