//! What a run came to, in words: those of the page.

use std::io::{self, Write};

use netsplit_scenarios::fingerprint::Departure;
use netsplit_scenarios::link::Opened;
use netsplit_scenarios::run_record::RunRecord;
use netsplit_sim::event::Event;
use netsplit_sim::run::Run;
use netsplit_view::verdict::{self, Mood};
use netsplit_view::{format, sentence};

use crate::expected::Checked;

/// An event in the sentences of the page.
pub(crate) fn tell(run: &dyn Run, event: &Event) -> String {
    sentence::line(run, event).text
}

/// What a run is called.
pub(crate) fn title(record: &RunRecord) -> &str {
    if record.scenario.title.is_empty() { "A run without a title" } else { &record.scenario.title }
}

/// What a run is called in a line: its name in the gallery, if it has one.
pub(crate) fn name(opened: &Opened) -> &str {
    opened.item.map_or_else(|| title(&opened.record), |item| item.path)
}

/// A run at its target, with what was found of it.
pub(crate) struct Report<'a> {
    pub(crate) opened: &'a Opened,
    pub(crate) run: &'a dyn Run,
    /// What was checked; nothing before the end of the run.
    pub(crate) checked: &'a [Checked<'a>],
    pub(crate) departure: Option<Departure>,
}

impl Report<'_> {
    /// The digest alone, for scripts.
    pub(crate) fn digest(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.run.digest())
    }

    /// Everything there is to say.
    pub(crate) fn whole(&self, out: &mut dyn Write) -> io::Result<()> {
        self.head(out)?;
        writeln!(out)?;
        let flaws = self.opened.record.scenario.flaws.iter().map(String::as_str);
        for chip in verdict::chips(self.run, flaws) {
            writeln!(out, "{} {}", letter(chip.mood), chip.text)?;
            if chip.mood != Mood::Good && !chip.meaning.is_empty() {
                writeln!(out, "  {}", chip.meaning)?;
            }
        }
        self.expectations(out)?;
        self.warnings(out)
    }

    fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        let (scenario, run) = (&self.opened.record.scenario, self.run);
        let name = self.opened.item.map_or_else(String::new, |item| format!(" ({})", item.path));
        let title = title(&self.opened.record);
        writeln!(out, "{title}{name}, seed {}", scenario.seed)?;
        let events = format::count(run.step().0, "event", "events");
        let done = format!(
            "{} of {}",
            run.applied(),
            format::count(run.script().len() as u64, "intervention", "interventions")
        );
        writeln!(out, "at {} of {}, step {}: {events}, {done}", run.now(), run.until(), run.step().0)?;
        writeln!(out, "digest {}", run.digest())
    }

    fn expectations(&self, out: &mut dyn Write) -> io::Result<()> {
        let unmet = self.checked.iter().filter(|checked| !checked.is_met()).count();
        match (self.checked.len(), unmet) {
            (0, _) => return Ok(()),
            (all, 0) => writeln!(out, "\nAll {all} expectations of this scenario are met:")?,
            (all, _) => writeln!(out, "\n{unmet} of {all} expectations of this scenario are not met:")?,
        }
        self.checked.iter().try_for_each(|checked| writeln!(out, "  {}", checked.line()))
    }

    fn warnings(&self, out: &mut dyn Write) -> io::Result<()> {
        if let Some(badge) = self.opened.badge {
            writeln!(out, "\n! {}", badge.sentence())?;
        }
        if let Some(Departure { agreed, differs }) = self.departure {
            let agreed = agreed.map_or_else(
                || "from the boot on".to_owned(),
                |step| format!("it agrees at step {}", step.0),
            );
            writeln!(
                out,
                "\n✗ this is not the run that the author of the link saw: {agreed}, differs at step {}",
                differs.0
            )?;
        }
        Ok(())
    }
}

fn letter(mood: Mood) -> char {
    match mood {
        Mood::Good => '✓',
        Mood::Bad => '✗',
        Mood::Waiting => '…',
        Mood::Note => '!',
    }
}
