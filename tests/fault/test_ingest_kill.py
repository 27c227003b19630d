"""An ingest that is killed at random moments and run again seals the very shards of one that nobody disturbed."""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.workroom import Workroom

KILLER = Path(__file__).with_name("killer.py")
WORDS = (
    "今天",
    "天气",
    "很好",
    "山路",
    "湖面",
    "散步",
    "茶",
    "晴",
    "雨后",
    "一起",
    "慢慢",
    "看见",
    "远处",
    "灯光",
    "回家",
)


def _prepared(room: Workroom) -> Path:
    room.set_small_units()
    room.look_for_alike()  # the risky texts, which resemble clean ones, are near duplicates
    settings = room.folder / "workspace" / "yuliao.toml"
    settings.write_text(settings.read_text("utf-8").replace("lot_units = 1000", "lot_units = 2"), "utf-8")
    chance = random.Random(1)
    texts = ["".join(chance.choices(WORDS, k=250)) for _ in range(2200)]
    repeated = [texts[chance.randrange(2200)] for _ in range(200)]
    risky = [f"{text}乌有国颠覆传单" for text in texts[:50]]
    room.declare("killed")
    return room.write_texts("killed.jsonl", [*texts, *repeated, *risky])


def _killed(room: Workroom, file: Path, *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-P", str(KILLER), str(room.folder), str(file), *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": "random"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.fault
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_runs_resume_to_the_same_shards(room: Workroom, workers: int) -> None:
    """Thirty kills at random moments lose nothing, count nothing twice, and change no byte, for one worker and two."""
    file = _prepared(room)
    found = _killed(room, file, "--kills", "30" if workers == 1 else "6", "--workers", str(workers))
    assert found["shards"] >= 3
    assert found["kills"] >= (30 if workers == 1 else 6)
    assert all(found["rounds"])


@pytest.mark.fault
def test_a_commit_split_in_two_is_caught(room: Workroom) -> None:
    """The same comparison sees the seeded fault: units marked sealed in one transaction, their events in another."""
    file = _prepared(room)
    found = _killed(room, file, "--kills", "60", "--split", "--seed", "3")
    assert not all(found["rounds"])


@pytest.mark.fault
def test_one_and_two_workers_seal_the_same_shards(room: Workroom) -> None:
    """Same workspace and key, other number of workers, random hash seed: the same digests in the same order."""
    file = _prepared(room)
    digests = []
    pristine = room.folder / "pristine"
    shutil.copytree(room.folder / "workspace", pristine)
    for workers in (1, 2):
        shutil.rmtree(room.folder / "workspace")
        shutil.copytree(pristine, room.folder / "workspace")
        again = Workroom.open(room.folder)
        again.ingest("killed", file, workers=workers)
        digests.append([(e.unit, e.items, e.admitted_text, e.quarantined_text) for e in again.shards()])
    assert len(digests[0]) >= 3
    assert digests[0] == digests[1]
