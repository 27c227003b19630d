"""The main job on the bundled example, as a newcomer would type it: from declarations to a verified bundle."""

from collections.abc import Callable
from pathlib import Path

import orjson

from provenance.errors import ExitCode, GovernanceError
from ui.bootstrap import create
from ui.services import demo_proof, demo_sources, demo_withdrawal, lexicons, lists, reading, reporting, residual
from ui.services.demo_scene import Scene


def examples_folder() -> Path:
    """Return where the bundled example lies: beside the packages in a checkout, inside ``ui`` in a wheel.

    Raises:
        GovernanceError: It is in neither place.
    """
    here = Path(__file__).parent.parent
    for folder in (here.parent / "examples", here / "examples"):
        if (folder / "expected.json").is_file():
            return folder
    raise GovernanceError(
        "The bundled example is missing from this installation.",
        code="ui.no-examples",
        remedy="Install Yuliao anew.",
        exit_code=ExitCode.ENVIRONMENT,
    )


def play(out: Path, *, tell: Callable[[str], None]) -> Path:
    """Play the demo into a new or empty folder.

    Args:
        out: The folder; it will hold ``workspace``, ``report`` and ``bundle``.
        tell: Shows a line to the person.

    Returns:
        The verified bundle.

    Raises:
        GovernanceError: The folder is not empty, or a step fails.
    """
    examples = examples_folder()
    order = orjson.loads((examples / "expected.json").read_bytes())["order"]
    scene = Scene(create(out / "workspace"), examples, out, tell)
    scene.say(f"init {out / 'workspace'}")
    _import_rules(scene)
    for name in order:
        demo_sources.take_in(scene, name)
    demo_withdrawal.answer_complaint(scene)
    _measure_residual(scene)
    _tell_facts(scene)
    reporting.write(scene.house, out / "report", "zh")
    scene.say(f"report --out {out / 'report'}")
    return demo_proof.prove(scene)


def _import_rules(scene: Scene) -> None:
    released = lexicons.import_keywords(scene.house, scene.examples / "lexicon.csv")
    scene.say("rules import-keywords lexicon.csv", f"{released.keywords} keywords screen from now on")
    for name in lists.KINDS:
        held = lists.import_list(scene.house, name, scene.examples / "lists" / f"{name}.csv")
        scene.say(
            f"rules import-list {name} lists/{name}.csv", f"entries that keep items out from now on: {held.entries}"
        )


def _measure_residual(scene: Scene) -> None:
    measured = residual.measure(scene.house)
    items, left = sum(each.items for each in measured), sum(each.items_left for each in measured)
    planted, missed = sum(each.planted for each in measured), sum(each.missed for each in measured)
    scene.say(
        "pii residual",
        f"{items} stored texts searched again, finds in {left}; {missed} of {planted} canaries missed",
    )


def _tell_facts(scene: Scene) -> None:
    items = reading.facts_of(scene.house).items
    scene.say(
        "facts",
        f"taken in {items.taken_in} = admitted {items.admitted} + quarantined {items.quarantined} "
        f"+ duplicate {items.duplicate} + rejected {items.rejected}",
    )
