//! `<netsplit-lab>` in a host page: started near the viewport, paused out of it, steered by promises, in the host's
//! theme, and a picture where nothing can run. The host is the demonstration page, with its six labs.

use serde_json::{Value, json};

use crate::harness::{Host, Page, Story, dist, tell};

/// Every lab: who it is, and whether it has begun.
const LABS: &str = "all('netsplit-lab').map((lab) => [lab.id, Boolean(lab.frame)])";

async fn demo(story: &Story) -> Page {
    let page = story.fresh().await;
    let site = Host::new().with_folder(&dist()).open("127.0.0.1");
    page.visit(&format!("{site}embed/demo.html")).await;
    page.until("there are six labs", "all('netsplit-lab').length === 6").await;
    page
}

/// Scrolls a lab into view, and waits until it is there.
async fn look_at(page: &Page, lab: &str) {
    page.script(&format!(
        "document.getElementById('{lab}').scrollIntoView({{ block: 'center', behavior: 'instant' }});"
    ))
    .await;
    page.until(&format!("{lab} is there"), &is_live(lab)).await;
}

fn is_live(lab: &str) -> String {
    format!("document.getElementById('{lab}').shadowRoot.querySelector('.live')")
}

/// What a lab answers; a script gives the promise.
async fn answer(page: &Page, promise: &str) -> Value {
    page.script_later(&format!(
        "const lab = (id) => document.getElementById(id);
         const done = arguments[0];
         Promise.resolve({promise}).then(done, (error) => done({{ refused: error.message }}));"
    ))
    .await
}

async fn state(page: &Page, lab: &str) -> Value {
    answer(page, &format!("lab('{lab}').getState()")).await
}

#[tokio::test]
async fn labs_start_when_they_come_near_and_only_visible_ones_play() {
    tell("labs-in-view", async |story| {
        let page = demo(story).await;
        look_at(&page, "leader").await;
        let begun = page.look(LABS).await;
        assert_eq!(begun[4], json!(["ap", false]), "what is far away has not begun: {begun}");
        assert_eq!(answer(&page, "lab('leader').play()").await["playing"], json!(true));
        look_at(&page, "ap").await;
        assert_eq!(answer(&page, "lab('ap').play()").await["playing"], json!(true));
        page.until("the first lab rests", &rests("leader")).await;
        let there = state(&page, "leader").await;
        page.until("the other one goes on", &later("ap", &state(&page, "ap").await)).await;
        assert_eq!(
            state(&page, "leader").await["state"]["step"],
            there["state"]["step"],
            "no event out of view"
        );
        look_at(&page, "leader").await;
        page.until("it goes on where it was", &later("leader", &there)).await;
        page.until("and the other one rests", &rests("ap")).await;
    })
    .await;
}

/// Whether a lab does not play; its answer is asked for again and again, and the one before is looked at.
fn rests(lab: &str) -> String {
    format!(
        "(() => {{ const lab = document.getElementById('{lab}');
           lab.getState().then((answer) => {{ lab.isResting = !answer.playing; }});
           return lab.isResting; }})()"
    )
}

/// Whether a lab is later than it was when it answered.
fn later(lab: &str, before: &Value) -> String {
    let time = &before["state"]["t"];
    format!(
        "(() => {{ const lab = document.getElementById('{lab}');
           lab.getState().then((answer) => {{ lab.now = answer.state.t; }});
           return lab.now > {time}; }})()"
    )
}

#[tokio::test]
async fn a_lab_goes_where_the_host_sends_it_and_says_what_was_wrong() {
    tell("labs-steered", async |story| {
        let page = demo(story).await;
        // Asking starts a lab that nobody has seen.
        let split = answer(&page, "lab('vote').seek(300000)").await;
        assert_eq!(split["state"]["t"], json!(300_000), "{split}");
        let stepped = answer(&page, "lab('vote').step()").await;
        assert_eq!(stepped["state"]["step"], json!(split["state"]["step"].as_u64().expect("a step") + 1));
        let back = answer(&page, "lab('vote').step(-1)").await;
        assert_eq!(back["state"]["digest"], split["state"]["digest"]);
        assert_eq!(answer(&page, "lab('vote').seek({ step: 20 })").await["state"]["step"], json!(20));
        let loaded = answer(&page, "lab('vote').load('#scenario=raft/leader-crash&step=10')").await;
        assert_eq!(loaded["state"]["step"], json!(10), "{loaded}");
        let refused = answer(&page, "lab('vote').load('#scenario=raft/no-such-story')").await;
        assert!(refused["refused"].as_str().is_some_and(|why| why.contains("no-such-story")), "{refused}");
        let reset = answer(&page, "lab('vote').reset()").await;
        assert_eq!(reset["state"]["step"], json!(0), "{reset}");
    })
    .await;
}

#[tokio::test]
async fn another_attribute_is_another_run_and_no_entry_in_the_history() {
    tell("labs-attributes", async |story| {
        let page = demo(story).await;
        look_at(&page, "leader").await;
        let entries = page.look("history.length").await;
        page.script(
            "const lab = document.getElementById('leader');
             lab.setAttribute('scenario', 'raft/split-vote');
             lab.removeAttribute('t');
             lab.setAttribute('step', '12');",
        )
        .await;
        let there = "(() => { const lab = document.getElementById('leader');
             lab.getState().then(({ state }) => { lab.at = [state.title, state.step]; });
             return String(lab.at) === 'A split vote,12'; })()";
        page.until("the other run is there", there).await;
        assert_eq!(page.look("history.length").await, entries);
        page.script("document.getElementById('leader').setAttribute('controls', 'none');").await;
        page.until("other controls take another frame", &format!("!{}", is_live("leader"))).await;
        page.until("which comes", &is_live("leader")).await;
        assert_eq!(page.look("history.length").await, entries);
    })
    .await;
}

#[tokio::test]
async fn labs_follow_the_theme_of_their_host() {
    tell("labs-themes", async |story| {
        let page = demo(story).await;
        look_at(&page, "leader").await;
        for theme in ["dark", "light"] {
            let choice = if theme == "dark" { "/^Dark$/" } else { "/^Light$/" };
            page.click(&format!("button({choice})")).await;
            page.enter("document.getElementById('leader').frame").await;
            page.until("the lab follows", &format!("document.documentElement.dataset.theme === '{theme}'"))
                .await;
            page.leave().await;
            page.picture(&format!("labs-{theme}")).await;
        }
    })
    .await;
}

#[tokio::test]
async fn on_paper_a_lab_is_its_poster() {
    tell("labs-on-paper", async |story| {
        let page = demo(story).await;
        look_at(&page, "leader").await;
        page.dev_tools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await;
        let shown = "all('netsplit-lab').map((lab) => [
             lab.shadowRoot.querySelector('iframe')?.checkVisibility() ?? false,
             lab.querySelector('img').checkVisibility({ visibilityProperty: true }),
             lab.querySelector('img').naturalWidth > 0])";
        assert_eq!(page.look(shown).await, json!(vec![json!([false, true, true]); 6]));
        page.picture("labs-on-paper").await;
    })
    .await;
}
