//! Whatever a text holds, reading it ends with a history or a reason.

use netsplit_formats::history;
use proptest::prelude::{any, prop, prop_oneof};
use proptest::strategy::{Just, Strategy};
use proptest::{prop_assert, proptest};

/// Pieces of histories, so that chance gets beyond the first character.
fn piece() -> impl Strategy<Value = String> {
    let rows = "{:process 0 :type :invoke :f :read|{:process 1 :type :invoke :f :write :value 3}|:type :ok|:f|\
                :value [1 2]|:time 5|:key \"a\"|}|{|[|]|(|)|#{|#_|#x|;|\n|\"|\\|\\u00|:|-|9|9999999999999999999|nil|\
                INFO  jepsen.util - 0 :invoke :read nil\n|0\t:ok\t:read\t3\n|{\"src\":\"c1\",\"dest\":\"n1\",\"body\":{\"type\":\"read\",\"msg_id\":1,\"key\":1}}\n|{\"src\":\"n1\",\"dest\":\"c1\",\"body\":{\"in_reply_to\":1}}\n|:process :nemesis :type :info :f :start|,";
    let known = prop::sample::select(rows.split('|').map(str::to_owned).collect::<Vec<_>>());
    prop_oneof![8 => known, 1 => any::<String>(), 1 => Just(" ".to_owned())]
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = history::read(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn pieces_in_any_order_are_refused_at_a_line_of_the_text_or_read(
        pieces in prop::collection::vec(piece(), 0..40)
    ) {
        let text = pieces.concat();
        if let Err(bad) = history::read(&text) {
            prop_assert!(bad.line >= 1 && bad.line as usize <= text.matches('\n').count() + 1, "{bad}");
        }
    }

    #[test]
    fn a_history_cut_anywhere_is_refused_or_shorter(cut in 0..FILE.len()) {
        let whole = history::read(FILE).expect("it is a history");
        if let Some(Ok(part)) = FILE.get(..cut).map(history::read) {
            prop_assert!(part.history.operations().len() <= whole.history.operations().len());
        }
    }
}

const FILE: &str = include_str!("../data/cas-register.edn");
