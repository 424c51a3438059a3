//! Set-up: each thing a command can need, whether it is there, and how it gets there.

use anyhow::{Result, ensure};

use crate::cargo_tools::{self, CargoTool};
use crate::workspace::Workspace;
use crate::{debian, npm, python, rust};

/// Something outside this repository that a command needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Need {
    Rustfmt,
    Clippy,
    WasmTarget,
    WasmBindgen,
    Trunk,
    WasmPack,
    Browser,
    NpmPackages,
    PythonPackages,
    MdBook,
}

use Need::{
    Browser, Clippy, MdBook, NpmPackages, PythonPackages, Rustfmt, Trunk, WasmBindgen, WasmPack, WasmTarget,
};

pub(crate) const EVERYTHING: [Need; 10] =
    [Rustfmt, Clippy, WasmTarget, WasmBindgen, Trunk, WasmPack, Browser, NpmPackages, PythonPackages, MdBook];

/// Enough to bundle the page. What npm has is absent on purpose: it makes the page lighter, not different, and
/// would ask everyone who only wants to look for npm.
pub(crate) const BUNDLE: [Need; 3] = [WasmTarget, WasmBindgen, Trunk];

/// Whether things that are already there are mentioned.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Report {
    All,
    MissingOnly,
}

/// Installs those of `needs` that are missing, and says what and why.
pub(crate) fn ensure(workspace: &Workspace, needs: &[Need], report: Report) -> Result<()> {
    for need in needs {
        if need.is_met(workspace)? {
            if report == Report::All {
                println!("ready    {}", need.what());
            }
            continue;
        }
        println!("missing  {}", need.what());
        need.install(workspace)?;
        ensure!(
            need.is_met(workspace)?,
            "{} is still missing after its installation; `cargo xtask setup` tries again",
            need.what()
        );
    }
    Ok(())
}

impl Need {
    /// Its name and its reason, for the person who watches it being installed.
    fn what(self) -> &'static str {
        match self {
            Rustfmt => "rustfmt, checks the formatting",
            Clippy => "clippy, whose warnings are errors here",
            WasmTarget => "the wasm32 target of Rust, which the page is compiled to",
            WasmBindgen => "wasm-bindgen, joins the module and the browser (a few minutes, once)",
            Trunk => "trunk, bundles the page (several minutes, once)",
            WasmPack => "wasm-pack, runs tests inside a browser (a few minutes, once)",
            Browser => "Chromium and its driver, which the browser tests steer",
            NpmPackages => {
                "npm packages: wasm-opt and esbuild for the release, axe-core for accessibility tests, reveal.js"
            }
            PythonPackages => "Python packages: MkDocs and Sphinx, which build samples of courses",
            MdBook => "mdBook, which builds another (a minute or two, once)",
        }
    }

    fn is_met(self, workspace: &Workspace) -> Result<bool> {
        Ok(match self {
            Rustfmt => rust::has_component(workspace, "fmt")?,
            Clippy => rust::has_component(workspace, "clippy")?,
            WasmTarget => rust::has_wasm_target(workspace)?,
            WasmBindgen | Trunk | WasmPack | MdBook => self.tool(workspace)?.is_installed(workspace)?,
            Browser => debian::has_browser(workspace),
            NpmPackages => npm::has_packages(workspace)?,
            PythonPackages => python::has_packages(workspace),
        })
    }

    fn install(self, workspace: &Workspace) -> Result<()> {
        match self {
            Rustfmt => rust::add(workspace, "component", "rustfmt"),
            Clippy => rust::add(workspace, "component", "clippy"),
            WasmTarget => rust::add(workspace, "target", rust::WASM_TARGET),
            WasmBindgen | Trunk | WasmPack | MdBook => self.tool(workspace)?.install(workspace),
            Browser => debian::install(workspace, &["chromium", "chromium-driver"]),
            NpmPackages => npm::install(workspace),
            PythonPackages => python::install(workspace),
        }
    }

    fn tool(self, workspace: &Workspace) -> Result<CargoTool> {
        Ok(match self {
            Trunk => cargo_tools::trunk(),
            WasmPack => cargo_tools::wasm_pack(),
            MdBook => cargo_tools::mdbook(),
            _ => cargo_tools::wasm_bindgen(workspace)?,
        })
    }
}
