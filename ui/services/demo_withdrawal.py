"""A complaint in the demonstration (投诉): somebody wants his number gone, and it is found, erased and answered for."""

from corpus.sources import complaints
from ui.bootstrap import holds_personal_information
from ui.services import withdrawing
from ui.services.demo_scene import Scene

_SOURCE = "chat-user"
_BASIS = "erasure asked for by the person concerned, PIPL article 47"
_REASON = "found and erased"


def answer_complaint(scene: Scene) -> None:
    """Enter the complaint of a person, erase what is found of him, and close it with the withdrawal.

    Raises:
        GovernanceError: A step fails.
    """
    house, request = scene.house, f"{_SOURCE}/withdrawal/person.txt"
    about, channel, today = "personal_information", "email", house.workspace.ledger.today()
    entered = complaints.add(
        house.workspace,
        about=about,
        channel=channel,
        received=today,
        source=_SOURCE,
        actor=house.actor,
        scan=holds_personal_information,
    )
    scene.say(
        f"complaint add --about {about} --channel {channel} --received {today} --source {_SOURCE}",
        f"{entered.id} has to be answered by {entered.due}",
    )
    done = withdrawing.take_out(house, "person", str(scene.examples / request), erases=True, basis=_BASIS)
    scene.say(f'withdraw --person {request} --erase --basis "{_BASIS}"', *withdrawing.words(done))
    seq, outcome = done.withdrawal.entry.seq, "upheld"
    closed = complaints.close(
        house.workspace,
        entered.id,
        outcome=outcome,
        reason=_REASON,
        withdrawal=seq,
        actor=house.actor,
        scan=holds_personal_information,
    )
    scene.say(
        f'complaint close {entered.id} --outcome {outcome} --withdrawal {seq} --reason "{_REASON}"',
        f"{closed.id} is closed: {closed.outcome}",
    )
