"""The end of a demonstration: its evidence bundle (证据包) is sealed, and verified as a stranger would."""

from pathlib import Path

from provenance import verify
from provenance.errors import ExitCode, GovernanceError
from ui.services import sealing
from ui.services.demo_scene import Scene


def prove(scene: Scene) -> Path:
    """Seal a bundle, verify it step by step, and return its folder.

    Raises:
        GovernanceError: It cannot be sealed, or a step fails.
    """
    bundle = scene.out / "bundle"
    fingerprint = sealing.seal(scene.house, bundle).key_fingerprint
    scene.say(f"seal --out {bundle}", f"key fingerprint {fingerprint}")
    steps = verify.verify(bundle, fingerprint)
    scene.say(
        f"verify {bundle} --fingerprint {fingerprint}",
        *(f"{step.number:2} {'ok  ' if step.ok else 'FAIL'} {step.title_zh} {step.title}" for step in steps),
    )
    if failed := [step for step in steps if not step.ok]:
        raise GovernanceError(
            f"The bundle does not verify: step {failed[0].number}, {failed[0].title}.",
            code="ui.demo-unverified",
            remedy="Run the verify command above and read its first failing step.",
            exit_code=ExitCode.VERIFICATION_FAILED,
        )
    return bundle
