//! Numbers that mean something only beside others.

use serde_json::{Value, json};

use super::row::Row;

/// A Raft in Rust without time or disk commits so many entries a second in memory.
const OTHER_RAFT: f64 = 275_000.0;

/// How many times as much.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ratio {
    pub(super) what: String,
    pub(super) over: String,
    pub(super) times: f64,
}

impl Ratio {
    pub(super) fn written(&self) -> Value {
        json!({ "what": self.what, "over": self.over, "times": self.times })
    }
}

/// Every rate in a module over the native one, and commits over those of another Raft.
pub(super) fn of(rows: &[Row]) -> Vec<Ratio> {
    let rates = rows.iter().filter(|row| row.unit.ends_with("/s"));
    let modules = rates.clone().filter(|row| row.place.starts_with("wasm"));
    let over_native = modules.filter_map(|row| {
        let native = rows.iter().find(|other| other.place == "native" && other.what == row.what)?;
        let over = format!("{} over native", row.place);
        Some(Ratio { what: row.what.clone(), over, times: row.median() / native.median() })
    });
    let commits = rates.clone().filter(|row| row.what.ends_with(": commits") && row.place == "native");
    let over_other = commits.map(|row| Ratio {
        what: row.what.clone(),
        over: "over a Raft without time or disk".to_owned(),
        times: row.median() / OTHER_RAFT,
    });
    over_native.chain(over_other).collect()
}

#[cfg(test)]
mod tests {
    use super::{Row, of};

    #[test]
    fn a_module_is_compared_with_the_native_kernel() {
        let row = |place: &str, value: f64| {
            Row::read(&format!(r#"{{"what":"ping","where":"{place}","unit":"events/s","values":[{value}]}}"#))
                .unwrap()
        };
        let ratios = of(&[row("native", 4e6), row("wasm, level 3", 3e6), row("page", 1.0)]);
        assert_eq!((ratios.len(), ratios[0].times), (1, 0.75));
    }
}
