//! The README's pictures, as `cargo xtask pictures` takes them: moments of the page, and a minute of using it. They
//! are what a browser shows, so they say what is true of the page of today.

mod film;
mod minute;
mod moments;
mod webm;

use std::path::PathBuf;
use std::{env, fs};

/// Keeps a picture or a film where xtask wants them.
fn keep(name: &str, bytes: &[u8]) {
    let folder = PathBuf::from(env::var_os("NETSPLIT_PICTURES").expect("NETSPLIT_PICTURES names a folder"));
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join(name), bytes))
        .expect("it can be written to");
}
