"""Every command that the README shows on the demo graph prints what the README says."""

import re
import shlex
from pathlib import Path

import pytest

from kg.cli import main

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")


def shown():
    """Command → the lines under it, of the README's console blocks."""
    for block in re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL):
        for command, output in re.findall(
            r"^\$ kg ([^'\n]*(?:'[^']*'[^'\n]*)*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE
        ):
            if output.strip():
                yield command, output


COMMANDS = list(shown())


def test_the_readme_shows_commands():
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize(("command", "output"), COMMANDS, ids=[c[:40] for c, _ in COMMANDS])
def test_a_command_prints_what_the_readme_says(demo, capsys, command, output):
    """``…`` on a line of its own stands for lines left out."""
    main([*shlex.split(command), "-w", str(demo)])
    printed = capsys.readouterr().out.replace("\r\n", "\n")
    pattern = ".*".join(re.escape(part.strip("\n")) for part in re.split(r"^ *…\n", output, flags=re.MULTILINE))
    assert re.fullmatch(pattern, printed.strip("\n"), re.DOTALL), printed
