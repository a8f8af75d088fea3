"""`make test`: every notebook, three at a time, and the export; closes with the line `N passed, N failed`."""
import gc, json, multiprocessing, os, re, shutil, signal, subprocess, sys, time
from functools import partial
from importlib import import_module
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = dict(OMP_NUM_THREADS="1", OMP_WAIT_POLICY="PASSIVE", HF_HUB_OFFLINE="1", MPLBACKEND="agg")
IMPORTED = ("torch", "transformers.trainer", "pandas", "seaborn", "scipy.stats", "nbdev.test") # what most notebooks import, in ten seconds
LONGEST = ("sweep", "site", "base_size", "processes", "experiment", "vqa_v2", "checkpoints") # tests that begin first


def sh(*command, cwd=ROOT) -> tuple[bool, str]:
    "Runs a command; whether it succeeded, and what it printed."
    done = subprocess.run(command, cwd=cwd, text=True, stdin=subprocess.DEVNULL, stdout=-1, stderr=-2)
    return not done.returncode, done.stdout


def forked(call, out, err) -> multiprocessing.Process:
    "Starts a copy of this process that makes the call, and writes to open files; the copy has imported what this process has."
    def copy():
        sys.stdin = open(os.devnull)
        for number, name, file in (1, "stdout", out), (2, "stderr", err):
            setattr(sys, name, file)
            os.dup2(file.fileno(), number)
        call()

    gc.collect(), gc.freeze() # the copy does not look through all that is imported
    process = multiprocessing.get_context("fork").Process(target=copy)
    process.start()
    return process


def files() -> list[Path]:
    "What git knows or would take, relative to the root."
    listed = subprocess.run(["git", "ls-files", "-coz", "--exclude-standard"], cwd=ROOT, text=True, capture_output=True, check=True)
    return [Path(f) for f in listed.stdout.split("\0") if f and (ROOT/f).is_file()]


def contents(root: Path, paths) -> dict[Path, bytes]: return {p: (root/p).read_bytes() for p in paths if (root/p).exists()}


def notebook(path: Path):
    "What `nbdev_test --path` does."
    from nbdev.test import nbdev_test
    nbdev_test(path=str(path))


def export():
    "Exports and cleans a copy from nothing; the copy must not differ from what is here."
    is_generated = lambda p: p.parts[0] == "adaptive_vlbert" and p.suffix == ".py"
    with TemporaryDirectory() as copy:
        copy, here = Path(copy), files()
        for p in here:
            if p.suffix in (".py", ".ipynb", ".ini"):
                (copy/p).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT/p, copy/p)
        for p in (copy/"adaptive_vlbert").glob("*.py"):
            if p.name == "_modidx.py" or not p.name.startswith("_"): p.unlink()
        for command in ("nbdev_export", "nbdev_clean"):
            ok, text = sh(command, cwd=copy)
            if not ok: sys.exit(text)
        watched = {p for p in here if is_generated(p) or p.parts[0] == "nbs" and p.suffix == ".ipynb"}
        watched |= {p.relative_to(copy) for p in (copy/"adaptive_vlbert").glob("*.py")}
        before, after = contents(ROOT, watched), contents(copy, watched)
    differ = sorted(str(p) for p in watched if before.get(p) != after.get(p))
    if differ: sys.exit("`nbdev_export` and `nbdev_clean` change: " + ", ".join(differ))


def is_skipped(notebook: Path) -> bool:
    "Whether nbdev leaves the notebook out."
    first = json.loads(notebook.read_text(encoding="utf-8"))["cells"][:1]
    return any(c["cell_type"] == "raw" and re.search("^skip_exec: true", "".join(c["source"]), re.M) for c in first)


def needs_gpu(notebook: Path) -> bool:
    "Whether every cell of code is left out without a GPU."
    code = [c for c in json.loads(notebook.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == "code"]
    return bool(code) and all("".join(c["source"]).startswith("#| gpu\n") for c in code)


def report(name, ok, start, text="") -> bool:
    print(f"{'ok  ' if ok else 'FAIL'} {time.monotonic() - start:6.1f} s  {name}", flush=True)
    if not ok: print("\n".join("    " + line for line in text.strip().splitlines()), flush=True)
    return ok


def run(tests: dict, logs: Path, at_once=3, limit=1500) -> list[bool]:
    """Runs each test in a copy of this process, so that PyTorch and the like are imported once; at most `limit` seconds each.

    Three on two cores: the longest waits for Ray, and others for kernels, more than they compute."""
    for module in IMPORTED: import_module(module)
    waiting, running, passed = list(tests.items()), {}, []
    while waiting or running:
        while waiting and len(running) < at_once:
            name, test = waiting.pop(0)
            log = open(logs/str(len(waiting)), "w+")
            start, process = time.monotonic(), forked(lambda: (os.setsid(), test()), log, log) # a session of its own is killed as a whole
            running[process.sentinel] = process, name, log, start
        ended = wait(running, timeout=5)
        for sentinel, (process, name, log, start) in list(running.items()):
            if time.monotonic() - start > limit and sentinel not in ended:
                os.killpg(process.pid, signal.SIGKILL)
                log.write(f"\nstill running after {limit} s")
            elif sentinel not in ended: continue
            process.join()
            log.seek(0)
            passed.append(report(name, process.exitcode == 0, start, log.read()))
            del running[sentinel]
    return passed


def main() -> int:
    only = sys.argv[1:]
    notebooks = [p for p in files() if p.parts[0] == "nbs" and p.suffix == ".ipynb" and (not only or any(o in str(p) for o in only))]
    skipped, for_gpus = ([p for p in notebooks if left_out(ROOT/p)] for left_out in (is_skipped, needs_gpu))
    order = sorted((p for p in notebooks if p not in skipped + for_gpus), key=lambda p: (p.stem not in LONGEST, p.parts[1] != "tests", p))
    tests = {str(p): partial(notebook, p) for p in order}
    if not only: tests["the export leaves no difference"] = export
    before = contents(ROOT, files())
    os.chdir(ROOT)
    os.environ.update(SETTINGS)
    with TemporaryDirectory() as logs, TemporaryDirectory() as bytecode:
        if sys.dont_write_bytecode: # else each process would compile PyTorch and transformers again
            os.environ.update(PYTHONDONTWRITEBYTECODE="", PYTHONPYCACHEPREFIX=bytecode)
        passed = run(tests, Path(logs))
    if not only:
        start, after = time.monotonic(), contents(ROOT, files())
        changed = sorted(str(p) for p in before.keys() | after.keys() if before.get(p) != after.get(p))
        passed.append(report("the tests leave no difference", not changed, start, "changed: " + ", ".join(changed)))
    for p in skipped: print(f"left out, takes minutes: {p}")
    for p in for_gpus: print(f"left out, needs a GPU: {p}")
    print(f"{sum(passed)} passed, {len(passed) - sum(passed)} failed")
    return int(not all(passed))


if __name__ == "__main__": sys.exit(main())
