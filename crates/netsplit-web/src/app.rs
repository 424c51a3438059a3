//! The page as one component: it owns the model, wires the browser's events to messages, and gives its
//! children what they show.

mod outside;
mod render;

use yew::prelude::{Component, Context, Html};

use crate::address::{self, AddressBar};
use crate::browser;
use crate::frame::{self, Again, FrameLoop};
use crate::model::{self, Address, Effects};
use crate::msg::Msg;
use crate::options::Options;
use crate::stage_contract::AppHandle;

/// The page.
pub struct App {
    handle: AppHandle,
    frames: FrameLoop,
    address: AddressBar,
    calm: Calm,
    _outside: outside::Listeners,
}

/// What reaches the page.
pub enum Wake {
    /// A request.
    Do(Msg),
    /// A frame has moved the cursor.
    Moved(Effects),
}

/// Panels with much text are drawn anew only so often while the run plays.
#[derive(Clone, Copy, Default)]
struct Calm {
    revision: u64,
    at: f64,
}

/// Between two looks of a panel at a playing run.
const CALM_MS: f64 = 120.0;

impl Component for App {
    type Message = Wake;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let options = Options::parse(&address::query());
        let still = browser::media(outside::STILL).is_some_and(|query| query.matches());
        let embedded = options.embed;
        let model = model::cold_start(&address::fragment(), options, still);
        let handle = AppHandle::new(model, ctx.link().callback(Wake::Do));
        let app = Self {
            frames: frame_loop(&handle, ctx),
            address: AddressBar::new(embedded),
            calm: Calm::default(),
            _outside: outside::listen(&handle),
            handle,
        };
        app.keep_link();
        if app.handle.read(|model| model.playback().playing()) {
            app.frames.start();
        }
        app
    }

    fn update(&mut self, _ctx: &Context<Self>, wake: Wake) -> bool {
        let effects = match wake {
            Wake::Do(msg) => {
                let msg = match msg {
                    // The address may have changed to what this page itself wrote.
                    Msg::Open(_, crate::msg::Origin::Address) => match self.address.changed() {
                        Some(fragment) => Msg::Open(fragment, crate::msg::Origin::Address),
                        None => return false,
                    },
                    other => other,
                };
                self.handle.write(|model| model.update(msg))
            }
            Wake::Moved(effects) => effects,
        };
        self.perform(effects);
        self.look_again();
        true
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        self.draw()
    }

    fn rendered(&mut self, _ctx: &Context<Self>, _first: bool) {
        browser::set_title(&self.handle.read(|model| model.session().scenario().title.clone()));
        self.handle.paint();
    }
}

fn frame_loop(handle: &AppHandle, ctx: &Context<App>) -> FrameLoop {
    let (handle, link) = (handle.clone(), ctx.link().clone());
    FrameLoop::new(move |elapsed| {
        let (effects, changed) = handle.write(|model| {
            let before = model.revision();
            let effects = model.tick(elapsed, &frame::clock);
            (effects, model.revision() != before)
        });
        handle.paint();
        if changed || !effects.frames {
            link.send_message(Wake::Moved(effects));
        }
        if effects.frames { Again::Yes } else { Again::No }
    })
}

impl App {
    fn perform(&self, effects: Effects) {
        if effects.frames {
            self.frames.start();
        }
        if effects.link {
            self.keep_link();
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

    /// Keeps the link to this moment where a panic cannot reach it.
    fn keep_link(&self) {
        address::call_outside("setLink", &self.fragment());
    }

    fn fragment(&self) -> String {
        self.handle.read(|model| model.session().fragment(&model.session().position()))
    }

    /// The run without a position, for one that was just opened.
    fn start_fragment(&self) -> String {
        self.handle.read(|model| model.session().fragment(&Default::default()))
    }

    fn look_again(&mut self) {
        let (revision, playing) = self.handle.read(|model| (model.revision(), model.playback().playing()));
        let now = frame::clock();
        if !playing || now - self.calm.at >= CALM_MS {
            self.calm = Calm { revision, at: now };
        }
    }
}
