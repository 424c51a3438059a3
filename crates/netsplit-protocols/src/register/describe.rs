//! How the register shows itself: what `Describe` asks for, each answered by a room of its own.

use std::collections::BTreeSet;

use netsplit_sim::describe::{
    About, Answer, Ask, BadSetting, Describe, Images, MessageView, NodeView, Question, Replicas, Settings,
    SideView, Subject, Window,
};
use netsplit_sim::id::{NodeId, Topology};
use netsplit_sim::run::Run;
use netsplit_sim::world::World;
use netsplit_words::say;

use super::about::ABOUT;
use super::client::Client;
use super::config::{Config, Design};
use super::message::Message;
use super::server::Server;
use super::{Register, questions, views};

impl Describe for Register {
    fn about() -> &'static About {
        &ABOUT
    }

    fn configure(settings: &Settings, topology: Topology) -> Result<Config, BadSetting> {
        Config::new(settings, topology)
    }

    fn server(
        config: &Config,
        _id: NodeId,
        server: Option<&Server>,
        disk: Images<'_, Self>,
        _window: Window,
    ) -> NodeView {
        views::server::view(config, server, disk)
    }

    fn role(config: &Config, server: Option<&Server>) -> u16 {
        views::server::role(config, server)
    }

    fn client(_config: &Config, _id: NodeId, client: &Client) -> NodeView {
        views::client::view(client)
    }

    fn message(message: &Message) -> MessageView {
        views::message::view(message)
    }

    /// What a side can do is the whole difference between the designs.
    fn side(config: &Config, topology: Topology, members: &BTreeSet<NodeId>) -> SideView {
        let mut inside = members.iter().filter(|id| !id.is_client());
        let has_first = inside.clone().any(|id| id.index() == 0);
        let (count, servers) = (inside.by_ref().count() as u32, u32::from(topology.servers));
        let (able, verb) = match config.design {
            Design::Cp if count >= config.majority() => (true, say!("can read and write")),
            Design::Cp => (false, say!("cannot read or write")),
            Design::Ap if count == servers => (true, say!("answer")),
            Design::Ap => (count > 0, say!("answer, may be stale")),
            Design::Ca if count == servers => (true, say!("can read and write")),
            Design::Ca if config.failover => (count > 0, say!("go on alone, with a primary of their own")),
            Design::Ca if has_first => (false, say!("the primary waits for all backups")),
            Design::Ca => (false, say!("cannot reach the primary")),
        };
        SideView { text: say!("{count} of {servers}: {verb}", count, servers, verb), able }
    }

    fn replicas(world: &World<Self>) -> Replicas {
        let kind = world.config().kind;
        let up = || world.topology().servers().filter(|id| world.server(*id).is_some());
        let keys: BTreeSet<u32> = up().flat_map(|id| world.disk(id).store.keys().copied()).collect();
        let held = |key: u32| up().map(|id| (id, world.disk(id).state(key, kind).numbers())).collect();
        keys.into_iter().map(|key| (key, held(key))).collect()
    }

    fn questions(world: &World<Self>, run: &dyn Run, about: Subject) -> Vec<Question> {
        questions::questions(world, run, about)
    }

    fn answer(world: &World<Self>, run: &dyn Run, ask: Ask) -> Answer {
        questions::answer(world, run, ask)
    }
}
