//! The views of the page, each by its address and by what is done there.

/// A view.
pub struct View {
    /// For the report.
    pub name: &'static str,
    /// What follows `?lang=…`.
    pub address: &'static str,
    /// Elements to be activated one after the other.
    pub steps: &'static [&'static str],
}

/// A wall stands, two lead, messages are under way.
pub const MOMENT: &str = "#scenario=raft/minority-leader&step=300";
/// Replicas differ.
const STORES: &str = "#scenario=quorum-replication/lab&t=4800000";

const fn view(name: &'static str, address: &'static str, steps: &'static [&'static str]) -> View {
    View { name, address, steps }
}

/// A panel of the page amid a run.
const fn panel(name: &'static str, steps: &'static [&'static str]) -> View {
    view(name, MOMENT, steps)
}

/// Every view: the bare page, each panel, each dialog, menus, forms, an embedded page.
pub const VIEWS: &[View] = &[
    view("bare page", "", &[]),
    view("bad link", "#scenario=nowhere/nothing", &[]),
    panel("space-time", &["byId('tab-spacetime')"]),
    panel("log", &["byId('tab-log')"]),
    view("store", STORES, &["byId('tab-log')"]),
    panel("history", &["byId('tab-history')"]),
    panel("metrics", &["byId('tab-metrics')"]),
    panel("events", &["byId('tab-events')"]),
    panel("inspector", &["grip('node:n1')", "byId('tab-inspector')"]),
    panel("settings", &["byId('tab-settings')"]),
    panel("script", &["byId('tab-script')"]),
    panel("a line of the script", &["byId('tab-script')", "one('.script .line button')"]),
    panel("why", &["byId('tab-why')", "one('.questions button')"]),
    panel("menu of a server", &["grip('node:n1')"]),
    panel("menu of a client", &["grip('node:c1')"]),
    panel("menu of a link", &["grip('link:n1:n5')"]),
    panel("menu of a wall", &["one('[data-grip^=\"wall:\"][aria-label]')"]),
    panel("form of a link", &["grip('link:n1:n5')", "button(/Delay, loss/)"]),
    panel("form of a clock", &["grip('node:n1')", "button(/clock/i)"]),
    panel("form of an operation", &["grip('node:c1')", "button(/Ask for an operation/)"]),
    panel("seed", &["one('.seed button')"]),
    panel("gallery", &["one('.crumb')"]),
    panel("share", &["button(/Share/)"]),
    panel("compare", &["one('.compare')"]),
    panel("help", &["pressed('?')"]),
    panel("partition", &["button(/groups/)"]),
    view("staleness", STORES, &["byId('tab-metrics')", "button(/How stale can reads be/)"]),
    view(
        "embedded page",
        "&embed=1&panels=all&verdict=after-prediction#scenario=raft/minority-leader&step=300",
        &[],
    ),
];
