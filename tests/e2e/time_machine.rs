//! The time machine: other futures are kept, runs are compared, a message is re-timed.

use serde_json::{Value, json};

use crate::harness::{Page, Spot, tell};

#[tokio::test]
async fn cutting_the_leader_off_in_the_past_keeps_both_futures_and_a_link_to_the_pair_shows_both() {
    tell("two-futures", async |story| {
        let page = story.open("?speed=10#scenario=raft/playground").await;
        page.until("half a minute has passed", "moment().time_ns > 30e9").await;
        page.pause().await;
        scrub_to(&page, 10_000).await;
        let sides = page.sides_round_leader().await;
        let (from, to) = page.stroke_round(&sides.inside_ids()).await;
        page.drag(from, to).await;
        page.let_go().await;
        page.until("both futures are in the tree", "all('.branch').length === 2").await;
        let cut = page.moment().await;
        assert!(cut.time_ns.abs_diff(10_000_000_000) < 200_000_000, "the cut is at 10 s: {cut:?}");

        page.tab_to("field(/^Time$/)").await;
        page.keys(&["End"]).await;
        page.until("the new future is as long as the old one", "moment().time_ns > 30e9").await;
        let told = page.look("all('.branch').map((branch) => branch.title)").await;
        let told: Vec<&str> = told.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        assert!(told[0].starts_with("Original: ") && told[1].starts_with("A wall goes up: "), "{told:?}");
        assert_ne!(outcome(told[0]), outcome(told[1]));

        page.click("button(/^Compare$/)").await;
        page.click("named('dialog button', /^Original$/)").await;
        page.until("two stages stand side by side", "all('.stage-svg').length === 2").await;
        page.until(
            "it is told where they part",
            "/wall/.test(tidy(document.querySelector('.parting').textContent))",
        )
        .await;
        let here = pair(&page).await;
        assert_ne!(here[0], here[1], "they are different runs");

        let link = page.copy_link().await;
        let elsewhere = story.fresh().await;
        elsewhere.visit(&link).await;
        elsewhere.until("the pair is there", "document.querySelector('main[data-digest-b]')").await;
        let same = format!("JSON.stringify({PAIR}) === JSON.stringify({})", Value::Array(here));
        elsewhere.until("both runs are the same elsewhere", &same).await;
    })
    .await;
}

#[tokio::test]
async fn a_message_dragged_later_changes_who_wins_and_undo_brings_the_first_run_back() {
    tell("a-message-later", async |story| {
        // n4 asks n2 for its vote, which arrives in time to win.
        let calm = story.open(ELECTION).await;
        assert_eq!(winner(&calm).await, "n4");
        let end = calm.moment().await;

        let page = story.open(ELECTION).await;
        let first = page.moment().await;
        let request = page.spot(REQUEST).await;
        let sender = page.person("n4").await.at;
        let receiver = page.person("n2").await.at;
        // Behind its sender, so that it arrives later than it would have after it was sent.
        let behind = receiver.towards(sender, 1.3);
        page.drag(request, behind).await;
        page.until(
            "it is told when it would arrive",
            "/later/.test(document.querySelector('.retiming')?.textContent)",
        )
        .await;
        page.let_go().await;
        page.until("it is part of the run", &format!("moment().step === {}", first.step + 1)).await;
        assert_eq!(winner(&page).await, "n3", "another one wins");

        page.keys(&["Control+z"]).await;
        page.until("the cursor is where the change was made", &format!("moment().step === {}", first.step))
            .await;
        assert_eq!(page.moment().await, first);
        assert_eq!(winner(&page).await, "n4");
        assert_eq!(page.moment().await, end, "and the run is the first one");
    })
    .await;
}

#[tokio::test]
async fn a_line_of_the_script_is_moved_muted_and_brought_back() {
    tell("the-script-edited", async |story| {
        let page = story.open("#scenario=raft/playground&t=1000000").await;
        page.crash_by_menu("n1").await;
        page.click("named('[role=tab]', /^Script$/)").await;
        page.keys(&["Alt+l"; 10]).await;
        page.click(LINE).await;
        page.click("button(/^Mute$/)").await;
        page.until("n1 runs", "!/crashed/.test(nameOf(grip('node:n1')))").await;
        page.click("button(/^Unmute$/)").await;
        page.until("n1 is down", "/crashed/.test(nameOf(grip('node:n1')))").await;

        let before = page.moment().await;
        let as_it_was = format!("moment().digest === '{}'", before.digest);
        page.click("field(/^at, ms$/)").await;
        page.keys(&["Control+a"]).await;
        page.type_text("600").await;
        page.keys(&["Tab"]).await;
        page.until("it is earlier", &format!("/^0.600 s/.test(nameOf({LINE}))")).await;
        page.click("button(/^Undo$/)").await;
        page.until("it is where it was", &format!("/^1.000 s/.test(nameOf({LINE}))")).await;
        page.until("the run is as it was", &as_it_was).await;
        let flag = page.spot("document.querySelector('.flag path')").await;
        page.drag(flag, Spot { x: flag.x - 60.0, y: flag.y }).await;
        page.let_go().await;
        page.until("it is where the flag was dragged", &format!("/^0.[0-8]/.test(nameOf({LINE}))")).await;
        page.keys(&["Control+z"]).await;
        page.until("it is where it was", &format!("/^1.000 s/.test(nameOf({LINE}))")).await;
        page.until("the run is as it was", &as_it_was).await;
        assert_eq!(page.moment().await, before, "and so is the cursor");
    })
    .await;
}

/// Both digests.
const PAIR: &str =
    "[document.querySelector('main').dataset.digest, document.querySelector('main').dataset.digestB]";

/// The line of the script that crashes n1.
const LINE: &str = "named('.line > button', /n1 crashes/)";

/// Two servers ask for votes at nearly the same time.
const ELECTION: &str = "#scenario=raft/playground&seed=12&t=191000";

/// The message that asks n2 for its vote.
const REQUEST: &str = "named('.flight', /RequestVote.*from n4 to n2/)";

async fn pair(page: &Page) -> Vec<Value> {
    page.look(PAIR).await.as_array().expect("a pair").clone()
}

/// Goes on until somebody leads, and a little further; says who.
async fn winner(page: &Page) -> String {
    scrub_to(page, 270).await;
    page.leader().await.id
}

/// Puts the cursor at a time, by a press on the timeline and arrow keys.
pub async fn scrub_to(page: &Page, millis: u32) {
    let track = page
        .look(
            "(({ left, width, top, height }) => ({ left, width, y: top + height / 2, \
             to: Number(field(/^Time$/).getAttribute('aria-valuemax')) }))(field(/^Time$/).getBoundingClientRect())",
        )
        .await;
    let read = |name: &str| track[name].as_f64().expect("the timeline has a place and an end");
    let part = f64::from(millis) / read("to");
    page.click_at(Spot { x: (read("left") + read("width") * part).round(), y: read("y") - 12.0 }).await;
    let near = json!(f64::from(millis) * 1e6);
    page.until("the cursor is there", &format!("Math.abs(moment().time_ns - {near}) < 0.02 * {near}")).await;
}

/// What a branch led to, without its name.
fn outcome(told: &str) -> &str {
    told.split_once(": ").map_or("", |(_, outcome)| outcome)
}
