//! A small static server for the finished page, as any static host would serve it.

use std::fs::File;
use std::path::{Component, Path, PathBuf};

use anyhow::{Result, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::bundle;
use crate::workspace::Workspace;

/// Bundles a release and serves it until interrupted.
pub(crate) fn release(workspace: &Workspace, port: u16) -> Result<()> {
    bundle::build(workspace, true)?;
    let server = Server::http(("127.0.0.1", port)).map_err(|error| {
        anyhow!("could not listen on port {port} ({error}); `--port` chooses another one")
    })?;
    println!("\nNetsplit is at http://127.0.0.1:{port}/ (Ctrl-C ends it)");
    let dist = workspace.dist();
    for request in server.incoming_requests() {
        answer(&dist, request);
    }
    Ok(())
}

/// A visitor who leaves before the last byte is no error of ours, hence the ignored results.
pub(crate) fn answer(dist: &Path, request: Request) {
    if !matches!(request.method(), Method::Get | Method::Head) {
        let _ = request.respond(Response::empty(405));
        return;
    }
    let file = file_for(request.url()).and_then(|relative| {
        let opened = File::open(dist.join(&relative)).ok()?;
        opened.metadata().is_ok_and(|data| data.is_file()).then_some((relative, opened))
    });
    let _ = match file {
        None => request.respond(Response::from_string("not found\n").with_status_code(404)),
        Some((relative, opened)) => {
            let mut response = Response::from_file(opened);
            for (name, value) in [("Content-Type", content_type(&relative)), ("Cache-Control", "no-cache")] {
                response = with_header(response, name, value);
            }
            request.respond(response)
        }
    };
}

fn with_header(response: Response<File>, name: &str, value: &str) -> Response<File> {
    match Header::from_bytes(name, value) {
        Ok(header) => response.with_header(header),
        Err(()) => response,
    }
}

/// The file below dist/ that a URL asks for, or `None` for a path that leads out of it.
fn file_for(url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?.trim_start_matches('/');
    let mut relative = PathBuf::from(path);
    if path.is_empty() || path.ends_with('/') {
        relative.push("index.html");
    }
    let stays_inside = relative.components().all(|component| matches!(component, Component::Normal(_)));
    stays_inside.then_some(relative)
}

/// Browsers compile a module while it arrives only if it says that it is `application/wasm`.
fn content_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("md" | "txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{content_type, file_for};

    #[test]
    fn a_folder_means_its_index() {
        assert_eq!(file_for("/").as_deref(), Some(Path::new("index.html")));
        assert_eq!(file_for("/?theme=dark").as_deref(), Some(Path::new("index.html")));
        assert_eq!(file_for("/a/b.js?x").as_deref(), Some(Path::new("a/b.js")));
    }

    #[test]
    fn no_path_leads_out_of_the_page() {
        assert_eq!(file_for("/../Cargo.toml"), None);
        assert_eq!(file_for("/a/../../Cargo.toml"), None);
    }

    #[test]
    fn modules_say_that_they_are_wasm() {
        assert_eq!(content_type(Path::new("x_bg.wasm")), "application/wasm");
        assert_eq!(content_type(Path::new("unknown.bin")), "application/octet-stream");
    }
}
