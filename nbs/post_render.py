"""Run after the site is built, by Quarto as by smalldocs. It needs no network afterwards, and what was left to the renderer is seen to:
links in outputs that lead to a notebook lead to its page, maths is MathML, a figure without a text for those who do not see it gets the sentence above it."""
import os, re
from html import escape, unescape
from pathlib import Path

try: from latex2mathml.converter import convert
except ImportError: convert = None # Quarto may run with a Python of its own: then maths stays with the library from the network

MATHS = re.compile(r'<span class="math (inline|display)">\\[(\[](.*?)\\[)\]]</span>', re.S)
ELSEWHERE = re.compile(r'<(?:script|link(?=[^>]*\bstylesheet\b))\b[^>]*\b(?:src|href)="https?://[^>]*>(?:\s*</script>)?|<script[^>]*>\s*define\(.jquery.*?</script>', re.S)
FONTS = re.compile(r"""@import\s*(?:url\()?\s*["']?https?://[^"')]*["']?\s*\)?\s*;?""")
SILENT = re.compile(r"<img\b(?![^>]*\balt=)")
ABOVE = re.compile(r"<(p|h[1-6])\b[^>]*>(?!\s*<a download)(.*?)</\1>", re.S)


def to_mathml(found):
    if found[1] == "inline": return convert(unescape(found[2]))
    return f'<span class="formula">{convert(unescape(found[2]), display="block")}</span>'

def described(text):
    "Images without a text get that of the paragraph above them."
    above = [(p.start(), " ".join(unescape(re.sub(r"<[^>]+>", "", p[2])).split())) for p in ABOVE.finditer(text)]
    def image(found):
        said = next((words for start, words in reversed(above) if start < found.start() and words), "")
        return f'<img alt="{escape(said)}"'
    return SILENT.sub(image, text)


site = Path(os.environ["QUARTO_PROJECT_OUTPUT_DIR"])
for page in site.rglob("*.html"):
    def to_page(link): return f'href="{link[1]}.html"' if (page.parent/f"{link[1]}.html").exists() else link[0]
    text = page.read_text(encoding="utf-8")
    new = described(re.sub(r'href="([^":#?]+)\.ipynb"', to_page, text))
    if convert: new = MATHS.sub(to_mathml, new)
    if 'class="math ' not in new: new = ELSEWHERE.sub("", new)
    if new != text: page.write_text(new, encoding="utf-8")

for sheet in (site/"site_libs").rglob("*.css"): # themes ask for fonts that the system's own can stand in for
    text = sheet.read_text(encoding="utf-8")
    if (new := FONTS.sub("", text)) != text: sheet.write_text(new, encoding="utf-8")
