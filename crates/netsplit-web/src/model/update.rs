//! What each message does.

use netsplit_sim::id::NodeId;
use netsplit_sim::time::SimTime;
use netsplit_view::geometry::Point;

use super::{Effects, Model, NoticeTone, Ui};
use crate::msg::{Dialog, Msg, Panel, Selection};
use crate::playback::{Drive, Ticked};
use crate::session::{Place, end_of_micro};
use crate::spacetime::{Change, source};

/// The second of two runs takes at most this long of a frame to keep pace with the first.
const PACE_MS: f64 = 4.0;
/// Looking for goals that are met takes at most this long of a frame.
const LEARN_MS: f64 = 2.0;

impl Model {
    /// Does what the message asks.
    pub fn update(&mut self, msg: Msg) -> Effects {
        let before = self.spot();
        let effects = self.apply(msg);
        if self.spot() != before {
            self.revision += 1;
        }
        self.look();
        let behind = self.keep_pace(&|| false);
        if !behind {
            self.find_parting();
        }
        let judging = self.judge_a_little();
        let learning = self.learn_a_little();
        Effects { frames: effects.frames || behind || judging || learning, ..effects }
    }

    /// Moves the cursor after `elapsed` milliseconds; `clock` reads milliseconds.
    pub fn tick(&mut self, elapsed: f64, clock: &dyn Fn() -> f64) -> Effects {
        let before = self.spot();
        let ticked = self.playback.tick(&mut self.session, elapsed, clock);
        let after = self.spot();
        let rests = self.playback.drive == Drive::Rest;
        // Between two events only the painters have something to draw.
        if after.1 != before.1 || (rests && after != before) {
            self.revision += 1;
        }
        self.look();
        if rests {
            self.narrate();
        } else {
            self.narrate_now_and_then(elapsed);
        }
        match ticked {
            Ok(Ticked::Ended) => self.tell_end(),
            Ok(Ticked::Going | Ticked::Arrived) => {}
            Err(stopped) => self.tell_stopped(&stopped),
        }
        let until = clock() + PACE_MS;
        let behind = self.keep_pace(&|| clock() < until);
        if !behind && (rests || self.versus().is_some_and(|versus| versus.found().is_none())) {
            self.find_parting();
        }
        let judging = self.judge(clock);
        let until = clock() + LEARN_MS;
        let learning = self.learn(&|| clock() < until);
        let effects = if rests { Effects::rested() } else { Effects::moving() };
        Effects { frames: effects.frames || behind || judging || learning, ..effects }
    }

    pub(super) fn apply(&mut self, msg: Msg) -> Effects {
        if let Some(reason) = self.locked(&msg) {
            return self.show(|ui| ui.notify(NoticeTone::Told, reason, &[]));
        }
        match msg {
            Msg::Open(fragment, origin) => self.open(&fragment, origin),
            Msg::OpenDocument { text, fragment } => self.open_document(&text, &fragment),
            Msg::TogglePlay if self.playback.drive == Drive::Rest => self.play(),
            Msg::TogglePlay | Msg::Pause => self.rest(),
            Msg::StepForward => self.step_forward(),
            Msg::StepBack => self.step_back(),
            Msg::NextMark => self.drive(Drive::NextMark(self.session.run().step())),
            Msg::PreviousMark => self.previous_mark(),
            Msg::Seek(time) => self.go(Place::At(end_of_micro(time))),
            Msg::SeekBy(nanos) => {
                let target = SimTime(self.bound_for().0.saturating_add_signed(nanos));
                self.go(Place::At(end_of_micro(target)))
            }
            Msg::SeekStep(step) => self.go(Place::After(step)),
            Msg::Speed(speed) => self.pace(|playback| playback.speed = speed),
            Msg::SkipQuiet(on) => self.pace(|playback| playback.skip_quiet = on),
            Msg::Still(still) => self.pace(|playback| playback.still = still),
            Msg::Intervene { what, sketch } => self.intervene(what, sketch),
            Msg::Undo => self.undo(),
            Msg::Redo => self.redo(),
            Msg::Edit(edit) => self.edit(edit),
            Msg::Line(line) => self.show(|ui| ui.line = line),
            Msg::ShowBranch(id) => self.show_branch(id),
            Msg::RenameBranch(id, name) => self.rename_branch(id, &name),
            Msg::DeleteBranch(id) => self.delete_branch(id),
            Msg::Reset => self.reset(),
            Msg::Seed(seed) => self.set_seed(seed),
            Msg::Param(name, value) => self.set_param(name, value),
            Msg::Flaw(name, on) => self.set_flaw(name, on),
            Msg::MoveNode(node, to) => self.move_node(node, to),
            Msg::Compare(with) => self.compare(with),
            Msg::EndComparison => self.end_comparison(),
            Msg::Select(selection) => self.show(|ui| ui.select(selection)),
            Msg::Tool(tool) => self.show(|ui| ui.tool = tool),
            Msg::OpenDialog(Dialog::Share) => self.share(),
            Msg::OpenDialog(dialog) => self.show(|ui| ui.dialog = Some(dialog)),
            Msg::Popover(popover) => self.show(|ui| ui.popover = popover),
            Msg::Zoom(window) => self.show(|ui| ui.zoom = window),
            Msg::Diagram(change) => self.change_diagram(change),
            Msg::History(change) => self.change_history(change),
            Msg::Choose(choices) => self.show(|ui| ui.choices = choices),
            Msg::CloseDialog => self.show(|ui| ui.dialog = None),
            Msg::Whole => self.show(|ui| ui.whole = true),
            Msg::Panel(panel) => self.show(|ui| ui.toggle(panel)),
            Msg::Compact(compact) => self.show(|ui| ui.fold(compact)),
            Msg::Theme(theme) => {
                self.ui.theme = theme;
                Effects { theme: true, ..Effects::default() }
            }
            Msg::Ask(offer) => self.ask(&offer),
            Msg::Follow(target) => self.follow(target),
            Msg::Lesson(change) => self.change_lesson(change),
            Msg::Predict(prediction) => self.predict(prediction),
            Msg::Announce(sentence) => self.show(|ui| ui.tell(sentence)),
            Msg::Warn(sentence) => {
                self.warn(sentence);
                Effects::default()
            }
            Msg::NewVersion => self.show(Ui::offer_new_version),
            Msg::Dismiss(id) => self.show(|ui| ui.notices.retain(|notice| notice.id != id)),
        }
    }

    /// Rests, since the link is to one moment, and takes the link to it.
    fn share(&mut self) -> Effects {
        let effects = self.rest();
        let mut position = self.session.position();
        // A run that cannot be replayed to here has no fingerprint, and its link works without.
        position.fingerprint = self.session.fingerprint(self.session.run().step()).ok();
        self.ui.shared = self.fragment(&position);
        self.ui.dialog = Some(Dialog::Share);
        effects
    }

    pub(super) fn show(&mut self, change: impl FnOnce(&mut Ui)) -> Effects {
        change(&mut self.ui);
        Effects::default()
    }

    fn pace(&mut self, change: impl FnOnce(&mut crate::playback::Playback)) -> Effects {
        change(&mut self.playback);
        Effects::default()
    }

    fn change_diagram(&mut self, change: Change) -> Effects {
        let bounds = source::bounds(self);
        // What is lit on the stage depends on these two; where somebody looks is the diagram's alone.
        self.revision += u64::from(matches!(change, Change::Cone(_) | Change::Knows(_)));
        self.ui.diagram.change(change, bounds);
        Effects::default()
    }

    fn move_node(&mut self, node: NodeId, to: Point) -> Effects {
        self.session.move_node(node, to);
        self.revision += 1;
        Effects::default()
    }
}

impl Ui {
    /// Selects, and shows the inspector if there is room for it beside the stage.
    fn select(&mut self, selection: Option<Selection>) {
        self.selection = selection;
        // Whoever reads a lesson goes on reading.
        if selection.is_some() && self.side != Some(Panel::Lesson) {
            self.side = Some(Panel::Inspector);
        }
    }

    /// Makes drawer and side panel one sheet, or two places again. Whoever reads a lesson goes on reading.
    fn fold(&mut self, compact: bool) {
        self.compact = compact;
        if compact && self.side == Some(Panel::Lesson) {
            self.sheet = self.sheet.or(self.side);
        }
    }

    /// Shows a panel where it belongs, or closes it if it is shown.
    fn toggle(&mut self, panel: Panel) {
        let place = self.place_of(panel);
        *place = if *place == Some(panel) { None } else { Some(panel) };
    }

    /// Shows a panel where it belongs.
    pub(super) fn open(&mut self, panel: Panel) {
        *self.place_of(panel) = Some(panel);
    }

    fn place_of(&mut self, panel: Panel) -> &mut Option<Panel> {
        match panel {
            _ if self.compact => &mut self.sheet,
            Panel::Spacetime | Panel::Log | Panel::History | Panel::Metrics | Panel::Events => {
                &mut self.drawer
            }
            Panel::Lesson | Panel::Inspector | Panel::Settings | Panel::Script | Panel::Why => &mut self.side,
        }
    }
}
