//! Lessons: a whole one by keys alone, and a goal met by a wall drawn by hand, whose proof the terminal accepts.

use crate::harness::{Page, Spot, tell};

/// Where the step that is shown stands among all.
async fn until_step_is(page: &Page, number: u32) {
    let says = format!("document.querySelector('.lesson-where')?.textContent.includes('step {number} of 3')");
    page.until(&format!("step {number} is shown"), &says).await;
}

/// The button with these words in the lesson.
fn button(words: &str) -> String {
    format!(
        "[...document.querySelectorAll('.lesson button')].find((each) => each.textContent.trim() === '{words}')"
    )
}

fn goal(name: &str) -> String {
    format!("document.querySelector('[data-goal=\"{name}\"]')")
}

/// What the command line says of the proof that a met goal carries.
async fn checked_in_the_terminal(page: &Page, name: &str) -> String {
    let proof = page
        .until("it is proved", &format!("{}.querySelector('[data-proof]')?.dataset.proof", goal(name)))
        .await;
    let link = format!("https://example.org/{}", proof.as_str().expect("a link"));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    netsplit_cli::run(["netsplit", "check-solution", &link], &mut out, &mut err);
    assert_eq!(String::from_utf8_lossy(&err), "", "{link}");
    String::from_utf8_lossy(&out).into_owned()
}

fn is_met(name: &str) -> String {
    format!("{}.classList.contains('met')", goal(name))
}

#[tokio::test]
async fn a_whole_lesson_needs_no_pointer() {
    tell("lesson-by-keys", async |story| {
        let page = story.open("?speed=1#lesson=first-cut").await;
        until_step_is(&page, 1).await;
        page.until("it plays up to where the step says", "moment().time_ns >= 900000000").await;
        page.tab_to(&button("Next")).await;
        page.keys(&["Enter"]).await;

        until_step_is(&page, 2).await;
        page.until("the heading has the focus", "hasFocus(document.querySelector('.lesson h3'))").await;
        page.tab_to("document.querySelector('.choice input')").await;
        page.keys(&["Space", "ArrowDown"]).await;
        page.until("the second choice is taken", "document.querySelectorAll('.choice input')[1].checked")
            .await;
        page.tab_to(&button("Run it")).await;
        page.keys(&["Enter"]).await;
        page.until("the run has told", "document.querySelectorAll('.choice.right').length === 1").await;
        page.until(
            "and agrees",
            "document.querySelector('.choice.right').textContent.includes('as you said')",
        )
        .await;
        page.until("where it is judged", "moment().time_ns >= 2000000000").await;
        page.tab_to(&button("Next")).await;
        page.keys(&["Enter"]).await;

        until_step_is(&page, 3).await;
        page.until("the step begins where it says", "moment().time_ns < 1100000000 && walls().length === 0")
            .await;
        page.tab_to(&format!("{}.querySelector('summary')", goal("two-leaders"))).await;
        page.keys(&["Enter"]).await;
        page.until("the hint opens", &format!("{}.querySelector('details').open", goal("two-leaders"))).await;
        page.tab_to(&button("Back")).await;
        page.keys(&["Enter"]).await;
        until_step_is(&page, 2).await;
        page.until("its run is as it was left", "moment().time_ns >= 2000000000 && walls().length === 1")
            .await;
        page.tab_to(&button("Next")).await;
        page.keys(&["Enter"]).await;
        until_step_is(&page, 3).await;

        // The leader and one follower apart from the others.
        page.wall_by_keys(&["n2", "n3", "n4", "c2"]).await;
        page.keys(&["Alt+k"]).await;
        page.until("two lead at once", &is_met("two-leaders")).await;
        page.until("the old leader took something in", "moment().time_ns > 3000000000").await;
        page.keys(&["Alt+k"]).await;
        page.tab_to("grip('wall:1')").await;
        page.keys(&["Delete"]).await;
        page.until("no wall stands", "walls().length === 0").await;
        page.keys(&["Alt+k"]).await;
        page.until("its entry makes way", &is_met("overwritten")).await;
        page.keys(&["Alt+k"]).await;
        let told = checked_in_the_terminal(&page, "overwritten").await;
        assert!(told.starts_with("✓ first-cut/overwritten: met at "), "{told}");

        page.tab_to("document.querySelector('.lesson textarea')").await;
        page.type_text("It cannot know").await;
        page.until("it is written", "document.querySelector('.lesson textarea').value === 'It cannot know'")
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_goal_met_by_a_wall_drawn_by_hand_is_proved_in_the_terminal() {
    tell("lesson-goal", async |story| {
        let page = story.open("?speed=0.4#lesson=first-cut/3").await;
        until_step_is(&page, 3).await;
        page.until("the goal is open", &format!("{}.textContent.includes('not yet')", goal("two-leaders")))
            .await;
        let leader = page.leader().await;
        let (from, to): (Spot, Spot) = page.stroke_round(&[&leader.id]).await;
        page.drag(from, to).await;
        page.let_go().await;
        page.until("the wall stands", "walls().length === 1").await;
        page.play().await;
        page.until("two lead at once", &is_met("two-leaders")).await;
        page.pause().await;
        let told = checked_in_the_terminal(&page, "two-leaders").await;
        assert!(told.starts_with("✓ first-cut/two-leaders: met at "), "{told}");
        let other = page.look(&is_met("overwritten")).await;
        assert_eq!(other, false, "nothing was deleted behind a wall that stands");
    })
    .await;
}
