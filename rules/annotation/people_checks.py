"""Checks on the people who annotate: trained, examined, qualified at the time of work, their employment recorded.

Who was given work in a batch whose results are used is held to all of it. Where nobody was yet, the register is looked
at instead: then nothing is broken, and what is missing is only unproven.
"""

from collections.abc import Callable, Iterator

from provenance.clock import day_of
from provenance.ids import ClauseId
from rules.annotation.personnel import DutyFact, PersonFact
from rules.annotation.requalifying import qualifications_due
from rules.annotation.workforce import ALL, workforce
from rules.catalog import Catalog
from rules.facts import Facts
from rules.findings import Finding, Verdict, requirement, together
from rules.records import Words

_ADD = "yuliao people add FILE.yaml"
_TRAIN = "yuliao people train FILE.yaml"
_EXAMINE = "yuliao people examine publish EXAM.yaml"
_NAMED = 5
"""Ids that a finding names; the others are counted."""
_NOBODY = Words("尚未登记标注人员", "nobody is registered who annotates")
_NO_WORK = Words("尚未分配标注任务", "no annotation was assigned yet")


def training(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask for training (安全培训) of everybody in all four contents, held by ourselves.

    Clause:
        R-030
    """
    people = _people(facts)
    lacking = [each.person for each in people if not each.is_trained]
    rows = [row for row in workforce(facts.annotation.people, facts.annotation.trainings) if row.function == ALL]
    minutes = sum(each.minutes for each in facts.annotation.trainings)
    trained = sum(row.trained for row in rows)
    measured = Words(
        f"培训 {len(facts.annotation.trainings)} 次，共 {minutes} 分钟；四个方面均完成 {trained} 人{_who(lacking).zh}",
        f"{len(facts.annotation.trainings)} sessions, {minutes} minutes; {trained} people trained in all four contents"
        f"{_who(lacking).en}",
    )
    refs = tuple(f"#{each.seq}" for each in facts.annotation.trainings)
    yield _finding(facts, catalog, "R-030", lacking, measured, _TRAIN, refs)


def qualification(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask that everybody was examined and qualified (上岗资格) when given work, and that the qualification is renewed.

    Clause:
        R-031
    """
    people = _people(facts)
    rules = (_is_qualified, _is_examined)
    unfit = [each for each in people if not all(holds(each, duty) for duty in each.work for holds in rules)]
    lacking = [each.person for each in unfit] or [
        each.person for each in people if not any(held.state == "valid" for held in each.qualifications)
    ]
    valid = sum(any(held.state == "valid" for held in each.qualifications) for each in people)
    examined = sum(len(each.exams) for each in people)
    measured = Words(
        f"考核 {examined} 人次，资格有效 {valid}/{len(people)} 人{_who(lacking).zh}",
        f"{examined} examinations, {valid} of {len(people)} people hold a valid qualification{_who(lacking).en}",
    )
    refs = tuple(f"#{held.seq}" for each in people for held in each.qualifications)
    yield _finding(facts, catalog, "R-031", lacking, measured, _EXAMINE, refs, is_broken=bool(unfit))


def role_rules(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Judge every duty of every person: qualified (AR-3), trained before (AR-4), examined in four abilities (AR-5).

    Clause:
        AR-3, AR-4, AR-5
    """
    held: tuple[tuple[str, Callable[[PersonFact, DutyFact], bool], str], ...] = (
        ("AR-3", _is_qualified, "yuliao people qualify PERSON RULE_BOOK"),
        ("AR-4", _was_trained, _TRAIN),
        ("AR-5", _is_examined, _EXAMINE),
    )
    duties = [(each, duty) for each in facts.annotation.people for duty in each.work]
    for clause, holds, action in held:
        if not duties:
            required = requirement(catalog, clause)
            yield Finding(ClauseId(clause), "people", Verdict.UNPROVEN, _NO_WORK, required, (), _ADD)
            continue
        broken = [(each, duty) for each, duty in duties if not holds(each, duty) or clause in duty.broken]
        who = _who(sorted({each.person for each, _ in broken}))
        measured = Words(
            f"任务分配 {len(duties)} 人次，不满足 {len(broken)} 人次{who.zh}",
            f"{len(duties)} assignments, {len(broken)} of them against the rule{who.en}",
        )
        verdict = Verdict.FAILS if broken else Verdict.CONFORMS
        refs = tuple(dict.fromkeys(f"#{duty.seq}" for _, duty in broken or duties))
        required = requirement(catalog, clause)
        yield Finding(ClauseId(clause), "people", verdict, measured, required, refs, action if broken else "")


def employment(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Ask that everybody's employment is recorded, with company, contract and confidentiality of who is outsourced.

    The report may not be made while it is not: see :func:`unrecorded`.

    Clause:
        AR-11
    """
    lacking = list(unrecorded(facts))
    counts = {name: sum(each.employment == name for each in _people(facts)) for name in ("internal", "outsourced")}
    measured = Words(
        f"内部 {counts['internal']} 人，外包 {counts['outsourced']} 人{_who(lacking).zh}",
        f"{counts['internal']} internal, {counts['outsourced']} outsourced{_who(lacking).en}",
    )
    refs = tuple(f"#{each.seq}" for each in _people(facts) if each.seq)
    yield _finding(facts, catalog, "AR-11", lacking, measured, _ADD, refs, is_broken=bool(lacking))


def unrecorded(facts: Facts) -> tuple[str, ...]:
    """Return the people at work, or active, whose employment or papers of outsourcing (用工形式) are not recorded.

    Clause:
        AR-11
    """
    return tuple(each.person for each in facts.annotation.people if (each.work or each.is_active) and each.lacks)


def examined_again(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Warn where a qualification ends soon, or has ended, and nothing came after it: the next examination is due.

    A qualification ends by itself, so the next examination is scheduled for its last day at the latest. This warns and
    never says that the clause is not met.

    Clause:
        AR-12
    """
    notice = catalog.house.integer("paper_expiry_notice")
    due = qualifications_due(_people(facts), within_days=notice, day=day_of(facts.as_of)) if facts.as_of else ()
    who = _who(sorted({each.person for each in due}))
    held = [held for each in _people(facts) for held in each.qualifications if held.state in ("valid", "suspended")]
    measured = Words(
        f"有期限的资格 {len(held)} 项，{notice} 日内到期或者已失效而未重新考核 {len(due)} 项{who.zh}",
        f"{len(held)} qualifications with a last day, {len(due)} end within {notice} days or have ended{who.en}",
    )
    is_met = bool(held) and not due
    required = requirement(catalog, "AR-12")
    yield Finding(
        ClauseId("AR-12"),
        "people",
        Verdict.CONFORMS if is_met else Verdict.UNPROVEN,
        measured if _people(facts) else _NOBODY,
        required,
        tuple(f"#{each.seq}" for each in held),
        "" if is_met else _EXAMINE if _people(facts) else _ADD,
    )


def personnel(facts: Facts, catalog: Catalog) -> Iterator[Finding]:
    """Say of the annotation standard what is said of training, examination, qualification and functions (标注人员).

    Clause:
        R-203
    """
    parts = (*training(facts, catalog), *qualification(facts, catalog), *role_rules(facts, catalog))
    mixed = any(each.of_two_functions and each.outcome != "void" for each in facts.annotation.batches)
    verdict = Verdict.FAILS if mixed else together(parts)
    unmet = [each.clause for each in parts if each.verdict != Verdict.CONFORMS] + (["R-032"] if mixed else [])
    measured = Words(
        f"尚未满足：{'、'.join(unmet)}" if unmet else "培训、考核、上岗资格、职能分离均满足",
        f"not met yet: {', '.join(unmet)}" if unmet else "training, examination, qualification and roles are met",
    )
    action = next((each.next_action for each in parts if each.verdict == verdict), "")
    yield Finding(ClauseId("R-203"), "people", verdict, measured, requirement(catalog, "R-203"), (), action)


TRAINED_AND_QUALIFIED = (training, qualification)
ROLES = (role_rules, employment, examined_again)


def _finding(
    facts: Facts,
    catalog: Catalog,
    clause: str,
    lacking: list[str],
    measured: Words,
    action: str,
    refs: tuple[str, ...],
    *,
    is_broken: bool | None = None,
) -> Finding:
    """Return a finding: unproven without people, broken where people at work lack something, unproven before."""
    people = _people(facts)
    if not people:
        return Finding(ClauseId(clause), "people", Verdict.UNPROVEN, _NOBODY, requirement(catalog, clause), (), _ADD)
    worked = any(each.work for each in people if each.person in lacking)
    breaks = worked if is_broken is None else is_broken
    verdict = Verdict.CONFORMS if not lacking else Verdict.FAILS if breaks else Verdict.UNPROVEN
    return Finding(
        ClauseId(clause),
        "people",
        verdict,
        measured,
        requirement(catalog, clause),
        refs,
        action if lacking else "",
    )


def _people(facts: Facts) -> tuple[PersonFact, ...]:
    """Return who works; where nobody does yet, who is registered to."""
    people = facts.annotation.people
    return tuple(each for each in people if each.work) or tuple(
        each for each in people if each.is_active and each.functions
    )


def _is_qualified(person: PersonFact, duty: DutyFact) -> bool:
    return person.is_qualified(duty.rule_book, duty.at)


def _was_trained(person: PersonFact, duty: DutyFact) -> bool:
    return person.is_trained and person.trained_at <= duty.at


def _is_examined(person: PersonFact, duty: DutyFact) -> bool:
    return any(each.has_all_abilities and each.seq < duty.seq for each in person.exams)


def _who(people: list[str]) -> Words:
    """Return who is meant, by id, to follow a sentence; nothing where nobody is."""
    if not people:
        return Words("", "")
    named, more = people[:_NAMED], len(people) - _NAMED
    zh, en = "、".join(named), ", ".join(named)
    return Words(f"；{zh} 等 {len(people)} 人", f"; {en} and {more} more") if more > 0 else Words(f"；{zh}", f"; {en}")
