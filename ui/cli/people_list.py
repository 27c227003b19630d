"""The list of people and companies (标注人员名单): what is done, how often right, until when they may."""

from collections.abc import Mapping
from dataclasses import asdict

import typer

from ui.cli.shared import JSON, print_json, print_table, state, tell
from ui.services import people, people_views
from ui.services.people_views import CompanyView, Listing, PersonView


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("list")(_list)


def _list(
    context: typer.Context,
    with_names: bool = typer.Option(False, "--names", help="With names; keep the output to yourself."),
    as_json: bool = JSON,
) -> None:
    """List people and companies: progress, accuracy, expiry.

    Progress is as of the latest `yuliao annotate collect`; --json has every figure.
    """
    house = state(context).house
    found = people_views.listing(house)
    names = people.names_of(house) if with_names else {}
    if as_json:
        print_json(
            {
                "people": [_named(asdict(each), each.person, names) for each in found.people],
                "companies": [_named(asdict(each), each.company, names) for each in found.companies],
                "due": [asdict(each) for each in found.due],
            }
        )
        return
    _print_people(found, names, with_names)
    _print_progress(found)
    _print_companies(found, names)
    for due in found.due:
        tell(f"{due.person}: the qualification for {due.rule_book} ({due.state}) holds until {due.last_day}.")


def _print_people(found: Listing, names: Mapping[str, str], with_names: bool) -> None:
    """Print each person's state, and below it the qualifications; accuracy on gold items is a fraction."""
    heads = ("person", "company", "functions", "exam", "gold", "needs", "next exam")
    print_table((*heads, *(("name",) if with_names else ())), [_row(each, names, with_names) for each in found.people])
    held = [(each.person, one) for each in found.people for one in each.qualifications]
    if held:
        typer.echo("")
        print_table(
            ("person", "qualified for", "state", "last day", "days left"),
            [(person, one.rule_book, one.state, one.last_day, one.days_left) for person, one in held],
        )


def _print_progress(found: Listing) -> None:
    """Print what was done in open batches, as of their latest collection."""
    done = [(each.person, part) for each in found.people for part in each.progress]
    if done:
        typer.echo("")
        print_table(
            ("person", "open batch", "function", "done", "by all", "of", "deadline"),
            [
                (
                    person,
                    *(part.batch, part.function, part.done, part.together),
                    "-" if part.asked is None else part.asked,
                    part.deadline,
                )
                for person, part in done
            ],
        )


def _print_companies(found: Listing, names: Mapping[str, str]) -> None:
    """Print each company's people together, the internal ones first."""
    typer.echo("")
    print_table(
        ("company", "people", "qualified", "suspended", "expired", "done", "gold", "expires"),
        [
            (
                names.get(each.company, each.company) or "internal",
                *(each.people, each.qualified, each.suspended, each.expired, each.done),
                _gold(each, has_worked=bool(each.batches_open + each.batches_ended)),
                each.expires or "-",
            )
            for each in found.companies
        ],
    )


def _row(each: PersonView, names: Mapping[str, str], with_names: bool) -> tuple[object, ...]:
    row = (
        each.person if each.is_active else f"{each.person} (inactive)",
        each.company or each.employment or "not recorded",
        ", ".join(each.functions) or "-",
        _percent(each.exam_millionths),
        _gold(each, has_worked="annotate" in each.functions and each.batches > 0),
        each.next or "-",
        " ".join(filter(None, (each.exam, each.exam_due))) or "-",
    )
    return (*row, names.get(each.person, "-")) if with_names else row


def _named(row: dict[str, object], key: str, names: Mapping[str, str]) -> dict[str, object]:
    return {**row, "name": names.get(key, "")} if names else row


def _gold(each: PersonView | CompanyView, *, has_worked: bool) -> str:
    """Return the accuracy on gold items; nobody who answered none has one."""
    if not each.gold_asked:
        return "not estimable" if has_worked else "-"
    return f"{each.gold_right}/{each.gold_asked} {_percent(each.gold_millionths)}"


def _percent(millionths: int | None) -> str:
    return "-" if millionths is None else f"{millionths / 10_000:.1f}%"
