"""What several tests need: a small model to finetune from, and the user's papermill."""
import os, subprocess, sys, tempfile, warnings
from pathlib import Path

from adaptive_vlbert.core import project_root
from run import forked

SMALL = dict(max_train_samples=128, max_eval_samples=100, num_train_epochs=1, batch_size=32, report_to="none", threads=1)


def small_pretrained(folder: Path) -> Path:
    "A folder to finetune from: twelve small blocks with random weights, and the processor of easy-VQA."
    import torch
    from adaptive_vlbert.datasets import load_dataset
    from adaptive_vlbert.pretraining import VLBertForPreTraining, VLBertPreTrainingConfig
    from adaptive_vlbert.processing import VQAProcessor
    train = load_dataset("easy_vqa", "train")
    processor = VQAProcessor.train([q["question"] for q in train.questions], train.answer_vocab.answers)
    torch.manual_seed(0)
    sizes = dict(hidden_size=24, num_attention_heads=12, intermediate_size=48, num_hidden_layers=12, max_position_embeddings=64)
    config = VLBertPreTrainingConfig(vocab_size=len(processor), feature_size=train.feature_size, **sizes)
    VLBertForPreTraining(config).save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder


def papermill(*args, **env) -> subprocess.CompletedProcess:
    "The user's command, in the project's root."
    command = [str(Path(sys.executable).parent/"papermill"), *map(str, args)]
    return subprocess.run(command, cwd=project_root(), text=True, stdin=subprocess.DEVNULL, capture_output=True, env=os.environ | env)


def preloaded_papermill(*args, cwd=None) -> subprocess.CompletedProcess:
    """The same command, also in another project, in a copy of this process, which has imported what notebooks import, and executes them without a kernel.

    For commands beside the one that a test is about: a kernel takes ten seconds or more to import what is imported here already."""
    import torch, transformers.trainer # noqa: F401
    from adaptive_vlbert import answering, commands, experiment # noqa: F401
    import papermill.cli
    from execnb.shell import CaptureShell
    from nbformat import from_dict
    from papermill.engines import Engine, papermill_engines

    class Inside(Engine):
        @classmethod
        def execute_managed_notebook(cls, nb_man, kernel_name, **kwargs):
            shell = CaptureShell()
            for i, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, i)
                if cell.cell_type == "code": cell.outputs = [from_dict(o) for o in shell.run(cell.source) or []]
                if any(o.output_type == "error" for o in cell.get("outputs", [])): return nb_man.cell_exception(cell, cell_index=i)
                nb_man.cell_complete(cell, i)

    def command():
        os.chdir(cwd or project_root())
        papermill_engines.register(None, Inside)
        papermill.cli.papermill([*map(str, args)], "papermill")

    warnings.filterwarnings("ignore", "This process .* is multi-threaded")
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = forked(command, out, err)
        process.join()
        for file in out, err: file.seek(0)
        return subprocess.CompletedProcess(["papermill", *args], process.exitcode, out.read(), err.read())
