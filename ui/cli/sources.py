"""Commands of the source register (来源台账)."""

from pathlib import Path

import typer

from corpus import sources as register
from provenance.errors import ExitCode
from rules.source_kinds import template
from ui.bootstrap import holds_personal_information
from ui.cli.shared import JSON, PATH, REASON, print_json, print_table, state, tell
from ui.services import reading

_source = typer.Typer(help="The source register (来源台账).", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_source, name="source")


@_source.command("template")
def _template(kind: str = typer.Argument(..., help="Kind of source, for example open_source.")) -> None:
    """Print a commented declaration to fill in."""
    typer.echo(template(kind), nl=False)


@_source.command("add")
def _add(context: typer.Context, declaration: Path = PATH) -> None:
    """Register a source by its declaration and evidence files."""
    house = state(context).house
    done = register.register(house.workspace, declaration, actor=house.actor, scan=holds_personal_information)
    source = done.source.id
    if not done.is_changed and not done.attached:
        tell(f"{source} is registered already, exactly so; nothing was recorded.")
        return
    tell(f"{source} is registered. Evidence attached: {', '.join(done.attached) or 'none'}.")
    tell(f"Next: yuliao source admit {source} --reason REASON")


@_source.command("list")
def _list(context: typer.Context, as_json: bool = JSON) -> None:
    """List all sources with their state."""
    views = reading.sources_of(state(context).house)
    if as_json:
        print_json([reading.plain(view) for view in views])
        return
    print_table(
        ("source", "state", "kind", "region", "taken in", "admitted", "missing"),
        [
            (
                v.id,
                v.state,
                v.facts.source_kind,
                v.facts.region,
                v.facts.items.taken_in,
                v.facts.items.admitted,
                len(v.missing),
            )
            for v in views
        ],
    )


@_source.command("show")
def _show(context: typer.Context, source: str, as_json: bool = JSON) -> None:
    """Show a source: its state, papers, and what is missing."""
    house = state(context).house
    register.require_declared(house.workspace.ledger, source)
    view = next(view for view in reading.sources_of(house) if view.id == source)
    if as_json:
        print_json(reading.plain(view))
        return
    facts = view.facts
    print_table(
        ("field", "value"),
        [
            ("source", view.id),
            ("name", facts.name),
            ("state", view.state),
            ("kind", facts.source_kind),
            ("class", facts.source_class),
            ("region", facts.region),
            ("licence", facts.licence or facts.legal_basis or "-"),
            ("item unit", facts.item_unit),
            ("taken in", facts.items.taken_in),
        ],
    )
    for paper in facts.evidence:
        typer.echo(f"evidence  {paper.kind}  sha256:{paper.digest}  {paper.size} bytes")
    for lack in view.missing:
        typer.echo(f"missing   {lack.zh} / {lack.en}\n          {lack.command}")


@_source.command("evidence")
def _evidence(context: typer.Context, source: str, kind: str, file: Path = PATH) -> None:
    """Attach a licence, contract, consent table, robots.txt."""
    house = state(context).house
    register.attach(house.workspace, source, kind, file, actor=house.actor, scan=holds_personal_information)
    tell(f"{kind} is attached to {source}.")


@_source.command("admit")
def _admit(context: typer.Context, source: str, reason: str = REASON) -> None:
    """Admit a source if its papers are complete, else refuse it.

    What is missing is listed with the command that supplies it.
    """
    house = state(context).house
    decision = register.admit(
        house.workspace,
        source,
        reason=reason,
        actor=house.actor,
        scan=holds_personal_information,
        profile=house.profile.pi_profile,
    )
    if not decision.missing:
        tell(f"{source} is admitted.")
        return
    tell(f"{source} is refused; {len(decision.missing)} paper(s) are missing:")
    for lack in decision.missing:
        tell(f"- {lack.zh} / {lack.en}\n  {lack.command}")
    raise typer.Exit(ExitCode.FINDINGS)


@_source.command("refuse")
def _refuse(context: typer.Context, source: str, reason: str = REASON) -> None:
    """Refuse a source: nothing more of it is taken in."""
    house = state(context).house
    register.refuse(house.workspace, source, reason=reason, actor=house.actor, scan=holds_personal_information)
    tell(f"{source} is refused.")


@_source.command("suspend")
def _suspend(context: typer.Context, source: str, reason: str = REASON) -> None:
    """Suspend an admitted source until it is admitted again."""
    house = state(context).house
    register.suspend(house.workspace, source, reason=reason, actor=house.actor, scan=holds_personal_information)
    tell(f"{source} is suspended.")
