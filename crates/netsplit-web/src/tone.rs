//! The class of each colour role; what colour it is stands in `www/tokens.css`.

use netsplit_sim::describe::Tone;

/// The class that sets the colour of a role.
pub const fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Lead => "tone-lead",
        Tone::Contend => "tone-contend",
        Tone::Assent => "tone-assent",
        Tone::Client => "tone-client",
        Tone::Plain => "tone-plain",
        Tone::Info => "tone-info",
    }
}
