//! The stage as data: who stands where, and where a hand would draw a wall between some and the others.

use std::f64::consts::PI;

use serde_json::Value;

use super::hand::Spot;
use super::page::Page;

/// A server or client on the stage.
#[derive(Clone, Debug)]
pub struct Person {
    /// `n1`.
    pub id: String,
    /// `n1, leader, term 2, 3 entries, 1 final`.
    pub label: String,
    /// Its middle.
    pub at: Spot,
}

impl Person {
    /// Whether it is a server rather than a client.
    pub fn is_server(&self) -> bool {
        self.id.starts_with('n')
    }

    /// Whether it leads, or believes so.
    pub fn leads(&self) -> bool {
        self.says("leader")
    }

    /// Whether its name has this among its parts.
    pub fn says(&self, words: &str) -> bool {
        self.label.split(", ").any(|part| part == words)
    }

    /// The number of its badge.
    pub fn term(&self) -> u64 {
        let mut parts = self.label.split(", ");
        let badge = parts.find_map(|part| part.strip_prefix("term "));
        badge.and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    /// How many entries of its log it knows to be final.
    pub fn final_entries(&self) -> u64 {
        let count = self.label.split(", ").find_map(|part| part.strip_suffix(" final"));
        count.and_then(|number| number.parse().ok()).unwrap_or(0)
    }
}

impl Page {
    /// Raises a wall round these in the dialog of groups, without touching the pointer.
    pub async fn wall_by_keys(&self, inside: &[&str]) {
        self.tab_to("button(/^groups$/)").await;
        self.keys(&["Enter"]).await;
        self.until("the dialog is open", "dialog(/^Partition$/)").await;
        for id in inside {
            self.tab_to(&format!("all('[name=\"group-{id}\"]').find((tick) => tick.checked)")).await;
            self.keys(&["ArrowRight"]).await;
            self.until(&format!("{id} is in B"), &format!("field(/^{id} in B$/).checked")).await;
        }
        self.tab_to("button(/^Raise the wall$/)").await;
        self.keys(&["Enter"]).await;
        self.until("a wall stands", "walls().length === 1 && !dialog(/^Partition$/)").await;
    }

    /// Everybody on the stage.
    pub async fn people(&self) -> Vec<Person> {
        let found = self.look("people()").await;
        found.as_array().expect("the stage has people").iter().map(person).collect()
    }

    /// Who leads the highest term, once somebody does.
    pub async fn leader(&self) -> Person {
        self.until("somebody leads", "people().some((one) => /, leader,/.test(one.label))").await;
        let leaders = self.people().await.into_iter().filter(Person::leads);
        leaders.max_by_key(Person::term).expect("somebody leads")
    }

    /// Waits until somebody other than these leads a term after `term`.
    pub async fn leader_after(&self, term: u64, but_not: &[&str]) -> Person {
        let expression = format!(
            "people().some(({{ id, label }}) => !{but_not:?}.includes(id) && /, leader,/.test(label) \
             && Number(/term (\\d+)/.exec(label)[1]) > {term})"
        );
        self.until(&format!("somebody other than {but_not:?} leads after term {term}"), &expression).await;
        self.leader().await
    }

    /// Somebody as they are now.
    pub async fn person(&self, id: &str) -> Person {
        let found = self.people().await.into_iter().find(|person| person.id == id);
        found.unwrap_or_else(|| panic!("{id} is on the stage"))
    }

    /// The sides of a cut that takes the leader, one other server and one client off, with the most room for it.
    pub async fn sides_round_leader(&self) -> Sides {
        let people = self.people().await;
        let leader = self.leader().await;
        let others = || people.iter().filter(|person| person.is_server() && person.id != leader.id);
        let clients = || people.iter().filter(|person| !person.is_server());
        let choices = others().flat_map(|other| clients().map(move |client| [&other.id, &client.id]));
        let with_gap = choices.filter_map(|[other, client]| {
            let (inside, outside) = split(&people, &[&leader.id, other, client]);
            Some((widest_gap(&spots(&inside), &spots(&outside))?.width, Sides { inside, outside }))
        });
        let best = with_gap.max_by(|one, other| one.0.total_cmp(&other.0));
        best.expect("a straight line can take the leader, a server and a client off").1
    }

    /// Asserts that these links are cut, both ways, and no other.
    pub async fn assert_cut_between(&self, sides: &Sides) {
        let links =
            self.look("all('[data-grip^=\"link:\"]').map((link) => [link.dataset.grip, nameOf(link)])").await;
        for link in links.as_array().expect("links are a list") {
            let (grip, name) = (link[0].as_str().unwrap_or_default(), link[1].as_str().unwrap_or_default());
            let crosses = sides.separate(grip);
            assert_eq!(name.contains("cut both ways"), crosses, "{name}");
            assert!(crosses || !name.contains("cut"), "{name}");
        }
    }

    /// Where a straight stroke begins and ends that has `some` on one side and everybody else on the other.
    pub async fn stroke_round(&self, some: &[&str]) -> (Spot, Spot) {
        let (inside, outside) = split(&self.people().await, some);
        let line = widest_gap(&spots(&inside), &spots(&outside));
        let line = line.unwrap_or_else(|| panic!("no straight line has {some:?} on one side"));
        let free = self.free_spots(&line).await;
        assert!(free.len() >= 2, "there is room for a stroke between {some:?} and the others");
        (free[0], free[free.len() - 1])
    }

    /// The spots of a line where a stroke may begin or end: on the stage, and on nothing that is dragged itself.
    async fn free_spots(&self, line: &Gap) -> Vec<Spot> {
        let script = format!(
            "const stage = document.querySelector('.stage-svg');
             const free = [];
             for (let far = -900; far <= 900; far += 6) {{
               const x = Math.round({x} + far * {dx}), y = Math.round({y} + far * {dy});
               const hit = document.elementFromPoint(x, y);
               if (hit && stage.contains(hit) && !hit.closest('[data-grip]')) free.push({{ x, y }});
             }}
             return free;",
            x = line.through.x,
            y = line.through.y,
            dx = line.along.x,
            dy = line.along.y,
        );
        let found = self.script(&script).await;
        found.as_array().expect("spots are a list").iter().map(Spot::of).collect()
    }
}

/// Who is on which side of a cut.
#[derive(Clone, Debug)]
pub struct Sides {
    /// The leader, another server and a client.
    pub inside: Vec<Person>,
    /// Everybody else.
    pub outside: Vec<Person>,
}

impl Sides {
    /// The names of those inside.
    pub fn inside_ids(&self) -> Vec<&str> {
        self.inside.iter().map(|person| person.id.as_str()).collect()
    }

    /// Whether a link, `link:n1:c2`, has its ends on different sides.
    fn separate(&self, link: &str) -> bool {
        let ends = link.split(':').skip(1);
        let inside = ends.filter(|end| self.inside.iter().any(|person| person.id == *end));
        inside.count() == 1
    }
}

fn split(people: &[Person], some: &[&str]) -> (Vec<Person>, Vec<Person>) {
    people.iter().cloned().partition(|person| some.contains(&person.id.as_str()))
}

fn person(value: &Value) -> Person {
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    Person { id: text("id"), label: text("label"), at: Spot::of(value) }
}

fn spots(people: &[Person]) -> Vec<Spot> {
    people.iter().map(|person| person.at).collect()
}

/// A line between two groups.
struct Gap {
    through: Spot,
    along: Spot,
    width: f64,
}

/// How many directions are tried.
const DIRECTIONS: u32 = 120;

/// The line with the most room on both sides, if any line separates the groups.
fn widest_gap(inside: &[Spot], outside: &[Spot]) -> Option<Gap> {
    let turns = (0..DIRECTIONS).map(|turn| f64::from(turn) * 2.0 * PI / f64::from(DIRECTIONS));
    let gaps = turns.filter_map(|turn| gap(inside, outside, turn));
    gaps.max_by(|one, other| one.width.total_cmp(&other.width))
}

/// The gap between the groups for a line across this direction.
fn gap(inside: &[Spot], outside: &[Spot], turn: f64) -> Option<Gap> {
    let across = Spot { x: turn.cos(), y: turn.sin() };
    let far = |spot: &Spot| spot.x * across.x + spot.y * across.y;
    let nearest_outside = outside.iter().map(far).fold(f64::INFINITY, f64::min);
    let furthest_inside = inside.iter().map(far).fold(f64::NEG_INFINITY, f64::max);
    let width = nearest_outside - furthest_inside;
    let along = Spot { x: -across.y, y: across.x };
    let middle = (nearest_outside + furthest_inside) / 2.0;
    // The point of the line beside the first of those inside, so that it lies on the stage.
    let first = inside.first()?;
    let reach = middle - far(first);
    let through = Spot { x: first.x + across.x * reach, y: first.y + across.y * reach };
    (width > 0.0).then_some(Gap { through, along, width })
}
