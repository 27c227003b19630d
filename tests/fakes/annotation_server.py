"""An annotation server in memory: projects, tasks, people's answers, the gate's chained outbox, and failures on demand.

It passes the same contract suite as the real one, and its outbox rows have the same bodies. It does not enforce the
rules of annotation: what the gate refuses is proven on the real server.

    server = FakeAnnotationServer()
    project = server.make_project(ProjectDraft("k", "title", form))
    server.publish(project, [TaskDraft(key, text)])
    server.answer(project, key, "p-a1", [Entry("verdict", ("安全",))], at="2026-11-22T08:30:00Z", seconds=12)
    server.fail_next("truncated")
"""

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from annotation.labelstudio import failures
from annotation.port import Entry, OutboxRow, ProjectDraft, Stored, TaskDraft, ToResults
from annotation.server.accounts import account_of
from annotation.server.policy import Policy, Project
from annotation.server.strength import Strength
from provenance.errors import GovernanceError
from tests.fakes.plain_form import PlainForm

GATE, POLICY = "9a" * 32, "b0" * 32
MANAGER = "p-platform"
CHUNK = 500
BEGINNING = "0" * 64


@dataclass
class _Task:
    number: int
    project: int
    draft: TaskDraft
    hints: list[dict[str, Any]]


@dataclass
class _World:
    """Everything that a backup of the server holds."""

    projects: dict[int, ProjectDraft] = field(default_factory=dict)
    to_results: dict[int, ToResults] = field(default_factory=dict)
    tasks: dict[int, _Task] = field(default_factory=dict)
    stored: dict[int, Stored] = field(default_factory=dict)
    chain: list[OutboxRow] = field(default_factory=list)
    served: dict[tuple[int, str], str] = field(default_factory=dict)
    numbers: int = 0


class FakeAnnotationServer:
    """Label Studio as the platform sees it.

    Args:
        is_gated: Whether the gate is in it; without, there is no outbox.
        policy: What the gate obeys: rows of the outbox name its functions, batches and rule books. A project that it
            does not name counts as ``annotate`` in a batch called after the project's key, under ``safety@1``.
    """

    def __init__(self, *, is_gated: bool = True, policy: Policy | None = None) -> None:
        self.is_gated = is_gated
        self.policy = policy or Policy()
        self.calls = 0
        self._world = _World()
        self._failures: list[str] = []
        self._is_revoked = False
        self._now = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)

    # What the platform asks of a server.

    def strength(self) -> Strength:
        """Say how strongly it enforces the rules."""
        if self._failures and self._failures[0] in ("down", "slow", "500"):
            self._failures.pop(0)
            return Strength(is_up=False)
        return Strength(is_up=True, gate=GATE, policy=POLICY) if self.is_gated else Strength(is_up=True)

    def make_project(self, draft: ProjectDraft) -> int:
        """Make a project, or return the one that was made for the same key."""
        lost = self._begin()
        found = next((number for number, each in self._world.projects.items() if each.key == draft.key), None)
        number = found or self._number()
        if found is None:
            self._world.projects[number] = draft
        _end(lost)
        return number

    def publish(self, project: int, tasks: Iterable[TaskDraft], to_results: ToResults | None = None) -> int:
        """Put tasks into a project that are not there yet."""
        there = set(self.tasks(project))
        if to_results is not None:
            self._world.to_results[project] = to_results
        put, waiting = 0, iter(tasks)
        while chunk := list(islice((each for each in waiting if each.key not in there), CHUNK)):
            lost = self._begin(project)
            form = PlainForm(self._world.projects[project].form)
            new = [_Task(0, project, each, self._results(project, each.hints, each.text)) for each in chunk]
            if any(hint["from_name"] not in form.tags for each in new for hint in each.hints):
                raise failures.rejected()
            for each in new:
                each.number = self._number()
                self._world.tasks[each.number] = each
                there.add(each.draft.key)
            put += len(new)
            _end(lost)
        return put

    def tasks(self, project: int) -> Mapping[str, int]:
        """Return the tasks of a project: our keys with their numbers."""
        _end(self._begin(project))
        return {each.draft.key: each.number for each in self._world.tasks.values() if each.project == project}

    def outbox(self, since: int) -> Iterator[OutboxRow]:
        """Yield the chain's rows after a number, in order."""
        at = since
        while True:
            _end(self._begin())
            page = [each for each in self._world.chain if each.seq > at][:CHUNK] if self.is_gated else []
            yield from page
            if not page:
                return
            at = page[-1].seq

    def stored(self, project: int) -> Iterator[Stored]:
        """Yield the annotations of a project as they are stored now."""
        _end(self._begin(project))
        mine = {each.number for each in self._world.tasks.values() if each.project == project}
        for each in [each for each in self._world.stored.values() if each.task in mine]:
            by_hand = tuple(text for entry in each.result for text in _by_hand(entry))
            result = tuple(map(_told, each.result)) if self.is_gated else each.result
            yield replace(each, result=result, written=by_hand)

    def delete_tasks(self, project: int, numbers: Sequence[int]) -> int:
        """Delete tasks with their texts and annotations."""
        lost = self._begin(project)
        wanted = {each for each in numbers if each in self._world.tasks and self._world.tasks[each].project == project}
        for number, each in sorted(self._world.stored.items()):
            if each.task in wanted:
                self._append("deleted", each, MANAGER, {"at": self._stamp()})
                del self._world.stored[number]
        for number in wanted:
            del self._world.tasks[number]
        _end(lost)
        return len(wanted)

    # What people do.

    def answer(
        self,
        project: int,
        key: str,
        person: str,
        entries: Sequence[Entry],
        *,
        at: str = "",
        seconds: float | None = 30,
    ) -> int:
        """Let a person submit an answer to a task, or change the one there is; return its number.

        Args:
            project: Number of the project.
            key: Our key of the task.
            person: Id of the person.
            entries: The whole answer.
            at: When, UTC; empty for a minute after what happened last.
            seconds: Between being shown and being submitted; None for a task that was never shown.
        """
        moment = self._stamp(at)
        stored = self._write(project, key, person, entries, moment)
        task = self._world.tasks[stored.task]
        if seconds is not None:
            self._world.served.setdefault((task.number, person), _earlier(moment, seconds))
        told = [_told(each) for each in stored.result]
        texts = {"text": _digest("text", task.draft.text)}
        more = {
            "at": moment,
            "key": key,
            "result": told,
            "texts": texts,
            "served_at": self._world.served.get((task.number, person)),
        }
        if seconds is not None:
            more["lead_ms"] = int(seconds * 1000)
        self._append("created" if stored.updated_at == stored.created_at else "updated", stored, person, more)
        return stored.annotation

    def show(self, project: int, key: str, person: str) -> None:
        """Show a person a task of a project whose accesses are told, which the gate tells before it does."""
        number, moment = self._task(project, key).number, self._stamp()
        self._world.served.setdefault((number, person), moment)
        stored = Stored(0, number, account_of(person), ())
        self._append("shown", stored, person, {"at": moment, "key": key, "annotation": None})

    def answer_behind(self, project: int, key: str, person: str, entries: Sequence[Entry], *, at: str = "") -> int:
        """Write an answer as a database administrator can: stored, and not told by the outbox."""
        return self._write(project, key, person, entries, self._stamp(at)).annotation

    def delete_project(self, project: int) -> None:
        """Delete a project by hand; the gate tells of each annotation that goes with it."""
        for number, each in sorted(self._world.stored.items()):
            if self._world.tasks[each.task].project == project:
                self._append("deleted", each, MANAGER, {"at": self._stamp()})
                del self._world.stored[number]
        self._world.tasks = {number: each for number, each in self._world.tasks.items() if each.project != project}
        del self._world.projects[project]

    def backup(self) -> object:
        """Keep everything as it is now."""
        return deepcopy(self._world)

    def restore(self, kept: object) -> None:
        """Go back to a backup: what was answered since is lost, and its numbers are given anew."""
        assert isinstance(kept, _World)
        self._world = deepcopy(kept)

    def tamper(self, seq: int, old: str, new: str) -> None:
        """Change the body of a row of the chain and leave its digest."""
        row = self._world.chain[seq - 1]
        assert old in row.body
        self._world.chain[seq - 1] = replace(row, body=row.body.replace(old, new))

    def hints(self, project: int, key: str) -> list[dict[str, Any]]:
        """Return the stored hints of a task, in the form's words."""
        return self._task(project, key).hints

    def key_of(self, annotation: int) -> str:
        """Return our key of the task that an annotation is about."""
        return self._world.tasks[self._world.stored[annotation].task].draft.key

    def data(self, project: int, key: str) -> TaskDraft:
        """Return a task as it was published."""
        return self._task(project, key).draft

    # What goes wrong.

    def fail_next(self, kind: str, times: int = 1) -> None:
        """Let the next requests fail, a call of many pages or chunks being several requests.

        Args:
            kind: ``down``, ``slow``, ``401``, ``403``, ``429``, ``500``; ``404``; ``truncated``, where the server does
                what it is asked and the answer is torn off; ``revoked``, which lets one request pass and refuses every
                other one until :meth:`renew_token`; ``fine`` lets one request pass.
            times: How many.
        """
        self._failures += ["fine", "revoke"] if kind == "revoked" else [kind] * times

    def renew_token(self) -> None:
        """Give the platform a new token."""
        self._is_revoked = False

    def _begin(self, project: int | None = None) -> GovernanceError | None:
        """Count a request; raise a failure that comes before its effect, return one that comes after."""
        self.calls += 1
        kind = self._failures.pop(0) if self._failures else "fine"
        if kind == "revoke":
            self._is_revoked = True
        if self._is_revoked:
            raise failures.refused()
        if kind == "truncated":
            return failures.down()
        if kind in ("down", "slow"):
            raise failures.of_status(None)
        if kind != "fine":
            raise failures.of_status(int(kind))
        if project is not None and project not in self._world.projects:
            raise failures.gone()
        return None

    # How it keeps it.

    def _number(self) -> int:
        self._world.numbers += 1
        return self._world.numbers

    def _stamp(self, at: str = "") -> str:
        self._now = dt.datetime.fromisoformat(at) if at else self._now + dt.timedelta(minutes=1)
        return self._now.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def _task(self, project: int, key: str) -> _Task:
        return next(each for each in self._world.tasks.values() if each.project == project and each.draft.key == key)

    def _results(self, project: int, entries: Sequence[Entry], text: str) -> list[dict[str, Any]]:
        known = self._world.to_results.get(project)
        say = known or PlainForm(self._world.projects[project].form).to_results
        return [dict(each) for each in say(entries, text)]

    def _write(self, project: int, key: str, person: str, entries: Sequence[Entry], moment: str) -> Stored:
        task, account = self._task(project, key), account_of(person)
        mine = [each for each in self._world.stored.values() if (each.task, each.account) == (task.number, account)]
        result = tuple(self._results(project, entries, task.draft.text))
        if mine:
            stored = replace(mine[0], result=result, updated_at=moment)
        else:
            stored = Stored(self._number(), task.number, account, result, moment, moment, account)
        self._world.stored[stored.annotation] = stored
        return stored

    def _append(self, kind: str, stored: Stored, person: str, more: Mapping[str, Any]) -> None:
        if not self.is_gated:
            return
        number = self._world.tasks[stored.task].project
        plan = self.policy.projects.get(number, Project("annotate", self._world.projects[number].key, "safety@1"))
        seq, previous = len(self._world.chain) + 1, self._world.chain[-1].digest if self._world.chain else BEGINNING
        body = _encode(
            {
                "schema": 1,
                "kind": kind,
                "annotation": stored.annotation,
                "task": stored.task,
                "project": number,
                "batch": plan.batch,
                "function": plan.function,
                "rule_book": plan.rule_book,
                "person": person,
                "policy": POLICY,
                "gate": GATE,
                **more,
                "seq": seq,
                "previous": previous,
            }
        )
        self._world.chain.append(OutboxRow(seq, hashlib.sha256(body.encode()).hexdigest(), body))


def _by_hand(entry: Mapping[str, Any]) -> list[str]:
    return list(entry["value"]["text"]) if entry.get("type") == "textarea" else []


def _end(lost: GovernanceError | None) -> None:
    if lost is not None:
        raise lost


def _earlier(moment: str, seconds: float) -> str:
    first = dt.datetime.fromisoformat(moment) - dt.timedelta(seconds=seconds)
    return first.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _encode(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _digest(kind: str, content: str) -> str:
    return hmac.digest(b"fake", b"\0".join((kind.encode(), content.encode())), "sha256").hex()


def _told(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry as the gate's outbox tells it."""
    value, kind = entry["value"], entry["type"]
    row: dict[str, Any] = {"control": entry["from_name"], "object": entry["to_name"], "type": kind}
    if "start" in value:
        row |= {"region": _digest("region", str(entry["id"]))[:16], "start": value["start"], "end": value["end"]}
        row["labels"] = value["labels"]
    elif kind == "taxonomy":
        row["paths"] = value["taxonomy"]
    elif kind == "textarea":
        row["digests"] = [_digest("value", each) for each in value["text"]]
        row["characters"] = [len(each) for each in value["text"]]
    else:
        row["choices"] = value[kind]
    return row
