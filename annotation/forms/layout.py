"""A stage of a rule book as Label Studio's configuration: what is shown, what is asked, and when."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from annotation.forms.words import FIRST, TEXT, stage_of, words_of
from rules import catalog
from rules.annotation.book_records import REVIEW, Control, RuleBook, Stage

_MARKING = ("spans", "entities")
_FRAMED = "border: 1px solid #bbb; border-radius: 4px; padding: 4px 8px; margin: 4px 0 12px"
"""What is judged stands in a frame, apart from what is asked about it."""


def form(book: RuleBook, stage: str) -> str:
    """Return the form of a stage as XML; every word in it is escaped, and the same book gives the same bytes.

    The text is shown as plain text, in a review together with the first answer. What is asked for under one condition
    is hidden until it holds; what has several is always shown, and the gate demands it.

    Raises:
        GovernanceError: The book has no such stage.

    Clause:
        R-034
    """
    asked = stage_of(book, stage)
    root = Element("View")
    SubElement(root, "Header", value=f"{book.zh} 第 {book.version} 版 · {asked.zh}", size="4")
    for name, control in asked.controls.items():
        if control.kind in _MARKING:
            _mark(root, name, control)
    _show(root, "正文", TEXT)
    if stage == REVIEW:
        _show(root, "首次标注的结果", FIRST)
    for name, control in asked.controls.items():
        if control.kind not in _MARKING:
            _ask(_place(root, asked, control), name, control)
    indent(root)
    return tostring(root, encoding="unicode")


def _show(root: Element, heading: str, name: str) -> None:
    SubElement(root, "Header", value=heading, size="5")
    SubElement(SubElement(root, "View", style=_FRAMED), "Text", name=name, value=f"${name}")


def _place(root: Element, stage: Stage, control: Control) -> Element:
    """Return where a control belongs: under its condition, if it has exactly one."""
    if len(control.when) != 1:
        return root
    ((other, options),) = control.when.items()
    known = words_of(stage.controls[other])
    words = ",".join(known[each] for each in options)
    return SubElement(root, "View", visibleWhen="choice-selected", whenTagName=other, whenChoiceValue=words)


def _ask(parent: Element, name: str, control: Control) -> None:
    SubElement(parent, "Header", value=_heading(control), size="5")
    given = {"name": name, "toName": TEXT}
    if control.is_required and len(control.when) <= 1:
        given |= {"required": "true", "requiredMessage": f"“{control.zh}”必填"}
    if control.kind == "text":
        SubElement(parent, "TextArea", given, rows="2", maxSubmissions="1", editable="true")
    elif control.kind == "risks":
        look = {"showFullPath": "true", "placeholder": "选择风险", "minWidth": "420px"}
        _tree(SubElement(parent, "Taxonomy", given | look, leafsOnly="true"))
    else:
        drawn = SubElement(parent, "Choices", given, choice="multiple" if control.kind == "several" else "single-radio")
        for word in control.options.values():
            SubElement(drawn, "Choice", value=word)


def _mark(root: Element, name: str, control: Control) -> None:
    SubElement(root, "Header", value=_heading(control), size="5")
    drawn = SubElement(root, "Labels", name=name, toName=TEXT)
    for word in words_of(control).values():
        SubElement(drawn, "Label", value=word)


def _tree(taxonomy: Element) -> None:
    """Draw the 31 risks below their groups; what is stored is the alias, the id."""
    rules = catalog.load()
    for group in rules.risk_groups.values():
        branch = SubElement(taxonomy, "Choice", value=f"{group.id} {group.zh}", alias=group.id)
        for risk in rules.risks.values():
            if risk.group == group.id:
                SubElement(branch, "Choice", value=f"{risk.clause} {risk.zh}", alias=risk.id)


def _heading(control: Control) -> str:
    return f"{control.zh}（{control.hint.rstrip('。')}）" if control.hint else control.zh
