//! Speed on a logarithmic scale, and whether quiet stretches pass faster.

use netsplit_scenarios::document::Speed;
use web_sys::HtmlInputElement;
use yew::prelude::{
    Callback, Event, Html, InputEvent, MouseEvent, Properties, TargetCast, component, html, use_state_eq,
};

use crate::msg::Msg;
use crate::options::{FASTEST, SLOWEST};
use crate::popover::Popover;
use crate::stage_contract::AppHandle;

/// What the speed control shows.
#[derive(Clone, PartialEq, Properties)]
pub struct PaceProps {
    /// The model and its messages.
    pub app: AppHandle,
    /// Virtual time per real time.
    pub speed: Speed,
    /// Whether quiet stretches pass faster.
    pub skip_quiet: bool,
}

/// Notches of the slider: thirty to a factor of ten.
const NOTCHES: f64 = 150.0;

/// Speed on a logarithmic scale.
#[component]
pub fn Pace(props: &PaceProps) -> Html {
    let open = use_state_eq(|| false);
    let set = |value: bool| {
        let open = open.clone();
        Callback::from(move |()| open.set(value))
    };
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    html! {
        <div class="pace">
            <span class="pace-inline">{ slider(props) }</span>
            <button
                type="button"
                class="pill mono"
                aria-haspopup="true"
                aria-expanded={if *open { "true" } else { "false" }}
                title="Speed: virtual time per real time"
                onclick={toggle}
            >
                { shown(props.speed) }
            </button>
            if *open {
                <Popover close={set(false)} label="Speed">
                    { scale(props) }
                    { skip(props) }
                </Popover>
            }
        </div>
    }
}

fn scale(props: &PaceProps) -> Html {
    html! {
        <div class="pace-scale">
            <span class="mono">{ "×0.001" }</span>
            { slider(props) }
            <span class="mono">{ "×100" }</span>
        </div>
    }
}

fn slider(props: &PaceProps) -> Html {
    let app = props.app.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let notch = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value_as_number());
        app.send(Msg::Speed(speed_at(notch.unwrap_or(0.0))));
    });
    html! {
        <input
            type="range"
            min="0"
            max={NOTCHES.to_string()}
            value={notch_of(props.speed).to_string()}
            aria-label="Speed"
            aria-valuetext={[&shown(props.speed), " of real time"].concat()}
            {oninput}
        />
    }
}

fn skip(props: &PaceProps) -> Html {
    let app = props.app.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            app.send(Msg::SkipQuiet(input.checked()));
        }
    });
    html! {
        <label class="check">
            <input type="checkbox" checked={props.skip_quiet} {onchange} />
            { "Skip quiet stretches" }
        </label>
    }
}

/// The speed at a notch, rounded to two digits as it is shown.
fn speed_at(notch: f64) -> Speed {
    let ppm = f64::from(SLOWEST.0) * 10_f64.powf(notch.clamp(0.0, NOTCHES) / 30.0);
    let unit = 10_f64.powf(ppm.log10().floor() - 1.0);
    Speed(((ppm / unit).round() * unit).round() as u32).clamp(SLOWEST, FASTEST)
}

fn notch_of(speed: Speed) -> u32 {
    ((f64::from(speed.0) / f64::from(SLOWEST.0)).log10() * 30.0).round().clamp(0.0, NOTCHES) as u32
}

/// `×0.03`.
fn shown(speed: Speed) -> String {
    let digits = (speed.0 / 1_000_000, speed.0 % 1_000_000);
    let text = format!("×{}.{:06}", digits.0, digits.1);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_slider_are_the_ends_of_the_scale() {
        assert_eq!((speed_at(0.0), speed_at(NOTCHES)), (SLOWEST, FASTEST));
        assert_eq!(speed_at(f64::NAN), SLOWEST);
    }

    #[test]
    fn every_notch_is_where_its_speed_puts_it() {
        for notch in 0..=150 {
            assert_eq!(notch_of(speed_at(f64::from(notch))), notch);
        }
    }

    #[test]
    fn speeds_are_shown_without_idle_zeros() {
        let shown = [1_000, 30_000, 1_000_000, 12_500_000, 100_000_000].map(|ppm| shown(Speed(ppm)));
        assert_eq!(shown, ["×0.001", "×0.03", "×1", "×12.5", "×100"]);
    }
}
