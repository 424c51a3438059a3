"""The sample course for Sphinx: MyST Markdown, the theme Furo, and one script."""

project = "Distributed systems"
copyright = "of this sample: MIT or Apache 2.0, at your option"
extensions = ["myst_parser"]
exclude_patterns = ["README.md", "_static"]
html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_js_files = [("netsplit/embed.js", {"async": "async"})]
