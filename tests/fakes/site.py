"""A real Label Studio with people, projects and a policy: the gate in it, or as its makers ship it."""

import contextlib
import datetime as dt
import itertools
import json
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from annotation.server import accounts, launch, policy, variables
from annotation.server.environment import Environment, gate_digest
from annotation.server.policy import Demand, Person, Policy, Project, Qualification, RuleBook
from annotation.server.variables import Settings

UNMODIFIED = "label_studio.core.settings.label_studio"
TEXT = "山川异域，风月同天。寄诸佛子，共结来缘。😀尾声。"
FORM = """
<View>
  <Text name="text" value="$text"/>
  <Labels name="span" toName="text"><Label value="疑似"/><Label value="引文"/></Labels>
  <Choices name="verdict" toName="text" choice="single-radio" required="true">
    <Choice value="安全"/><Choice value="有风险"/>
  </Choices>
  <View visibleWhen="choice-selected" whenTagName="verdict" whenChoiceValue="有风险">
    <Taxonomy name="risk" toName="text" leafsOnly="true" required="true">
      <Choice value="A1"><Choice value="A1a"/><Choice value="A1b"/></Choice><Choice value="A5"/>
    </Taxonomy>
    <TextArea name="reason" toName="text" required="true" rows="2"/>
  </View>
</View>"""
ABILITIES = ("rules", "tool", "risk", "data_security")
BOOK, RAW = "safety-1", "raw-1"
"""Rule books; each access to a text is told under the second."""
NOW = dt.datetime.now(dt.UTC)
YEAR = dt.timedelta(days=365)
GOOD = Qualification(BOOK, NOW - YEAR, NOW + YEAR, NOW - 2 * YEAR, ABILITIES)


def qualified(person: str, *functions: str, **changes: Any) -> Person:
    """A person with a qualification that is in force, but for the changes."""
    held = replace(GOOD, **changes)
    return Person(person, functions, tuple(replace(held, rule_book=book) for book in (BOOK, "slow-1", "strict-1", RAW)))


PEOPLE = {
    "p-a1": qualified("p-a1", "annotate"),
    "p-a2": qualified("p-a2", "annotate"),
    "p-a3": qualified("p-a3", "annotate"),
    "p-r1": qualified("p-r1", "review"),
    "p-both": qualified("p-both", "annotate", "review"),
    "p-none": Person("p-none", ("annotate",)),
    "p-late": qualified("p-late", "annotate", valid_to=NOW - dt.timedelta(days=1)),
    "p-early": qualified("p-early", "annotate", valid_from=NOW + dt.timedelta(days=1)),
    "p-susp": qualified("p-susp", "annotate", is_suspended=True),
    "p-untr": qualified("p-untr", "annotate", trained_at=None),
    "p-after": qualified("p-after", "annotate", trained_at=NOW - dt.timedelta(days=1)),
    "p-unex": qualified("p-unex", "annotate", abilities=ABILITIES[:3]),
    "p-m": Person("p-m", ("manage",)),
}
STRANGER = "p-stranger"
"""Has an account and stands in no policy."""
CROWD = tuple(f"p-c{number:02}" for number in range(20))
PEOPLE |= {person: qualified(person, "annotate") for person in CROWD}
BOOKS = {
    BOOK: RuleBook(),
    RAW: RuleBook(tells_access=True),
    "slow-1": RuleBook(min_seconds=600),
    "strict-1": RuleBook(
        demands=(Demand("reason", when=("verdict", ("有风险",)), at_least=1, min_characters=6, title="理由"),)
    ),
}


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    body: Any

    @property
    def is_accepted(self) -> bool:
        """Whether the server did what it was asked."""
        return 200 <= self.status < 300

    @property
    def words(self) -> str:
        """The whole answer as text."""
        return json.dumps(self.body, ensure_ascii=False)


@dataclass
class Site:
    """A server that runs, and everybody's way in.

    Attributes:
        url: Its address.
        settings: How it was started.
        is_gated: Whether the gate is in it.
        tokens: What people's programs sign in with.
        passwords: What people sign in with in a browser.
    """

    url: str
    settings: Settings
    environment: Environment
    is_gated: bool
    tokens: dict[str, str]
    passwords: Mapping[str, str]
    policy: Policy = field(default_factory=Policy)
    _access: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, int] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _sdk: "subprocess.Popen[str] | None" = None

    def call(self, person: str, method: str, path: str, body: object = None, *, form: bool = False) -> Answer:
        """Send a request as a person (raw HTTP), nobody when empty."""
        headers = {"Authorization": f"Bearer {self._bearer(person)}"} if person else {}
        content = None
        if body is not None and form:
            content, headers["Content-Type"] = str(body).encode(), "application/x-www-form-urlencoded"
        elif body is not None:
            content, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        request = urllib.request.Request(self.url + path, content, headers, method=method)  # noqa: S310
        answer = _send(request)
        if answer.status == 401 and person and person in self._access:  # tokens live for five minutes
            del self._access[person]
            return self.call(person, method, path, body, form=form)
        return answer

    def sdk(self, person: str, *steps: str, **given: object) -> Answer:
        """Send a request as a person through the server's own SDK."""
        if self._sdk is None:
            driver = Path(__file__).with_name("sdk_driver.py")
            self._sdk = subprocess.Popen(
                [self.environment.python, "-P", driver], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
        assert self._sdk.stdin is not None
        assert self._sdk.stdout is not None
        self._sdk.stdin.write(json.dumps([self.url, self.tokens[person], steps, given]) + "\n")
        self._sdk.stdin.flush()
        return Answer(*json.loads(self._sdk.stdout.readline()))

    def project(
        self, function: str = "annotate", batch: str = "", cap: int = 2, book: str = BOOK, **settings: object
    ) -> int:
        """Make a project and open it in the policy."""
        title = f"{function} {next(self._numbers)}"
        given = {
            "title": title,
            "label_config": FORM,
            "maximum_annotations": cap,
            "show_skip_button": False,
            **settings,
        }
        made = self.call("p-m", "POST", "/api/projects/", given)
        assert made.is_accepted, made
        number = int(made.body["id"])
        self.open({number: Project(function, batch or f"b-{number}", book, cap)})
        return number

    def open(self, projects: Mapping[int, Project] | None = None, **changes: Any) -> None:
        """Change the policy."""
        self.policy = replace(self.policy, projects={**self.policy.projects, **(projects or {})}, **changes)
        if self.is_gated:
            policy.write(self.settings.policy, self.policy, gate=gate_digest())

    def void(self, project: int) -> None:
        """Void the batch of a project."""
        self.open(void_batches=(*self.policy.void_batches, self.policy.projects[project].batch))

    def task(self, project: int, text: str = TEXT, **more: object) -> int:
        """Put one task into a project."""
        before = {each["id"] for each in self._listed(project)}
        done = self.call("p-m", "POST", f"/api/projects/{project}/import", [{"data": {"text": text}, **more}])
        assert done.is_accepted, done
        (new,) = {each["id"] for each in self._listed(project)} - before
        return int(new)

    def tasks(self, project: int, count: int) -> list[int]:
        """Put many tasks into a project at once."""
        done = self.call("p-m", "POST", f"/api/projects/{project}/import", [{"data": {"text": TEXT}}] * count)
        assert done.is_accepted, done
        return sorted(each["id"] for each in self._listed(project))

    def user(self, person: str) -> int:
        """A person's number in the server."""
        if person not in self._ids:
            self._ids[person] = int(self.call(person, "GET", "/api/current-user/whoami").body["id"])
        return self._ids[person]

    def annotate(self, person: str, task: int, result: object = None, **more: object) -> Answer:
        """Submit an annotation as the browser does."""
        return self.call(person, "POST", f"/api/tasks/{task}/annotations/", {"result": result or SAFE, **more})

    def stored(self, project: int) -> list[dict[str, Any]]:
        """Everything people wrote in a project, as the server's own database has it: annotations and drafts."""
        rows = self.rows(
            "SELECT a.id, a.task_id, a.completed_by_id, a.result, a.was_cancelled, a.ground_truth, a.updated_by_id,"
            " a.last_created_by_id FROM task_completion a LEFT JOIN task t ON t.id = a.task_id"
            f" WHERE t.project_id = {project:d} ORDER BY a.id"
        )
        drafts = self.rows(
            "SELECT d.id, d.task_id, d.user_id, d.result, 'draft' AS kind FROM tasks_annotationdraft d"
            f" JOIN task t ON t.id = d.task_id WHERE t.project_id = {project:d} ORDER BY d.id"
        )
        return [*rows, *drafts]

    def rows(self, query: str) -> list[dict[str, Any]]:
        """Ask the database itself."""
        if self.settings.database_url:
            import psycopg
            from psycopg.rows import dict_row

            with psycopg.connect(self.settings.database_url.replace("+psycopg", ""), row_factory=dict_row) as database:
                return list(database.execute(query))
        import sqlite3

        path = self.settings.folder / "data" / "label_studio.sqlite3"
        with contextlib.closing(sqlite3.connect(path, timeout=60)) as database:
            database.row_factory = sqlite3.Row
            return [dict(each) for each in database.execute(query)]

    def stop(self) -> None:
        """End the server and what speaks to it."""
        if self._sdk is not None:
            self._sdk.communicate()
        launch.stop(self.settings.folder)

    def _bearer(self, person: str) -> str:
        if person not in self._access:
            content = json.dumps({"refresh": self.tokens[person]}).encode()
            headers = {"Content-Type": "application/json"}
            answer = _send(urllib.request.Request(self.url + "/api/token/refresh/", content, headers))  # noqa: S310
            assert answer.is_accepted, answer
            self._access[person] = answer.body["access"]
        return self._access[person]

    def _listed(self, project: int) -> list[dict[str, Any]]:
        return self.rows(f"SELECT id FROM task WHERE project_id = {project:d} ORDER BY id")


def choice(control: str, *values: str, kind: str = "choices", **more: object) -> dict[str, Any]:
    """One entry of a result."""
    return {
        "id": f"r-{control}",
        "from_name": control,
        "to_name": "text",
        "type": kind,
        "value": {kind: list(values)},
        **more,
    }


def span(start: int, end: int, text: str, label: str = "疑似") -> dict[str, Any]:
    """A selected stretch, in the browser's unit."""
    value = {"start": start, "end": end, "text": text, "labels": [label]}
    return {"id": f"s-{start}", "from_name": "span", "to_name": "text", "type": "labels", "value": value}


SAFE = [choice("verdict", "安全")]
REASON = choice("reason", kind="textarea") | {"value": {"text": ["引文出处不明"]}}
RISKY = [
    choice("verdict", "有风险"),
    choice("risk", kind="taxonomy") | {"value": {"taxonomy": [["A1", "A1a"]]}},
    REASON,
]


def prepare(
    environment: Environment, folder: Path, database_url: str = ""
) -> tuple[Settings, dict[str, str], dict[str, str]]:
    """Make a server's tables and accounts, without starting it."""
    settings = Settings(folder / "server", folder / "keys" / "gate.key", folder / "policy.json", 0, database_url)
    everybody = [*PEOPLE, STRANGER]
    browsers = ("p-a1", "p-a2", "p-r1", "p-late", "p-both")
    # One account has either; a person who is to use both ways in gets them one after the other.
    with_token = accounts.make(environment, settings, programs=everybody)
    with_password = accounts.make(environment, settings, people=browsers)
    tokens = {each.account.partition("@")[0]: each.token for each in with_token}
    return settings, tokens, {each.account.partition("@")[0]: each.password for each in with_password}


def begin(environment: Environment, settings: Settings, tokens: dict[str, str], passwords: dict[str, str]) -> Site:
    """Start the server with the gate."""
    running = launch.start(environment, settings, sys.stderr.write)
    people = {accounts.account_of(person): each for person, each in PEOPLE.items()}
    site = Site(running.url, settings, environment, is_gated=True, tokens=tokens, passwords=passwords)
    site.open(people=people, rule_books=BOOKS)
    return site


@contextlib.contextmanager
def unmodified(prepared: Settings, environment: Environment, site: Site, folder: Path) -> Iterator[Site]:
    """Run the same server as its makers ship it, on a copy of the same tables: no gate, their settings, their rules."""
    import hmac

    settings = replace(prepared, folder=folder / "server")
    data = settings.folder / "data"
    if not settings.database_url:
        shutil.copytree(prepared.folder / "data", data)
    data.mkdir(parents=True, exist_ok=True)
    secret = hmac.digest(bytes.fromhex(prepared.key.read_text()), b"yuliao/annotation/sessions", "sha256").hex()
    (data / ".env").write_text(f"SECRET_KEY={secret}\n")
    port = launch._free(0)
    told = variables.variables(settings, gate="", instance="", port=port) | {"DJANGO_SETTINGS_MODULE": UNMODIFIED}
    with (settings.folder / "server.log").open("wb") as log:
        process = launch.spawn(environment, told, log.fileno())
    url = f"http://{variables.HOST}:{port}"
    try:
        _until(lambda: _send(urllib.request.Request(url + "/health/")).status == 200)  # noqa: S310
        yield Site(url, settings, environment, is_gated=False, tokens=site.tokens, passwords=site.passwords)
    finally:
        launch.end_process(process)


def _until(is_so: Callable[[], bool], seconds: float = 90) -> None:
    import time

    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "the server did not come up"
        time.sleep(0.2)


def _send(request: urllib.request.Request) -> Answer:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=120) as reply:
            return Answer(reply.status, _json(reply.read()))
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, _json(error.read()))
    except urllib.error.URLError:
        return Answer(0, None)


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return content.decode(errors="replace")[:500] or None
