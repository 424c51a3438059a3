//! What an answered operation costs: messages and bytes by kind.

use netsplit_words::say;

use crate::format;

/// What was sent of one kind of message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The kind.
    pub kind: String,
    /// How many messages.
    pub messages: u64,
    /// How many bytes they had together.
    pub bytes: u64,
}

/// The costs of one run or two, on one scale.
#[derive(Clone, Debug, PartialEq)]
pub struct CostPicture {
    /// A row a kind that was sent at all.
    pub kinds: Vec<CostRow>,
    /// The sums, a line a run: `12.4 messages and 890 B per answered operation`.
    pub totals: Vec<String>,
}

/// One kind of message, in one run or two.
#[derive(Clone, Debug, PartialEq)]
pub struct CostRow {
    /// Which.
    pub kind: String,
    /// A bar a run.
    pub bars: Vec<CostBar>,
}

/// One kind of message in one run.
#[derive(Clone, Debug, PartialEq)]
pub struct CostBar {
    /// Messages per answered operation; the longest bar of all is 1000.
    pub length: f64,
    /// `3.0`.
    pub messages: String,
    /// `210 B`.
    pub bytes: String,
}

/// What one run sent, and how many operations it answered with that.
#[derive(Clone, Copy, Debug)]
pub struct Spent<'a> {
    /// Which run.
    pub name: &'a str,
    /// By kind.
    pub sent: &'a [Sent],
    /// Operations answered.
    pub answered: u64,
}

/// What an answered operation costs; `None` if nothing was answered yet.
pub fn cost(runs: &[Spent<'_>]) -> Option<CostPicture> {
    if runs.iter().all(|run| run.answered == 0) {
        return None;
    }
    let longest = runs.iter().flat_map(|run| run.sent.iter().map(|sent| each(sent.messages, run.answered)));
    let longest = longest.fold(f64::MIN_POSITIVE, f64::max);
    let mut kinds: Vec<&str> = Vec::new();
    for sent in runs.iter().flat_map(|run| run.sent).filter(|sent| sent.messages > 0) {
        if !kinds.contains(&sent.kind.as_str()) {
            kinds.push(&sent.kind);
        }
    }
    let rows = kinds.into_iter().map(|kind| CostRow {
        kind: kind.to_owned(),
        bars: runs.iter().map(|run| bar(run, kind, longest)).collect(),
    });
    Some(CostPicture { kinds: rows.collect(), totals: runs.iter().map(total).collect() })
}

fn each(amount: u64, answered: u64) -> f64 {
    amount as f64 / answered.max(1) as f64
}

fn bar(run: &Spent<'_>, kind: &str, longest: f64) -> CostBar {
    let sent = run.sent.iter().find(|sent| sent.kind == kind);
    let (messages, bytes) = sent.map_or((0, 0), |sent| (sent.messages, sent.bytes));
    let messages = each(messages, run.answered);
    CostBar {
        length: 1_000.0 * messages / longest,
        messages: number(messages),
        bytes: size(each(bytes, run.answered)),
    }
}

fn total(run: &Spent<'_>) -> String {
    let messages = run.sent.iter().map(|sent| sent.messages).sum();
    let bytes = run.sent.iter().map(|sent| sent.bytes).sum();
    let text = if run.answered == 0 {
        say!(
            "{count, plural, one {# message} other {# messages}}, nothing answered yet",
            count = format::grouped(messages)
        )
    } else {
        let (messages, bytes) = (number(each(messages, run.answered)), size(each(bytes, run.answered)));
        say!("{messages} messages and {bytes} per answered operation", messages, bytes)
    };
    super::named(run.name, &text)
}

/// Two digits where there are few.
fn number(value: f64) -> String {
    if value < 9.95 {
        format::decimal(format_args!("{value:.1}"))
    } else {
        format::grouped(value.round() as u64)
    }
}

fn size(bytes: f64) -> String {
    match bytes {
        0.0..10_000.0 => format!("{} B", format::grouped(bytes.round() as u64)),
        _ => format!("{} kB", format::grouped((bytes / 1_000.0).round() as u64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(kind: &str, messages: u64, bytes: u64) -> Sent {
        Sent { kind: kind.to_owned(), messages, bytes }
    }

    #[test]
    fn what_was_sent_is_shared_among_the_operations_answered() {
        let sent = [sent("write", 30, 2_400), sent("ack", 15, 600), sent("hint", 0, 0)];
        let shown = cost(&[Spent { name: "", sent: &sent, answered: 10 }]).expect("answered");
        assert_eq!(shown.totals, ["4.5 messages and 300 B per answered operation"]);
        let rows: Vec<(&str, f64, &str)> = shown
            .kinds
            .iter()
            .map(|row| (row.kind.as_str(), row.bars[0].length, row.bars[0].bytes.as_str()))
            .collect();
        assert_eq!(rows, [("write", 1_000.0, "240 B"), ("ack", 500.0, "60 B")]);
    }

    #[test]
    fn two_runs_share_a_scale_and_the_kinds_of_both() {
        let (one, other) = ([sent("write", 10, 100)], [sent("write", 40, 400), sent("read", 20, 200)]);
        let runs =
            [Spent { name: "A", sent: &one, answered: 10 }, Spent { name: "B", sent: &other, answered: 10 }];
        let shown = cost(&runs).expect("answered");
        let lengths: Vec<Vec<f64>> =
            shown.kinds.iter().map(|row| row.bars.iter().map(|bar| bar.length).collect()).collect();
        assert_eq!(lengths, [[250.0, 1_000.0], [0.0, 500.0]]);
    }

    #[test]
    fn nothing_answered_is_no_price() {
        let sent = [sent("write", 3, 30)];
        assert_eq!(cost(&[Spent { name: "", sent: &sent, answered: 0 }]), None);
        let runs =
            [Spent { name: "A", sent: &sent, answered: 1 }, Spent { name: "B", sent: &sent, answered: 0 }];
        assert_eq!(cost(&runs).expect("answered").totals[1], "B: 3 messages, nothing answered yet");
    }
}
