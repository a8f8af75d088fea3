"""Run after the site is built: a link in an output that leads to a notebook leads to the notebook's page.

Quarto sees to this by itself; smalldocs leaves the HTML of outputs as it is."""
import os, re
from pathlib import Path

for page in Path(os.environ["QUARTO_PROJECT_OUTPUT_DIR"]).rglob("*.html"):
    def to_page(link): return f'href="{link[1]}.html"' if (page.parent/f"{link[1]}.html").exists() else link[0]
    text = page.read_text(encoding="utf-8")
    linked = re.sub(r'href="([^":#?]+)\.ipynb"', to_page, text)
    if linked != text: page.write_text(linked, encoding="utf-8")
