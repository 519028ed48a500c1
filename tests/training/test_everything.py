"""The one command of training: which steps it takes, and that what it trains takes the place of what ships."""

from __future__ import annotations

import pytest

pytest.importorskip("torch", reason="training needs torch; make test installs it")

from training.everything import Work


class Noted(Work):
    """Notes the steps, and leaves the files that each would leave."""

    def __init__(self, folder):
        super().__init__(folder / "data", folder / "runs", 0, None)
        self.steps = []

    def call(self, module, *arguments):
        said = [str(argument) for argument in arguments]
        self.steps.append(module.removeprefix("training."))
        out = said[said.index("--out") + 1] if "--out" in said else None
        if module == "training.export":
            (self.runs / out.rsplit("/", 1)[-1]).mkdir(parents=True, exist_ok=True)
            (self.runs / out.rsplit("/", 1)[-1] / "reader.json").write_text("new")
        elif module == "training.train":
            (self.runs / out.rsplit("/", 1)[-1]).mkdir(parents=True)
        elif out:
            (self.runs / out.rsplit("/", 1)[-1]).write_text("")

    def encoder(self, name):
        return self.runs / "encoders" / name


@pytest.fixture
def work(tmp_path):
    found = Noted(tmp_path)
    found.runs.mkdir()
    return found


def test_the_steps_stand_in_order(work, tmp_path):
    work.everything(tmp_path / "out")
    trainings = [n for n, step in enumerate(work.steps) if step == "train"]
    assert len(trainings) == 4
    assert work.steps.index("silver") < trainings[1]
    assert work.steps.count("calibrate") == 2


def test_what_is_trained_takes_the_place_of_what_ships(work, tmp_path):
    shipped = tmp_path / "out" / "fast"
    shipped.mkdir(parents=True)
    (shipped / "reader.json").write_text("old")
    work.everything(tmp_path / "out")
    assert (shipped / "reader.json").read_text() == "new"


def test_what_is_done_is_passed_over(work, tmp_path):
    work.everything(tmp_path / "out")
    work.steps.clear()
    work.everything(tmp_path / "out")
    assert work.steps == ["antecedents", "calibrate"] * 2
