//! How Raft shows itself: what `Describe` asks for, each answered by a room of its own.

use std::collections::BTreeSet;

use netsplit_sim::describe::{
    About, Answer, Ask, BadSetting, Describe, Images, MessageView, NodeView, Question, Settings, SideView,
    Subject, Window,
};
use netsplit_sim::id::{NodeId, Topology};
use netsplit_sim::run::Run;
use netsplit_sim::world::World;
use netsplit_words::say;

use super::about::ABOUT;
use super::client::Client;
use super::config::Config;
use super::message::Message;
use super::quorum;
use super::server::Server;
use super::{Raft, questions, views};

impl Describe for Raft {
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
        window: Window,
    ) -> NodeView {
        views::server::view(config, id, server, disk, window)
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

    /// §5.2, §5.3: electing a leader and committing both need a majority of all servers.
    fn side(_config: &Config, topology: Topology, members: &BTreeSet<NodeId>) -> SideView {
        let count = members.iter().filter(|id| !id.is_client()).count() as u32;
        let servers = u32::from(topology.servers);
        let able = count >= quorum::majority(servers);
        let text = if able {
            say!("{count} of {servers}: can elect and commit", count, servers)
        } else {
            say!("{count} of {servers}: cannot elect or commit", count, servers)
        };
        SideView { text, able }
    }

    fn questions(world: &World<Self>, run: &dyn Run, about: Subject) -> Vec<Question> {
        questions::questions(world, run, about)
    }

    fn answer(world: &World<Self>, run: &dyn Run, ask: Ask) -> Answer {
        questions::answer(world, run, ask)
    }
}
