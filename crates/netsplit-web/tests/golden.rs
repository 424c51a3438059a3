//! The same run everywhere: in this browser every gallery scenario has the digests that the native run
//! committed. Run in release: a debug kernel takes minutes for it.

#![cfg(target_arch = "wasm32")]

use netsplit_scenarios::gallery;
use netsplit_scenarios::open::open;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const GOLDEN: &str = include_str!("../../../tests/golden/digests.txt");

#[wasm_bindgen_test]
fn every_scenario_has_its_golden_digest_in_the_browser() {
    let mut compared = 0;
    for line in GOLDEN.lines() {
        let mut words = line.split(' ');
        let (Some(path), Some(seed), Some(digest)) = (words.next(), words.next(), words.next()) else {
            panic!("“{line}” is no golden line");
        };
        let item = gallery::find(path).expect("the golden file names scenarios of the gallery");
        let mut record = item.record().expect("a gallery scenario is valid");
        record.set_seed(seed.parse().expect("a seed is a number"));
        let mut run = open(&record).expect("a gallery scenario opens");
        run.seek(run.until()).expect("a gallery scenario runs to its end");
        assert_eq!(run.digest().to_string(), digest, "{path} {seed}");
        compared += 1;
    }
    assert_eq!(compared, gallery::gallery().len() * 20);
}
