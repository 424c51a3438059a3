//! The page as one component: it owns the model, wires the browser's events to messages, and gives its
//! children what they show.

mod calm;
mod outside;
mod pair;
mod render;

use std::cell::Cell;
use std::rc::Rc;

use yew::prelude::{Component, Context, Html};

use crate::address::{self, AddressBar};
use crate::browser;
use crate::embed::inline;
use crate::embed::visit::{Visit, Visited};
use crate::frame::{self, Again, FrameLoop};
use crate::language;
use crate::later::Later;
use crate::model::{self, Address, Effects, Model};
use crate::msg::{Msg, Origin};
use crate::options::choice::Named;
use crate::options::{Options, Theme};
use crate::stage_contract::{AppHandle, Painter};
use crate::transport;

use calm::Calm;
pub use calm::Turns;

/// The page.
pub struct App {
    handle: AppHandle,
    frames: FrameLoop,
    address: AddressBar,
    calm: Calm,
    said: Said,
    visit: Option<Visit>,
    _cursor: Painter,
    _outside: outside::Listeners,
}

/// What reaches the page.
pub enum Wake {
    /// A request.
    Do(Msg),
    /// A frame has moved the cursor.
    Moved(Effects),
    /// Enough time has passed since something was said.
    Say,
    /// Something of the page around this one.
    Visit(Visited),
}

/// What the live region says: of several sentences within a second only the last.
struct Said {
    sentence: (u32, String),
    at: f64,
    later: Later,
}

/// Between two sentences of the live region.
const SAY_MS: f64 = 1_000.0;

impl Component for App {
    type Message = Wake;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let inline = inline::read();
        let mut options = Options::parse(&inline.query);
        options.warnings.extend(language::apology());
        let still = browser::media(outside::STILL).is_some_and(|query| query.matches());
        let embedded = options.embed;
        present(&options);
        let model = opened(inline.text, options, still);
        let handle = AppHandle::new(model, ctx.link().callback(Wake::Do));
        let link = ctx.link().clone();
        let calm = Calm::default();
        let app = Self {
            frames: frame_loop(&handle, ctx, calm.behind()),
            address: AddressBar::new(embedded),
            calm,
            said: Said {
                sentence: (0, String::new()),
                at: 0.0,
                later: Later::new(move || link.send_message(Wake::Say)),
            },
            _cursor: handle.on_frame(|model| {
                if let Some(document) = browser::document() {
                    transport::paint(&document, model);
                }
            }),
            visit: None,
            _outside: outside::listen(&handle, ctx.link()),
            handle,
        };
        if app.handle.read(|model| model.playback().playing()) {
            app.frames.start();
        }
        app
    }

    fn update(&mut self, _ctx: &Context<Self>, wake: Wake) -> bool {
        match wake {
            Wake::Do(Msg::Open(_, Origin::Address)) => match self.address.changed() {
                Some(fragment) => self.ask(Msg::Open(fragment, Origin::Address)),
                // It is what this page itself wrote.
                None => return false,
            },
            Wake::Do(msg) => self.ask(msg),
            Wake::Moved(effects) => self.perform(effects),
            Wake::Say => {}
            Wake::Visit(visited) => self.visited(visited),
        }
        self.look_again();
        self.say();
        if let Some(visit) = &mut self.visit {
            self.handle.read(|model| visit.follow(model));
        }
        true
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        self.draw()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        let title =
            self.handle.read(|model| language::of_document(&model.session().scenario().title).to_owned());
        browser::set_title(&title);
        browser::show_dialog();
        self.handle.paint();
        if first {
            self.visit = self.handle.read(|model| {
                let embedded = model.options().embed;
                if embedded { Visit::begin(model, ctx.link()) } else { None }
            });
        }
    }
}

/// What of the options the document itself shows.
fn present(options: &Options) {
    if options.zoom != 100 {
        browser::set_zoom(options.zoom);
    }
    // The start script has read the theme of the address, but not of a document without one.
    if address::query().is_empty() && options.theme != Theme::Auto {
        address::call_outside("setTheme", options.theme.name());
    }
}

/// The page as its address asks for it; without a fragment, as the document in it does.
fn opened(document: Option<String>, options: Options, still: bool) -> Model {
    let fragment = address::fragment();
    let mut model = model::cold_start(&fragment, options, still);
    if let Some(text) = document.filter(|_| fragment.len() <= 1) {
        model.update(Msg::OpenDocument { text, fragment: "#".to_owned() });
    }
    model
}

/// Moves the cursor, and wakes the page if the run has changed, or if somebody still shows an older one.
fn frame_loop(handle: &AppHandle, ctx: &Context<App>, behind: Rc<Cell<bool>>) -> FrameLoop {
    let (handle, link) = (handle.clone(), ctx.link().clone());
    FrameLoop::new(move |elapsed| {
        let (effects, changed) = handle.write(|model| {
            let before = model.revision();
            let effects = model.tick(elapsed, &frame::clock);
            (effects, model.revision() != before)
        });
        handle.paint();
        if changed || behind.get() || !effects.frames {
            link.send_message(Wake::Moved(effects));
        }
        if effects.frames { Again::Yes } else { Again::No }
    })
}

impl App {
    /// Has the model do what is asked, and the world outside what follows from it.
    fn ask(&mut self, msg: Msg) {
        let dialog = |model: &Model| model.ui().dialog.clone();
        let before = self.handle.read(dialog);
        let effects = self.handle.write(|model| model.update(msg));
        if before.is_some() && before != self.handle.read(dialog) {
            // Closed before it goes away, so that the focus returns to where it was.
            browser::close_dialog();
        }
        self.perform(effects);
    }

    fn perform(&self, effects: Effects) {
        if effects.frames {
            self.frames.start();
        }
        if effects.link {
            self.keep_link(effects.address);
        }
        if effects.theme {
            address::call_outside("setTheme", self.handle.read(|model| model.ui().theme.name()));
        }
        match effects.address {
            Address::Keep => {}
            Address::Replace => self.address.replace(self.fragment()),
            Address::Push => self.address.push(self.start_fragment()),
        }
    }

    /// Keeps the link to this moment where a panic cannot reach it. What was opened from the address is kept as
    /// it was opened, and before that the address itself serves: no link is written before something has changed.
    fn keep_link(&self, shown: Address) {
        let link = if shown == Address::Keep { address::fragment() } else { self.fragment() };
        address::call_outside("setLink", &link);
    }

    fn visited(&mut self, visited: Visited) {
        let Some(visit) = &mut self.visit else { return };
        let effects = match visited {
            Visited::Heard(asked) => self.handle.write(|model| visit.hear(asked, model)),
            Visited::Seen(true) => return self.frames.release(),
            Visited::Seen(false) => return self.frames.hold(),
            Visited::High(height) => return visit.high(height),
            Visited::Report => return self.handle.read(|model| visit.report(model, None)),
            Visited::Leave => return self.handle.read(|model| visit.leave(model)),
        };
        self.perform(effects);
    }

    fn fragment(&self) -> String {
        self.handle.read(|model| model.fragment(&model.session().position()))
    }

    /// The run without a position, for one that was just opened.
    fn start_fragment(&self) -> String {
        self.handle.read(|model| model.fragment(&Default::default()))
    }

    /// Lets the live region say what was told last, once it has been silent for a while.
    fn say(&mut self) {
        let told = self.handle.read(|model| model.ui().told.clone());
        if told.0 == self.said.sentence.0 {
            return;
        }
        let now = frame::clock();
        if now - self.said.at < SAY_MS {
            self.said.later.after(SAY_MS as i32);
            return;
        }
        (self.said.sentence, self.said.at) = (told, now);
    }

    fn look_again(&mut self) {
        let (revision, playing) = self.handle.read(|model| (model.revision(), model.playback().playing()));
        self.calm.look(revision, playing, frame::clock());
    }
}
