//! Sites of other people: pages that embed this one, and folders of files, on an origin of their own.
//!
//! Each connection has a thread and ends with its answer. Books ask for many small files while a lab reads its module,
//! and a server that shares few threads among connections that stay open keeps some of them waiting for ever.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use super::server::content_type;

/// What such a site answers with.
#[derive(Default)]
pub struct Host {
    pages: Vec<(&'static str, String)>,
    folder: Option<PathBuf>,
    headers: String,
}

impl Host {
    /// Without any page.
    pub fn new() -> Self {
        Self::default()
    }

    /// With a page at a path, `"/"` for instance.
    pub fn with_page(mut self, path: &'static str, html: impl Into<String>) -> Self {
        self.pages.push((path, html.into()));
        self
    }

    /// With the files of a folder.
    pub fn with_folder(mut self, folder: &Path) -> Self {
        assert!(folder.is_dir(), "{} is a folder", folder.display());
        self.folder = Some(folder.to_owned());
        self
    }

    /// With a header in each answer.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers += &format!("{name}: {value}\r\n");
        self
    }

    /// Opens it for as long as the process lives; its address ends with a slash. Browsers take `localhost` and
    /// `127.0.0.1` for two sites, although both are this machine.
    pub fn open(self, name: &str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port of this machine is free");
        let port = listener.local_addr().expect("it listens to an address").port();
        let host = Arc::new(self);
        thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                let host = host.clone();
                // A browser that is shut down neither writes nor reads.
                thread::spawn(move || drop(host.answer(connection)));
            }
        });
        format!("http://{name}:{port}/")
    }

    fn answer(&self, mut connection: TcpStream) -> io::Result<()> {
        let mut lines = BufReader::new(connection.try_clone()?).lines();
        let request = lines.next().transpose()?.unwrap_or_default();
        for line in lines.map_while(Result::ok) {
            if line.is_empty() {
                break;
            }
        }
        let path = request.split([' ', '?', '#']).nth(1).unwrap_or_default();
        let (status, kind, bytes) = match self.find(path) {
            Some((kind, bytes)) => ("200 OK", kind, bytes),
            // Browsers ask every site for an icon; that there is none is no error.
            None if path == "/favicon.ico" => ("204 No Content", "image/x-icon", Vec::new()),
            None => ("404 Not Found", "text/plain", Vec::new()),
        };
        let (length, headers) = (bytes.len(), &self.headers);
        write!(
            connection,
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
             Cache-Control: max-age=600\r\n{headers}Connection: close\r\n\r\n"
        )?;
        connection.write_all(&bytes)
    }

    fn find(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        if let Some((_, html)) = self.pages.iter().find(|(known, _)| *known == path) {
            let kind = content_type(if path.ends_with('/') { "index.html" } else { path });
            return Some((kind, html.clone().into_bytes()));
        }
        let index = if path.ends_with('/') { "index.html" } else { "" };
        let name = format!("{}{index}", path.trim_start_matches('/'));
        let is_plain = name.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
        let file = self.folder.as_ref().filter(|_| is_plain)?.join(&name);
        Some((content_type(&name), fs::read(file).ok()?))
    }
}
