//! ChromeDriver, one per story, and the sessions it opens, each with a fresh profile.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

/// A running ChromeDriver. Dropping it ends it and every browser that it started.
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts one on a port that it chooses itself.
    pub fn start() -> Self {
        let path = env::var_os("CHROMEDRIVER").expect("CHROMEDRIVER names the program");
        let mut process = Command::new(&path)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} starts: {error}", path.display()));
        let output = process.stdout.take().expect("its output was asked for");
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let port = lines.find_map(|line| port_in(&line)).expect("ChromeDriver says which port it listens on");
        // What it goes on to print is read, so that it never waits for a reader.
        thread::spawn(move || lines.for_each(drop));
        Self { process, port }
    }

    /// A new browser with a fresh profile and these preferences.
    pub async fn browser(&self, preferences: Value) -> Client {
        let address = format!("http://127.0.0.1:{}", self.port);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(preferences)).connect(&address).await.expect("Chromium starts")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        shut_down(self.port);
        let deadline = Instant::now() + Duration::from_secs(5);
        while matches!(self.process.try_wait(), Ok(None)) && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(10));
        }
        // It has ended by itself, unless it hangs.
        let _ended = self.process.kill().and_then(|()| self.process.wait());
    }
}

/// Asks it to end its browsers and then itself; a signal would leave the browsers behind.
fn shut_down(port: u16) {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return };
    let request = format!("GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    // Without an answer it is killed.
    if stream.write_all(request.as_bytes()).is_ok() {
        BufReader::new(stream).lines().map_while(Result::ok).for_each(drop);
    }
}

/// `ChromeDriver was started successfully on port 43121.`
fn port_in(line: &str) -> Option<u16> {
    line.split_once("successfully on port ")?.1.trim_end_matches('.').parse().ok()
}

fn capabilities(preferences: Value) -> Capabilities {
    let args = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-quic",
        // So that a size means the same on every machine.
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
    ];
    let wanted = json!({
        "goog:chromeOptions": { "args": args, "prefs": preferences },
        "goog:loggingPrefs": { "browser": "ALL" },
        "timeouts": { "script": 20_000, "pageLoad": 30_000 },
    });
    let Value::Object(capabilities) = wanted else { unreachable!("it is written as an object") };
    capabilities
}

/// What only Chromium offers, beside the standard commands.
#[derive(Debug)]
enum Extra {
    /// The console since the last call.
    Console,
    /// A command of the Chrome DevTools protocol.
    DevTools { command: &'static str, given: Value },
}

impl WebDriverCompatibleCommand for Extra {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        let command = match self {
            Self::Console => "se/log",
            Self::DevTools { .. } => "goog/cdp/execute",
        };
        base.join(&format!("session/{}/{command}", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _url: &url::Url) -> (http::Method, Option<String>) {
        let body = match self {
            Self::Console => json!({ "type": "browser" }),
            Self::DevTools { command, given } => json!({ "cmd": command, "params": given }),
        };
        (http::Method::POST, Some(body.to_string()))
    }
}

/// What the console was told since the last call, if it is an error; a refusal by the content security
/// policy is one.
pub async fn console_errors(client: &Client) -> Vec<String> {
    let log = client.issue_cmd(Extra::Console).await.expect("the console can be read");
    let entries = log.as_array().expect("the console is a list");
    let errors = entries.iter().filter(|entry| entry["level"] == "SEVERE");
    errors.filter_map(|entry| entry["message"].as_str().map(str::to_owned)).collect()
}

/// Sends a command of the Chrome DevTools protocol.
pub async fn dev_tools(client: &Client, command: &'static str, given: Value) -> Value {
    let sent = client.issue_cmd(Extra::DevTools { command, given }).await;
    sent.unwrap_or_else(|error| panic!("{command}: {error}"))
}
