//! Two themes, three sizes: everything that matters is in sight, and axe-core finds nothing.

use std::{env, fs};

use serde_json::Value;

use crate::harness::{Page, tell};

const SIZES: [(u32, u32); 3] = [(1440, 900), (1024, 768), (390, 844)];
/// A wall stands, two lead, messages are under way.
const MOMENT: &str = "#scenario=raft/minority-leader&step=300";

#[tokio::test]
async fn the_light_page_shows_what_matters_at_three_sizes_and_is_accessible() {
    tell("look-light", async |story| look_at(&story.fresh().await, "light").await).await;
}

#[tokio::test]
async fn the_dark_page_shows_what_matters_at_three_sizes_and_is_accessible() {
    tell("look-dark", async |story| look_at(&story.fresh().await, "dark").await).await;
}

/// Keeps a picture of each size for people to look at, and fails with all complaints at once.
async fn look_at(page: &Page, theme: &str) {
    let mut complaints = Vec::new();
    for (width, height) in SIZES {
        let size = format!("{width}x{height}");
        page.resize(width, height).await;
        page.go(&format!("?theme={theme}&size={size}{MOMENT}")).await;
        page.until("the theme is on", &format!("document.documentElement.dataset.theme === '{theme}'")).await;
        page.until(
            "everybody is on the stage",
            "people().length === 7 && people().every((one) => one.y > 60)",
        )
        .await;
        page.picture(&format!("look-{theme}-{size}")).await;
        let found = out_of_sight(page).await.into_iter().chain(violations(page).await);
        complaints.extend(found.map(|complaint| format!("{size}: {complaint}")));
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
}

/// What of the stage, the play button and the timeline is not in sight, and whether the page scrolls.
async fn out_of_sight(page: &Page) -> Vec<String> {
    let found = page
        .script(
            "const wanted = {
               stage: document.querySelector('main'),
               'play button': button(/^Play$/),
               timeline: field(/^Time$/),
             };
             const isInSight = (element) => {
               const { left, top, right, bottom } = element.getBoundingClientRect();
               const isInside = left > -1 && top > -1 && right < innerWidth + 1 && bottom < innerHeight + 1;
               return isInside && right - left >= 24 && bottom - top >= 24;
             };
             const missing = Object.keys(wanted).filter((name) => !wanted[name] || !isInSight(wanted[name]));
             const { scrollWidth, scrollHeight } = document.scrollingElement;
             const scrolls = scrollWidth > innerWidth || scrollHeight > innerHeight;
             return missing.map((name) => `${name} is not in sight`).concat(scrolls ? ['the page scrolls'] : []);",
        )
        .await;
    texts(&found)
}

/// What axe-core finds.
pub async fn violations(page: &Page) -> Vec<String> {
    let path = env::var_os("NETSPLIT_AXE").expect("NETSPLIT_AXE names the script of axe-core");
    let axe = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    page.script(&axe).await;
    let found = page
        .script_later(
            "const done = arguments[0];
             const short = ({ id, help, nodes }) =>
               `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 240)).join(' | ')}`;
             axe.run().then(({ violations }) => done(violations.map(short)), (error) => done([String(error)]));",
        )
        .await;
    texts(&found)
}

fn texts(list: &Value) -> Vec<String> {
    let texts = list.as_array().expect("a list").iter();
    texts.map(|text| text.as_str().expect("of texts").to_owned()).collect()
}
