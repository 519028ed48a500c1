"""The whole road of training in miniature: cut, train, go on after a cut, learn from a teacher, export, read."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

torch = pytest.importorskip("torch", reason="training needs torch; make test installs it")

from kg.extraction.models import open_models  # noqa: E402
from kg.extraction.read import read  # noqa: E402
from training import antecedents, batches, corpora, cut, encoder, events, further, passages  # noqa: E402
from training.examples import examples  # noqa: E402
from training.export import export  # noqa: E402
from training.model import Model  # noqa: E402
from training.train import Plan, finished, train  # noqa: E402

torch.set_num_threads(1)
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the exporter
SHAPE = encoder.Shape("toy", 32, 2, 2, 64, 0, 512, 0, True, 1e-5, 1, 2)
FILES = ("business-01.txt", "hedge-01.txt")
PASSAGES = 12


def own_texts():
    for name in FILES:
        path = passages.FOLDER / name
        for first, lines in list(passages.blocks(path))[:PASSAGES]:
            yield corpora.text_of(passages.parse(path, first, lines), "own", held=False)


@pytest.fixture(scope="module")
def tokenizer():
    """Whole words only, those of a few passages."""
    words = {
        w for text in own_texts() for w, _ in pre_tokenizers.BertPreTokenizer().pre_tokenize_str(text.text.lower())
    }
    vocabulary = {word: n for n, word in enumerate(["[UNK]", "[CLS]", "[SEP]", *sorted(words)])}
    made = Tokenizer(models.WordLevel(vocabulary, "[UNK]"))
    made.normalizer = normalizers.Lowercase()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


@pytest.fixture(scope="module")
def shape(tokenizer, monkeypatch_module):
    made = replace(SHAPE, vocabulary=tokenizer.get_vocab_size())
    monkeypatch_module.setitem(encoder.SHAPES, "toy", made)
    return made


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def toy(tokenizer):
    found = [e for text in own_texts() for e in examples(text, tokenizer, (1, 2))]
    return found + [e for p in list(events.read())[:6] for e in events.examples(p, tokenizer, (1, 2))]


@pytest.fixture(scope="module")
def trained(toy, shape, tmp_path_factory):
    """A run's folder; its loss has fallen."""
    out = tmp_path_factory.mktemp("run")
    train(fresh(shape), toy, Plan(epochs=50, budget=1500, encoder_rate=3e-3, head_rate=3e-3), out)
    return out


def fresh(shape):
    torch.manual_seed(3)
    made = encoder.Encoder(shape, dropout=0.0)
    torch.nn.init.normal_(made.relative, std=0.02)
    return Model(made)


def losses(out):
    return [float(line.split()[3]) for line in (out / "log.txt").read_text().splitlines()]


def test_the_loss_falls(trained):
    found = losses(trained)
    assert found[-1] < 0.6 * found[0]


def test_examples_survive_the_file(toy, tmp_path):
    cut.write(tmp_path / "cut", [cut.small(e) for e in toy])
    kept = cut.read(tmp_path / "cut")
    assert pickle.dumps([e.pieces.tolist() for e in kept]) == pickle.dumps([e.pieces.tolist() for e in toy])
    assert all((a.target == b.target).all() for a, b in zip(kept, toy, strict=True))


def test_a_run_that_was_cut_goes_on_as_if_it_had_not_been(toy, shape, tmp_path):
    plan = Plan(epochs=2, budget=1500)
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    whole.mkdir(), parts.mkdir()
    train(fresh(shape), toy, plan, whole)
    with pytest.raises(InterruptedError):
        train(Interrupted(fresh(shape), after=3), toy, replace(plan, save_every=0.0), parts)
    train(fresh(shape), toy, plan, parts)
    states = [torch.load(p / "checkpoint.pt", weights_only=True)["model"] for p in (whole, parts)]
    assert all(torch.equal(states[0][name], states[1][name]) for name in states[0])


class Interrupted(Model):
    """A model that is cut off after some steps."""

    def __init__(self, model, after):
        super().__init__(model.encoder)
        self.load_state_dict(model.state_dict())
        self.left = after

    def loss(self, batch, teacher=None):
        self.left -= 1
        if self.left < 0:
            raise InterruptedError
        return super().loss(batch, teacher)


def test_a_teacher_teaches(toy, shape, trained, tmp_path):
    teacher = finished("toy", trained / "checkpoint.pt")
    train(fresh(shape), toy, Plan(epochs=12, budget=1500, encoder_rate=3e-3, head_rate=3e-3), tmp_path, teacher=teacher)
    assert losses(tmp_path)[-1] < losses(tmp_path)[0]


@pytest.mark.parametrize("judges", [False, True])
def test_a_trained_model_learns_new_passages(toy, shape, trained, tmp_path, judges):
    own = [e for e in toy if e.corpus == "own"]
    for name, several in (("old", own[:6]), ("new", own[-6:])):
        cut.write(tmp_path / name, [cut.small(e) for e in several])
    (tmp_path / "out").mkdir()
    before = finished("toy", trained / "checkpoint.pt")
    plan = Plan(epochs=6, budget=1500, encoder_rate=1e-3, head_rate=1e-3, shares=further.SHARES)
    files = tmp_path / "old", tmp_path / "new"
    further.further("toy", trained, files, tmp_path / "out", plan, teacher=before, judges=judges)
    assert losses(tmp_path / "out")
    after = finished("toy", tmp_path / "out" / "checkpoint.pt")
    assert not torch.equal(before.words.tags.weight, after.words.tags.weight)
    assert torch.equal(before.encoder.pieces.weight, after.encoder.pieces.weight)


def test_a_teacher_does_not_judge_what_it_does_not_know(toy):
    several = [replace(e, corpus=batches.FRESH) if n % 2 else e for n, e in enumerate(toy)]
    shares = {**batches.SHARES, batches.FRESH: 1.0}
    found = batches.batches(several, 1500, 7, 0, shares)
    assert {n for batch in found for n in batch} == set(range(len(several)))
    for batch in found:
        known = {several[n].corpus != batches.FRESH for n in batch}
        assert len(known) == 1
        assert {batches.collate([several[n] for n in batch], 0).taught} == known


def test_only_some_passages_are_cut(shape, tokenizer, tmp_path, monkeypatch):
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    monkeypatch.setattr(corpora, "read", lambda data: list(own_texts()))
    said = ["--shape", "toy", "--tokenizer", str(tmp_path / "tokenizer.json"), "--out", str(tmp_path / "cut")]
    cut.main([*said, "--passages", "hdg"])
    assert 0 < len(cut.read(tmp_path / "cut")) < 2 * PASSAGES


def test_the_exported_model_reads_as_the_trained_one(trained, toy, shape, tokenizer, tmp_path):
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    export("toy", trained, tmp_path / "tokenizer.json", tmp_path / "out", "test")
    opened, model = open_models(tmp_path / "out"), finished("toy", trained / "checkpoint.pt")
    example = toy[0]
    encoded = opened.read_window(example.pieces.tolist(), example.kinds.tolist())
    pieces, kinds = (torch.from_numpy(v)[None].long() for v in (example.pieces, example.kinds))
    places = torch.arange(pieces.shape[1])[None]
    with torch.no_grad():
        states = model.encoder(pieces, kinds, places, torch.ones(1, *[pieces.shape[1]] * 2, dtype=torch.bool))
        tags = model.words(states)[0][0].numpy()
    assert (tags.argmax(1) == encoded.tags.argmax(1)).mean() > 0.9
    assert np.abs(tags - encoded.tags).mean() < 0.3


def test_the_exported_model_reads_a_text(trained, shape, tokenizer, tmp_path):
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    export("toy", trained, tmp_path / "tokenizer.json", tmp_path / "out", "test")
    (text, *_) = own_texts()
    found = read(open_models(tmp_path / "out"), text.text)
    assert found.sentences
    assert all(text.text[m.start : m.end] for m in found.mentions)
    assert json.loads((tmp_path / "out" / "reader.json").read_text())["version"] == "test"


def test_salience_learns_from_what_the_exported_model_reads(trained, shape, tokenizer, tmp_path):
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    export("toy", trained, tmp_path / "tokenizer.json", tmp_path / "out", "test")
    texts = list(own_texts())
    material = list(antecedents.windows(open_models(tmp_path / "out"), texts))
    assert any(window.known.any() for window in material)
    first, again = (antecedents.fitted(material) for _ in range(2))
    assert (first.hidden == again.hidden).all()
    antecedents.store(tmp_path / "out", first)
    assert (open_models(tmp_path / "out").settings.salience.hidden == first.hidden).all()
    export("toy", trained, tmp_path / "tokenizer.json", tmp_path / "next", "test", tmp_path / "out")
    assert (open_models(tmp_path / "next").settings.salience.hidden == first.hidden).all()
    read_with_it = read(open_models(tmp_path / "out"), texts[0].text)
    assert all(texts[0].text[m.start : m.end].strip() for m in read_with_it.mentions)
