"""Annotation servers that one suite of tests looks at: the fake one, and real ones behind the client."""

import contextlib
import json
from collections.abc import Sequence
from typing import Any, Protocol

from annotation.labelstudio.client import LabelStudioServer
from annotation.port import AnnotationServer, Entry, ProjectDraft, TaskDraft
from annotation.server.policy import Project
from tests.fakes.annotation_server import FakeAnnotationServer
from tests.fakes.plain_form import PlainForm
from tests.fakes.site import BOOK, FORM, RAW, Site


class World(Protocol):
    """A server with people at it."""

    server: AnnotationServer

    def open(self, draft: ProjectDraft, book: str = BOOK) -> int:
        """Make a project under a rule book and let people in."""
        ...

    def show(self, project: int, key: str, person: str) -> None:
        """Let a person open a task."""
        ...

    def answer(self, project: int, key: str, person: str, entries: Sequence[Entry]) -> int:
        """Let a person answer, or change the answer; return its number."""
        ...

    def answer_behind(self, project: int, annotation: int, person: str) -> int:
        """Write another person's copy of an annotation into the database itself; return its number."""
        ...

    def hints(self, project: int) -> list[list[dict[str, Any]]]:
        """Return the stored hints of a project, a list for each task that has some."""
        ...

    def delete_project(self, project: int) -> None:
        """Delete a project by hand."""
        ...


class FakeWorld:
    """The fake server."""

    def __init__(self, *, is_gated: bool = True) -> None:
        self.server = FakeAnnotationServer(is_gated=is_gated)
        self._told: set[int] = set()

    def open(self, draft: ProjectDraft, book: str = BOOK) -> int:
        """Make a project."""
        number = self.server.make_project(draft)
        self._told = {*self._told, number} if book == RAW else self._told
        return number

    def show(self, project: int, key: str, person: str) -> None:
        """Show a task."""
        if project in self._told:
            self.server.show(project, key, person)

    def answer(self, project: int, key: str, person: str, entries: Sequence[Entry]) -> int:
        """Let a person answer."""
        return self.server.answer(project, key, person, entries)

    def answer_behind(self, project: int, annotation: int, person: str) -> int:
        """Write past the gate."""
        key = self.server.key_of(annotation)
        return self.server.answer_behind(project, key, person, [Entry("verdict", ("安全",))])

    def hints(self, project: int) -> list[list[dict[str, Any]]]:
        """Return the hints."""
        every = [self.server.hints(project, key) for key in self.server.tasks(project)]
        return [each for each in every if each]

    def delete_project(self, project: int) -> None:
        """Delete a project."""
        self.server.delete_project(project)


class RealWorld:
    """A real server behind the client.

    Args:
        site: The server.
        url: Another address of it, through a proxy.
        timeout: Seconds that the client waits.
    """

    def __init__(self, site: Site, url: str = "", timeout: float = 60) -> None:
        self.site = site
        self.server = LabelStudioServer(url or site.url, site.tokens["p-m"], timeout=timeout)

    def open(self, draft: ProjectDraft, book: str = BOOK) -> int:
        """Make a project, and open it in the policy."""
        number = self.server.make_project(draft)
        self.site.open({number: Project("annotate", draft.key, book, draft.overlap)})
        return number

    def show(self, project: int, key: str, person: str) -> None:
        """Let a person open a task over HTTP."""
        assert self.site.call(person, "GET", f"/api/tasks/{self.server.tasks(project)[key]}/").is_accepted

    def answer(self, project: int, key: str, person: str, entries: Sequence[Entry]) -> int:
        """Let a person answer over HTTP, after the task was shown."""
        task = self.server.tasks(project)[key]
        shown = self.site.call(person, "GET", f"/api/tasks/{task}/").body
        result = PlainForm(FORM).to_results(entries, shown["data"]["text"])
        me = self.site.user(person)
        mine = [each["id"] for each in shown["annotations"] if _user(each["completed_by"]) == me]
        if mine:
            done = self.site.call(person, "PATCH", f"/api/annotations/{mine[0]}/", {"result": result})
        else:
            done = self.site.annotate(person, task, result)
        assert done.is_accepted, done
        return int(done.body["id"])

    def answer_behind(self, project: int, annotation: int, person: str) -> int:
        """Copy a row of the table."""
        assert project
        row = self.site.rows(f"SELECT * FROM task_completion WHERE id = {annotation:d}")[0]
        row |= {"id": annotation + 100_000, "completed_by_id": self.site.user(person), "unique_id": None}
        self._insert("task_completion", row)
        return int(row["id"])

    def hints(self, project: int) -> list[list[dict[str, Any]]]:
        """Return the hints as the database has them."""
        rows = self.site.rows(f"SELECT result FROM prediction WHERE project_id = {project:d} ORDER BY task_id")
        return [each["result"] if isinstance(each["result"], list) else json.loads(each["result"]) for each in rows]

    def delete_project(self, project: int) -> None:
        """Delete a project as the platform's account could by hand."""
        assert self.site.call("p-m", "DELETE", f"/api/projects/{project}/").is_accepted

    def _insert(self, table: str, row: dict[str, Any]) -> None:
        names = ", ".join(row)
        url = self.site.settings.database_url
        if url:
            import psycopg
            from psycopg.types.json import Jsonb

            values = [Jsonb(each) if isinstance(each, list | dict) else each for each in row.values()]
            holes = ", ".join(["%s"] * len(row))
            with psycopg.connect(url.replace("+psycopg", "")) as database:
                database.execute(f"INSERT INTO {table} ({names}) VALUES ({holes})", values)
            return
        import sqlite3

        path = self.site.settings.folder / "data" / "label_studio.sqlite3"
        with contextlib.closing(sqlite3.connect(path, timeout=60)) as database, database:
            database.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


def drafts(count: int, hints: Sequence[Entry] = (), start: int = 0) -> list[TaskDraft]:
    """Return tasks, each with the same hints."""
    text = "山川异域，风月同天。寄诸佛子，共结来缘。😀尾声。"
    return [TaskDraft(f"{number:032x}", text, hints=tuple(hints)) for number in range(start, start + count)]


def _user(author: Any) -> int:
    return int(author["id"] if isinstance(author, dict) else author)
