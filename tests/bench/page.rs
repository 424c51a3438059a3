//! Measures the kernel inside of a browser: a page calls `measure` part by part.

#[cfg(target_arch = "wasm32")]
mod page {
    use netsplit_tests::bench;
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = performance)]
        fn now() -> f64;
    }

    /// The rows of one part, as JSON; `place` says which build of the module this is.
    #[wasm_bindgen]
    pub fn measure(part: &str, place: &str) -> String {
        let rows = bench::measure(part, || now());
        serde_json::Value::from_iter(rows.iter().map(|row| row.written(place))).to_string()
    }
}

/// A module has nothing to do until its page calls it.
fn main() {}
