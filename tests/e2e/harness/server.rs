//! A static server for the built page, in a folder of its site, since the page must work from any.

use std::fs::File;
use std::io::{Empty, empty};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::{env, thread};

use tiny_http::{Header, Request, Response, Server, StatusCode};

/// Everything outside this folder is not found, so an absolute address in the page shows.
const FOLDER: &str = "/any/folder/";
/// Browsers open several connections at once.
const THREADS: usize = 4;

/// The address of the page, with a slash at the end; the first call starts the server, which lives as long
/// as the process.
pub fn address() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(start)
}

fn start() -> String {
    let server = Arc::new(Server::http("127.0.0.1:0").expect("a port of this machine is free"));
    let address = format!("http://{}{FOLDER}", server.server_addr());
    for _ in 0..THREADS {
        let (server, dist) = (server.clone(), dist());
        thread::spawn(move || server.incoming_requests().for_each(|request| answer(request, &dist)));
    }
    address
}

/// The folder of the built page.
pub fn dist() -> PathBuf {
    let dist = PathBuf::from(
        env::var_os("NETSPLIT_DIST").expect("NETSPLIT_DIST names the folder of the built page"),
    );
    assert!(dist.join("index.html").is_file(), "{} holds no built page", dist.display());
    dist
}

fn answer(request: Request, dist: &Path) {
    let sent = match file_of(request.url(), dist) {
        Some((file, kind)) => request.respond(Response::from_file(file).with_header(kind)),
        None => request.respond(not_found()),
    };
    // A browser that is shut down no longer reads.
    drop(sent);
}

fn not_found() -> Response<Empty> {
    Response::new(StatusCode(404), Vec::new(), empty(), Some(0), None)
}

fn file_of(url: &str, dist: &Path) -> Option<(File, Header)> {
    let path = url.split(['?', '#']).next()?.strip_prefix(FOLDER)?;
    let name = if path.is_empty() { "index.html" } else { path };
    let is_plain = name.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
    let file = File::open(dist.join(name)).ok().filter(|_| is_plain)?;
    let kind = Header::from_bytes("Content-Type", content_type(name)).expect("the header is plain ASCII");
    Some((file, kind))
}

/// What kind of file this is, by its name.
pub fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("json" | "webmanifest") => "application/json",
        _ => "application/octet-stream",
    }
}
