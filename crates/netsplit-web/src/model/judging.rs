//! What is claimed of client histories, and looking at them.

use std::cell::Cell;

use netsplit_checkers::verdict::Consistency;
use netsplit_scenarios::judge;
use netsplit_sim::history::Moment;
use netsplit_sim::id::Step;
use netsplit_view::history::claims;
use netsplit_view::verdict::Chip;
use netsplit_words::say;

use super::{Effects, Model, NoticeTone, Ui};
use crate::history::{Change, Import, Looking};
use crate::judging::{Live, Searched};
use crate::msg::{Panel, Selection};
use crate::session::{Place, Session};
use crate::stage_contract::Side;

/// Searching takes at most this long of a frame.
const SEARCH_MS: f64 = 3.0;
/// So often a message may look for more, which is less than a millisecond.
const LITTLE: u32 = 6;

impl Model {
    /// What is known of the client history of this side.
    pub fn live(&self, side: Side) -> &Live {
        match (side, &self.versus) {
            (Side::Second, Some(versus)) => versus.live(),
            (Side::First, _) | (Side::Second, None) => &self.live,
        }
    }

    /// The history that was imported, if one is shown.
    pub fn import(&self) -> Option<&Import> {
        self.import.as_ref()
    }

    /// What the stage claims of the client history of this side; nothing before all of the page is there.
    pub fn judged(&self, side: Side) -> Vec<Chip> {
        let (live, run) = (self.live(side), self.side(side).run());
        let Some((what, account)) = live.asked().first().zip(live.account(run)) else { return Vec::new() };
        claims::claims(run, &account, *what, live.standing(run, *what))
    }

    /// Searches for a part of a frame. Says whether something is still to be found.
    pub(super) fn judge(&mut self, clock: &dyn Fn() -> f64) -> bool {
        let until = clock() + SEARCH_MS;
        self.search(&|| clock() < until)
    }

    /// The same for as long as nobody would notice.
    pub(super) fn judge_a_little(&mut self) -> bool {
        let left = Cell::new(LITTLE);
        self.search(&|| {
            left.set(left.get().saturating_sub(1));
            left.get() > 0
        })
    }

    /// What the first movement needs comes first: nothing is judged before all of the page is there.
    fn search(&mut self, goes_on: &dyn Fn() -> bool) -> bool {
        if !self.ui.whole {
            return false;
        }
        let all = self.ui.shows(Panel::History);
        let mut searched = vec![follow(&mut self.live, &self.session, all && self.import.is_none(), goes_on)];
        if let Some(versus) = &mut self.versus {
            let (live, session) = versus.judged();
            searched.push(follow(live, session, false, goes_on));
        }
        if let Some(import) = self.import.as_mut().filter(|_| all) {
            searched.push(import.search(goes_on));
        }
        self.revision += u64::from(searched.iter().any(|searched| searched.found));
        searched.iter().any(|searched| searched.pending)
    }

    /// Changes what the history shows.
    pub(super) fn change_history(&mut self, change: Change) -> Effects {
        match change {
            Change::Claim(claim) => self.show(|ui| ui.looking.claim = claim),
            Change::Operation(invoked) => self.go_to_operation(invoked),
            Change::Moment(moment) => {
                self.show_history();
                self.go(Place::After(moment.step))
            }
            Change::Show => {
                self.show_history();
                Effects::default()
            }
            Change::Import { name, text } => self.take_history(&name, &text),
            Change::CloseImport => {
                self.import = None;
                self.revision += 1;
                self.show(|ui| ui.looking = Looking::default())
            }
            Change::Look(look) => {
                if let Some(import) = &mut self.import {
                    import.look(look);
                    self.revision += 1;
                }
                Effects::default()
            }
        }
    }

    fn show_history(&mut self) {
        if !self.ui.shows(Panel::History) {
            self.ui.open(Panel::History);
        }
    }

    /// Goes to the answer of an operation, or to its call while there is none, and lights what served it.
    fn go_to_operation(&mut self, invoked: Step) -> Effects {
        let run = self.session.run();
        let row = netsplit_view::history::served::row(run, invoked);
        let answered = row.and_then(|row| row.returned_by(run.step())).map(|(moment, _)| moment);
        let to = answered.map_or(invoked, |Moment { step, .. }| step);
        self.ui.selection = Some(Selection::Operation(invoked));
        self.go(Place::After(to))
    }

    /// Shows a history from a file, or a sentence that says why it is none; then everything stays as it was.
    fn take_history(&mut self, name: &str, text: &str) -> Effects {
        match Import::read(name, text) {
            Ok(import) => {
                self.ui.tell(say!("Opened the history {name}.", name));
                self.import = Some(import);
                self.ui.looking = Looking::default();
                self.ui.dialog = None;
                self.revision += 1;
                self.show_history();
            }
            Err(bad) => {
                let text =
                    say!("{name} is no history: {problem}. The page is as it was.", name, problem = bad);
                self.ui.notify(NoticeTone::Bad, text, &[]);
            }
        }
        Effects::default()
    }
}

/// Follows the cursor of a run: the headline claim, and all of them if somebody looks.
fn follow(live: &mut Live, session: &Session, all: bool, goes_on: &dyn Fn() -> bool) -> Searched {
    let asked = match judge::model(session.scenario()) {
        Some(model) if all => Consistency::all(model).to_vec(),
        Some(model) => vec![Consistency::Linearizable(model)],
        None => Vec::new(),
    };
    live.ask(asked);
    live.follow(session.run(), goes_on)
}

impl Ui {
    /// Whether a panel is in sight.
    fn shows(&self, panel: Panel) -> bool {
        if self.compact { self.sheet == Some(panel) } else { self.drawer == Some(panel) }
    }
}
