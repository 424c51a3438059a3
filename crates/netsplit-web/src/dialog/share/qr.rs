//! The link as a QR code: for a slide, a sheet of paper, a phone across the table.

use netsplit_words::say;
use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::{Html, html};

use crate::address;

/// Beyond this many characters a code is too dense for a phone across a room.
const DENSE: usize = 300;
/// The light margin that readers need, in modules.
const MARGIN: i32 = 4;

/// The link as a QR code.
pub(super) fn draw(fragment: &str) -> Html {
    let link = [&address::page(), fragment].concat();
    let Ok(code) = QrCode::encode_text(&link, QrCodeEcc::Low) else {
        return html! { <p>{ say!("This link is too long for a QR code: share the file instead.") }</p> };
    };
    let side = code.size() + 2 * MARGIN;
    let view = ["0 0 ", &side.to_string(), " ", &side.to_string()].concat();
    html! {
        <>
            <p>{ say!("A phone that reads this code opens the same run, paused at this moment.") }</p>
            <svg class="qr" viewBox={view} role="img" aria-label={say!("QR code of the link")} shape-rendering="crispEdges">
                <rect width="100%" height="100%" fill="#ffffff" />
                <path d={modules(&code)} fill="#000000" />
            </svg>
            if link.chars().count() > DENSE {
                <p>{ say!("This link is long, so the code is dense: hold the phone near, or print the code large.") }</p>
            }
        </>
    }
}

/// The dark modules, a rectangle for each stretch of a row.
fn modules(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let from = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                let corner = [(from + MARGIN).to_string(), (y + MARGIN).to_string(), (x - from).to_string()];
                path +=
                    &["M", &corner[0], " ", &corner[1], "h", &corner[2], "v1h-", &corner[2], "z"].concat();
            }
            x += 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_covers_exactly_the_dark_modules() {
        let code =
            QrCode::encode_text("https://example.org/#scenario=a/b@1", QrCodeEcc::Low).expect("it is short");
        let dark = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let dark = dark.filter(|(x, y)| code.get_module(*x, *y)).count();
        let drawn: usize = modules(&code)
            .split('h')
            .skip(1)
            .filter_map(|part| part.split('v').next()?.parse::<usize>().ok())
            .sum();
        assert!(dark > 100);
        assert_eq!(drawn, dark);
    }
}
