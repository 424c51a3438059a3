//! Without a network, and through updates: the page that was open once opens again, whole, of one version, and
//! with the run that was on it. And it never asks anybody but its own site.

use std::fs;

use data_encoding::BASE64;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::harness::{Moment, Page, Site, Story, tell};

/// What the worker keeps, by path, once it is the one that answers.
const KEPT: &str = "(async () => {
    const { active } = await navigator.serviceWorker.ready;
    const caches_of_it = (await caches.keys()).filter((name) => name.startsWith('netsplit '));
    const kept = await Promise.all(caches_of_it.map(async (name) => (await (await caches.open(name)).keys())
      .map(({ url }) => url.slice(new URL('./', location.href).href.length))));
    return active.state === 'activated' ? kept.flat() : [];
  })()";
/// The notice that offers to change to a new version.
const NOTICE: &str = "button(/^Reload$/)";

/// Opens the page of a site, and waits until its run is there.
async fn open(page: &Page, site: &Site, suffix: &str) {
    page.visit(&site.url(suffix)).await;
    page.until("the page shows a run", "document.querySelector('main[data-digest]')").await;
}

/// The same page once more, from whoever answers now.
async fn open_again(page: &Page, site: &Site, suffix: &str) {
    page.visit("about:blank").await;
    open(page, site, suffix).await;
}

/// Waits until the whole page is kept, and says what that is.
async fn kept(page: &Page) -> Vec<String> {
    let kept = page.script_later(&format!("{KEPT}.then(arguments[0]);")).await;
    kept.as_array().into_iter().flatten().filter_map(|path| path.as_str().map(str::to_owned)).collect()
}

async fn forty_on(page: &Page) -> Moment {
    page.keys(&["Alt+l"; 40]).await;
    page.until_step(40).await
}

#[tokio::test]
async fn a_page_that_was_open_once_opens_without_its_site_and_replays_links_alike() {
    tell("offline", async |story| {
        let mut site = Site::with_page("offline", "/a/folder/");
        let page = story.fresh().await;
        open(&page, &site, "#scenario=raft/minority-leader&step=0").await;
        let online = forty_on(&page).await;
        let kept = kept(&page).await;
        for ending in ["", ".js", "_bg.wasm", ".css", "manifest.webmanifest", "icons/icon.svg"] {
            assert!(kept.iter().any(|path| path.ends_with(ending)), "{ending} is among {kept:?}");
        }
        site.stop();
        open_again(&page, &site, "#scenario=raft/minority-leader&step=40").await;
        assert_eq!(page.until_step(40).await, online, "the link of a moment, without a network");
        open_again(&page, &site, "index.html?theme=light#scenario=raft/playground").await;
        page.leader().await;
        page.pause().await;
        // What a release fetches late has come, too.
        page.copy_link().await;
    })
    .await;
}

#[tokio::test]
async fn a_new_version_waits_until_it_is_wanted_and_the_run_survives() {
    tell("update", async |story| {
        let site = Site::with_page("update", "/");
        let page = visited_twice(story, &site).await;
        let before = forty_on(&page).await;
        let old = version(&page).await;
        update(&site, Rest::IsUpdated);
        page.script("navigator.serviceWorker.getRegistration().then((it) => it.update());").await;
        page.until("the new version is offered", NOTICE).await;
        assert_eq!(page.moment().await, before, "nothing has happened to the run");
        page.client().refresh().await.expect("it reloads");
        page.until("the new version is offered again", NOTICE).await;
        assert_eq!(version(&page).await, old, "the old version answers until the new one is wanted");
        assert_eq!(page.until_step(40).await, before, "the address has the run");
        page.click(NOTICE).await;
        page.until("the new version is here", "document.querySelector('meta[name=edition]')").await;
        page.until("the page shows a run", "document.querySelector('main[data-digest]')").await;
        assert_eq!(page.until_step(40).await, before, "the run of before, where it was");
        page.until("nothing more is offered", &format!("!{NOTICE}")).await;
    })
    .await;
}

#[tokio::test]
async fn a_site_that_is_updated_halfway_is_not_kept() {
    tell("update-halfway", async |story| {
        // The console is told of the file that is not what the list says.
        story.fails_on_purpose();
        let mut site = Site::with_page("update-halfway", "/");
        let page = visited_twice(story, &site).await;
        update(&site, Rest::IsStillOld);
        let refused = "navigator.serviceWorker.getRegistration().then((it) => it.update()).then((it) =>
            new Promise((done) => it.installing.addEventListener('statechange', (event) =>
              done(event.target.state)))).then(arguments[0]);";
        assert_eq!(page.script_later(refused).await, json!("redundant"));
        assert_eq!(page.look(&format!("Boolean({NOTICE})")).await, json!(false));
        site.stop();
        open_again(&page, &site, "#scenario=raft/minority-leader&step=0").await;
        forty_on(&page).await;
    })
    .await;
}

#[tokio::test]
async fn embeds_are_not_kept_and_a_browser_that_refuses_is_not_missed() {
    tell("not-kept", async |story| {
        let page = story.open("?embed=1#scenario=raft/playground").await;
        let registered =
            "navigator.serviceWorker.getRegistrations().then((all) => arguments[0](all.length));";
        assert_eq!(page.script_later(registered).await, json!(0));
        let page = story.fresh().await;
        let refuses = "Object.defineProperty(Navigator.prototype, 'serviceWorker', {
            get() { throw new DOMException('refused', 'SecurityError'); } });";
        page.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": refuses })).await;
        page.go("#scenario=raft/minority-leader&step=0").await;
        forty_on(&page).await;
    })
    .await;
}

#[tokio::test]
async fn a_whole_session_asks_nobody_but_its_own_site_until_a_file_of_another_is_confirmed() {
    tell("own-site-only", async |story| {
        // The file of another site is not there.
        story.fails_on_purpose();
        let site = Site::with_page("own-site-only", "/lab/");
        let page = story.fresh().await;
        open(&page, &site, "").await;
        page.script("performance.setResourceTimingBufferSize(10_000);").await;
        page.leader().await;
        page.pause().await;
        for tab in ["Log", "History", "Metrics", "Events"] {
            page.click(&format!("named('[role=tab]', /^{tab}/)")).await;
        }
        page.copy_link().await;
        page.crash_by_menu("n1").await;
        kept(&page).await;
        assert_eq!(elsewhere(&page).await, json!([]));
        let foreign: Vec<String> = site
            .asked()
            .into_iter()
            .filter(|path| !path.starts_with("/lab/") && path != "/favicon.ico")
            .collect();
        assert!(foreign.is_empty(), "{foreign:?}");
        page.script("location.hash = '#src=https://elsewhere.invalid/run.json';").await;
        page.until("the page asks", "button(/^Fetch/)").await;
        assert_eq!(elsewhere(&page).await, json!([]), "a link alone fetches nothing");
        page.click("button(/^Fetch/)").await;
        page.until_it_is_told("/could not be fetched/").await;
        assert_eq!(elsewhere(&page).await, json!(["https://elsewhere.invalid/run.json"]));
    })
    .await;
}

/// Every address that was asked for and is not below the page's own.
async fn elsewhere(page: &Page) -> Value {
    page.look(
        "performance.getEntriesByType('resource').map((entry) => entry.name)
           .filter((name) => !name.startsWith(new URL('./', location.href).href) && /^[a-z]*:\\/\\//.test(name))",
    )
    .await
}

/// A page that the worker already answers for.
async fn visited_twice(story: &Story, site: &Site) -> Page {
    let page = story.fresh().await;
    open(&page, site, "#scenario=raft/minority-leader&step=0").await;
    kept(&page).await;
    open_again(&page, site, "#scenario=raft/minority-leader&step=0").await;
    page.until("the worker answers", "navigator.serviceWorker.controller").await;
    page
}

/// Of the page that is shown.
async fn version(page: &Page) -> Value {
    page.look("document.querySelector('meta[name=edition]')?.content ?? 'the first'").await
}

/// Whether an update has come through to every file.
#[derive(PartialEq)]
enum Rest {
    IsUpdated,
    IsStillOld,
}

/// Puts a new version on the site: another index.html, and the worker with its hash.
fn update(site: &Site, rest: Rest) {
    let index = fs::read_to_string(site.file("index.html")).expect("the page is there");
    let worker = fs::read_to_string(site.file("offline.js")).expect("the worker is there");
    let edition = index.replacen(
        "<meta name=\"viewport\"",
        "<meta name=\"edition\" content=\"two\"><meta name=\"viewport\"",
        1,
    );
    let [old, new] = [&index, &edition].map(|text| BASE64.encode(&Sha256::digest(text)));
    let updated = worker.replacen(&old, &new, 1).replacen("= `${OURS}", "= `${OURS}two-", 1);
    assert_ne!(updated, worker, "the list has the page's hash");
    fs::write(site.file("offline.js"), updated).expect("target/ can be written to");
    if rest == Rest::IsUpdated {
        fs::write(site.file("index.html"), edition).expect("target/ can be written to");
    }
}
