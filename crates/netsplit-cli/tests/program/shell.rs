//! Calling the program.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// What a call printed, and the code it ended with.
#[derive(Debug)]
pub struct Called {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Calls the program with these words.
pub fn netsplit(words: &[&str]) -> Called {
    called(Command::new(env!("CARGO_BIN_EXE_netsplit")).args(words).output().expect("the program was built"))
}

/// The same, with a text on its standard input.
pub fn netsplit_reading(words: &[&str], input: &str) -> Called {
    let mut command = Command::new(env!("CARGO_BIN_EXE_netsplit"));
    command.args(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program was built");
    child.stdin.take().expect("it was asked for").write_all(input.as_bytes()).expect("it reads");
    called(child.wait_with_output().expect("it ends"))
}

fn called(output: Output) -> Called {
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    Called {
        code: output.status.code().expect("no signal ended it"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// A file of this test's own.
pub fn file(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    fs::create_dir_all(&folder).expect("target/ can be written to");
    folder.join(name)
}

/// A file of this test's own that holds a text.
pub fn file_with(name: &str, text: &str) -> String {
    let path = file(name);
    fs::write(&path, text).expect("target/ can be written to");
    path.to_str().expect("its path is plain").to_owned()
}
