//! What a document may say, and what it is told when it says something else.

mod common;

use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::limits;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::encode::Digest;
use netsplit_sim::id::Link;
use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_record_is_read_as_it_was_written(record in common::record()) {
        prop_assert_eq!(RunRecord::from_json(&record.to_json()), Ok(record));
    }
}

#[test]
fn the_defaults_of_schema_1_are_frozen() {
    let digest = Digest::of_bytes(include_bytes!("../defaults/1.json"));
    assert_eq!(
        digest.to_string(),
        "0252f00372216dc8",
        "links out in the world rely on these bytes: add, never change"
    );
}

#[test]
fn frozen_defaults_hold_every_parameter_of_every_protocol() {
    for about in netsplit_scenarios::registry::protocols() {
        let record =
            RunRecord::from_json(&format!("{{\"protocol\":\"{}\"}}", about.name)).expect("all defaults");
        let frozen: Vec<_> = record.scenario.params.keys().map(String::as_str).collect();
        let mut described: Vec<_> = about.params.iter().map(|param| param.name).collect();
        described.sort_unstable();
        assert_eq!(frozen, described, "{}", about.name);
    }
}

#[test]
fn a_document_with_every_field_has_them_all_written() {
    let text = common::plain().to_json();
    assert_eq!(text.matches("\"schema\": 1").count(), 1);
    for field in ["\"bandwidth\": null", "\"under_way\": \"drop\"", "\"election_timeout_min\""] {
        assert!(text.contains(field), "{field} is missing in {text}");
    }
}

/// A document with these fields is refused with a sentence that holds this.
fn refuses(document: &str, part: &str) {
    let error = RunRecord::from_json(document).err().unwrap_or_else(|| panic!("{document} was read"));
    let sentence = error.to_string();
    assert!(sentence.contains(part), "{document:.200}\n says: {sentence}\n not: {part}");
}

#[test]
fn a_bad_field_is_named_with_what_is_allowed() {
    refuses(r#"{"nodes": 0}"#, "nodes must be a whole number from 1 to 100, not 0");
    refuses(r#"{"nodes": 101}"#, "nodes must be a whole number from 1 to 100, not 101");
    refuses(r#"{"nodes": 2.5}"#, "nodes must be a whole number from 1 to 100, not 2.5");
    refuses(
        r#"{"until": 7200000000001}"#,
        "until must be a whole number of nanoseconds from 1 to 7200000000000",
    );
    refuses(r#"{"seed": 7}"#, "seed must be a whole number in quotes, such as \"7\", not 7");
    refuses(r#"{"seed": "seven"}"#, "not “seven”");
    refuses(r#"{"engien": 1}"#, "engien is not a field that is known here; known are schema, engine,");
    refuses(
        r#"{"network": {"lnk": 1}}"#,
        "network.lnk is not a field that is known here; known are link, links",
    );
    refuses(r#"{"disk": {"gauss": 1}}"#, "disk must be an object with one field, one of constant, uniform");
    refuses(
        r#"{"disk": {"uniform": {"min": 9, "max": 1}}}"#,
        "min must be at most max, but 9 is more than 1",
    );
    refuses(r#"{"disk": {"pareto": {"scale": 9}}}"#, "disk.pareto.shape is missing");
    refuses(r#"{"disk": {"empirical": [[5, 1], [5, 2]]}}"#, "in rising order");
    refuses(r#"{"disk": {"mixture": []}}"#, "at least one has a weight above 0");
    refuses(r#"{"disk": {"mixture": [{"weight": 1, "of": {"mixture": []}}]}}"#, "disk.mixture[0].of");
    refuses(
        r#"{"network": {"link": {"loss": 1000001}}}"#,
        "network.link.loss must be a whole number of parts per million from 0 to 1000000",
    );
    refuses(r#"{"network": {"link": {"bandwidth": 0}}}"#, "bytes per second, or null, from 1");
    refuses(
        r#"{"network": {"under_way": "vanish"}}"#,
        "network.under_way must be one of drop, deliver, hold, not “vanish”",
    );
    refuses(r#"{"speed": 0}"#, "speed must be");
    refuses(r#"{"title": 5}"#, "title must be a text of at most 120 characters, not 5");
    refuses("[]", "a scenario must be an object with schema,");
    refuses(r#"{"schema": 0}"#, "schema must be a whole number from 1 to 1, not 0");
}

#[test]
fn a_bad_client_is_named_by_its_place() {
    refuses(
        r#"{"clients": [{}, {"home": "n9"}]}"#,
        "clients[1].home: n9 is not in this run, which has n1 to n5 and c1 to c2",
    );
    refuses(r#"{"clients": [{"home": "c1"}]}"#, "clients[0].home: c1 is a client, and a server is needed");
    refuses(
        r#"{"clients": [{"home": "bob"}]}"#,
        "clients[0].home must be a server such as n1 or a client such as c1, not “bob”",
    );
    refuses(
        r#"{"clients": [{"workload": {"open": {"start": 0, "gap": 5, "keys": 1, "reads": 0, "count": 1}}}]}"#,
        "clients[0].workload.open.gap must be an object with one field",
    );
    refuses(
        r#"{"clients": [{"workload": {"script": [{"at": 0, "op": {"write": {"key": 1000, "value": 1}}}]}}]}"#,
        "clients[0].workload.script[0].op.write.key must be a whole number from 0 to 999, not 1000",
    );
}

#[test]
fn a_bad_intervention_is_named_by_its_place() {
    let script = |what: &str| format!(r#"{{"clients": [{{}}], "script": [{{"at": 0, "do": {what}}}]}}"#);
    refuses(&script(r#"{"explode": "n1"}"#), "script[0].do must be an object with one field, one of crash,");
    refuses(&script(r#"{"crash": "n6"}"#), "script[0]: n6 is not in this run");
    refuses(&script(r#"{"crash": "c1"}"#), "script[0]: c1 is a client: only servers can be crashed");
    refuses(
        &script(r#"{"reset_link": "n1-n2"}"#),
        "script[0].do.reset_link must be a link such as n1>n2, not “n1-n2”",
    );
    refuses(&script(r#"{"reset_link": "n1>n1"}"#), "n1 has no link to itself");
    refuses(
        r#"{"clients": [{}, {}], "script": [{"at": 0, "do": {"reset_link": "c1>c2"}}]}"#,
        "c1 and c2 are clients, which have no link",
    );
    refuses(&script(r#"{"drop": "n1>n2"}"#), "a message such as n1>n2#5");
    refuses(
        &script(r#"{"clock_drift": {"node": "n1", "ppm": 600000}}"#),
        "from -500000 to 500000, not 600000",
    );
    refuses(
        &script(r#"{"wall": {"id": 1, "cuts": ["n1,n1|n2"]}}"#),
        "script[0].do.wall.cuts[0] must be sides such as n1,n2|n3",
    );
    refuses(&script(r#"{"wall": {"id": 1, "cuts": ["n1|n1"]}}"#), "n1 has no link to itself");
    refuses(
        &script(r#"{"request": {"client": "c1", "op": {"read": {}}}}"#),
        "script[0].do.request.op.read.key is missing",
    );
    refuses(
        &script(r#"{"tamper": {"message": "n1>n2#0", "how": 1}}"#),
        "script[0].do.tamper.how: Raft has 1 ways to tamper with a message, counted from 0",
    );
    refuses(
        r#"{"script": [{"at": 5, "do": {"crash": "n1"}}, {"at": 4, "do": {"restart": "n1"}}]}"#,
        "script[1]: interventions stand in order",
    );
    refuses(
        r#"{"script": [{"at": 7200000000001, "do": {"crash": "n1"}}]}"#,
        "script[0].at must be a whole number of nanoseconds",
    );
}

#[test]
fn a_bad_parameter_is_named_with_what_the_protocol_has() {
    refuses(r#"{"params": {"speeed": 1}}"#, "Raft has no parameter “speeed”; it has ");
    refuses(r#"{"params": {"pre_vote": 1}}"#, "pre_vote must be true or false, not 1");
    refuses(r#"{"params": {"read_mode": [1]}}"#, "params.read_mode must be a number, true, false or a name");
    refuses(r#"{"flaws": ["clumsy"]}"#, "Raft has no flaw “clumsy”; it has ");
}

#[test]
fn a_parameter_of_some_servers_is_checked_like_one_of_all() {
    let rollout = |nodes: &str, params: &str| {
        format!(
            r#"{{"rollouts": [{{"nodes": ["n1"], "params": {{}}}}, {{"nodes": [{nodes}], "params": {params}}}]}}"#
        )
    };
    let heartbeat = rollout(r#""n4", "n5""#, r#"{"heartbeat_interval": 10000000}"#);
    let record = RunRecord::from_json(&heartbeat).expect("servers can differ in that");
    assert_eq!(record.scenario.rollouts[1].nodes.len(), 2);
    refuses(&rollout(r#""n6""#, "{}"), "rollouts[1].nodes: n6 is not in this run");
    refuses(&rollout(r#""c1""#, "{}"), "rollouts[1].nodes: c1 is a client");
    refuses(&rollout(r#""n4""#, r#"{"speeed": 1}"#), "rollouts[1].params: Raft has no parameter “speeed”");
    refuses(&rollout(r#""n4""#, r#"{"pre_vote": 1}"#), "rollouts[1].params: pre_vote must be true or false");
    refuses(
        &rollout(r#""n4""#, r#"{"read_mode": "local"}"#),
        "rollouts[1].params: all servers share “read_mode”",
    );
    refuses(
        &rollout(r#""n4""#, r#"{"heartbeat_interval": 200000000}"#),
        "rollouts[1].params: heartbeat_interval must be shorter",
    );
}

#[test]
fn too_much_of_anything_is_refused() {
    let clients = vec!["{}"; limits::CLIENTS + 1].join(",");
    refuses(
        &format!(r#"{{"clients": [{clients}]}}"#),
        "clients must be a list of at most 50, not a list of 51",
    );
    let script = vec![r#"{"at":0,"do":{"restart":"n1"}}"#; limits::INTERVENTIONS + 1].join(",");
    refuses(&format!(r#"{{"script": [{script}]}}"#), "script must be a list of at most 10000");
    let everyone: Vec<_> = (1..=50).map(|number| format!("n{number}")).collect();
    let others: Vec<_> = (51..=100).map(|number| format!("n{number}")).collect();
    let wall = format!(
        r#"{{"at":0,"do":{{"wall":{{"id":1,"cuts":["{}|{}"]}}}}}}"#,
        everyone.join(","),
        others.join(",")
    );
    let walls = vec![wall; limits::CUTS / 5_000 + 1].join(",");
    refuses(
        &format!(r#"{{"nodes": 100, "script": [{walls}]}}"#),
        "its walls cut 505000 links in total, and 500000 are allowed",
    );
    let points = vec!["[0,0]"; limits::SKETCH_POINTS + 1].join(",");
    let sketch =
        format!(r#"{{"path":[{points}],"shape":"line","one_way":false,"flipped":false,"doors":[]}}"#);
    refuses(
        &format!(r#"{{"script": [{{"at":0,"do":{{"wall":{{"id":1,"cuts":[],"sketch":{sketch}}}}}}}]}}"#),
        "script[0].do.wall.sketch.path must be a list of at most 200",
    );
    refuses(&" ".repeat(limits::DOCUMENT_BYTES + 1), "larger than 1048576 bytes");
    refuses(&format!("{}{}", "[".repeat(33), "]".repeat(33)), "nests deeper than 32 levels");
}

#[test]
fn brackets_inside_of_texts_do_not_nest() {
    let title = "[\\\"{".repeat(20);
    let record =
        RunRecord::from_json(&format!("{{\"title\": \"{title}\"}}")).expect("a title may hold anything");
    assert_eq!(record.scenario.title, "[\"{".repeat(20));
}

#[test]
fn hostile_names_are_quoted_short_and_on_one_line() {
    let name = format!("a\\nb{}", "x".repeat(500));
    let error = RunRecord::from_json(&format!("{{\"{name}\": 1}}")).expect_err("no such field");
    let OpenError::UnknownField { name, .. } = &error else { panic!("{error}") };
    assert!(name.chars().count() == 61 && !name.contains('\n'), "{name}");
}

#[test]
fn a_wall_is_written_as_its_sides() {
    for sides in ["n1,n2|n3,n4,n5", "n1,n5,c1|n2,n3,n4,c2", "n2,n3,c2>n1,c1", "n1,n2|c1"] {
        let text = format!(
            r#"{{"clients": [{{}}, {{}}], "script": [{{"at": 0, "do": {{"wall": {{"id": 1, "cuts": ["{sides}"]}}}}}}]}}"#
        );
        let written = RunRecord::from_json(&text).expect("a wall").to_json();
        assert!(written.contains(&format!("\"{sides}\"")), "{sides} became {written}");
    }
}

#[test]
fn a_wall_cuts_the_links_between_its_sides() {
    let text = r#"{"script": [{"at": 0, "do": {"wall": {"id": 1, "cuts": ["n1,n2|n3,n4,n5"]}}}]}"#;
    let record = RunRecord::from_json(text).expect("a wall");
    let netsplit_sim::intervention::Intervention::SetWall(_, cuts) = &record.script[0].what else {
        panic!("a wall")
    };
    assert_eq!(cuts.len(), 12);
    assert!(cuts.contains(&Link::new("n4".parse().expect("a name"), "n1".parse().expect("a name"))));
}
