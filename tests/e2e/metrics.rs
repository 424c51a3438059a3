//! The metrics: what R and W change while a wall stands, many seeds in slices, and how stale reads can be.

use netsplit_checkers::measures::Stale;
use netsplit_scenarios::fragment::parse_fragment;
use netsplit_scenarios::{judge, link, open};
use netsplit_sim::history::Outcome;
use netsplit_sim::id::Step;
use netsplit_sim::run::Run;
use serde_json::Value;

use crate::harness::{Page, tell};
use crate::look::violations;
use crate::time_machine::scrub_to;

/// A wall cuts n1 and its client off from two to five seconds.
const LAB: &str = "#scenario=quorum-replication/lab&t=4800000";
const SIZES: [(u32, u32); 3] = [(1440, 900), (1024, 768), (390, 844)];

/// What the metrics say, and what a history holds.
#[derive(Debug, PartialEq)]
struct Counts {
    /// Of each client: answered, asked.
    clients: Vec<(u64, u64)>,
    /// Stale reads, reads.
    stale: (u64, u64),
}

#[tokio::test]
async fn moving_r_and_w_while_the_wall_stands_trades_stale_reads_for_answers() {
    tell("metrics-r-and-w", async |story| {
        let page = story.open(LAB).await;
        page.click("named('[role=tab]', /^Metrics$/)").await;
        page.click("named('[role=tab]', /^Settings$/)").await;
        let strict = measured(&page).await;
        let beyond = while_walled(&page).await;
        assert_eq!(strict.stale.0, 0, "R + W > N while everybody is a home: {strict:?}");
        assert!(beyond.iter().any(|(answered, asked)| *answered == 0 && *asked > 0), "{beyond:?}");

        set(&page, "r", "1").await;
        set(&page, "w", "1").await;
        scrub_to(&page, 4_800).await;
        page.until("the wall still stands", "walls().length === 1").await;
        let loose = measured(&page).await;
        let beyond = while_walled(&page).await;
        assert!(loose.stale.0 > 0, "both sides go on, and reads miss writes: {loose:?}");
        assert!(beyond.iter().all(|(answered, _)| *answered > 0), "{beyond:?}");
        page.picture("metrics-r-and-w-at-1").await;
    })
    .await;
}

/// What the page says, which is what the history behind its link holds.
async fn measured(page: &Page) -> Counts {
    page.until("availability is drawn", "document.querySelector('.metric-availability .metric-side')").await;
    let found = page.link_counts().await;
    let said = said(page).await;
    assert_eq!(said, found, "the page beside the history of its link");
    said
}

/// The numbers in the words of the page.
async fn said(page: &Page) -> Counts {
    let sides = page.look(SIDES).await;
    let clients = numbers(&sides, r"answered");
    let told =
        page.look("tidy(document.querySelector('.metric-staleness .metric-row p')?.textContent)").await;
    let told = told.as_str().unwrap_or_default();
    let mut words = told.split(' ');
    let first = words.next().and_then(number).unwrap_or(0);
    // `3 of 40 reads stale …`, or `40 reads, none stale.`
    let stale = match words.next() {
        Some("of") => (first, words.next().and_then(number).unwrap_or(0)),
        _ => (0, first),
    };
    Counts { clients, stale }
}

const SIDES: &str = "all('.metric-availability .metric-side .soft').map((note) => tidy(note.textContent))";

/// Answered and asked while the wall stood, of each side.
async fn while_walled(page: &Page) -> Vec<(u64, u64)> {
    let sides = page.look(SIDES).await;
    let sides = sides.as_array().expect("a list").iter().filter_map(Value::as_str);
    let later = sides.filter_map(|side| side.split("; ").nth(1)).map(str::to_owned);
    let later: Vec<Value> = later.map(Value::String).collect();
    numbers(&Value::Array(later), "while")
}

/// `39 of 40 answered` as two numbers.
fn numbers(texts: &Value, before: &str) -> Vec<(u64, u64)> {
    let texts = texts.as_array().expect("a list").iter().filter_map(Value::as_str);
    let pair = |text: &str| {
        let (numbers, _) = text.split_once(before)?;
        let (part, of) = numbers.trim().split_once(" of ")?;
        Some((number(part)?, number(of)?))
    };
    texts.filter_map(pair).collect()
}

fn number(text: &str) -> Option<u64> {
    text.replace(',', "").parse().ok()
}

impl Page {
    /// What the history holds at the cursor, computed here from the link that the page shares.
    async fn link_counts(&self) -> Counts {
        let shared = self.copy_link().await;
        let (_, fragment) = shared.split_once('#').expect("a link has a fragment");
        let opened = link::load(&parse_fragment(fragment).expect("it can be read")).expect("it opens");
        let mut run = open::open(&opened.record).expect("it runs");
        run.seek_step(Step(self.moment().await.step)).expect("it comes to that step");
        counts(&*run)
    }
}

fn counts(run: &dyn Run) -> Counts {
    let mut clients = vec![(0, 0); usize::from(run.topology().clients)];
    for row in run.history() {
        let client = run.topology().clients().position(|id| id == row.client).expect("a client asked");
        let returned = row.returned_by(run.step()).map(|(_, outcome)| outcome);
        clients[client].0 += u64::from(matches!(returned, Some(Outcome::Ok(_) | Outcome::Many(_))));
        clients[client].1 += 1;
    }
    let history = judge::history(run, run.step()).expect("all of it is kept");
    let reads = Stale::reads(&history);
    let stale = reads.iter().filter(|read| read.versions > 0).count();
    Counts { clients, stale: (stale as u64, reads.len() as u64) }
}

/// Sets a parameter in the settings.
async fn set(page: &Page, name: &str, value: &str) {
    page.click(&format!("field(/^{name} /)")).await;
    page.keys(&["Control+a"]).await;
    page.type_text(value).await;
    page.keys(&["Tab"]).await;
    page.until_it_is_told(&format!("/began again with {name} = {value}/")).await;
}

#[tokio::test]
async fn many_seeds_run_beside_a_run_that_goes_on_and_a_seed_far_out_opens() {
    tell("metrics-many-seeds", async |story| {
        let page = story.open("?speed=0.01#scenario=quorum-replication/lab&t=100000").await;
        page.click("named('[role=tab]', /^Metrics$/)").await;
        page.play().await;
        let before = page.moment().await.time_ns;
        page.script("button(/^Run them$/).click()").await;
        page.until("seeds come in", "document.querySelector('.seeds-spreads .bar')").await;
        page.until("and time goes on", &format!("moment().time_ns > {before} + 1e6")).await;
        page.until("all of them are done", "button(/^Run them$/)").await;
        page.pause().await;
        let links = "all('.seeds-links a')";
        let seed = page.until("some are far out", &format!("{links}.length && {links}[0].textContent")).await;
        let href = page.look(&format!("{links}[0].getAttribute('href')")).await;
        let seed = seed.as_str().and_then(|text| text.split(' ').nth(1)).expect("a seed").to_owned();
        assert!(href.as_str().is_some_and(|href| href.starts_with('#') && href.contains(&seed)), "{href}");
        page.picture("metrics-many-seeds").await;
        page.script(&format!("{links}[0].click()")).await;
        page.until("that seed is on the stage", &format!("button(/^seed {seed}\\b/)")).await;

        page.script(
            "const select = document.querySelector('.seeds-tools select');
             select.value = '3000';
             select.dispatchEvent(new Event('change', { bubbles: true }));",
        )
        .await;
        page.until("3,000 are chosen", "document.querySelector('.seeds-tools select').value === '3000'")
            .await;
        page.script("button(/^Run them$/).click()").await;
        page.until("it can be cancelled", "button(/^Cancel$/)").await;
        page.script("button(/^Cancel$/).click()").await;
        page.until("it stopped", "button(/^Run them$/) && !document.querySelector('progress')").await;
    })
    .await;
}

#[tokio::test]
async fn how_stale_reads_can_be_follows_what_is_typed_and_slid() {
    tell("metrics-staleness-dialog", async |story| {
        let page = story.open(LAB).await;
        open_dialog(&page).await;
        let at_once = "document.querySelector('.staleness-claims dd').textContent";
        let trials = "all('.staleness-claims dd')[2].textContent";
        page.until("enough is sampled", &format!("{trials} === '200,000'")).await;
        let disk = percent(&page.look(at_once).await);
        assert!((disk - 43.9).abs() < 0.5, "the paper has 43.9 %: {disk}");
        page.until(
            "the paper stands beside",
            "/printed/.test(document.querySelector('.staleness-paper').textContent)",
        )
        .await;

        page.click("button(/^LNKD-SSD$/)").await;
        page.until(
            "the curve is another",
            &format!("Math.abs(parseFloat({at_once}) - 97.4) < 0.5 && {trials} === '200,000'"),
        )
        .await;
        page.tab_to("field(/^R, answers/)").await;
        page.keys(&["ArrowRight", "ArrowRight"]).await;
        page.until("all replicas answer a read", &format!("{at_once} === '100 %'")).await;

        page.click("field(/^W write/)").await;
        page.keys(&["Control+a"]).await;
        page.type_text("50% 1ms").await;
        page.until(
            "it is told what is wrong",
            "/add up to 100 %/.test(document.querySelector('.staleness-wrong')?.textContent)",
        )
        .await;
        page.type_text(" + 50% exp(20ms)").await;
        page.until("nothing is wrong", "!document.querySelector('.staleness-wrong')").await;
        page.until("no paper has that", "!document.querySelector('.staleness-paper')").await;
    })
    .await;
}

fn percent(text: &Value) -> f64 {
    let text = text.as_str().expect("a text");
    text.trim_end_matches('%').trim().parse().expect("a percentage")
}

async fn open_dialog(page: &Page) {
    page.until("the page is whole", "named('[role=tab]', /^Metrics$/)").await;
    page.script(
        "const tab = named('[role=tab]', /^Metrics$/); if (tab.ariaSelected !== 'true') tab.click();",
    )
    .await;
    page.until("the metrics are drawn", "document.querySelector('.metrics')").await;
    page.script("button(/^How stale can reads be/).click()").await;
    page.until("the dialog is open", "dialog(/How stale/)").await;
}

#[tokio::test]
async fn metrics_and_staleness_look_as_they_should_in_the_light_and_are_accessible() {
    tell("metrics-look-light", async |story| look_at(&story.fresh().await, "light").await).await;
}

#[tokio::test]
async fn metrics_and_staleness_look_as_they_should_in_the_dark_and_are_accessible() {
    tell("metrics-look-dark", async |story| look_at(&story.fresh().await, "dark").await).await;
}

/// Keeps pictures for people to look at, and fails with all complaints at once.
async fn look_at(page: &Page, theme: &str) {
    let mut complaints = Vec::new();
    for (width, height) in SIZES {
        let size = format!("{width}x{height}");
        page.resize(width, height).await;
        page.go(&format!("?theme={theme}&size={size}{LAB}")).await;
        page.until("the page is whole", "named('[role=tab]', /^Metrics$/)").await;
        page.script("named('[role=tab]', /^Metrics$/).click()").await;
        page.until("the metrics are drawn", "document.querySelector('.metrics .bar')").await;
        page.script("document.documentElement.style.setProperty('--drawer-height', '414px')").await;
        page.picture(&format!("metrics-{theme}-{size}")).await;
        complaints.extend(violations(page).await.into_iter().map(|complaint| format!("{size}: {complaint}")));
        open_dialog(page).await;
        page.until(
            "enough is sampled",
            "/200,000/.test(document.querySelector('.staleness-claims').textContent)",
        )
        .await;
        page.picture(&format!("staleness-{theme}-{size}")).await;
        complaints.extend(violations(page).await.into_iter().map(|complaint| format!("{size}: {complaint}")));
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
}
