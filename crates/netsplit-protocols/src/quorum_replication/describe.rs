//! How the protocol shows itself: what `Describe` asks for, each answered by a room of its own.

use std::collections::{BTreeMap, BTreeSet};

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
use super::config::{Config, Quorum};
use super::message::Message;
use super::object::numbers;
use super::server::Server;
use super::{QuorumReplication, questions, views};

impl Describe for QuorumReplication {
    fn about() -> &'static About {
        &ABOUT
    }

    fn configure(settings: &Settings, topology: Topology) -> Result<Config, BadSetting> {
        Config::new(settings, topology)
    }

    fn server(
        config: &Config,
        id: NodeId,
        server: Option<&Server>,
        disk: Images<'_, Self>,
        _window: Window,
    ) -> NodeView {
        views::server::view(config, id, server, disk)
    }

    fn role(_config: &Config, server: Option<&Server>) -> u16 {
        views::server::role(server)
    }

    fn client(_config: &Config, _id: NodeId, client: &Client) -> NodeView {
        views::client::view(client)
    }

    fn message(message: &Message) -> MessageView {
        views::message::view(message)
    }

    /// §4.5, §4.6: as many members as R or W ask for must be together. Which keys that concerns depends
    /// on where their homes are, if the ring has more members than N.
    fn side(config: &Config, _topology: Topology, members: &BTreeSet<NodeId>) -> SideView {
        let owns = |id: &&NodeId| !id.is_client() && id.index() < config.members;
        let here = members.iter().filter(owns).count();
        let homes = if config.quorum == Quorum::Sloppy { here } else { here.min(usize::from(config.n)) };
        let missing = usize::from(config.members) - here;
        let sure = usize::from(config.n).saturating_sub(missing);
        let can = |needed: u8| {
            let needed = usize::from(needed);
            match (homes >= needed, config.quorum == Quorum::Sloppy || sure >= needed) {
                (false, _) => "no",
                (true, false) => "some",
                (true, true) => "yes",
            }
        };
        let text = say!(
            "{reads, select, no {cannot read (R {r})} some {can for some keys read (R {r})} other {can read (R {r})}}, {writes, select, no {cannot write (W {w})} some {can for some keys write (W {w})} other {can write (W {w})}}",
            reads = can(config.r),
            r = config.r,
            writes = can(config.w),
            w = config.w
        );
        let able = homes >= usize::from(config.r) && homes >= usize::from(config.w);
        SideView { text, able }
    }

    /// The homes as the first member that is up sees them.
    fn replicas(world: &World<Self>) -> Replicas {
        let servers = || world.topology().servers().filter_map(|id| Some((id, world.server(id)?)));
        let Some((_, judge)) = servers().next() else { return Replicas::new() };
        let config = world.config();
        let kept = |id, server| views::server::kept(config, server, world.disk(id));
        let keys: BTreeSet<u32> =
            servers().flat_map(|(id, server)| kept(id, server).store.iter().map(|(key, _)| key)).collect();
        let held = |key: u32| {
            let homes = judge.ring.homes(key, config.n);
            let up = servers().filter(|(id, _)| homes.contains(*id));
            up.map(|(id, server)| (id, numbers(&kept(id, server).store.get(key)))).collect::<BTreeMap<_, _>>()
        };
        keys.into_iter().map(|key| (key, held(key))).collect()
    }

    fn questions(world: &World<Self>, run: &dyn Run, about: Subject) -> Vec<Question> {
        questions::questions(world, run, about)
    }

    fn answer(world: &World<Self>, run: &dyn Run, ask: Ask) -> Answer {
        questions::answer(world, run, ask)
    }
}
