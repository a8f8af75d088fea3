"""Run by the renderer after the site is built; Quarto and smalldocs leave different things to do. Afterwards:

- a page needs no network: maths is MathML, and no script, style or font comes from elsewhere;
- links in outputs that lead to a notebook lead to its page;
- a figure that Quarto keeps in a file stands in the page as SVG, so that the style sheet reaches its text;
- an id stands once on a page;
- a picture without a text for those who do not see it has the text above it;
- cells with the nbdev directive `hide` are hidden;
- the page of a run has the run's result in its title, its command, and a link back to the table.
"""
import json, os, re, sys
from html import escape, unescape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
try: from latex2mathml.converter import convert
except ImportError: # the renderer's Python is not the project's
    own = ROOT/".venv/bin/python"
    if own.exists() and Path(sys.prefix) != own.parents[1]: os.execv(own, [str(own), __file__])
    convert = None

MATHS = re.compile(r'<span class="math (inline|display)">\\[(\[](.*?)\\[)\]]</span>', re.S)
ELSEWHERE = re.compile(r"""<(?:script|link(?=[^>]*\bstylesheet\b))\b[^>]*\b(?:src|href)="https?://[^>]*>(?:\s*</script>)?
                       |<script[^>]*>\s*define\(.jquery.*?</script>""", re.S | re.X)
FONTS = re.compile(r"""@import\s*(?:url\()?\s*["']?https?://[^"')]*["']?\s*\)?\s*;?""")
SILENT = re.compile(r"""<(img\b(?![^>]*\balt=)|svg\b(?=[^>]*\brole="img")(?![^>]*\baria-label=))""")
FIGURE = re.compile(r'<img\b[^>]*\bsrc="([^":?#]+\.svg)"[^>]*>')
VARIED = {"k": "K = {:g}", "depth": "{} blocks", "ramp": "with schedule"} # parameters that tell runs of a strategy apart
ABOVE = re.compile(r"<(p|h[1-6])\b[^>]*>(?!\s*<a download)(.*?)</\1>", re.S)


def to_mathml(found):
    if found[1] == "inline": return convert(unescape(found[2]))
    return f'<span class="formula">{convert(unescape(found[2]), display="block")}</span>'


def with_figures(text, folder):
    "Figures in files of the page's own become part of it."
    def figure(found):
        file, words = folder/found[1], re.search(r'\balt="([^"]*)"', found[0])
        if "_files" not in found[1] or not file.exists(): return found[0]
        svg = file.read_text(encoding="utf-8")
        tag = '<svg role="img"' + (f' aria-label="{words[1]}"' if words and words[1] else "")
        return svg[svg.index("<svg"):].strip().replace('<svg role="img"', "<svg", 1).replace("<svg", tag, 1)
    return FIGURE.sub(figure, text)


def with_distinct_ids(text):
    "Figures name equal parts alike, such as the marker of a line: an id that an earlier figure has gets a number, and so do references to it."
    seen, figures = set(), iter(range(1, len(text)))
    def figure(found):
        n, own = next(figures), {*re.findall(r'\sid="([^"]+)"', found[0])}
        again = own & seen
        seen.update(own)
        return re.sub(r'(\sid="|#)([\w.-]+)(?=["\)])', lambda name: name[0] + f"-{n}" * (name[2] in again), found[0])
    return re.sub(r"<svg\b.*?</svg>", figure, text, flags=re.S)


def described(text):
    "Pictures without a text get that of the paragraph above them."
    above = [(p.start(), " ".join(unescape(re.sub(r"<[^>]+>", "", p[2])).split())) for p in ABOVE.finditer(text)]
    def image(found):
        words = next((words for start, words in reversed(above) if start < found.start() and words), "")
        return f'<{found[1]} {dict(img="alt", svg="aria-label")[found[1]]}="{escape(words)}"'
    return SILENT.sub(image, text.replace("<svg alt=", "<svg aria-label="))


def without_hidden(text, notebook):
    "Cells with the directive `hide` are not shown; Quarto's filter has left them out already."
    for i, cell in enumerate(json.loads(notebook.read_text(encoding="utf-8"))["cells"]):
        if cell["cell_type"] != "code" or not re.search(r"^#\s*\|\s*hide\s*$", "".join(cell["source"]), re.M): continue
        text = text.replace(f'<div id="cell-{i}" class="cell">', f'<div id="cell-{i}" class="cell" hidden>')
    return text


def run_heading(text, page, summary):
    "A run's page: its result in the title, below it the command and the way back."
    try: from adaptive_vlbert.tables import run_title
    except ImportError: return text
    run = json.loads(summary.read_text(encoding="utf-8"))
    varied = "".join(", " + words.format(value) for name, words in VARIED.items() if (value := run["parameters"].get(name)))
    title = run_title(summary.parent).replace(", seed", f"{varied}, seed") + f": {run['val_accuracy']:.1f} %"
    table = "depth.html#no-policy-uses-the-depth-that-questions-differ-in" if run["dataset"] == "hops" else "accuracy.html"
    if "scenes" in summary.relative_to(ROOT).parts: table = "blockdrop.html#with-a-stem-one-run-of-five-fails-instead-of-four"
    back = os.path.relpath(site/"nbs/report", page.parent)
    test = f" and test accuracy {run['test_accuracy']:.1f} %" if run.get("test_accuracy") else ""
    lead = f'<p class="run">Validation accuracy {run["val_accuracy"]:.1f} %{test}: one run of <a href="{back}/{table}">this table</a>, made by <code>{escape(run["command"])}</code></p>'
    text = re.sub(r"<title>.*?</title>", f"<title>{escape(title)}</title>", text, count=1, flags=re.S)
    return re.sub(r'(<h1 class="title"[^>]*>).*?</h1>', lambda h: f"{h[1]}{escape(title)}</h1>\n{lead}", text, count=1, flags=re.S)


site = Path(os.environ["QUARTO_PROJECT_OUTPUT_DIR"]).resolve()
for page in site.rglob("*.html"):
    def to_page(link): return f'href="{link[1]}.html"' if (page.parent/f"{link[1]}.html").exists() else link[0]
    text, source = page.read_text(encoding="utf-8"), (ROOT/page.relative_to(site)).with_suffix(".ipynb")
    new = re.sub(r'href="([^":#?]+)\.ipynb"', to_page, text)
    new = described(with_distinct_ids(with_figures(new, page.parent)))
    if convert: new = MATHS.sub(to_mathml, new)
    if 'class="math ' not in new: new = ELSEWHERE.sub("", new)
    if source.exists(): new = without_hidden(new, source)
    if source.with_name("run.json").exists() and 'class="run"' not in new: new = run_heading(new, page, source.with_name("run.json"))
    if new != text: page.write_text(new, encoding="utf-8")

for sheet in (site/"site_libs").rglob("*.css"): # themes ask for fonts that the system's own can stand in for
    text = sheet.read_text(encoding="utf-8")
    if (new := FONTS.sub("", text)) != text: sheet.write_text(new, encoding="utf-8")
