//! What people type, right and wrong.

use netsplit_sim::latency::Delay;
use netsplit_sim::time::SimDuration;

use super::{BadText, delay, legs, show};
use crate::pbs::legs::Legs;

fn refused(text: &str) -> String {
    delay(text).expect_err(text).to_string()
}

#[test]
fn the_papers_fits_can_be_typed() {
    let disk = "LNKD-SSD; W = 38% pareto(1.05ms, 1.51) + 62% exp(.183/ms)";
    assert_eq!(legs(disk), Ok(Legs::lnkd_disk()));
    assert_eq!(legs("lnkd-disk"), Ok(Legs::lnkd_disk()));
    let ssd = "91.22% pareto(.235ms,10) + 8.78% exp(1.66/ms)";
    assert_eq!(legs(ssd), Ok(Legs::lnkd_ssd()));
    let by_letter = format!("W=38%pareto(1050us,1.51)+62%exp(.183/ms);a, r S = {ssd};");
    assert_eq!(legs(&by_letter), Ok(Legs::lnkd_disk()));
}

#[test]
fn every_model_has_a_form() {
    let ms = SimDuration::from_millis;
    for (text, expected) in [
        ("3ms", Delay::Constant(ms(3))),
        (" 0.5 s ", Delay::Constant(ms(500))),
        ("uniform(1ms, 4ms)", Delay::Uniform { min: ms(1), max: ms(4) }),
        ("exp(5ms)", Delay::ShiftedExponential { min: ms(0), mean: ms(5) }),
        ("exp(.2/ms)", Delay::ShiftedExponential { min: ms(0), mean: ms(5) }),
        ("exp(1ms, 200/s)", Delay::ShiftedExponential { min: ms(1), mean: ms(5) }),
        ("lognormal(20ms, .5)", Delay::LogNormal { median: ms(20), sigma_milli: 500 }),
        ("100% pareto(2000us, 1.5)", Delay::Pareto { scale: ms(2), shape_milli: 1_500 }),
        (
            "0.0001% 1ns + 99.9999% 2ms",
            Delay::Mixture(vec![(1, Delay::Constant(SimDuration(1))), (999_999, Delay::Constant(ms(2)))]),
        ),
    ] {
        assert_eq!(delay(text).as_ref(), Ok(&expected), "{text}");
        assert_eq!(delay(&show(&expected)), Ok(expected), "{text} shown and read again");
    }
}

#[test]
fn what_is_no_delay_is_refused_with_its_place() {
    for (text, told) in [
        (
            "",
            "at character 1: expected a delay: 3ms, uniform(…), exp(…), lognormal(…) or pareto(…), found the end",
        ),
        ("3", "at character 2: expected a unit of time: ns, us, ms or s, found the end"),
        (
            "gamma(1ms)",
            "at character 1: expected a delay: 3ms, uniform(…), exp(…), lognormal(…) or pareto(…), found “gamma”",
        ),
        ("pareto(1ms 2)", "at character 12: expected , and a second number, found “2”"),
        ("pareto(1ms, 0)", "at character 13: a tail index must be 0.001 to 1000"),
        (
            "lognormal(1ms, 11)",
            "at character 16: the standard deviation of the logarithm must be 0.001 to 10",
        ),
        ("exp(0/ms)", "at character 5: a rate must be more than 0"),
        ("2h", "at character 2: expected a unit of time: ns, us, ms or s, found “h”"),
        ("4000s", "at character 1: a time must be an hour at most"),
        (
            "uniform(4ms, 1ms)",
            "at character 14: expected a longest time that is not below the shortest, found “1ms”",
        ),
        ("50% 1ms + 40% 2ms", "the parts of a mixture must add up to 100 %, and these add up to 90 %"),
        ("1ms + 2ms", "the parts of a mixture must add up to 100 %, and these add up to 200 %"),
        ("1ms, 2ms", "at character 4: expected + and another part, or the end, found “,”"),
        ("1.2.3ms", "at character 1: expected a number, such as 1.05, found “1”"),
        (
            "-1ms",
            "at character 1: expected a delay: 3ms, uniform(…), exp(…), lognormal(…) or pareto(…), found “-1ms”",
        ),
    ] {
        assert_eq!(refused(text), told, "{text}");
    }
}

#[test]
fn legs_that_miss_one_or_name_another_are_refused() {
    assert_eq!(legs("W = 1ms; A = 2ms; S = 1ms"), Err(BadText::Missing { leg: 'R' }));
    let told = legs("Q = 1ms").expect_err("there is no Q").to_string();
    assert_eq!(told, "at character 1: expected a leg: W, A, R or S, found “Q”");
    assert!(legs("W 1ms").is_err() && legs("1ms; ; 2ms").is_err() && legs("LNKD").is_err());
}

/// Whatever is typed is answered.
#[test]
fn no_text_of_odd_characters_breaks_the_reader() {
    let pieces =
        ["W", "=", ";", "%", "+", "1", ".", "ms", "µ", "exp", "(", ")", ",", "/", "é", " ", "pareto"];
    for first in pieces {
        for second in pieces {
            for third in pieces {
                let text = format!("{first}{second}{third}");
                let _ = (delay(&text), legs(&text), legs(&format!("1ms;{text}")));
            }
        }
    }
}
