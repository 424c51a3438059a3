//! The page inside pages of other people: the frames that course material puts it into. In each the lab starts and
//! plays, although the frame may refuse storage, an origin, or everything but itself.

use std::fs;

use serde_json::{Value, json};

use crate::harness::{Host, Page, dist, tell};

/// What a lab opens with here.
const RUN: &str = "embed=1#scenario=raft/minority-leader&step=60";

/// The page on a site of its own.
fn netsplit() -> String {
    Host::new().with_folder(&dist()).open("127.0.0.1")
}

/// A page of a host with a frame in it.
fn host_page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>A host</title>{head}<h1>A host</h1>{body}"
    )
}

/// Goes into the first frame, and waits until the lab there shows its run.
async fn enter_frame(page: &Page) {
    page.until("the host has a frame", "document.querySelector('iframe')").await;
    page.enter("document.querySelector('iframe')").await;
    page.until_step(60).await;
}

/// Goes into the frame of the only `<netsplit-lab>`.
async fn enter_lab(page: &Page) {
    page.until("the lab has a frame", "document.querySelector('netsplit-lab')?.frame").await;
    page.enter("document.querySelector('netsplit-lab').frame").await;
    page.until_step(60).await;
}

/// Plays by a click, and pauses again.
async fn play_by_click(page: &Page) {
    let before = page.moment().await;
    page.play().await;
    page.until("virtual time passes", &format!("moment().time_ns > {}", before.time_ns)).await;
    page.pause().await;
}

/// The single file of the page.
fn one_file() -> String {
    fs::read_to_string(dist().join("netsplit.html")).expect("the page is there as one file")
}

#[tokio::test]
async fn a_lab_needs_no_storage_in_a_frame_of_another_site() {
    tell("frame-without-storage", async |story| {
        let lab = "<netsplit-lab scenario=raft/minority-leader step=60></netsplit-lab>";
        let script = format!("<script src={}embed.js></script>", netsplit());
        let host = Host::new().with_page("/", host_page(&script, lab)).open("localhost");
        // Chromium 156 gives a frame of another site storage of its own unless all storage is refused.
        let blocked = json!({ "profile": { "default_content_setting_values": { "cookies": 2 } } });
        let page = story.fresh_with(blocked).await;
        page.resize(900, 900).await;
        page.visit(&host).await;
        enter_lab(&page).await;
        assert_eq!(
            page.look(&refused("localStorage")).await,
            json!("SecurityError"),
            "the frame has storage"
        );
        play_by_click(&page).await;
    })
    .await;
}

#[tokio::test]
async fn a_lab_runs_in_a_sandbox_that_has_no_origin() {
    tell("frame-in-a-sandbox", async |story| {
        // As GitHub Pages and most hosts of static files do; without it a sandbox gets no module from anywhere.
        let netsplit = Host::new()
            .with_folder(&dist())
            .with_header("Access-Control-Allow-Origin", "*")
            .open("127.0.0.1");
        let frame =
            format!("<iframe sandbox=allow-scripts width=900 height=600 src='{netsplit}?{RUN}'></iframe>");
        let host = Host::new().with_page("/", host_page("", &frame)).open("localhost");
        let page = story.fresh().await;
        page.visit(&host).await;
        enter_frame(&page).await;
        assert_eq!(page.look("origin").await, json!("null"));
        assert_eq!(page.look(&refused("localStorage")).await, json!("SecurityError"));
        play_by_click(&page).await;
    })
    .await;
}

#[tokio::test]
async fn the_single_file_runs_in_a_sandbox_of_any_host() {
    tell("file-in-a-sandbox", async |story| {
        let frame =
            format!("<iframe sandbox=allow-scripts width=900 height=600 src='netsplit.html?{RUN}'></iframe>");
        let host = Host::new().with_folder(&dist()).with_page("/", host_page("", &frame)).open("localhost");
        let page = story.fresh().await;
        page.visit(&host).await;
        enter_frame(&page).await;
        assert_eq!(page.look("origin").await, json!("null"));
        play_by_click(&page).await;
    })
    .await;
}

#[tokio::test]
async fn a_lab_asks_a_strict_host_for_nothing_but_its_script_and_its_frame() {
    tell("frame-of-a-strict-host", async |story| {
        let lab = "<netsplit-lab scenario=raft/minority-leader step=60><p>The poster.</p></netsplit-lab>";
        let netsplit = netsplit();
        let script = format!("<script src={netsplit}embed.js></script>");
        let policy = format!(
            "default-src 'none'; script-src {netsplit}; frame-src {netsplit}; require-trusted-types-for 'script'; \
             base-uri 'none'; form-action 'none'"
        );
        let host = Host::new()
            .with_page("/", host_page(&script, lab))
            .with_header("Content-Security-Policy", &policy)
            .open("localhost");
        let page = story.fresh().await;
        page.resize(900, 900).await;
        page.visit(&host).await;
        enter_lab(&page).await;
        play_by_click(&page).await;
        page.leave().await;
        let height = "document.querySelector('netsplit-lab').getBoundingClientRect().height > 200";
        assert_eq!(page.look(height).await, json!(true), "its own styles count");
    })
    .await;
}

#[tokio::test]
async fn a_frame_without_an_address_takes_its_run_from_its_own_text() {
    tell("frame-from-text", async |story| {
        let document: Value = json!({
            "schema": 1, "engine": 1, "protocol": "raft", "behaviour": 1, "seed": "11",
            "title": "From text", "until": 60_000_000_000_u64,
        });
        let run = format!("<script type=\"application/json\" id=\"netsplit-scenario\">{document}</script>");
        let html =
            one_file().replacen("<script type=\"module\"", &format!("{run}<script type=\"module\""), 1);
        assert!(
            html.contains("id=\"netsplit-scenario\""),
            "the single file has a module before which it can stand"
        );
        let embedding = "fetch('lab.html').then((answer) => answer.text()).then((text) => {
            document.querySelector('iframe').srcdoc = text; });";
        let body = "<iframe width=900 height=600></iframe><script src=host.js></script>";
        let host = Host::new()
            .with_page("/", host_page("", body))
            .with_page("/host.js", embedding)
            .with_page("/lab.html", html)
            .open("localhost");
        let page = story.fresh().await;
        page.visit(&host).await;
        page.until("the host has a frame", "document.querySelector('iframe').srcdoc").await;
        page.enter("document.querySelector('iframe')").await;
        page.until("the lab shows its run", "/From text/.test(document.body.innerText)").await;
        assert_eq!(page.look("location.href").await, json!("about:srcdoc"));
        play_by_click(&page).await;
    })
    .await;
}

#[tokio::test]
async fn the_single_file_runs_from_a_disk() {
    tell("file-from-a-disk", async |story| {
        let file = dist().join("netsplit.html").canonicalize().expect("the page is there as one file");
        let page = story.fresh().await;
        page.visit(&format!("file://{}?{RUN}", file.display())).await;
        page.until_step(60).await;
        play_by_click(&page).await;
    })
    .await;
}

#[tokio::test]
async fn a_host_that_forbids_frames_keeps_its_poster_and_a_way_out() {
    tell("frame-forbidden", async |story| {
        // The browser says on the console that the host's policy was kept.
        story.fails_on_purpose();
        let lab = "<netsplit-lab scenario=raft/minority-leader><p id=poster>The poster.</p></netsplit-lab>";
        let netsplit = netsplit();
        let script = format!("<script src={netsplit}embed.js></script>");
        let host = Host::new()
            .with_page("/", host_page(&script, lab))
            .with_header("Content-Security-Policy", &format!("default-src 'none'; script-src {netsplit}"))
            .open("localhost");
        let page = story.fresh().await;
        page.visit(&host).await;
        let link = "document.querySelector('netsplit-lab').shadowRoot.querySelector('a')?.href";
        let found = page.until("there is a way out", link).await;
        assert_eq!(found, json!(format!("{netsplit}?#scenario=raft/minority-leader")));
        assert_eq!(
            page.look("getComputedStyle(document.getElementById('poster')).visibility").await,
            json!("visible")
        );
    })
    .await;
}

/// What happens on looking at something that this frame may not have.
fn refused(what: &str) -> String {
    format!("(() => {{ try {{ return typeof {what}; }} catch (error) {{ return error.name; }} }})()")
}
