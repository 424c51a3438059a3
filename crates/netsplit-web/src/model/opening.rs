//! Opening: from a fragment or a document to a run on the page, or to a sentence and the run as it was.

use netsplit_scenarios::error::OpenError;
use netsplit_scenarios::fingerprint::Departure;
use netsplit_scenarios::fragment::{Fragment, Source, parse_fragment};
use netsplit_scenarios::link::{self, Opened, Position};
use netsplit_sim::id::Step;
use netsplit_sim::run::Stopped;
use netsplit_view::format;
use netsplit_words::say;

use super::{Address, Effects, Model, NoticeTone, Offer, Ui, Versus};
use crate::judging::Live;
use crate::language;
use crate::msg::{Dialog, Origin, Panel};
use crate::options::{Motion, Options};
use crate::playback::{Drive, Playback};
use crate::session::Session;

/// What to do after a link could not be opened.
const WAYS_OUT: &[Offer] = &[Offer::Paste, Offer::Gallery, Offer::StartEmpty];

/// The page as the address asks for it. A bad link leaves the first scenario, paused at its beginning
/// and with the sentence on top; it is never silently something else.
pub fn cold_start(fragment: &str, options: Options, still: bool) -> Model {
    let still = match options.motion {
        Motion::Auto => still,
        Motion::Reduce => true,
        Motion::Full => false,
    };
    let first = link::load(&Fragment::default()).and_then(|opened| Ok(Session::new(opened, Vec::new())?));
    let session = first.expect("a test opens the first scenario of the gallery");
    let mut model = Model {
        playback: Playback::new(session.scenario().speed, still),
        session,
        versus: None,
        live: Live::default(),
        import: None,
        lesson: None,
        met: Vec::new(),
        ui: Ui::opened(&options),
        options,
        telling: super::telling::Telling::default(),
        revision: 0,
        runs: 0,
    };
    for warning in std::mem::take(&mut model.options.warnings) {
        model.warn(warning);
    }
    model.open(fragment, Origin::Start);
    model
}

impl Model {
    /// Opens what a fragment names.
    pub(super) fn open(&mut self, text: &str, origin: Origin) -> Effects {
        let fragment = match parse_fragment(text) {
            Ok(fragment) => fragment,
            Err(error) => return self.refuse(&error.to_string()),
        };
        if let Source::Address(address) = fragment.source {
            self.ui.dialog = Some(Dialog::Fetch { address, fragment: text.to_owned() });
            return Effects::default();
        }
        match fragment.lesson.clone() {
            Some(place) => self.open_lesson(&place, fragment, origin),
            None => self.open_run(fragment, origin),
        }
    }

    /// Opens the run that a fragment names.
    pub(super) fn open_run(&mut self, fragment: Fragment, origin: Origin) -> Effects {
        let opened = match link::load(&fragment) {
            Ok(opened) => opened,
            Err(error) => return self.refuse(&error.to_string()),
        };
        let plays = self.options.play.unwrap_or(plays_at_once(&fragment) && !self.options.embed);
        self.take(opened, fragment.unknown, plays, origin)
    }

    /// Opens a document; the fragment that named it says where to look. It never plays by itself: its
    /// author is a stranger.
    pub(super) fn open_document(&mut self, text: &str, fragment: &str) -> Effects {
        let opened = parse_fragment(fragment)
            .and_then(|fragment| Ok((link::load_text(&fragment, text)?, fragment.unknown)));
        match opened {
            Ok((opened, unknown)) => self.take(opened, unknown, false, Origin::Inside),
            Err(error) => self.refuse(&error.to_string()),
        }
    }

    pub(super) fn refuse(&mut self, sentence: &str) -> Effects {
        let text = say!("{error}. The run on the page is as it was.", error = format::capital(sentence));
        self.ui.notify(NoticeTone::Bad, text, WAYS_OUT);
        Effects::default()
    }

    fn take(
        &mut self,
        opened: Opened,
        unknown: Vec<(String, Option<String>)>,
        plays: bool,
        origin: Origin,
    ) -> Effects {
        let position = opened.position.clone();
        let (mut session, versus) = match open_pair(opened, unknown) {
            Ok(pair) => pair,
            Err(error) => return self.refuse(&error.to_string()),
        };
        let found = go_to(&mut session, &position);
        let speed = self.options.speed.unwrap_or(session.scenario().speed);
        let skip_quiet = self.playback.skip_quiet;
        self.playback = Playback::new(speed, self.playback.still);
        self.playback.skip_quiet = skip_quiet;
        let before = std::mem::replace(&mut self.session, session);
        self.leave_lesson_run(before);
        self.versus = versus;
        self.runs += 1;
        self.telling = super::telling::Telling::default();
        self.ui.forget_run();
        self.ui.notices.retain(|notice| notice.offers.is_empty());
        self.tell_of_opening(found);
        self.begin(plays, origin)
    }

    /// Starts to play, if this link does and motion is welcome.
    fn begin(&mut self, plays: bool, origin: Origin) -> Effects {
        if plays && !self.playback.still {
            self.playback.go(Drive::Play);
        }
        let address = match origin {
            Origin::Inside => Address::Push,
            Origin::Host => Address::Replace,
            Origin::Start | Origin::Address => Address::Keep,
        };
        Effects { frames: self.playback.playing(), link: true, address, theme: false }
    }

    fn tell_of_opening(&mut self, found: Result<(), String>) {
        if let Some(badge) = self.session.badge() {
            self.ui.notify(NoticeTone::Told, badge.sentence(), &[]);
        }
        if let Err(sentence) = found {
            self.warn(sentence);
        }
        self.tell_of_idle_locks();
        let title = language::of_document(&self.session.scenario().title);
        self.ui.tell(say!("Opened: {title}.", title));
    }
}

impl Model {
    /// A lock that closes nothing is a slip of whoever wrote it.
    fn tell_of_idle_locks(&mut self) {
        let about = self.session.run().about();
        for name in self.options.locks.idle(about.params) {
            let protocol = about.title;
            self.warn(say!(
                "The address locks {name}, but {protocol} has no parameter of that name.",
                name,
                protocol
            ));
        }
    }
}

impl Ui {
    /// What is shown at first.
    fn opened(options: &Options) -> Self {
        let panels = options.shown_panels();
        Self {
            theme: options.theme,
            drawer: panels.first_like(Panel::Log),
            side: panels.first_like(Panel::Inspector),
            ..Self::default()
        }
    }
}

/// The run that a link names, and the one beside it if it names one.
fn open_pair(
    mut opened: Opened,
    unknown: Vec<(String, Option<String>)>,
) -> Result<(Session, Option<Versus>), OpenError> {
    let second = opened.versus.take();
    let session = Session::new(opened, unknown)?;
    let versus = second.map(|record| Versus::named(&session, record)).transpose()?;
    Ok((session, versus))
}

/// The bare page and a scenario without a position play; whole runs open paused where they point.
fn plays_at_once(fragment: &Fragment) -> bool {
    let positioned = fragment.t.is_some() || fragment.step.is_some();
    matches!(fragment.source, Source::Bare | Source::Gallery { .. }) && !positioned
}

/// Puts the cursor where the link points, and compares with what its author saw.
fn go_to(session: &mut Session, position: &Position) -> Result<(), String> {
    session
        .go_to(position)
        .and_then(|()| departure(session, position))
        .map_err(|stopped| say!("{error}.", error = format::capital(&stopped.to_string())))?
        .map_or(Ok(()), Err)
}

/// Where this replay leaves what the author of the link saw, in a sentence, if it does.
fn departure(session: &Session, position: &Position) -> Result<Option<String>, Stopped> {
    let Some((step, saw)) = position.step.map(Step).zip(position.fingerprint) else { return Ok(None) };
    let replayed = session.fingerprint(step)?;
    Ok(saw.departure(&replayed, step).map(|departure| departed(&departure)))
}

fn departed(departure: &Departure) -> String {
    let Some(agreed) = departure.agreed else {
        return say!(
            "This run differs from what the author of its link saw: it departs from the very beginning."
        )
        .to_owned();
    };
    say!(
        "This run differs from what the author of its link saw: it departs between steps {agreed} and {differs}.",
        agreed = agreed.0,
        differs = departure.differs.0,
    )
}
