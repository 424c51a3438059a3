//! A folder as a zip whose bytes depend on its files alone: in the order of their names, all of one date.

use std::io::{Cursor, Write as _};

use anyhow::{Context, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::first_load::Page;

/// The highest that the format's usual method knows.
const LEVEL: i64 = 9;
/// Everybody may read.
const PERMISSIONS: u32 = 0o644;

/// All files under one folder, as those who unpack expect it.
pub(super) fn zip(page: &Page, folder: &str) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .last_modified_time(DateTime::default())
        .unix_permissions(PERMISSIONS);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in page {
        let packed = writer
            .start_file(format!("{folder}/{name}"), options)
            .map_err(anyhow::Error::from)
            .and_then(|()| Ok(writer.write_all(bytes)?));
        packed.with_context(|| format!("could not pack {name}"))?;
    }
    Ok(writer.finish().context("could not finish the zip")?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use zip::ZipArchive;

    use super::{Page, zip};

    #[test]
    fn the_same_files_are_the_same_bytes_and_come_out_as_they_went_in() {
        let text = b"netsplit ".repeat(100);
        let page = Page::from([("b/c.txt".to_owned(), text.clone()), ("a.html".to_owned(), b"<p>".to_vec())]);
        let once = zip(&page, "netsplit-1").unwrap();
        assert_eq!(zip(&page, "netsplit-1").unwrap(), once);
        assert!(once.len() < text.len());
        let mut archive = ZipArchive::new(Cursor::new(once)).unwrap();
        let names: Vec<_> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        assert_eq!(names, ["netsplit-1/a.html", "netsplit-1/b/c.txt"]);
        let mut read = Vec::new();
        archive.by_name("netsplit-1/b/c.txt").unwrap().read_to_end(&mut read).unwrap();
        assert_eq!(read, text);
    }
}
