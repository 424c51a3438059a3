//! Pictures, films and traces: what is saved in the page is what the command line makes of the same link, and what
//! is dropped on the page opens it again.

use std::env;
use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::harness::{Host, Page, address, tell};
use crate::look::violations;

const LINK: &str = "#scenario=raft/minority-leader@1&step=300";

#[tokio::test]
async fn a_saved_svg_is_what_the_command_line_makes_of_the_link() {
    tell("pictures-svg", async |story| {
        let page = story.open(LINK).await;
        page.until_step(300).await;
        let link = format!("{}{LINK}", address());
        section(&page, "Picture").await;
        for (what, kind) in [
            ("Stage", "stage"),
            ("Space-time diagram", "diagram"),
            ("Client history", "history"),
            ("Metrics", "metrics"),
        ] {
            for (made, theme) in [("light screens", "light"), ("paper", "print")] {
                choose(&page, ".picture-what", what).await;
                choose(&page, ".picture-theme", made).await;
                let saved = saved_by(&page, "button(/^Save SVG$/)").await;
                let drawn = in_the_terminal(&["picture", &link, "--what", kind, "--theme", theme]);
                same(&saved.text, &drawn, what);
                assert_eq!(saved.name, format!("netsplit-the-minority-leader-{kind}.svg"));
            }
        }
        page.picture("share-picture").await;
        let complaints = violations(&page).await;
        assert!(complaints.is_empty(), "{complaints:#?}");
    })
    .await;
}

#[tokio::test]
async fn a_saved_png_has_twice_and_four_times_the_size() {
    tell("pictures-png", async |story| {
        let page = story.open(LINK).await;
        page.until_step(300).await;
        section(&page, "Picture").await;
        for (button, factor) in [("button(/^Save PNG ×2$/)", 2), ("button(/^Save PNG ×4$/)", 4)] {
            let saved = saved_by(&page, button).await;
            let size = page
                .script_later(
                    "createImageBitmap(saved[0].blob).then(({ width, height }) => arguments[0]([width, height]));",
                )
                .await;
            assert_eq!(size, json!([1_044 * factor, 662 * factor]), "{}", saved.name);
            assert!(saved.name.ends_with("-stage.png") && saved.kind == "image/png", "{}", saved.name);
        }
    })
    .await;
}

#[tokio::test]
async fn a_film_is_recorded_and_plays() {
    tell("pictures-film", async |story| {
        let page = story.open(LINK).await;
        page.until_step(300).await;
        let before = page.moment().await;
        section(&page, "Picture").await;
        record_saves(&page).await;
        page.click("button(/^5 s of play$/)").await;
        page.until("it is being recorded", "document.querySelector('.picture-deeds progress')").await;
        page.until("the film is saved", "window.saved && saved.length").await;
        assert_eq!(page.moment().await, before, "the page stays where it was");
        let film = page
            .script_later(
                "const reader = new FileReader();
                 reader.onload = () => arguments[0](reader.result);
                 reader.readAsDataURL(saved[0].blob);",
            )
            .await;
        let film = film.as_str().expect("an address").to_owned();
        assert!(film.starts_with("data:video/webm"), "{}", &film[..40]);
        // The page itself shows no films, and says so in its policy.
        page.visit(&Host::new().with_page("/", "<title>film</title><video muted></video>").open("localhost"))
            .await;
        let shown = page
            .script_later(&format!(
                "const video = document.querySelector('video');
                 const done = arguments[0];
                 video.onerror = () => done(String(video.error && video.error.message));
                 video.onseeked = () => done([video.videoWidth, video.videoHeight, video.currentTime > 1]);
                 video.onloadeddata = () => {{ video.currentTime = 1.5; }};
                 video.src = {};",
                json!(film)
            ))
            .await;
        assert_eq!(shown, json!([1_305, 828, true]), "a quarter larger than the picture");
    })
    .await;
}

#[tokio::test]
async fn a_film_that_is_stopped_saves_nothing() {
    tell("pictures-film-stopped", async |story| {
        let page = story.open(LINK).await;
        page.until_step(300).await;
        section(&page, "Picture").await;
        record_saves(&page).await;
        page.click("button(/^20 s of play$/)").await;
        page.click("button(/^Stop recording$/)").await;
        page.until("another can be recorded", "button(/^5 s of play$/)").await;
        assert_eq!(page.look("saved.length").await, json!(0));
    })
    .await;
}

#[tokio::test]
async fn every_trace_is_what_the_command_line_writes_and_is_read_back() {
    tell("pictures-traces", async |story| {
        let page = story.open(LINK).await;
        page.until_step(300).await;
        let link = format!("{}{LINK}", address());
        section(&page, "Trace").await;
        let formats = [
            ("jsonl", "trace"),
            ("log", "shiviz"),
            ("mmd", "mermaid"),
            ("edn", "edn"),
            ("json", "porcupine"),
        ];
        for (ending, format) in formats {
            let save =
                format!("named('button', /^Save: /, document.querySelector('[data-format={ending}]'))");
            let saved = saved_by(&page, &save).await;
            assert!(saved.name.ends_with(ending), "{}", saved.name);
            let written = in_the_terminal(&["export", &link, "--format", format]);
            // The page's gallery has no expectations, so the first line of a trace, the run itself, is shorter.
            let events = |text: &str| if format == "trace" { rest(text) } else { text.to_owned() };
            same(&events(&saved.text), &events(&written), format);
            let kept = file(&format!("e2e-trace.{ending}"), &saved.text);
            let name = kept.to_str().expect("plain");
            match format {
                "trace" => assert!(in_the_terminal(&["replay", name]).contains("same"), "it is replayed"),
                "edn" => assert!(in_the_terminal(&["check", name]).contains("violation"), "it is judged"),
                _ => {}
            }
        }
        page.picture("share-trace").await;
        let complaints = violations(&page).await;
        assert!(complaints.is_empty(), "{complaints:#?}");
    })
    .await;
}

#[tokio::test]
async fn a_picture_or_a_trace_that_is_dropped_opens_the_same_run_at_the_same_moment() {
    tell("pictures-dropped", async |story| {
        let page = story.open(LINK).await;
        let before = page.until_step(300).await;
        let link = format!("{}{LINK}", address());
        let picture = in_the_terminal(&["picture", &link, "--what", "metrics"]);
        let trace = in_the_terminal(&["export", &link, "--format", "trace"]);
        for (name, text) in [("picture.svg", picture), ("trace.jsonl", trace)] {
            page.go("#scenario=raft/playground&step=60").await;
            page.until_step(60).await;
            drag_over(&page).await;
            let words = page.look("tidy(document.querySelector('.drop-veil')?.textContent)").await;
            assert!(words.as_str().is_some_and(|words| words.starts_with("Drop it to open it")), "{words}");
            drop_file(&page, name, &text).await;
            assert_eq!(page.look("document.querySelector('.drop-veil')").await, json!(null));
            assert_eq!(page.until_step(300).await, before, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_understood_is_refused_by_name_and_the_page_stays() {
    tell("pictures-refused", async |story| {
        let page = story.open(LINK).await;
        let before = page.until_step(300).await;
        let link = format!("{}{LINK}", address());
        let log = in_the_terminal(&["export", &link, "--format", "shiviz"]);
        let files = [
            ("picture.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "does not name the run"),
            ("log.txt", &log, "a log with vector clocks"),
            ("letter.txt", "Dear all", "Line 1"),
            ("trace.jsonl", "{\"trace\":1,\"steps\":true}", "line 1"),
            ("scenario.json", "{\n  \"schema\": 1,\n", "line"),
        ];
        for (name, text, reason) in files {
            drop_file(&page, name, text).await;
            let told = format!(
                "all('.notice').map((notice) => tidy(notice.textContent)).find((text) => text.includes({}))",
                json!(reason)
            );
            let told = page.until(&format!("{name} is refused"), &told).await;
            assert!(told.as_str().is_some_and(|told| told.contains("as it was")), "{told}");
            assert_eq!(page.moment().await, before, "{name}");
        }
    })
    .await;
}

/// Something that the page saved.
struct Saved {
    name: String,
    kind: String,
    text: String,
}

/// A text without its first line.
fn rest(text: &str) -> String {
    text.split_once('\n').map_or_else(String::new, |(_, rest)| rest.to_owned())
}

/// That two texts are the same, or the first line in which they differ.
fn same(page: &str, terminal: &str, what: &str) {
    let mut lines = page.lines().zip(terminal.lines());
    if let Some((one, other)) = lines.find(|(one, other)| one != other) {
        panic!("{what}: the page saves\n{one}\nand the terminal\n{other}");
    }
    assert_eq!(page.len(), terminal.len(), "{what}");
}

/// Opens a section of the share dialog.
async fn section(page: &Page, name: &str) {
    page.click("button(/^Share$/)").await;
    page.click(&format!("named('[role=tab]', /^{name}$/)")).await;
}

/// From now on what is saved is kept here and not by the browser.
async fn record_saves(page: &Page) {
    page.script(
        "window.saved = [];
         if (!window.kept) {
           window.kept = URL.createObjectURL;
           let last;
           URL.createObjectURL = (blob) => { last = blob; return kept.call(URL, blob); };
           HTMLAnchorElement.prototype.click = function () { saved.push({ name: this.download, blob: last }); };
         }",
    )
    .await;
}

async fn saved_by(page: &Page, button: &str) -> Saved {
    record_saves(page).await;
    page.click(button).await;
    page.until("something is saved", "saved.length").await;
    let saved = page
        .script_later(
            "const [{ name, blob }] = saved;
             blob.text().then((text) => arguments[0]({ name, kind: blob.type, text: /text|svg|json|edn/.test(blob.type) ? text : '' }));",
        )
        .await;
    let part = |name: &str| saved[name].as_str().expect("text").to_owned();
    Saved { name: part("name"), kind: part("kind"), text: part("text") }
}

async fn choose(page: &Page, list: &str, words: &str) {
    page.script(&format!(
        "const list = document.querySelector('{list}');
         list.selectedIndex = [...list.options].findIndex((option) => tidy(option.textContent) === '{words}');
         list.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    ))
    .await;
    let shown =
        format!("tidy(document.querySelector('{list}').selectedOptions[0]?.textContent) === '{words}'");
    page.until(&format!("{words} is chosen"), &shown).await;
}

async fn drag_over(page: &Page) {
    drag(page, "dragover", "x.svg", "").await;
}

async fn drop_file(page: &Page, name: &str, text: &str) {
    drag(page, "drop", name, text).await;
}

async fn drag(page: &Page, event: &str, name: &str, text: &str) {
    page.script(&format!(
        "const data = new DataTransfer();
         data.items.add(new File([{text}], {name}));
         const options = {{ bubbles: true, cancelable: true, dataTransfer: data }};
         document.body.dispatchEvent(new DragEvent('{event}', options));",
        text = json!(text),
        name = json!(name),
    ))
    .await;
}

/// Keeps a text where the command line finds it.
fn file(name: &str, text: &str) -> PathBuf {
    let path = env::temp_dir().join(format!("netsplit-{}-{name}", std::process::id()));
    fs::write(&path, text).expect("a temporary file can be written");
    path
}

fn in_the_terminal(arguments: &[&str]) -> String {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    netsplit_cli::run(["netsplit"].iter().chain(arguments), &mut out, &mut err);
    assert_eq!(String::from_utf8_lossy(&err), "", "{arguments:?}");
    String::from_utf8(out).expect("it is text")
}
