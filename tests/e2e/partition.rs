//! A partition of a live cluster: by a drawn wall, by keyboard alone, and by single clicks.

use serde_json::json;

use crate::harness::{Page, Person, Sides, Spot, link, tell};

/// Fast enough for a test, slow enough to pause in time.
const QUICK: &str = "?speed=0.2";

#[tokio::test]
async fn a_drawn_wall_stops_the_minority_and_its_link_replays_everything() {
    tell("a-drawn-wall", async |story| {
        let page = story.open(&format!("{QUICK}{}", link::quiet_cluster())).await;
        elect(&page).await;
        let sides = page.sides_round_leader().await;
        draw_wall(&page, &sides).await;
        page.assert_cut_between(&sides).await;

        let parted = Parted::of(&sides);
        page.play().await;
        let new = page.leader_after(parted.old_term, &sides.inside_ids()).await;
        page.pause().await;
        page.write_by_node_menu(&parted.cut_off_client, &parted.old_leader).await;
        page.write_by_client_menu(&parted.free_client, &new.id).await;
        page.play().await;
        page.until("the majority's write is answered", &says(&parted.free_client, "✓")).await;
        page.pause().await;
        let cut_off = page.person(&parted.cut_off_client).await;
        assert!(cut_off.label.contains("pending") || cut_off.label.contains('?'), "{}", cut_off.label);
        assert_minority_committed_less(&page, &sides).await;

        drag_wall_away(&page).await;
        page.play().await;
        // Until nobody waits for an answer any more, a write that comes through late makes the logs differ again.
        page.until("nobody waits", "!people().some((one) => /pending/.test(one.label))").await;
        page.until("all logs agree", LOGS_AGREE).await;
        page.pause().await;
        page.until("they agree where the cursor rests", LOGS_AGREE).await;

        let here = page.moment().await;
        let link = page.copy_link().await;
        let elsewhere = story.fresh().await;
        elsewhere.visit(&link).await;
        elsewhere.until_step(here.step).await;
        assert_eq!(elsewhere.moment().await, here);
        assert_eq!(labels(&elsewhere).await, labels(&page).await);
        let told = elsewhere.look("all('.notice').map((notice) => tidy(notice.textContent))").await;
        assert_eq!(told, json!([]), "the replay departs from nothing that its author saw");
    })
    .await;
}

#[tokio::test]
async fn the_same_partition_is_made_by_stroke_by_keyboard_and_by_clicks() {
    tell("the-same-partition", async |story| {
        let page = story.open(&format!("{QUICK}{}", link::quiet_cluster())).await;
        elect(&page).await;
        let start = page.copy_link().await;
        let sides = page.sides_round_leader().await;
        draw_wall(&page, &sides).await;
        page.assert_cut_between(&sides).await;
        let by_stroke = page.moment().await;

        let page = story.fresh().await;
        page.visit(&start).await;
        page.until_step(by_stroke.step - 1).await;
        page.wall_by_keys(&sides.inside_ids()).await;
        page.assert_cut_between(&sides).await;
        assert_eq!(page.moment().await, by_stroke, "by keyboard it is the same run");

        let page = story.fresh().await;
        page.visit(&start).await;
        page.until_step(by_stroke.step - 1).await;
        click_sides(&page, &sides).await;
        page.assert_cut_between(&sides).await;
        assert_eq!(page.moment().await, by_stroke, "by clicks it is the same run");
    })
    .await;
}

#[tokio::test]
async fn a_wall_dragged_out_of_the_invitation_or_the_palette_stands_where_it_is_dropped() {
    tell("a-wall-dragged-out", async |story| {
        let page = story.open("").await;
        page.leader().await;
        let invitation = page.spot("document.querySelector('.invitation')").await;
        let people = page.people().await;
        // Upright walls: one left of n1, one right of it.
        let [left, right] = [4, 1].map(|other: usize| people[0].at.towards(people[other].at, 0.45));
        page.drag(invitation, left).await;
        page.let_go().await;
        page.until("a wall stands", "walls().length === 1").await;
        assert_eq!(page.look("isPlaying()").await, json!(true), "neither dragging nor dropping pauses");
        assert_eq!(page.look("document.querySelector('.invitation')").await, json!(null), "once is enough");

        let palette = page.spot("button(/^one-way$/)").await;
        page.drag(palette, right).await;
        page.drag_on(Spot { x: right.x, y: 4.0 }).await;
        page.let_go().await;
        assert_eq!(page.look("walls().length").await, json!(1), "dropped beside the stage it is put back");
        page.drag(palette, right).await;
        page.let_go().await;
        page.until("a second wall stands", "walls().length === 2").await;
        page.until(
            "some links are cut one way",
            "all('[data-grip^=\"link:\"]').some((link) => /cut from/.test(nameOf(link)))",
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_wall_is_moved_and_taken_away_by_keys() {
    tell("a-wall-by-keys", async |story| {
        let page = story.open(&format!("{QUICK}{}", link::quiet_cluster())).await;
        elect(&page).await;
        let sides = page.sides_round_leader().await;
        page.wall_by_keys(&sides.inside_ids()).await;
        let before = page.look("walls()").await;
        page.tab_to("grip('wall:1')").await;
        page.keys(&["g"]).await;
        page.until("the wall is grabbed", "grip('wall:1').getAttribute('role') === 'slider'").await;
        page.keys(&["ArrowDown", "ArrowRight", "Escape"]).await;
        page.until("the wall is let go", "grip('wall:1').getAttribute('role') === 'button'").await;
        assert_eq!(page.look("walls()").await, before, "Escape puts it back");
        page.keys(&["Delete"]).await;
        page.until("no wall stands", "walls().length === 0").await;
    })
    .await;
}

/// Lets the cluster elect somebody, and pauses.
async fn elect(page: &Page) {
    page.play().await;
    page.leader().await;
    page.pause().await;
}

/// Who matters in a parted cluster.
struct Parted {
    old_leader: String,
    old_term: u64,
    cut_off_client: String,
    free_client: String,
}

impl Parted {
    fn of(sides: &Sides) -> Self {
        let leader = sides.inside.iter().find(|person| person.leads()).expect("the leader is cut off");
        let client = |side: &[Person]| {
            side.iter().find(|person| !person.is_server()).expect("a client on each side").id.clone()
        };
        Self {
            old_leader: leader.id.clone(),
            old_term: leader.term(),
            cut_off_client: client(&sides.inside),
            free_client: client(&sides.outside),
        }
    }
}

/// By one stroke across the stage.
async fn draw_wall(page: &Page, sides: &Sides) {
    let (from, to) = page.stroke_round(&sides.inside_ids()).await;
    page.drag(from, to).await;
    page.until("those of one side are tinted", "all('.node.side-a').length > 0").await;
    page.until("the links to be cut are dashed", "all('.link.will-cut').length > 0").await;
    page.let_go().await;
    page.until("a wall stands", "walls().length === 1").await;
}

/// By pointer, off the stage.
async fn drag_wall_away(page: &Page) {
    let wall = page.spot("grip('wall:1')").await;
    let above = Spot { x: wall.x, y: 4.0 };
    page.drag(wall, above).await;
    page.let_go().await;
    page.until("no wall stands", "walls().length === 0").await;
}

/// With the wall tool, one node after the other, without dragging.
async fn click_sides(page: &Page, sides: &Sides) {
    page.click("button(/^wall$/)").await;
    for id in sides.inside_ids() {
        page.click(&format!("grip('node:{id}')")).await;
        page.until(&format!("{id} is on side A"), &format!("grip('node:{id}').closest('.side-a')")).await;
    }
    page.click("button(/^Raise the wall$/)").await;
    page.until("a wall stands", "walls().length === 1").await;
}

/// True once every server's row of the log table is the same, not empty, and final.
const LOGS_AGREE: &str = "(() => {
    const rows = all('table.log tbody tr').map((row) => all('.cell', row).map((cell) => tidy(cell.textContent)).join(' '));
    const open = all('table.log .cell:not(.settled)').length;
    return rows.length === 5 && open === 0 && rows[0] !== '' && rows.every((row) => row === rows[0]) && rows[0];
})()";

fn says(id: &str, words: &str) -> String {
    format!("people().some((one) => one.id === '{id}' && one.label.includes('{words}'))")
}

/// No server of the minority has committed what the majority has.
async fn assert_minority_committed_less(page: &Page, sides: &Sides) {
    let people = page.people().await;
    let most = |side: &[Person]| {
        let final_entries = side
            .iter()
            .filter(|person| person.is_server())
            .map(|person| people.iter().find(|now| now.id == person.id).map_or(0, Person::final_entries));
        final_entries.max().unwrap_or(0)
    };
    let (inside, outside) = (most(&sides.inside), most(&sides.outside));
    assert!(inside < outside, "final entries: {inside} in the minority, {outside} in the majority");
}

async fn labels(page: &Page) -> Vec<String> {
    page.people().await.into_iter().map(|person| person.label).collect()
}
