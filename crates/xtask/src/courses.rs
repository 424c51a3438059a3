//! The samples of course material: each is built as its recipe says, with the page among its files.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::setup::{self, Need, Report};
use crate::workspace::Workspace;
use crate::{python, shell};

/// What the four tools are and come from.
pub(crate) const NEEDS: [Need; 3] = [Need::MdBook, Need::PythonPackages, Need::NpmPackages];

/// A tool, which is also the name of its folder in courses/.
struct Tool {
    name: &'static str,
    /// Where the recipe puts the page among the sources.
    page: &'static str,
    build: fn(&Workspace, &Sample) -> Result<()>,
}

const TOOLS: [Tool; 4] = [
    Tool { name: "mdbook", page: "src/netsplit", build: mdbook },
    Tool { name: "mkdocs", page: "docs/netsplit", build: mkdocs },
    Tool { name: "sphinx", page: "_static/netsplit", build: sphinx },
    Tool { name: "reveal", page: "netsplit", build: reveal },
];

/// A sample under way.
struct Sample {
    /// The sources with the page in place.
    source: PathBuf,
    /// What visitors get.
    built: PathBuf,
}

/// Builds all samples with the page in dist/.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    setup::ensure(workspace, &NEEDS, Report::MissingOnly)?;
    let page = workspace.dist();
    ensure!(
        page.join("index.html").is_file(),
        "there is no page to put into the samples: `cargo xtask build --release` makes it"
    );
    for tool in TOOLS {
        let sample = Sample {
            source: workspace.path("target/courses/sources").join(tool.name),
            built: folder(workspace).join(tool.name),
        };
        for stale in [&sample.source, &sample.built] {
            if stale.exists() {
                fs::remove_dir_all(stale).with_context(|| format!("could not clear {}", stale.display()))?;
            }
        }
        copy_folder(&workspace.path("courses").join(tool.name), &sample.source)?;
        copy_folder(&page, &sample.source.join(tool.page))?;
        (tool.build)(workspace, &sample).with_context(|| format!("the sample for {} failed", tool.name))?;
    }
    println!("\nthe samples are in {}", folder(workspace).display());
    Ok(())
}

/// Where the samples are, a folder for each tool.
pub(crate) fn folder(workspace: &Workspace) -> PathBuf {
    workspace.path("target/courses")
}

fn mdbook(workspace: &Workspace, sample: &Sample) -> Result<()> {
    let mut mdbook = shell::command(workspace, "mdbook")?;
    shell::run(mdbook.arg("build").arg(&sample.source).arg("--dest-dir").arg(&sample.built))
}

fn mkdocs(workspace: &Workspace, sample: &Sample) -> Result<()> {
    let mut mkdocs = shell::command(workspace, &python::program(workspace, "mkdocs"))?;
    // The theme's makers announce another program at each call.
    mkdocs.env("NO_MKDOCS_2_WARNING", "1");
    mkdocs.args(["build", "--quiet", "--config-file"]).arg(sample.source.join("mkdocs.yml"));
    shell::run(mkdocs.arg("--site-dir").arg(&sample.built))
}

fn sphinx(workspace: &Workspace, sample: &Sample) -> Result<()> {
    let mut sphinx = shell::command(workspace, &python::program(workspace, "sphinx-build"))?;
    // What it warns of would be wrong in the recipe.
    sphinx.args(["--quiet", "--fail-on-warning"]).arg(&sample.source).arg(&sample.built);
    shell::run(&mut sphinx)
}

/// Slides are not built; reveal.js lies beside them.
fn reveal(workspace: &Workspace, sample: &Sample) -> Result<()> {
    copy_folder(&sample.source, &sample.built)?;
    copy_folder(&workspace.path("node_modules/reveal.js/dist"), &sample.built.join("reveal"))
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("could not make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("could not list {}", from.display()))? {
        let path = entry?.path();
        let copy = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_folder(&path, &copy)?;
        } else {
            fs::copy(&path, &copy).with_context(|| format!("could not copy {}", path.display()))?;
        }
    }
    Ok(())
}
