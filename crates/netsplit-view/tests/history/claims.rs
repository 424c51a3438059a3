//! What is claimed of a run's history while a wall stands, and once it has gone.

use std::sync::Arc;

use netsplit_checkers::search::{Budget, judge};
use netsplit_checkers::verdict::Consistency;
use netsplit_scenarios::gallery;
use netsplit_scenarios::judge as judging;
use netsplit_scenarios::open::open;
use netsplit_scenarios::run_record::Entry;
use netsplit_sim::id::{Link, NodeId, WallId};
use netsplit_sim::intervention::Intervention;
use netsplit_sim::run::Run;
use netsplit_sim::time::SimTime;
use netsplit_view::history::Account;
use netsplit_view::history::claims::{Standing, claims};
use netsplit_view::history::losses::Losses;
use netsplit_view::verdict::{Chip, Mood};

const RAISED: SimTime = SimTime::from_millis(500);
const GONE: SimTime = SimTime::from_millis(3_000);

/// A lab of the gallery with n1, n2 and c1 behind a wall for a while.
fn lab(path: &str) -> (Box<dyn Run>, Consistency) {
    let mut record = gallery::find(path).expect("it is in the gallery").record().expect("it is well-formed");
    let small = [NodeId::server(0), NodeId::server(1), NodeId::client(0)];
    let large = [NodeId::server(2), NodeId::server(3), NodeId::server(4), NodeId::client(1)];
    let across = small.iter().flat_map(|from| large.iter().map(move |to| Link { from: *from, to: *to }));
    let cuts = across.flat_map(|link| [link, link.reversed()]).filter(|link| !clients(link)).collect();
    let wall = WallId(1);
    let entry = |at, what| Entry { at, rank: 0, what, sketch: None, muted: false };
    record.script.push(entry(RAISED, Intervention::SetWall(wall, cuts)));
    record.script.push(entry(GONE, Intervention::RemoveWall(wall)));
    let model = judging::model(&record.scenario).expect("it stores something");
    (open(&record).expect("it opens"), Consistency::Linearizable(model))
}

fn clients(link: &Link) -> bool {
    link.from.is_client() && link.to.is_client()
}

fn claimed(run: &dyn Run, what: Consistency) -> Vec<Chip> {
    let history = Arc::new(judging::history(run, run.step()).expect("nothing was forgotten"));
    let verdict = judge(what, &history, Budget::USUAL);
    claims(run, &Account::of_run(run, history), what, Standing::Known(&verdict))
}

#[test]
fn behind_a_wall_the_available_design_answers_wrongly_and_agreement_takes_nothing_back() {
    let (mut run, what) = lab("register/ap-lab");
    run.seek(SimTime(RAISED.0 - 1)).expect("it runs");
    assert!(claimed(&*run, what)[0].text.starts_with("No linearizability violation so far: "));
    run.seek(SimTime(GONE.0 - 1)).expect("it runs");
    let behind = claimed(&*run, what);
    assert!(behind[0].text.starts_with("Not linearizable since "), "{}", behind[0].text);
    assert!(behind[0].moment.is_some() && behind[0].mood == Mood::Bad);
    assert!(behind[1].text.starts_with("Replicas differ on 1 key, "), "{}", behind[1].text);

    let healed = |run: &dyn Run| {
        claimed(run, what).into_iter().find(|chip| chip.text.starts_with("Replicas agree again. "))
    };
    let agreed = (0..200).find_map(|tenth| {
        run.seek(SimTime(GONE.0 + tenth * 10_000_000)).expect("it runs");
        healed(&*run)
    });
    let agreed = agreed.expect("they agree some time after the wall has gone");
    assert!(agreed.text.ends_with(" stays a violation"), "{}", agreed.text);
    assert_eq!(agreed.moment, behind[0].moment, "it is still the same moment");
}

#[test]
fn behind_the_same_wall_the_consistent_design_answers_nothing_wrong() {
    let (mut run, what) = lab("register/cp-lab");
    run.seek(SimTime(GONE.0 - 1)).expect("it runs");
    let behind = claimed(&*run, what);
    assert!(behind[0].text.starts_with("No linearizability violation so far: "), "{}", behind[0].text);
    assert!(behind[0].moment.is_none() && behind[0].history);
}

/// What is told as lost when the point of a story has shown, or else at its end.
fn lost(path: &str, at_point: bool) -> Vec<String> {
    let record = gallery::find(path).expect("it is in the gallery").record().expect("it is well-formed");
    let mut run = open(&record).expect("it opens");
    run.seek(record.scenario.point.filter(|_| at_point).unwrap_or(run.until())).expect("it ends");
    let history = Arc::new(judging::history(&*run, run.step()).expect("nothing was forgotten"));
    let account = Account::of_run(&*run, history);
    Losses::of(&*run, &account).expect("replicas agree then").told(&account)
}

#[test]
fn an_acknowledged_write_that_is_gone_is_told_once_replicas_agree() {
    let [told] = &lost("register/ap-last-writer-wins", false)[..] else {
        panic!("one of two writes is gone")
    };
    assert!(told.contains("was acknowledged and lost a tie"), "{told}");
    let [told] = &lost("register/ap-skewed-clock", true)[..] else { panic!("the later write is gone") };
    assert!(told.contains("was acknowledged and is lost"), "{told}");
    assert!(
        lost("register/ap-siblings", false).is_empty(),
        "both writes stay, or are replaced by one who saw them"
    );
}
