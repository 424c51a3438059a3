//! How far a long command is: on a terminal, and only once it has taken a second.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use netsplit_sim::run::Run;
use netsplit_view::format;

/// Before this nobody wonders.
const PATIENCE: Duration = Duration::from_secs(1);

/// What shows how far a command is. Dropping it clears the line.
pub(crate) struct Progress {
    begun: Instant,
    on_terminal: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    pub(crate) fn begin() -> Self {
        Self { begun: Instant::now(), on_terminal: io::stderr().is_terminal(), bar: None }
    }

    /// A run has gone on.
    pub(crate) fn moved(&mut self, run: &dyn Run) {
        let events = format::count(run.step().0, "event", "events");
        self.show(run.now().0, run.until().0, &format!("{} of {}, {events}", run.now(), run.until()));
    }

    /// So many of them are done.
    pub(crate) fn counted(&mut self, done: u64, of: u64, what: &str) {
        let text = format!("{} of {} {what}", format::grouped(done), format::grouped(of));
        self.show(done, of, &text);
    }

    /// A writer that shows how much of a file was written.
    pub(crate) fn writing<'a>(&'a mut self, name: &'a str, inner: &'a mut dyn Write) -> impl Write + 'a {
        Written { progress: self, name, inner, bytes: 0 }
    }

    fn show(&mut self, done: u64, of: u64, text: &str) {
        if self.bar.is_none() && is_due(self.begun.elapsed(), self.on_terminal) {
            self.bar = Some(ProgressBar::new(of).with_style(style()));
        }
        if let Some(bar) = &self.bar {
            bar.set_length(of);
            bar.set_position(done);
            bar.set_message(text.to_owned());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn is_due(elapsed: Duration, on_terminal: bool) -> bool {
    on_terminal && elapsed >= PATIENCE
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:30} {msg}").expect("the template is one that indicatif knows")
}

struct Written<'a> {
    progress: &'a mut Progress,
    name: &'a str,
    inner: &'a mut dyn Write,
    bytes: u64,
}

impl Write for Written<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.bytes += written as u64;
        let text = format!("{}: {} kB", self.name, format::grouped(self.bytes / 1_000));
        self.progress.show(0, 0, &text);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::is_due;

    #[test]
    fn progress_shows_on_a_terminal_after_a_second() {
        let (short, long) = (Duration::from_millis(900), Duration::from_millis(1_100));
        assert_eq!([is_due(short, true), is_due(long, true), is_due(long, false)], [false, true, false]);
    }
}
