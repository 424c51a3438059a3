//! A host page with six labs: it hears what happens in them and moves them, and only those in sight run.

use serde_json::{Value, json};

use crate::harness::{Host, Page, Story, address, dist, tell};

/// Six labs one below another, each with a screen between it and the next, and a script that keeps what they say.
const SCRIPT: &str = "
const said = [];
const frames = () => [...document.querySelectorAll('iframe')];
const from = (event) => frames().findIndex((frame) => frame.contentWindow === event.source);
addEventListener('message', (event) => said.push({ frame: from(event), message: event.data }));
const heard = (frame, type) => said.find((one) => one.frame === frame && one.message.type === type)?.message;
const post = (frame, message) => frames()[frame].contentWindow.postMessage(message, '*');
let asked = 0;
const ask = (frame, message) => new Promise((resolve) => {
  const id = `question ${asked += 1}`;
  addEventListener('message', function hear(event) {
    if (event.data.id !== id) return;
    removeEventListener('message', hear);
    resolve(event.data);
  });
  post(frame, { netsplit: 1, id, ...message });
});";

const RUN: &str = "#scenario=raft/minority-leader";

/// A host on a site of its own, with these labs; each is a query and a fragment.
async fn host(story: &Story, labs: &[String]) -> Page {
    let page = story.fresh().await;
    page.visit(&Host::new().with_page("/", course(address(), labs)).open("localhost")).await;
    page
}

/// The page of a course; labs come from this address.
fn course(address: &str, labs: &[String]) -> String {
    let frame = |lab: &String| {
        format!("<iframe src='{address}{lab}' width=640 height=400></iframe><p>Words between two labs.</p>")
    };
    let labs: String = labs.iter().map(frame).collect();
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>A course</title>\
         <style>iframe {{ display: block; margin-bottom: 900px }}</style><script>{SCRIPT}</script>\
         <h1>A course</h1><input aria-label=notes>{labs}<button>On</button>"
    )
}

impl Page {
    async fn all_are_ready(&self, labs: usize) {
        let ready = format!("[...Array({labs}).keys()].every((frame) => heard(frame, 'ready'))");
        self.until("every lab says that it is ready", &ready).await;
    }

    /// What a lab answers.
    async fn ask(&self, lab: usize, message: &Value) -> Value {
        let answer = self.script_later(&format!("ask({lab}, {message}).then(arguments[0]);")).await;
        assert_eq!((&answer["type"], &answer["of"]), (&json!("answer"), &message["type"]), "{answer}");
        answer
    }

    /// Virtual time of a lab, in microseconds.
    async fn time_in(&self, lab: usize) -> u64 {
        let answer = self.ask(lab, &json!({ "type": "getState" })).await;
        answer["state"]["t"].as_u64().expect("a time is a number")
    }

    /// Waits until a lab's time has passed this.
    async fn until_time_in(&self, lab: usize, past: u64) {
        let what = format!("time passes in lab {lab}");
        let found = format!(
            "(ask({lab}, {{ type: 'getState' }}).then((answer) => {{ window.t = answer.state.t; }}), window.t > {past})"
        );
        self.script("window.t = 0;").await;
        self.until(&what, &found).await;
    }
}

fn labs(query: &str) -> Vec<String> {
    vec![format!("?embed=1{query}{RUN}"); 6]
}

/// All play; time passes only where somebody looks.
async fn only_those_in_sight_run(page: &Page) {
    page.all_are_ready(6).await;
    for lab in 0..6 {
        let answer = page.ask(lab, &json!({ "type": "play" })).await;
        assert_eq!((&answer["ok"], &answer["playing"]), (&json!(true), &json!(true)));
    }
    page.until_time_in(0, 20_000).await;
    for lab in 1..6 {
        assert_eq!(page.time_in(lab).await, 0, "nobody sees lab {lab}");
    }
    page.script("frames()[5].scrollIntoView();").await;
    page.until_time_in(5, 20_000).await;
    let away = page.time_in(0).await;
    page.until_time_in(5, 40_000).await;
    assert_eq!(page.time_in(0).await, away, "nobody sees the first any more");
    page.script("scrollTo(0, 0);").await;
    page.until_time_in(0, away).await;
}

#[tokio::test]
async fn of_six_labs_only_those_in_sight_run() {
    tell("six-labs", async |story| {
        let page = host(story, &labs("")).await;
        only_those_in_sight_run(&page).await;
    })
    .await;
}

#[tokio::test]
async fn labs_out_of_sight_rest_on_the_host_of_the_page_too() {
    tell("six-labs-of-one-site", async |story| {
        // Browsers hold back frames of other sites by themselves, but none of the same.
        let site = Host::new().with_folder(&dist()).with_page("/course.html", course("/", &labs("")));
        let page = story.fresh().await;
        page.visit(&format!("{}course.html", site.open("127.0.0.1"))).await;
        only_those_in_sight_run(&page).await;
    })
    .await;
}

#[tokio::test]
async fn a_host_moves_its_labs_and_is_answered_with_the_same_id() {
    tell("moved-by-its-host", async |story| {
        let page = host(story, &labs("")).await;
        page.all_are_ready(6).await;
        let history = page.look("history.length").await;
        // Out of sight as well: a host may set its labs up before anybody comes.
        let answer = page.ask(4, &json!({ "type": "seek", "t": 1_500_000 })).await;
        assert_eq!(answer["state"]["t"], json!(1_500_000), "{answer}");
        let again = page.ask(2, &json!({ "type": "seek", "step": answer["state"]["step"] })).await;
        assert_eq!(again["state"]["digest"], answer["state"]["digest"], "two labs, one run");
        let back = page.ask(2, &json!({ "type": "step", "count": -1 })).await;
        assert!(back["state"]["step"].as_u64() < answer["state"]["step"].as_u64(), "{back}");
        let picture = page.ask(2, &json!({ "type": "exportSvg" })).await;
        assert!(picture["svg"].as_str().is_some_and(|svg| svg.starts_with("<svg ")), "{picture}");
        let reset = page.ask(4, &json!({ "type": "reset" })).await;
        assert_eq!(reset["state"]["step"], json!(0));
        let other = page.ask(4, &json!({ "type": "load", "fragment": "#scenario=raft/playground" })).await;
        assert_ne!(other["state"]["title"], answer["state"]["title"]);
        let bad = page.ask(4, &json!({ "type": "load", "fragment": "#scenario=no/such" })).await;
        assert_eq!(bad["ok"], json!(false));
        assert!(bad["error"].as_str().is_some_and(|error| error.contains("no/such")), "{bad}");
        // A course that shows slides, and one that keeps scores.
        page.ask(0, &json!({ "type": "play" })).await;
        page.script("post(0, 'slide:stop');").await;
        assert_eq!(page.ask(0, &json!({ "type": "getState" })).await["playing"], json!(false));
        page.script("post(0, { subject: 'SPLICE.flushState', message_id: 'mine' });").await;
        let flushed = "said.find(({ message }) => message.subject === 'SPLICE.flushState.response' && message.message_id === 'mine')";
        page.until("the state is reported at once", flushed).await;
        let kept = "said.find(({ frame, message }) => frame === 0 && message.subject === 'SPLICE.reportScoreAndState')?.message.state.fragment";
        let kept = page.look(kept).await;
        assert!(kept.as_str().is_some_and(|fragment| fragment.starts_with("#scenario=")), "{kept}");
        assert_eq!(page.look("history.length").await, history, "the host's history is its own");
    })
    .await;
}

#[tokio::test]
async fn a_lab_takes_what_its_frame_is_pointed_at_and_nothing_else_of_the_host() {
    tell("pointed-elsewhere", async |story| {
        let page = host(story, &labs("&speed=fast")[..1]).await;
        page.all_are_ready(1).await;
        let focus = "document.activeElement === document.body";
        assert_eq!(page.look(focus).await, json!(true), "a lab takes no focus");
        page.until("the host hears of the bad option", "/speed=fast/.test(heard(0, 'error')?.text)").await;
        let history = page.look("history.length").await;
        let there = format!("{}?embed=1&speed=fast#scenario=raft/playground", address());
        page.script(&format!("frames()[0].contentWindow.location.replace('{there}');")).await;
        let first = page.look("heard(0, 'ready').state.title").await;
        let title = format!(
            "(ask(0, {{ type: 'getState' }}).then((answer) => {{ window.title = answer.state.title; }}), \
             window.title && window.title !== {first})"
        );
        page.until("the lab shows the other scenario", &title).await;
        assert_eq!(page.look("history.length").await, history);
        page.enter("frames()[0]").await;
        page.until("the page warns", "/speed=fast/.test(document.querySelector('.notice')?.textContent)")
            .await;
        page.script("button(/^Dismiss$/).click();").await;
        page.until("the warning is gone", "!document.querySelector('.notice')").await;
        assert_eq!(page.look("location.hash").await, json!("#scenario=raft/playground"), "as it was pointed");
    })
    .await;
}

#[tokio::test]
async fn a_goal_that_is_met_reaches_the_host_with_a_link_that_the_terminal_accepts() {
    tell("a-goal-is-met", async |story| {
        let lab = "?embed=1&panels=lesson&speed=0.5#lesson=first-cut/3".to_owned();
        let page = host(story, &[lab]).await;
        page.all_are_ready(1).await;
        page.script("frames()[0].width = 1100; frames()[0].height = 760;").await;
        page.enter("frames()[0]").await;
        page.until("everybody is on the stage", "people().length === 7").await;
        let (from, to) = page.stroke_round(&["n1", "n5", "c1"]).await;
        page.drag(from, to).await;
        page.let_go().await;
        page.until("the wall stands", "walls().length === 1").await;
        page.client().enter_parent_frame().await.expect("the frame has a host");
        page.ask(0, &json!({ "type": "play" })).await;
        let goal = page.until("the host hears of the goal", "heard(0, 'goal')").await;
        assert_eq!((&goal["lesson"], &goal["goal"]), (&json!("first-cut"), &json!("two-leaders")));
        assert_eq!((&goal["met"], &goal["of"]), (&json!(1), &json!(2)));
        let link = goal["link"].as_str().expect("a link is text");
        let (mut out, mut err) = (Vec::new(), Vec::new());
        netsplit_cli::run(["netsplit", "check-solution", link], &mut out, &mut err);
        assert_eq!(String::from_utf8_lossy(&err), "", "{link}");
        let told = String::from_utf8_lossy(&out);
        assert!(told.contains("✓ first-cut/two-leaders: met at"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn the_keyboard_passes_through_a_lab_and_leaves_it() {
    tell("through-a-lab", async |story| {
        let page = host(story, &labs("&controls=basic")[..1]).await;
        page.all_are_ready(1).await;
        page.script("document.querySelector('input').focus();").await;
        page.keys(&["Tab"]).await;
        page.until("the lab has the focus", "document.activeElement === frames()[0]").await;
        page.keys(&["Escape"]).await;
        page.until("the host has it back", "document.activeElement !== frames()[0] || document.hasFocus()")
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_lab_is_as_high_as_its_width_asks_for() {
    tell("as-high-as-wide", async |story| {
        let page = host(story, &labs("&resize=1")[..1]).await;
        page.all_are_ready(1).await;
        let resized = "said.filter(({ message }) => message.subject === 'lti.frameResize').map(({ message }) => message.height)";
        page.until("the lab says how high it is", &format!("{resized}.length")).await;
        let obeys = "addEventListener('message', ({ data }) => {
            if (data.subject === 'lti.frameResize') frames()[0].height = data.height;
          });
          frames()[0].width = 320;";
        page.script(obeys).await;
        page.until("it is lower in a narrow frame", &format!("{resized}.at(-1) < {resized}[0] && {resized}.at(-1) >= 180")).await;
        let heights = page.look(&format!("{resized}.length")).await;
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        assert_eq!(page.look(&format!("{resized}.length")).await, heights, "they come to rest");
    })
    .await;
}
