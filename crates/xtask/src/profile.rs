//! `cargo xtask profile`: opens the bare page in browsers and writes what ran until its first movement.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use tiny_http::{Method, Response, Server};

use crate::halves::{self, Profile};
use crate::release::PROFILE;
use crate::setup::{self, Need, Report};
use crate::workspace::Workspace;
use crate::{bundle, debian, serve};

/// Tells the post_build hook, which Trunk calls, to note what runs instead of splitting.
pub(crate) const INSTRUMENT: &str = "NETSPLIT_INSTRUMENT";
/// Behind the script of wasm-bindgen: sends the notes when it is time.
const REPORTER: &str = include_str!("profile.js");
const PAGE: &str = "target/profile/page";
/// The module as it was before it was instrumented, which says whose each note is.
const WHOLE: &str = "target/profile/whole.wasm";
const PATIENCE: Duration = Duration::from_secs(60);
/// Widths and heights, the last that of a phone. Each occurs twice, because what runs also depends on when the first
/// frames come.
const WINDOWS: [(u32, u32); 8] =
    [(1280, 800), (1440, 900), (1920, 1080), (390, 844), (1280, 800), (1440, 900), (1920, 1080), (390, 844)];

const NEEDS: [Need; 5] = [Need::WasmTarget, Need::WasmBindgen, Need::Trunk, Need::Browser, Need::NpmPackages];

pub(crate) fn write(workspace: &Workspace) -> Result<()> {
    setup::ensure(workspace, &NEEDS, Report::MissingOnly)?;
    bundle::build_instrumented(workspace, &workspace.path(PAGE))?;
    let whole = fs::read(workspace.path(WHOLE)).with_context(|| format!("could not read {WHOLE}"))?;
    let mut profile = Profile::default();
    for window in WINDOWS {
        profile.add_hits(&whole, &hits(workspace, window)?)?;
    }
    fs::write(workspace.path(PROFILE), profile.written())
        .with_context(|| format!("could not write {PROFILE}"))?;
    println!("{PROFILE} says what ran; `cargo xtask build --release` splits by it");
    Ok(())
}

/// Called by the hook: the module notes what runs, and its script sends the notes.
pub(crate) fn instrument(workspace: &Workspace, module: &Path, script: &Path) -> Result<()> {
    let whole = fs::read(module).with_context(|| format!("could not read {}", module.display()))?;
    let text = fs::read_to_string(script).with_context(|| format!("could not read {}", script.display()))?;
    fs::create_dir_all(workspace.path("target/profile")).context("could not make target/profile")?;
    fs::write(module, halves::instrumented(&whole)?)
        .with_context(|| format!("could not write {}", module.display()))?;
    fs::write(script, text + REPORTER).with_context(|| format!("could not write {}", script.display()))?;
    fs::write(workspace.path(WHOLE), whole).with_context(|| format!("could not write {WHOLE}"))
}

/// What the page notes in a browser of its own, in a window of this size.
fn hits(workspace: &Workspace, window: (u32, u32)) -> Result<Vec<u8>> {
    let server = Server::http("127.0.0.1:0").map_err(|error| anyhow!("could not serve the page: {error}"))?;
    let address = format!("http://{}/", server.server_addr());
    let _browser = Browser::open(workspace, &address, window)?;
    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        let Some(mut request) = server.recv_timeout(Duration::from_secs(1)).context("the server failed")?
        else {
            continue;
        };
        if *request.method() == Method::Post {
            let mut hits = Vec::new();
            request.as_reader().read_to_end(&mut hits).context("the notes did not arrive whole")?;
            // The browser is ended next, so its answer does not matter.
            let _ = request.respond(Response::empty(204));
            return Ok(hits);
        }
        serve::answer(&workspace.path(PAGE), request);
    }
    bail!("nothing moved on the page within {} seconds", PATIENCE.as_secs())
}

/// A browser with a profile of its own, ended when it is dropped.
struct Browser {
    process: Child,
    profile: PathBuf,
}

impl Browser {
    fn open(workspace: &Workspace, address: &str, (width, height): (u32, u32)) -> Result<Self> {
        let profile = env::temp_dir().join(format!("netsplit-profile-{}", std::process::id()));
        let program = debian::browser(workspace)?;
        let process = Command::new(&program)
            .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"])
            .arg(format!("--window-size={width},{height}"))
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg(address)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("could not start {}", program.display()))?;
        Ok(Self { process, profile })
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have ended by itself; what it leaves behind lies in a temporary folder.
        let _ = self.process.kill().and_then(|()| self.process.wait());
        let _ = fs::remove_dir_all(&self.profile);
    }
}
