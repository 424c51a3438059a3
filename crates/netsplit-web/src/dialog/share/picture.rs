//! This moment as a picture, and what led to it as a film.

use std::cell::Cell;
use std::rc::Rc;

use netsplit_view::picture::{Theme, What};
use netsplit_words::say;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlSelectElement};
use yew::prelude::{Callback, Component, Context, Html, TargetCast, html};

use super::SharingProps;
use crate::browser;
use crate::button::{Look, button};
use crate::msg::Msg;
use crate::picture::film::{NoFilm, Shot};
use crate::picture::made::{self, file_name, short};
use crate::picture::{raster, save};

/// The section.
pub(super) struct Picturing {
    what: What,
    theme: Theme,
    /// How much of a film is done, in percent, and what ends it.
    film: Option<(u32, Rc<Cell<bool>>)>,
}

/// A change.
pub(super) enum Change {
    /// Another picture.
    What(What),
    /// For another ground.
    Theme(Theme),
    /// Records so many seconds of play.
    Film(u64),
    /// So much of the film is done.
    Filmed(u32),
    /// There is a film, or none.
    FilmEnds,
}

/// Lengths of films, in seconds of play.
const LENGTHS: [u64; 3] = [5, 10, 20];
const THEMES: [Theme; 3] = [Theme::Light, Theme::Dark, Theme::Print];
/// Pixels of a PNG for each of the picture's: for screens, and for paper.
const SCALES: [(f64, &str); 2] = [(2.0, "×2"), (4.0, "×4")];

impl Component for Picturing {
    type Message = Change;
    type Properties = SharingProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Self { what: What::Stage, theme: made::shown_theme(), film: None }
    }

    fn update(&mut self, ctx: &Context<Self>, change: Change) -> bool {
        match change {
            Change::What(what) => self.what = what,
            Change::Theme(theme) => self.theme = theme,
            Change::Film(seconds) => self.film = Some((0, self.record(ctx, seconds))),
            Change::Filmed(percent) => {
                if let Some((done, _)) = &mut self.film {
                    *done = percent;
                }
            }
            Change::FilmEnds => self.film = None,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let svg = ctx.props().app.read(|model| made::picture(model, self.what, self.theme));
        html! {
            <>
                <p>{ say!("A picture of this moment with title, seed, time, digest and link under it. Dropped on this page, the SVG opens the run again.") }</p>
                <div class="row picture-choice">
                    { self.choose_what(ctx) }
                    { self.choose_theme(ctx) }
                </div>
                <img class="picture-shown" src={raster::address(&svg)} alt={say!("The picture as it will be saved")} />
                { self.deeds(ctx, &svg) }
                { self.film(ctx) }
            </>
        }
    }

    fn destroy(&mut self, _ctx: &Context<Self>) {
        if let Some((_, enough)) = &self.film {
            enough.set(true);
        }
    }
}

impl Picturing {
    fn choose_what(&self, ctx: &Context<Self>) -> Html {
        let onchange = chosen(ctx, &made::ALL, Change::What);
        html! {
            <label class="picture-field">
                { say!("Picture") }
                <select class="field picture-what" {onchange}>
                    { for made::ALL.iter().map(|what| html! {
                        <option selected={*what == self.what}>{ made::name(*what) }</option>
                    }) }
                </select>
            </label>
        }
    }

    fn choose_theme(&self, ctx: &Context<Self>) -> Html {
        let onchange = chosen(ctx, &THEMES, Change::Theme);
        html! {
            <label class="picture-field">
                { say!("Made for") }
                <select class="field picture-theme" {onchange}>
                    { for THEMES.iter().map(|theme| html! {
                        <option selected={*theme == self.theme}>{ made_for(*theme) }</option>
                    }) }
                </select>
            </label>
        }
    }

    /// What can be done with the picture.
    fn deeds(&self, ctx: &Context<Self>, svg: &str) -> Html {
        let app = ctx.props().app.clone();
        let name = |ending| app.read(|model| file_name(model, short(self.what), ending));
        let save_svg = {
            let (app, svg, name) = (app.clone(), svg.to_owned(), name("svg"));
            Callback::from(move |_| save::save(&app, &name, save::blob(&svg, "image/svg+xml")))
        };
        let copy_svg = {
            let (app, svg) = (app.clone(), svg.to_owned());
            Callback::from(move |_| browser::copy(&app, svg.clone(), say!("The SVG was copied.")))
        };
        let copy_png = {
            let (app, svg) = (app.clone(), svg.to_owned());
            Callback::from(move |_| {
                let (app, svg) = (app.clone(), svg.clone());
                spawn_local(async move {
                    match raster::png(&svg, SCALES[0].0).await {
                        Ok(blob) => save::copy_picture(&app, &blob).await,
                        Err(_) => app.send(Msg::Warn(no_pixels().to_owned())),
                    }
                });
            })
        };
        html! {
            <>
                <div class="row picture-deeds">
                    { button(Look::Primary, say!("Save SVG"), save_svg) }
                    { for SCALES.iter().map(|(scale, factor)| self.save_png(ctx, svg, *scale, factor)) }
                </div>
                <div class="row picture-deeds">
                    { button(Look::Framed, say!("Copy SVG"), copy_svg) }
                    { button(Look::Framed, say!("Copy PNG"), copy_png) }
                </div>
            </>
        }
    }

    fn save_png(&self, ctx: &Context<Self>, svg: &str, scale: f64, factor: &'static str) -> Html {
        let app = ctx.props().app.clone();
        let name = app.read(|model| file_name(model, short(self.what), "png"));
        let svg = svg.to_owned();
        let onclick = Callback::from(move |_| {
            let (app, svg, name) = (app.clone(), svg.clone(), name.clone());
            spawn_local(async move {
                match raster::png(&svg, scale).await {
                    Ok(blob) => save::save(&app, &name, Ok(blob)),
                    Err(_) => app.send(Msg::Warn(no_pixels().to_owned())),
                }
            });
        });
        html! {
            <button type="button" class="button framed" {onclick}>{ say!("Save PNG {factor}", factor) }</button>
        }
    }

    fn film(&self, ctx: &Context<Self>) -> Html {
        let Some((percent, enough)) = &self.film else {
            let film = |seconds: &u64| {
                let seconds = *seconds;
                let onclick = ctx.link().callback(move |_| Change::Film(seconds));
                let words = say!("{seconds} s of play", seconds);
                html! { <button type="button" class="button framed film-record" {onclick}>{ words }</button> }
            };
            return html! {
                <>
                    <p>{ say!("A film (WebM) of what led to this moment, at the speed of the page. Recording takes as long as the film.") }</p>
                    <div class="row picture-deeds">{ for LENGTHS.iter().map(film) }</div>
                </>
            };
        };
        let stop = {
            let enough = enough.clone();
            Callback::from(move |_| enough.set(true))
        };
        html! {
            <div class="row picture-deeds">
                <progress max="100" value={percent.to_string()} aria-label={say!("How much of the film is recorded")} />
                { button(Look::Framed, say!("Stop recording"), stop) }
            </div>
        }
    }

    /// Begins to record; what is returned ends it.
    fn record(&self, ctx: &Context<Self>, seconds: u64) -> Rc<Cell<bool>> {
        let enough = Rc::new(Cell::new(false));
        let (app, link, ends) = (ctx.props().app.clone(), ctx.link().clone(), enough.clone());
        let shot = app.read(|model| Shot::last(model, seconds, self.theme));
        let name = app.read(|model| file_name(model, "film", "webm"));
        spawn_local(async move {
            let told = |percent| link.send_message(Change::Filmed(percent));
            match shot.record(told, ends).await {
                Ok(film) => save::save(&app, &name, Ok(film)),
                Err(NoFilm::Cancelled) => {}
                Err(NoFilm::Unable) => app.send(Msg::Warn(
                    say!("This browser cannot record films: save pictures, or record the screen.").to_owned(),
                )),
                Err(NoFilm::Failed) => {
                    app.send(Msg::Warn(say!("Recording failed. The run is as it was.").to_owned()));
                }
            }
            link.send_message(Change::FilmEnds);
        });
        enough
    }
}

/// The one of some that a person chose.
fn chosen<T: Copy + 'static>(
    ctx: &Context<Picturing>,
    all: &'static [T],
    change: fn(T) -> Change,
) -> Callback<Event> {
    ctx.link().batch_callback(move |event: Event| {
        let at = event.target_dyn_into::<HtmlSelectElement>()?.selected_index();
        usize::try_from(at).ok().and_then(|at| all.get(at)).map(|one| change(*one))
    })
}

fn made_for(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => say!("light screens"),
        Theme::Dark => say!("dark screens"),
        Theme::Print => say!("paper"),
    }
}

fn no_pixels() -> &'static str {
    say!("This browser did not make a picture of pixels: save the SVG instead.")
}
