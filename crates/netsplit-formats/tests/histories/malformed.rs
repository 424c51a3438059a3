//! What is no history is refused; the first line of each file in `tests/data/malformed` says with what words.

use std::fs;
use std::path::Path;

use netsplit_formats::history;

#[test]
fn malformed_files_are_refused_with_line_and_reason() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/malformed");
    let mut count = 0;
    for file in fs::read_dir(folder).expect("the folder is there") {
        let path = file.expect("it can be listed").path();
        let text = fs::read_to_string(&path).expect("it can be read");
        let expected =
            text.lines().next().and_then(|line| line.strip_prefix("; ")).expect("it says what is wrong");
        let told = history::read(&text).expect_err(&format!("{}", path.display())).to_string();
        assert!(told.starts_with(expected), "{}:\n{told}\n{expected}", path.display());
        count += 1;
    }
    assert!(count > 25, "{count} files");
}

#[test]
fn a_history_larger_than_allowed_is_refused_before_it_is_read() {
    let text = " ".repeat(history::bad::BYTES + 1);
    assert_eq!(told(&text), "line 1: this history is larger than 16 MB");
    let row = "{:process 0 :type :invoke :f :read}{:process 0 :type :ok :f :read}\n";
    let text = row.repeat(history::bad::ROWS / 2 + 1);
    assert_eq!(told(&text), "line 100001: this history has more than 200000 rows");
    let text = ":nemesis :info :kill n1\n:nemesis :info :pause n1\n".repeat(history::bad::DEEDS / 2 + 1);
    assert_eq!(told(&text), "line 5001: the nemesis of this history has more than 5000 rows");
}

fn told(text: &str) -> String {
    history::read(text).expect_err("it is too long").to_string()
}
