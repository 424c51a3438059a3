//! A bare static host of a story's own, with a copy of the page: it can be stopped, updated, and asked what it was
//! asked for. It says what kind a file is and nothing else, as the plainest hosts do; but where `x.br` lies beside
//! `x`, it sends that to whoever can read it, as good hosts do.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use super::server::{content_type, dist};

/// A site with the page in one of its folders.
pub struct Site {
    under: &'static str,
    copy: PathBuf,
    at: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    open: Option<Open>,
}

/// While it answers.
struct Open {
    ends: Arc<AtomicBool>,
    listening: JoinHandle<()>,
}

impl Site {
    /// A site of this name that has the page under this path, which begins and ends with a slash.
    pub fn with_page(name: &str, under: &'static str) -> Self {
        let copy = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/e2e/sites")).join(name);
        // What a story before has left may not be there.
        let _emptied = fs::remove_dir_all(&copy);
        copy_folder(&dist(), &copy);
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let at = free.expect("a port of this machine is free");
        let mut site = Self { under, copy, at, asked: Arc::default(), open: None };
        site.start();
        site
    }

    /// The address of the page, with something behind it.
    pub fn url(&self, suffix: &str) -> String {
        format!("http://{}{}{suffix}", self.at, self.under)
    }

    /// What every visitor finds from now on.
    pub fn file(&self, name: &str) -> PathBuf {
        self.copy.join(name)
    }

    /// The paths that were asked for so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no thread of it panics").clone()
    }

    /// Answers again, at the same address.
    pub fn start(&mut self) {
        let listener = TcpListener::bind(self.at).expect("its port is free again");
        let ends = Arc::new(AtomicBool::new(false));
        let (copy, under, asked, ended) = (self.copy.clone(), self.under, self.asked.clone(), ends.clone());
        let listening = thread::spawn(move || {
            for visitor in listener.incoming().flatten() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                let (copy, asked) = (copy.clone(), asked.clone());
                thread::spawn(move || answer(&visitor, &copy, under, &asked));
            }
        });
        self.open = Some(Open { ends, listening });
    }

    /// Nobody is there any more: connections are refused.
    pub fn stop(&mut self) {
        let Some(Open { ends, listening }) = self.open.take() else { return };
        ends.store(true, Ordering::SeqCst);
        // Whoever comes now is the last, and wakes it.
        let _woken = TcpStream::connect(self.at);
        listening.join().expect("it only listens");
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop();
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("target/ can be written to");
    for entry in fs::read_dir(from).expect("the page can be listed").flatten() {
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &copy);
        } else {
            fs::copy(&path, copy).expect("target/ can be written to");
        }
    }
}

/// One question and one answer; then the line is closed, so that none outlives the site.
fn answer(mut visitor: &TcpStream, copy: &Path, under: &str, asked: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(visitor).lines().map_while(Result::ok);
    let Some(path) = lines.next().and_then(|line| line.split(' ').nth(1).map(str::to_owned)) else { return };
    let heads: Vec<String> =
        lines.take_while(|line| !line.is_empty()).map(|line| line.to_lowercase()).collect();
    let reads_brotli = heads.iter().any(|line| line.starts_with("accept-encoding:") && line.contains("br"));
    let reply = file_of(&path, under).and_then(|name| reply(&copy.join(name), reads_brotli));
    let reply = reply.unwrap_or_else(|| {
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
    });
    asked.lock().expect("no thread of it panics").push(path);
    // A browser that is shut down no longer reads.
    let _sent = visitor.write_all(&reply);
}

/// The head and the file.
fn reply(file: &Path, reads_brotli: bool) -> Option<Vec<u8>> {
    let name = file.to_string_lossy();
    let packed = fs::read(format!("{name}.br")).ok().filter(|_| reads_brotli);
    let encoding = if packed.is_some() { "Content-Encoding: br\r\n" } else { "" };
    let body = packed.or_else(|| fs::read(file).ok())?;
    let (kind, length) = (content_type(&name), body.len());
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{encoding}Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    Some([head.into_bytes(), body].concat())
}

fn file_of<'a>(path: &'a str, under: &str) -> Option<&'a str> {
    let name = path.split('?').next()?.strip_prefix(under)?;
    let is_plain = name.split('/').all(|part| !part.starts_with('.'));
    is_plain.then_some(if name.is_empty() { "index.html" } else { name })
}
