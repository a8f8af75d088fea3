"""A notebook from stdin to stdout, as Quarto should read it (`ipynb-filters` in _quarto.yml). Quarto takes `#| export` for an
option of its own and writes its letters on the page: bare nbdev directives are dropped, and `#| hide` becomes `include: false`."""
import json, re, sys

BARE = re.compile(r"#\s*\|\s*(?![^:]*:(\s|$))\w")


def for_quarto(cell):
    lines = "".join(cell["source"]).splitlines(keepends=True)
    n = next((i for i, line in enumerate(lines) if not re.match(r"#\s*\|", line)), len(lines)) # directives stand at the top
    hidden = any(re.match(r"#\s*\|\s*hide\s*$", line) for line in lines[:n])
    kept = ["#| include: false\n"] * hidden + [line for line in lines[:n] if not BARE.match(line)]
    return cell | dict(source=kept + lines[n:])


if __name__ == "__main__":
    notebook = json.load(sys.stdin)
    cells = [for_quarto(c) if c["cell_type"] == "code" else c for c in notebook["cells"]]
    notebook["cells"] = [c for c in cells if c["source"] or c.get("outputs")]
    json.dump(notebook, sys.stdout)
