"""What happens to rule sets: drafts are written, changed and published; published ones stay."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Mapping

from flask_babel import gettext
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from evaluator.access import Actor, Permission
from evaluator.audit.operations import write_line
from evaluator.database import now
from evaluator.rule_sets.findings import findings_of
from evaluator.rule_sets.models import RuleSetState, StoredRuleSet
from evaluator.rule_sets.policy import require_everywhere
from evaluator.rule_sets.reading import read_files
from evaluator.rule_sets.uploads import MOST_FILES, Draft, plain_lines
from evaluator.web.errors import Refusal
from rules.canonical import digest
from rules.problems import RuleErrors
from rules.syntax import RuleSet

MANAGE = Permission.MANAGE_RULE_SETS


def add_drafts(session: Session, actor: Actor, *, drafts: Iterable[Draft]) -> list[StoredRuleSet]:
    """Add a draft for each rule set among some files."""
    require_everywhere(session, actor, MANAGE)
    added = [_new(session, each) for each in drafts]
    for stored in added:
        _write(session, actor, "draft", stored, after=_known(stored))
    return added


def copy_rule_set(session: Session, actor: Actor, *, stored: StoredRuleSet) -> StoredRuleSet:
    """Add a draft that begins as another rule set is."""
    require_everywhere(session, actor, MANAGE)
    copied = _new(session, Draft(stored.main, dict(stored.files)))
    _write(session, actor, "copy", copied, after={**_known(copied), "copy_of": stored.id})
    return copied


def edit_file(
    session: Session, actor: Actor, *, stored: StoredRuleSet, version: int, name: str, text: str
) -> None:
    """Change one file of a draft; raises StaleDataError where somebody else changed the draft."""
    _begin_change(session, actor, stored, version)
    if name not in stored.files:
        raise Refusal(gettext("This rule set has no file called %(name)s.", name=name))
    put_files(session, actor, stored=stored, version=version, files={name: plain_lines(text)})


def put_files(
    session: Session,
    actor: Actor,
    *,
    stored: StoredRuleSet,
    version: int,
    files: Mapping[str, str],
) -> None:
    """Add files to a draft, such as its cases; one of the same name is replaced."""
    _begin_change(session, actor, stored, version)
    changed = {name: text for name, text in files.items() if stored.files.get(name) != text}
    if not changed:
        return
    together = {**stored.files, **changed}
    if len(together) > MOST_FILES:
        raise Refusal(gettext("A rule set has at most %(most)s files.", most=MOST_FILES))
    before = stored.files
    stored.files = together
    stored.changed_at = now()
    _describe(stored)
    for name, text in changed.items():
        _write_change(session, actor, stored, name, before.get(name, ""), text)


def remove_file(
    session: Session, actor: Actor, *, stored: StoredRuleSet, version: int, name: str
) -> None:
    """Take a file out of a draft; that of the rules themselves stays."""
    _begin_change(session, actor, stored, version)
    if name == stored.main or name not in stored.files:
        raise Refusal(gettext("%(name)s cannot be taken out of this rule set.", name=name))
    text = stored.files[name]
    stored.files = {each: stored.files[each] for each in stored.files if each != name}
    stored.changed_at = now()
    _describe(stored)
    _write_change(session, actor, stored, name, text, "")


def delete_draft(session: Session, actor: Actor, *, stored: StoredRuleSet, version: int) -> None:
    """Remove a draft; a published rule set is kept for ever."""
    _begin_change(session, actor, stored, version)
    _write(session, actor, "delete", stored, before={**_known(stored), "files": _digests(stored)})
    session.delete(stored)


def publish(session: Session, actor: Actor, *, stored: StoredRuleSet, version: int) -> None:
    """Publish a draft in which everything holds; from then on nothing changes it."""
    _begin_change(session, actor, stored, version)
    findings = findings_of(stored)
    if not findings.holds or findings.rule_set is None:
        raise Refusal(gettext("Something in the rules is still wrong; mend it before publishing."))
    known_as = digest(findings.rule_set)
    taken = already_published(session, findings.rule_set)
    if taken is not None:
        raise Refusal(taken_words(taken, known_as))
    stored.state = RuleSetState.PUBLISHED
    stored.digest = known_as
    stored.published_at = stored.changed_at = now()
    _describe(stored)
    _write(session, actor, "publish", stored, before={"state": "draft"}, after={
        **_known(stored), "state": "published", "digest": known_as, "files": _digests(stored),
    })  # fmt: skip


def already_published(session: Session, rule_set: RuleSet) -> StoredRuleSet | None:
    """Return a published rule set that means the same, or bears the same name and version."""
    query = select(StoredRuleSet).where(
        StoredRuleSet.state == RuleSetState.PUBLISHED,
        or_(
            StoredRuleSet.digest == digest(rule_set),
            (StoredRuleSet.rule_set == rule_set.rule_set)
            & (StoredRuleSet.release == rule_set.version),
        ),
    )
    return session.scalars(query.limit(1)).first()


def taken_words(taken: StoredRuleSet, known_as: str) -> str:
    """Return why rules cannot be published beside those that are there."""
    if taken.digest == known_as:
        same: str = gettext(
            "The same rules are published already as “%(title)s”, version %(release)s; use those.",
            title=taken.title,
            release=taken.release,
        )
        return same
    other: str = gettext(
        "“%(title)s” is published already under version %(release)s. Give the changed rules "
        "another version:.",
        title=taken.title,
        release=taken.release,
    )
    return other


def _begin_change(session: Session, actor: Actor, stored: StoredRuleSet, version: int) -> None:
    require_everywhere(session, actor, MANAGE)
    if stored.state is not RuleSetState.DRAFT:
        raise Refusal(
            gettext("A published rule set never changes. Copy it into a new draft instead.")
        )
    if stored.version != version:
        raise StaleDataError


def _new(session: Session, draft: Draft) -> StoredRuleSet:
    stored = StoredRuleSet(
        rule_set="",
        category="",
        release="",
        title=draft.main,
        main=draft.main,
        files=dict(draft.files),
        state=RuleSetState.DRAFT,
        changed_at=now(),
    )
    _describe(stored)
    session.add(stored)
    session.flush()
    return stored


def _describe(stored: StoredRuleSet) -> None:
    """Note what the rule set says of itself; one that cannot be read keeps what it said before."""
    try:
        rule_set = read_files(stored.main, stored.files)
    except RuleErrors:
        return
    stored.rule_set, stored.category = rule_set.rule_set, rule_set.category
    stored.release, stored.title = rule_set.version, rule_set.title.zh


def _known(stored: StoredRuleSet) -> dict[str, str]:
    return {
        "rule_set": stored.rule_set,
        "category": stored.category,
        "version": stored.release,
        "title": stored.title,
    }


def _digests(stored: StoredRuleSet) -> dict[str, str]:
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in stored.files.items()}


def _write_change(
    session: Session, actor: Actor, stored: StoredRuleSet, name: str, old: str, new: str
) -> None:
    """Write what changed in a file: the lines that went, and those that came."""
    lines = [*difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")][2:]
    gone = [each for each in lines if each.startswith(("@", "-"))]
    come = [each for each in lines if each.startswith(("@", "+"))]
    _write(session, actor, "edit", stored, {"file": name, "lines": "\n".join(gone)},
           {"file": name, "lines": "\n".join(come)})  # fmt: skip


def _write(
    session: Session,
    actor: Actor,
    verb: str,
    stored: StoredRuleSet,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    write_line(
        session,
        actor,
        action=f"rule_set.{verb}",
        subject="rule_set",
        subject_id=stored.id,
        before=before,
        after=after,
    )
