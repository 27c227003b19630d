"""The main job on the bundled example, as a newcomer would type it: from declarations to a verified bundle."""

from collections.abc import Callable
from pathlib import Path

import orjson

from corpus import sources as register
from provenance import verify
from provenance.errors import ExitCode, GovernanceError
from provenance.ids import source_id
from ui.bootstrap import House, create, holds_personal_information
from ui.services import ingesting, lexicons, reading, reporting, sealing

_REASON = "declaration and papers checked for the demo"


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
    house = create(out / "workspace")
    tell(f"$ yuliao init {out / 'workspace'}")
    released = lexicons.import_keywords(house, examples / "lexicon.csv")
    tell(f"$ yuliao rules import-keywords lexicon.csv\n  {released.keywords} keywords")
    for name in order:
        if _admitted(house, examples, name, tell):
            _ingest(house, examples, name, tell)
    _told_facts(house, tell)
    reporting.write(house, out / "report", "zh")
    tell(f"$ yuliao report --out {out / 'report'}")
    bundle = out / "bundle"
    sealed = sealing.seal(house, bundle)
    tell(f"$ yuliao seal --out {bundle}\n  key fingerprint {sealed.key_fingerprint}")
    _verify(bundle, sealed.key_fingerprint, tell)
    return bundle


def _admitted(house: House, examples: Path, name: str, tell: Callable[[str], None]) -> bool:
    declaration = examples / name / "declaration.yaml"
    register.register(house.workspace, declaration, actor=house.actor, scan=holds_personal_information)
    decision = register.admit(
        house.workspace,
        name,
        reason=_REASON,
        actor=house.actor,
        scan=holds_personal_information,
        profile=house.profile.pi_profile,
    )
    outcome = "admitted" if not decision.missing else "REFUSED: " + "; ".join(each.en for each in decision.missing)
    tell(f"$ yuliao source add {name}/declaration.yaml && yuliao source admit {name} --reason ...\n  {outcome}")
    return not decision.missing


def _ingest(house: House, examples: Path, name: str, tell: Callable[[str], None]) -> None:
    job = ingesting.submit(house, source_id(name), [examples / name / "data"], workers=1)
    outcome = ingesting.run(house, job, progress=lambda *_: None)
    counts = ", ".join(f"{n} {disposition}" for disposition, n in outcome.items.items())
    tell(f"$ yuliao ingest {name} {name}/data\n  {sum(outcome.items.values())} items: {counts}")


def _told_facts(house: House, tell: Callable[[str], None]) -> None:
    items = reading.facts_of(house).items
    tell(
        f"$ yuliao facts\n  taken in {items.taken_in} = admitted {items.admitted} + quarantined {items.quarantined} "
        f"+ duplicate {items.duplicate} + rejected {items.rejected}"
    )


def _verify(bundle: Path, fingerprint: str, tell: Callable[[str], None]) -> None:
    tell(f"$ yuliao verify {bundle} --fingerprint {fingerprint}")
    steps = verify.verify(bundle, fingerprint)
    for step in steps:
        tell(f"  {step.number:2} {'ok  ' if step.ok else 'FAIL'} {step.title_zh} {step.title}")
    failed = [step for step in steps if not step.ok]
    if failed:
        raise GovernanceError(
            f"The bundle does not verify: step {failed[0].number}, {failed[0].title}.",
            code="ui.demo-unverified",
            remedy="Run the verify command above and read its first failing step.",
            exit_code=ExitCode.VERIFICATION_FAILED,
        )
