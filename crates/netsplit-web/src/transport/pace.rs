//! Speed on a logarithmic scale, and whether quiet stretches pass faster.

use netsplit_scenarios::document::Speed;
use netsplit_words::say;
use web_sys::HtmlInputElement;
use yew::prelude::{Callback, Event, Html, InputEvent, TargetCast, html};

use super::TransportProps;
use crate::decimal;
use crate::msg::{Msg, Popover};
use crate::options::{FASTEST, SLOWEST};
use crate::popover::popover;

/// The notches of a factor of ten, in tenths.
const DECADE: [u32; 30] = [
    10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 22, 23, 25, 27, 29, 32, 34, 37, 40, 43, 46, 50, 54, 58, 63, 68,
    74, 79, 86, 93,
];
/// Five factors of ten lie between the slowest and the fastest.
const NOTCHES: u32 = 150;

/// Speed on a logarithmic scale.
pub(super) fn pace(props: &TransportProps) -> Html {
    let open = props.pace_open;
    let surface = || {
        html! {
            <>
                <div class="pace-scale">
                    <span class="mono">{ shown(SLOWEST) }</span>
                    { slider(props) }
                    <span class="mono">{ shown(FASTEST) }</span>
                </div>
                { skip(props) }
            </>
        }
    };
    html! {
        <div class="pace">
            <span class="pace-inline">{ slider(props) }</span>
            <button
                type="button"
                class="pill mono"
                aria-haspopup="true"
                aria-expanded={if open { "true" } else { "false" }}
                title={say!("Speed: virtual time per real time")}
                onclick={props.app.sends(Msg::Popover((!open).then_some(Popover::Pace)))}
            >
                { shown(props.speed) }
            </button>
            if open {
                { popover(&props.app, say!("Speed"), surface()) }
            }
        </div>
    }
}

fn slider(props: &TransportProps) -> Html {
    let app = props.app.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let notch = event.target_dyn_into::<HtmlInputElement>().map(|input| input.value_as_number());
        app.send(Msg::Speed(speed_at(notch.unwrap_or(0.0) as u32)));
    });
    html! {
        <input
            type="range"
            min="0"
            max={NOTCHES.to_string()}
            value={notch_of(props.speed).to_string()}
            aria-label={say!("Speed")}
            aria-valuetext={say!("{speed} of real time", speed = shown(props.speed))}
            {oninput}
        />
    }
}

fn skip(props: &TransportProps) -> Html {
    let app = props.app.clone();
    let onchange = Callback::from(move |event: Event| {
        if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
            app.send(Msg::SkipQuiet(input.checked()));
        }
    });
    html! {
        <label class="check">
            <input type="checkbox" checked={props.skip_quiet} {onchange} />
            { say!("Skip quiet stretches") }
        </label>
    }
}

fn speed_at(notch: u32) -> Speed {
    let notch = notch.min(NOTCHES);
    let tenths = DECADE[(notch % 30) as usize] * 10_u32.pow(notch / 30);
    Speed(tenths * (SLOWEST.0 / 10)).clamp(SLOWEST, FASTEST)
}

/// The notch of a speed, or the next slower one.
fn notch_of(speed: Speed) -> u32 {
    (0..=NOTCHES).rev().find(|notch| speed_at(*notch) <= speed).unwrap_or(0)
}

/// `×0.03`.
fn shown(speed: Speed) -> String {
    ["×", &decimal::told(u64::from(speed.0), 6)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_slider_are_the_ends_of_the_scale() {
        assert_eq!((speed_at(0), speed_at(NOTCHES), speed_at(u32::MAX)), (SLOWEST, FASTEST, FASTEST));
    }

    #[test]
    fn every_notch_is_faster_than_the_one_before_and_where_its_speed_puts_it() {
        for notch in 0..=NOTCHES {
            assert_eq!(notch_of(speed_at(notch)), notch);
            assert!(notch == 0 || speed_at(notch - 1) < speed_at(notch));
        }
    }

    #[test]
    fn speeds_are_shown_without_idle_zeros() {
        let shown = [1_000, 30_000, 1_000_000, 12_500_000, 100_000_000].map(|ppm| shown(Speed(ppm)));
        assert_eq!(shown, ["×0.001", "×0.03", "×1", "×12.5", "×100"]);
    }
}
