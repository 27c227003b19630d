"""Commands that render, seal and verify."""

from pathlib import Path

import typer

from provenance import verify as verifier
from provenance.errors import ExitCode
from ui.cli.shared import PATH, state, tell
from ui.services import reporting, sealing


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("report")(_report)
    app.command("seal")(_seal)
    app.command("verify")(_verify)


def _report(
    context: typer.Context,
    out: Path | None = typer.Option(None, "--out", readable=False, help="New folder for the documents."),  # noqa: B008
    check: Path | None = typer.Option(  # noqa: B008
        None, "--check", readable=False, help="Folder of documents to read again."
    ),
    english: bool = typer.Option(False, "--en", help="In English."),
) -> None:
    """Render the corpus section and its tables, or check them.

    DOCX, XLSX and JSON; the check reads finished documents again and compares every figure.
    """
    house = state(context).house
    if (out is None) == (check is None):
        raise typer.BadParameter("give either --out DIR or --check DIR")
    if out is not None:
        for path in reporting.write(house, out, "en" if english else "zh"):
            typer.echo(path)
        return
    assert check is not None
    size, differences = reporting.check(house, check)
    for difference in differences:
        typer.echo(difference)
    if differences:
        tell(f"{len(differences)} figure(s) differ from the facts at ledger entry {size}.")
        raise typer.Exit(ExitCode.VERIFICATION_FAILED)
    tell(f"Every figure in the documents is the one of the facts at ledger entry {size}.")


def _seal(
    context: typer.Context,
    out: Path = typer.Option(..., "--out", readable=False, help="New folder for the bundle."),  # noqa: B008
) -> None:
    """Seal the evidence bundle (证据包): facts and ledger, signed."""
    seal = sealing.seal(state(context).house, out)
    typer.echo(out)
    tell(f"Sealed over {seal.ledger_size} ledger entries. Key fingerprint, to be printed in the stamped report:")
    tell(seal.key_fingerprint)


def _verify(
    bundle: Path = PATH,
    fingerprint: str = typer.Option("", "--fingerprint", help="Key fingerprint from another route than the bundle."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON document."),
) -> None:
    """Verify a bundle; needs no workspace, only OpenSSL 3."""
    words = [*(["--fingerprint", fingerprint] if fingerprint else []), *(["--json"] if as_json else [])]
    code = verifier.main([*words, "--", str(bundle)])
    if code == ExitCode.VERIFICATION_FAILED:
        tell("This is no bundle to rely on: the first step that failed says why. Ask for an untouched copy.")
    raise typer.Exit(code)
