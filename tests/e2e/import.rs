//! A history of client operations from a file: the page and the terminal say the same of it, and what is no
//! history is refused with its line.

use serde_json::json;

use crate::harness::{Page, tell};
use crate::look::violations;

const VALID: &str = include_str!("../../crates/netsplit-formats/tests/data/cas-register.edn");
const STALE: &str = include_str!("../../crates/netsplit-formats/tests/data/cas-register-stale.edn");
const MALFORMED: &str = include_str!("../../crates/netsplit-formats/tests/data/malformed/invokes-twice.edn");
const SIZES: [(u32, u32); 3] = [(1440, 900), (1024, 768), (390, 844)];

/// Where the fixtures lie, for the command line.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/netsplit-formats/tests/data/");

#[tokio::test]
async fn a_jepsen_history_has_the_same_verdict_on_the_page_and_in_the_terminal() {
    tell("import-verdicts", async |story| {
        let page = story.open("#scenario=raft/playground&step=60").await;
        let before = page.moment().await;
        for (name, text) in [("cas-register.edn", VALID), ("cas-register-stale.edn", STALE)] {
            choose_file(&page, name, text).await;
            let says = settled_verdict(&page, name).await;
            let terminal = in_the_terminal(&["check", &format!("{DATA}{name}")]);
            assert!(terminal.contains(&says), "{name}: the page says “{says}”, the terminal\n{terminal}");
        }
        assert_eq!(page.moment().await, before, "the run is as it was");
        page.click("button(/^Back to the run$/)").await;
        page.until("the run's history is shown again", "!document.querySelector('.history-file')").await;
    })
    .await;
}

#[tokio::test]
async fn a_history_is_pasted_or_dropped_as_well() {
    tell("import-pasted", async |story| {
        let page = story.open("#scenario=raft/playground&step=60").await;
        drop_file(&page, "dropped.edn", STALE).await;
        assert!(settled_verdict(&page, "dropped.edn").await.contains("inearizab"));
        page.click("button(/^Back to the run$/)").await;
        page.click("document.querySelector('.crumb')").await;
        page.click("button(/^Open a link or a file$/)").await;
        let set = format!(
            "const area = document.querySelector('.paste textarea'); area.value = {}; return true;",
            json!(VALID)
        );
        page.script(&set).await;
        page.click("button(/^Open$/)").await;
        settled_verdict(&page, "Pasted history").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_no_history_is_refused_with_its_line_and_reason_and_the_page_stays() {
    tell("import-malformed", async |story| {
        let page = story.open("#scenario=raft/playground&step=60").await;
        let before = page.moment().await;
        choose_file(&page, "invokes-twice.edn", MALFORMED).await;
        let reason = MALFORMED.lines().next().expect("it begins with the reason").trim_start_matches("; ");
        let told =
            page.until("it is told", "all('.notice').map((notice) => tidy(notice.textContent))[0]").await;
        let told = told.as_str().expect("text");
        assert!(told.contains("invokes-twice.edn is no history: "), "{told}");
        assert!(told.contains(reason), "{told}, but the reason is {reason}");
        assert_eq!(page.moment().await, before);
        let terminal = in_the_terminal(&["check", &format!("{DATA}malformed/invokes-twice.edn")]);
        assert!(terminal.contains(reason), "{terminal}");
    })
    .await;
}

#[tokio::test]
async fn the_history_of_a_file_is_shown_in_both_themes_at_three_sizes() {
    tell("import-look", async |story| {
        let page = story.fresh().await;
        for theme in ["light", "dark"] {
            for (width, height) in SIZES {
                page.resize(width, height).await;
                page.go(&format!("?theme={theme}&size={width}#scenario=raft/playground&step=60")).await;
                choose_file(&page, "cas-register-stale.edn", STALE).await;
                settled_verdict(&page, "cas-register-stale.edn").await;
                page.picture(&format!("import-{theme}-{width}x{height}")).await;
                let complaints = violations(&page).await;
                assert!(complaints.is_empty(), "{theme} {width}: {complaints:#?}");
            }
        }
    })
    .await;
}

/// By the button of the history.
async fn choose_file(page: &Page, name: &str, text: &str) {
    if page.look("!document.querySelector('.history')").await == json!(true) {
        page.click("document.querySelector('#tab-history')").await;
    }
    page.until("the history can be opened", "document.querySelector('.history-open input')").await;
    hand_over(page, "document.querySelector('.history-open input')", name, text).await;
}

/// What a person does in a dialog of the system, which no test can reach.
async fn hand_over(page: &Page, input: &str, name: &str, text: &str) {
    page.script(&format!(
        "const data = new DataTransfer();
         data.items.add(new File([{text}], {name}));
         const input = {input};
         input.files = data.files;
         input.dispatchEvent(new Event('change', {{ bubbles: true }}));",
        text = json!(text),
        name = json!(name),
    ))
    .await;
}

async fn drop_file(page: &Page, name: &str, text: &str) {
    page.script(&format!(
        "const data = new DataTransfer();
         data.items.add(new File([{text}], {name}));
         const options = {{ bubbles: true, cancelable: true, dataTransfer: data }};
         const kept = document.body.dispatchEvent(new DragEvent('dragover', options));
         document.body.dispatchEvent(new DragEvent('drop', options));
         return kept;",
        text = json!(text),
        name = json!(name),
    ))
    .await;
}

/// What the page says of a file once nothing is left to check.
async fn settled_verdict(page: &Page, name: &str) -> String {
    let of_file = format!("tidy(document.querySelector('.history-file')?.textContent) === '{name}'");
    page.until(&format!("{name} is shown"), &of_file).await;
    let says = "tidy(document.querySelector('.history-says')?.textContent)";
    let settled = format!("{says} && !/^Checking/.test({says}) && {says}");
    page.until("it is judged", &settled).await.as_str().expect("text").to_owned()
}

fn in_the_terminal(arguments: &[&str]) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    netsplit_cli::run(["netsplit"].iter().chain(arguments), &mut out, &mut err);
    [String::from_utf8_lossy(&out), String::from_utf8_lossy(&err)].concat()
}
