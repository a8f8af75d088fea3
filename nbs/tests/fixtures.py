"""What several tests need: a small model to finetune from, the user's papermill, and runs that are trained once for all tests."""
import os, subprocess, sys, tempfile
from pathlib import Path

import yaml
from filelock import FileLock
from adaptive_vlbert.core import project_root
from adaptive_vlbert.sweeps import folder_of

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


def small_run(strategy: str, dataset: str = "easy_vqa", **parameters) -> Path:
    "A complete run, read-only: trained by the literal command when the first test asks for it, and shared by the tests of a `make test`."
    root = Path(os.environ.setdefault("ADAPTIVE_VLBERT_TEST_RUNS", tempfile.mkdtemp()))
    root.mkdir(exist_ok=True)
    with FileLock(root/"pretrained.lock"):
        if not (root/"pretrained/config.json").exists(): small_pretrained(root/"pretrained")
    given = SMALL | dict(results=str(root/"results"), pretrained=str(root/"pretrained"), dataset=dataset, strategy=strategy, seed=0) | parameters
    folder = folder_of(given)
    with FileLock(root/f"{dataset}-{strategy}-{given['seed']}.lock"):
        if not (folder/"run.json").exists():
            done = papermill("nbs/train.ipynb", "-y", yaml.safe_dump(given))
            assert done.returncode == 0, done.stderr
    return folder
