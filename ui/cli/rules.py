"""Commands of the rules: the keyword library, lists of what is kept out, rule books, and the clause matrix."""

from pathlib import Path

import typer

from provenance.errors import ExitCode
from ui.cli.shared import JSON, PATH, print_json, print_table, state, tell
from ui.services import lexicons, lists, reading, rule_books, verdicts

_rules = typer.Typer(help="Rules and the keyword library (关键词库).", no_args_is_help=True)
_clause = typer.Typer(help="The clause matrix (条款对照).", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_rules, name="rules")
    app.add_typer(_clause, name="clause")


@_rules.command("import-keywords")
def _import(context: typer.Context, file: Path = PATH) -> None:
    """Import a keyword library (CSV), which then screens.

    Its columns are keyword and risk.
    """
    house = state(context).house
    released = lexicons.import_keywords(house, file)
    tell(f"{released.keywords} keywords over {len(released.by_risk)} risks now screen; sha256:{released.digest}")
    tell("Files taken in before are screened anew by running their `yuliao ingest` again.")


@_rules.command("import-list")
def _import_list(
    context: typer.Context,
    name: str = typer.Argument(..., help="blocked (ordered to be blocked) or refused (its owner said no)."),
    file: Path = PATH,
) -> None:
    """Import a list of what must not be taken in (CSV).

    Its columns are kind (host, url; refused also user and person) and value.
    """
    released = lists.import_list(state(context).house, name, file)
    tell(f"{released.entries} entries of the list {name} now keep items out; sha256:{released.digest}")
    tell("Files taken in before are held against it by running their `yuliao ingest` again.")


@_rules.command("coverage")
def _coverage(context: typer.Context, as_json: bool = JSON) -> None:
    """Compare the keyword library with what the standards ask."""
    rows = lexicons.coverage(state(context).house)
    if as_json:
        print_json(rows)
    else:
        print_table(
            ("risk", "keywords", "minimum", ""), [(r["risk"], r["keywords"], r["minimum"], r["state"]) for r in rows]
        )


@_rules.command("check")
def _check(context: typer.Context, as_json: bool = JSON) -> None:
    """Load every rule; say what each rule book (标注规则) lacks."""
    house = state(context).house
    counts = {
        "edition": house.catalog.edition,
        "clauses": len(house.catalog.clauses),
        "risks": len(house.catalog.risks),
    }
    found = rule_books.completeness(house)
    if as_json:
        print_json({**counts, "rule_books": found})
    else:
        print_table(("rules", ""), list(counts.items()))
        rows = [
            (b["book"], b["parts"], ", ".join(b["stages"]), b["risks"], len(b["lacking"]), b["state"]) for b in found
        ]
        print_table(("rule book", "parts", "stages", "risks", "lacking", "state"), rows)
        for book in found:
            for gap in book["lacking"]:
                tell(f"{book['book']}: {gap}")
    if any(book["lacking"] for book in found):
        raise typer.Exit(ExitCode.FINDINGS)


@_rules.command("export")
def _export(context: typer.Context, folder: Path = PATH) -> None:
    """Write forms, handbooks and filing annex 3 (语料标注规则)."""
    made = rule_books.export(state(context).house, folder)
    tell(f"{len(made)} files are written: {', '.join(made)}")


@_rules.command("approve")
def _approve(
    context: typer.Context,
    book: str = typer.Argument(..., help="Id of the rule book, or id and version as in safety@1."),
) -> None:
    """Release a rule book (标注规则).

    The person at work approves it, and may not be the one who wrote it.
    """
    released = rule_books.approve(state(context).house, book)
    tell(f"{book.partition('@')[0]}@{released.version} is released; sha256:{released.digest}")
    if released.lapses and released.version > 1:
        tell("Qualifications for its earlier versions have ended.")


@_clause.command("list")
def _list(
    context: typer.Context,
    english: bool = typer.Option(False, "--en", help="In English."),
    as_json: bool = JSON,
) -> None:
    """Print the clause matrix with its four verdicts."""
    rows = reading.clause_rows_of(state(context).house)
    if as_json:
        print_json([reading.plain(row) for row in rows])
    else:
        print_table(*reading.clause_table(rows, "en" if english else "zh"))


@_clause.command("set")
def _set(
    context: typer.Context,
    clause: str,
    verdict: str = typer.Option(..., "--verdict", help="符合, 不符合 or 不适用 (conforms, fails, n/a)."),
    reason: str = typer.Option("", "--reason", help="Compulsory for 不符合 and 不适用."),
    evidence: list[str] = typer.Option(  # noqa: B008
        [], "--evidence", help="FILE or KIND=FILE of proof; compulsory for 符合."
    ),
    measure: str = typer.Option("", "--measure", help="Equivalent measure or plan; compulsory for 不符合."),
    owner: str = typer.Option("", "--owner", help="Person id of who is responsible for the measure."),
    due: str = typer.Option("", "--due", help="Date by which the measure is done, YYYY-MM-DD."),
) -> None:
    """Confirm a verdict on a clause, as the person at work."""
    house = state(context).house
    verdicts.confirm(
        house, clause, verdict=verdict, reason=reason, evidence=evidence, measure=measure, owner=owner, due=due
    )
    tell(f"{clause} is recorded.")
