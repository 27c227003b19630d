"""What the gate refuses on the real server, and that the same server without it accepts the same request."""

import hashlib
import json
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotation.server.environment import gate_digest
from annotation.server.strength import ask
from annotation.server.variables import variables
from tests.fakes.attempts import ATTEMPTS, Attempt
from tests.fakes.site import CROWD, RISKY, SAFE, TEXT, Site, choice, span

pytestmark = [pytest.mark.contract, pytest.mark.needs("label-studio")]


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=str)
def test_what_breaks_a_rule_is_refused_before_it_is_stored(attempt: Attempt, gated: Site, plain: Site) -> None:
    """The unmodified server does it; with the gate nothing of it is stored, and the person reads why in Chinese."""
    project, act = attempt.act(plain)
    before = plain.stored(project)
    assert act().is_accepted, "an unmodified server refuses this by itself, so it proves nothing"
    assert plain.stored(project) != before
    project, act = attempt.act(gated)
    before, chained = gated.stored(project), _chain(gated)
    answer = act()
    assert 400 <= answer.status < 500, answer
    assert any("\u4e00" <= character <= "\u9fff" for character in _detail(answer.body))
    assert gated.stored(project) == before
    assert _chain(gated) == chained


def test_a_refusal_names_a_control_as_the_form_does(gated: Site) -> None:
    """The person reads the heading that stands on the form, not the control's name inside."""
    task = gated.task(gated.project(book="strict-1"))
    short = [*RISKY[:2], RISKY[2] | {"value": {"text": ["不妥"]}}]
    assert "“理由”不少于 6 个字" in _detail(gated.annotate("p-a1", task, short).body)
    assert gated.annotate("p-a1", task, RISKY).is_accepted


def test_there_are_enough_attempts() -> None:
    """AR-1 to AR-5 and AR-9 are tried at least sixty times, each by several ways."""
    counted = Counter(each.rule for each in ATTEMPTS)
    ways = {rule: {each.way for each in ATTEMPTS if each.rule == rule} for rule in counted}
    rules = ("AR-1", "AR-2", "AR-3", "AR-4", "AR-5", "AR-9")
    assert sum(counted[rule] for rule in rules) >= 60
    assert all(len(ways[rule]) >= 5 for rule in rules)


def test_honest_work_passes(any_site: Site) -> None:
    """Who is qualified annotates, corrects, and keeps a draft, and another one reviews."""
    project = any_site.project("annotate", "honest")
    task = any_site.task(project)
    drafted = any_site.call("p-a1", "POST", f"/api/tasks/{task}/drafts", {"result": SAFE})
    assert drafted.is_accepted, drafted
    work = [*RISKY, span(0, 2, "山川"), span(21, 23, "尾声")]
    made = any_site.annotate("p-a1", task, work, lead_time=4.5, draft_id=drafted.body["id"])
    assert made.is_accepted, made
    changed = any_site.call("p-a1", "PATCH", f"/api/annotations/{made.body['id']}/", {"result": SAFE})
    assert changed.is_accepted, changed
    review = any_site.project("review", "honest")
    assert any_site.annotate("p-r1", any_site.task(review, meta={"source_annotators": ["p-a1"]})).is_accepted
    kinds = [each["kind"] for each in _rows(any_site) if each["project"] in (project, review)]
    assert kinds == ["created", "updated", "created"]


def test_the_outbox_is_a_chain_without_text(any_site: Site) -> None:
    """Every row hashes to its digest and follows the one before; labels and offsets are told, texts are not."""
    project = any_site.project()
    task = any_site.task(project)
    assert any_site.annotate("p-a1", task, [*RISKY, span(0, 2, "山川")]).is_accepted
    links = any_site.call("p-m", "GET", "/yuliao/outbox/").body["rows"]
    previous = "0" * 64
    for number, link in enumerate(links, 1):
        body = json.loads(link["body"])
        assert (link["seq"], body["seq"], body["previous"]) == (number, number, previous)
        previous = hashlib.sha256(link["body"].encode()).hexdigest()
        assert previous == link["digest"]
    last = json.loads(links[-1]["body"])
    assert (last["person"], last["task"], last["rule_book"]) == ("p-a1", task, "safety-1")
    assert {"start": 0, "end": 2, "labels": ["疑似"]}.items() <= last["result"][-1].items()
    told = json.dumps(links, ensure_ascii=False)
    assert not any(word in told for word in ("山川", "风月", "尾声", "引文出处", "@annotate"))


def test_the_outbox_cannot_be_changed(any_site: Site) -> None:
    """The database itself refuses to change or delete a row of the chain."""
    assert any_site.annotate("p-a1", any_site.task(any_site.project())).is_accepted
    for statement in ("UPDATE yuliao_gate_outbox SET digest = 'x'", "DELETE FROM yuliao_gate_outbox"):
        with pytest.raises(Exception, match="append-only"):
            any_site.rows(statement)


def test_two_hundred_at_once_never_exceed_the_cap(any_site: Site) -> None:
    """Of two hundred submissions at the same moment each item takes as many as it may, and no person twice."""
    cap, crowd = 2, CROWD
    project = any_site.project(cap=cap)
    tasks = any_site.tasks(project, 10)
    for person in crowd:
        any_site.user(person)
    with ThreadPoolExecutor(len(crowd)) as pool:
        every = [(person, task) for task in tasks for person in crowd]
        answers = list(pool.map(lambda each: any_site.annotate(*each).status, every))
    assert len(answers) == 200
    assert set(answers) == {201, 409}
    stored = any_site.stored(project)
    assert Counter(each["task_id"] for each in stored) == dict.fromkeys(tasks, cap)
    assert len({(each["task_id"], each["completed_by_id"]) for each in stored}) == len(stored)
    assert Counter(answers)[201] == len(stored)
    told = [each for each in _rows(any_site) if each["project"] == project]
    assert {each["annotation"] for each in told} == {each["id"] for each in stored}


def test_two_functions_at_once_leave_one(any_site: Site) -> None:
    """Who annotates and reviews in one batch at the same moment gets one of the two."""
    batch = "at-once"
    projects = [any_site.project(function, batch) for function in ("annotate", "review")]
    tasks = [any_site.tasks(project, 5) for project in projects]
    any_site.user("p-both")
    with ThreadPoolExecutor(10) as pool:
        answers = list(
            pool.map(lambda task: any_site.annotate("p-both", task).status, sum(zip(*tasks, strict=True), ()))
        )
    written = [len(any_site.stored(project)) for project in projects]
    assert sorted(written) == [0, 5]
    assert Counter(answers) == {201: 5, 403: 5}


def test_double_labelling_is_blind(gated: Site, plain: Site) -> None:
    """A colleague's work is shown nowhere, filtered by nowhere; the unmodified server shows it."""
    seen = []
    for site in (plain, gated):
        project = site.project()
        task = site.task(project, meta={"is_gold": True})
        made = site.annotate("p-a1", task, RISKY)
        assert made.is_accepted
        asked = {"filters": {"conjunction": "and", "items": [_filter("annotations_results", "A1a")]}}
        answers = [
            site.call("p-a2", "GET", path)
            for path in (
                f"/api/tasks/{task}/",
                f"/api/tasks/?project={project}&fields=all",
                f"/api/tasks/{task}/annotations/",
                f"/api/annotations/{made.body['id']}/",
                f"/api/projects/{project}/export?exportType=JSON",
                f"/api/tasks/?project={project}&query={_quoted(asked)}",
                f"/api/projects/{project}/next/",
            )
        ]
        seen.append(["A1a" in _without_form(each.body) for each in answers])
        assert ("is_gold" in json.dumps([each.body for each in answers])) is (site is plain)
    assert seen[0][:5] == [True] * 5
    assert not any(seen[1])


def test_a_filter_is_no_way_to_read_a_colleague(gated: Site) -> None:
    """Neither list nor stream tells by what it leaves out what others wrote, wherever the filter stands."""
    project = gated.project()
    task = gated.task(project)
    assert gated.annotate("p-a1", task, RISKY).is_accepted
    peek = {"filters": {"conjunction": "and", "items": [_filter("annotations_results", "A1a")]}}
    stream = f"/api/dm/actions/?id=next_task&project={project}"
    for sent in (peek, {**peek, "result": []}, {"ordering": ["-tasks:annotations_results"]}):
        assert gated.call("p-a2", "POST", stream, sent).status == 403
    for asked in (peek, {"ordering": ["tasks:avg_lead_time"]}):
        assert gated.call("p-a2", "GET", f"/api/tasks/?project={project}&query={_quoted(asked)}").status == 403
    honest = {"filters": {"conjunction": "and", "items": [_filter("data.text", "山川")]}, "ordering": ["-tasks:id"]}
    assert gated.call("p-a2", "POST", stream, honest).body["id"] == task
    listed = gated.call("p-a2", "GET", f"/api/tasks/?project={project}&query={_quoted(honest)}")
    assert [each["id"] for each in listed.body["tasks"]] == [task]


def test_other_projects_are_not_listed(gated: Site) -> None:
    """A person sees the projects open to the own function, and no saved tab or column of others' work."""
    mine, other = gated.project(), gated.project("review")
    listed = {each["id"] for each in gated.call("p-a1", "GET", "/api/projects/?page_size=1000").body["results"]}
    assert mine in listed
    assert other not in listed
    columns = gated.call("p-a1", "GET", f"/api/dm/columns/?project={mine}").body["columns"]
    assert not any("annotat" in each["id"] or "ground" in each["id"] for each in columns)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/users/", {"email": "x@example.org", "username": "x"}),
        ("POST", "/api/jwt/settings", {"api_tokens_enabled": True, "legacy_api_tokens_enabled": True}),
        ("POST", "/api/webhooks/", {"url": "https://example.org/"}),
        ("GET", "/api/projects/{project}/export?exportType=JSON", None),
        ("PATCH", "/api/projects/{project}/", {"maximum_annotations": 9}),
        ("DELETE", "/api/projects/{project}/", None),
        ("PATCH", "/api/tasks/{task}/", {"data": {"text": "换了"}}),
        ("GET", "/api/tasks/{task}/agreement/", None),
        ("GET", "/api/invite", None),
        ("GET", "/yuliao/outbox/", None),
        ("GET", "/admin/", None),
        ("GET", "/api/fsm/entities/task/{task}/history", None),
        ("GET", "/api/predictions/", None),
        ("GET", "/docs/api/schema/json/", None),
        ("GET", "/user/signup/", None),
    ],
)
def test_what_is_no_part_of_the_work_is_closed(gated: Site, method: str, path: str, body: object) -> None:
    """People at work administer nothing, export nothing, and see no more than they need."""
    project = gated.project()
    path = path.format(project=project, task=gated.task(project))
    assert gated.call("p-a1", method, path, body).status in (403, 404), path


def test_a_broken_policy_opens_nothing(gated: Site) -> None:
    """Without a policy, with a torn one, or with one for another gate, even the platform's own account is refused."""
    project = gated.project()
    task = gated.task(project)
    good = gated.settings.policy.read_bytes()
    tree = json.loads(good)
    try:
        for bad in (b"", good[:-20], json.dumps(tree | {"gate": "0" * 64}), json.dumps(tree | {"extra": 1})):
            gated.settings.policy.write_bytes(bad if isinstance(bad, bytes) else bad.encode())
            assert gated.annotate("p-a1", task).status == 503
            assert gated.call("p-m", "GET", "/api/projects/").status == 503
        gated.settings.policy.unlink()
        assert gated.annotate("p-a1", task).status == 503
    finally:
        gated.settings.policy.write_bytes(good)
    assert gated.annotate("p-a1", task).is_accepted


def test_a_hint_that_does_not_fit_is_refused(gated: Site) -> None:
    """Predictions pass by the form too: by import, by call, and by change."""
    project = gated.project()
    wrong: list[list[dict[str, Any]]] = [[choice("nobody", "安全")], [choice("verdict", "也许")], [span(1, 3, "山川")]]
    task = gated.task(project)
    for result in wrong:
        loaded = [{"data": {"text": TEXT}, "predictions": [{"result": result, "model_version": "h"}]}]
        assert gated.call("p-m", "POST", f"/api/projects/{project}/import", loaded).status == 400
        single = {"task": task, "result": result, "model_version": "h", "project": project}
        assert gated.call("p-m", "POST", "/api/predictions/", single).status == 400
    assert gated.rows(f"SELECT id FROM prediction WHERE project_id = {project}") == []
    gated.task(project, predictions=[{"result": [*SAFE, span(0, 2, "山川")], "model_version": "h"}])
    assert len(gated.rows(f"SELECT id FROM prediction WHERE project_id = {project}")) == 1


def test_the_wait_is_said_in_seconds(gated: Site) -> None:
    """Too early a submission is told how long to wait, by the server's clock, and the claimed time is capped by it."""
    project = gated.project(book="slow-1")
    task = gated.task(project)
    assert gated.call("p-a1", "GET", f"/api/projects/{project}/next/").body["id"] == task
    refused = gated.annotate("p-a1", task)
    assert "请至少再看 59" in _detail(refused.body) or "请至少再看 600" in _detail(refused.body)
    quick = gated.project()
    task = gated.task(quick)
    gated.call("p-a1", "GET", f"/api/tasks/{task}/")
    assert gated.annotate("p-a1", task, lead_time=5000).body["lead_time"] < 60


def test_the_platform_may_delete_tasks_and_the_chain_tells(gated: Site) -> None:
    """At a batch's end its texts are deleted; that annotations went with them stands in the outbox."""
    project = gated.project()
    task = gated.task(project)
    made = gated.annotate("p-a1", task)
    assert gated.call("p-m", "DELETE", f"/api/tasks/{task}/").is_accepted
    last = _rows(gated)[-1]
    assert (last["kind"], last["annotation"], last["task"], last["person"]) == ("deleted", made.body["id"], task, "p-m")


def test_nobody_is_a_superuser(gated: Site) -> None:
    """Accounts are made by the platform, without rights over the server, and without a name or a mailbox."""
    users = gated.rows("SELECT email, is_superuser, is_staff, first_name, last_name FROM htx_user")
    assert len(users) > len(CROWD)
    assert not any(each["is_superuser"] or each["is_staff"] for each in users)
    assert all(each["email"].endswith("@annotate.invalid") for each in users)
    assert not any(each["first_name"] or each["last_name"] for each in users)


def test_a_server_says_how_strongly_it_enforces(gated: Site, plain: Site) -> None:
    """A team's own server without the gate is found out, and the weaker mode stated."""
    strong, weak = (ask(site.url, expected=gate_digest()) for site in (gated, plain))
    assert (strong.is_up, strong.is_enforced) == (True, True)
    assert (weak.is_up, weak.is_enforced) == (True, False)
    assert "事后核查" in weak.statement_zh


def test_a_changed_gate_does_not_start(gated: Site, tmp_path: Path) -> None:
    """The gate counts itself before anything is served; what is not what the platform copied, ends."""
    settings = replace(gated.settings, folder=tmp_path, database_url="")
    told = variables(settings, gate="0" * 64, instance="x", port=1)
    command = [gated.environment.python, "-P", "-m", "yuliao_gate.serve"]
    done = subprocess.run(command, env=told, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode != 0
    assert "The gate is not the one that the platform installed" in done.stderr


def test_the_list_of_what_is_open_names_real_calls(gated: Site, tmp_path: Path) -> None:
    """Each name on the list is a call of this very server; an upgrade that renames one fails here, not in silence."""
    settings = replace(gated.settings, folder=tmp_path, database_url="")
    told = variables(settings, gate=gate_digest(), instance="x", port=1)
    command = [gated.environment.python, "-P", "-c", _NAMES]
    done = subprocess.run(command, env=told, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120)
    assert json.loads(done.stdout.splitlines()[-1]) == []


_NAMES = """
import json
from yuliao_gate import serve
serve.load()
from django.urls import get_resolver
from yuliao_gate import blind, views, visit

def calls(patterns):
    for each in patterns:
        if hasattr(each, "url_patterns"):
            yield from calls(each.url_patterns)
        else:
            made_of = getattr(each.callback, "cls", None) or getattr(each.callback, "view_class", None)
            yield visit.name_of(made_of) if made_of else ""

there = set(calls(get_resolver().url_patterns))
named = {*views.WORK, *views.BY_ACTION, *views.ANYBODY, *blind._CUTS}
print(json.dumps(sorted(named - there)))
"""


def _detail(body: Any) -> str:
    if not isinstance(body, dict):
        return json.dumps(body, ensure_ascii=False)
    return json.dumps([body.get("detail"), body.get("validation_errors")], ensure_ascii=False)


def _rows(site: Site) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    while page := site.call("p-m", "GET", f"/yuliao/outbox/?since={len(rows)}").body["rows"]:
        rows += [json.loads(each["body"]) for each in page]
    return rows


def _chain(site: Site) -> object:
    return site.rows("SELECT count(*) AS links FROM yuliao_gate_outbox")


def _filter(column: str, value: str) -> dict[str, str]:
    return {"filter": f"filter:tasks:{column}", "operator": "contains", "type": "String", "value": value}


def _quoted(tree: object) -> str:
    from urllib.parse import quote

    return quote(json.dumps(tree))


def _without_form(body: Any) -> str:
    """The answer as text, but for the form, which names every label there is."""
    if isinstance(body, dict):
        body = {key: value for key, value in body.items() if key not in ("label_config", "parsed_label_config")}
    return json.dumps(body, ensure_ascii=False)
