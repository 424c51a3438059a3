//! What a document can only get wrong as a whole: names of participants that do not exist, parameters
//! that the protocol does not have, too much of everything together.

use netsplit_sim::describe::{About, BadSetting, Settings};
use netsplit_sim::id::{Link, NodeId, Topology};
use netsplit_sim::intervention::Intervention;

use crate::document::Scenario;
use crate::error::{OpenError, clip, one_line};
use crate::expectation::Expectation;
use crate::limits;
use crate::registry::{self, Registered};
use crate::run_record::RunRecord;

/// Checks a record that was read, and gives its protocol and the settings to run it with.
pub(crate) fn validate(record: &RunRecord) -> Result<(&'static Registered, Settings), OpenError> {
    let scenario = &record.scenario;
    let protocol = registry::find(&scenario.protocol).ok_or_else(|| unknown_protocol(&scenario.protocol))?;
    let topology = topology(scenario);
    check_participants(scenario, topology)?;
    check_opening(scenario)?;
    check_kinds(scenario, (protocol.about)())?;
    check_script(record, topology)?;
    check_described(record, (protocol.about)())?;
    check_expectations(&record.expect, topology)?;
    let settings = settings(scenario, protocol, topology)?;
    Ok((protocol, settings))
}

fn settings(scenario: &Scenario, protocol: &Registered, topology: Topology) -> Result<Settings, OpenError> {
    let about = (protocol.about)();
    let mut settings = about.settings(&scenario.params, &scenario.flaws).map_err(bad_setting)?;
    (protocol.check)(&settings, topology).map_err(bad_setting)?;
    for (index, rollout) in scenario.rollouts.iter().enumerate() {
        let place = format!("rollouts[{index}]");
        let refuse = |error: BadSetting| impossible(format!("{place}.params"), one_line(&error.to_string()));
        rollout.nodes.iter().try_for_each(|id| check_server(&format!("{place}.nodes"), *id, topology))?;
        about.roll_out(&mut settings, &rollout.nodes, &rollout.params).map_err(refuse)?;
        settings.rolled_out().try_for_each(|(_, own)| (protocol.check)(&own, topology)).map_err(refuse)?;
    }
    Ok(settings)
}

/// Who takes part.
pub(crate) fn topology(scenario: &Scenario) -> Topology {
    Topology { servers: scenario.nodes, clients: scenario.clients.len() as u16 }
}

fn unknown_protocol(name: &str) -> OpenError {
    let known: Vec<_> = registry::protocols().map(|about| about.name).collect();
    OpenError::UnknownProtocol { name: clip(name), known: known.join(", ") }
}

fn impossible(place: impl Into<String>, problem: impl Into<String>) -> OpenError {
    OpenError::Impossible { place: place.into(), problem: problem.into() }
}

pub(crate) fn bad_setting(error: BadSetting) -> OpenError {
    let place = match &error {
        BadSetting::UnknownFlaw { .. } => "flaws",
        _ => "params",
    };
    impossible(place, one_line(&error.to_string()))
}

fn check_participants(scenario: &Scenario, topology: Topology) -> Result<(), OpenError> {
    for (index, client) in scenario.clients.iter().enumerate() {
        if let Some(home) = client.home {
            check_server(&format!("clients[{index}].home"), home, topology)?;
        }
    }
    for (index, (link, _)) in scenario.network.links.iter().enumerate() {
        check_link(&format!("network.links[{index}].on"), *link, topology)?;
    }
    for (index, clock) in scenario.clocks.iter().enumerate() {
        check_node(&format!("clocks[{index}].node"), clock.node, topology)?;
    }
    Ok(())
}

fn check_opening(scenario: &Scenario) -> Result<(), OpenError> {
    if scenario.opens > scenario.until {
        return Err(impossible("opens", "the scenario would open after its end, `until`"));
    }
    if scenario.point.is_some_and(|point| point < scenario.opens || point > scenario.until) {
        return Err(impossible("point", "its point has to show between `opens` and `until`"));
    }
    Ok(())
}

fn check_kinds(scenario: &Scenario, about: &About) -> Result<(), OpenError> {
    for (index, (name, _)) in scenario.network.kinds.iter().enumerate() {
        if !about.messages.iter().any(|kind| kind.name == name) {
            let known: Vec<_> = about.messages.iter().map(|kind| kind.name).collect();
            let problem = format!(
                "{} has no messages called {}: they are {}",
                about.title,
                clip(name),
                known.join(", ")
            );
            return Err(impossible(format!("network.kinds[{index}].kind"), problem));
        }
    }
    Ok(())
}

/// Orders and ways to tamper are numbers of what the protocol describes.
fn check_described(record: &RunRecord, about: &About) -> Result<(), OpenError> {
    for (index, entry) in record.script.iter().enumerate() {
        let (number, described, called, place) = match entry.what {
            Intervention::Order(_, order) => (order.0, about.orders.len(), "orders", "order.order"),
            Intervention::Tamper(_, how) => {
                (how.0, about.tampers.len(), "ways to tamper with a message", "tamper.how")
            }
            _ => continue,
        };
        if usize::from(number) >= described {
            let problem = format!("{} has {described} {called}, counted from 0", about.title);
            return Err(impossible(format!("script[{index}].do.{place}"), problem));
        }
    }
    Ok(())
}

fn check_node(place: &str, id: NodeId, topology: Topology) -> Result<(), OpenError> {
    if topology.contains(id) {
        return Ok(());
    }
    Err(impossible(place, format!("{id} is not in this run, which has {}", shown(topology))))
}

fn shown(topology: Topology) -> String {
    match topology.clients {
        0 => format!("n1 to n{}", topology.servers),
        clients => format!("n1 to n{} and c1 to c{clients}", topology.servers),
    }
}

fn check_server(place: &str, id: NodeId, topology: Topology) -> Result<(), OpenError> {
    if id.is_client() {
        return Err(impossible(place, format!("{id} is a client, and a server is needed")));
    }
    check_node(place, id, topology)
}

fn check_link(place: &str, link: Link, topology: Topology) -> Result<(), OpenError> {
    if link.from == link.to {
        return Err(impossible(place, format!("{} has no link to itself", link.from)));
    }
    if link.from.is_client() && link.to.is_client() {
        return Err(impossible(
            place,
            format!("{} and {} are clients, which have no link", link.from, link.to),
        ));
    }
    check_node(place, link.from, topology)?;
    check_node(place, link.to, topology)
}

fn check_script(record: &RunRecord, topology: Topology) -> Result<(), OpenError> {
    let mut cuts = 0;
    let mut previous = (Default::default(), 0);
    for (index, entry) in record.script.iter().enumerate() {
        let place = || format!("script[{index}]");
        entry.what.check(topology).map_err(|error| impossible(place(), error.to_string()))?;
        links_of(&entry.what).try_for_each(|link| check_link(&place(), link, topology))?;
        if (entry.at, entry.rank) < previous {
            return Err(impossible(
                place(),
                "interventions stand in order of (at, rank), and this one comes too late",
            ));
        }
        previous = (entry.at, entry.rank);
        if let Intervention::SetWall(_, links) = &entry.what {
            cuts += links.len();
        }
        if let Some(door) =
            entry.sketch.iter().flat_map(|sketch| &sketch.doors).find(|id| !topology.contains(**id))
        {
            check_node(&format!("{}.do.wall.sketch.doors", place()), *door, topology)?;
        }
    }
    if cuts > limits::CUTS {
        let problem = format!("its walls cut {cuts} links in total, and {} are allowed", limits::CUTS);
        return Err(impossible("script", problem));
    }
    Ok(())
}

/// The links that an intervention names.
fn links_of(what: &Intervention) -> impl Iterator<Item = Link> {
    let (one, many) = match what {
        Intervention::SetLink(link, _) | Intervention::ResetLink(link) => (Some(*link), None),
        Intervention::Drop(id)
        | Intervention::Duplicate(id)
        | Intervention::DeliverNow(id)
        | Intervention::Retime(id, _)
        | Intervention::Tamper(id, _) => (Some(id.link), None),
        Intervention::SetWall(_, links) => (None, Some(links)),
        _ => (None, None),
    };
    one.into_iter().chain(many.into_iter().flatten().copied())
}

fn check_expectations(expectations: &[Expectation], topology: Topology) -> Result<(), OpenError> {
    expectations.iter().try_for_each(|expectation| match expectation {
        Expectation::Mark { node: Some(node), .. } | Expectation::Field { node, .. } => {
            check_node("expect", *node, topology)
        }
        Expectation::Rule { node: Some(node), .. } => check_node("expect", *node, topology),
        Expectation::Op { client, .. } | Expectation::Ops { client: Some(client), .. } => {
            check_node("expect", *client, topology)
        }
        Expectation::All(parts) | Expectation::Any(parts) | Expectation::None(parts) => {
            check_expectations(parts, topology)
        }
        _ => Ok(()),
    })
}
