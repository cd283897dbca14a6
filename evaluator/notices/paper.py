"""A notice as it is printed and hung out."""

from __future__ import annotations

from flask import url_for

from evaluator.notices.content import Content
from evaluator.notices.words import weekday
from evaluator.web.languages import language
from evaluator.web.showing import day
from evaluator.web.wording import gettext
from reports.notice import Group, NoticePaper


def paper_of(content: Content, notice_id: int, digest: str) -> NoticePaper:
    """Return what stands on paper; a notice that is not published yet has no digest."""
    address = url_for("notices.public_page", notice_id=notice_id, _external=True)
    return NoticePaper(
        title=content.plan.title,
        paragraphs=tuple(content.plan.introduction.splitlines()),
        period=period_words(content),
        groups=_groups(content),
        objecting=objecting_words(content),
        office=tuple(content.plan.office.splitlines()),
        signed=day(content.published_at),
        address=address if digest else "",
        footer=(
            gettext("Digest (SHA-256): %(digest)s", digest=digest)
            if digest
            else gettext("Draft, not published")
        ),
        draft=gettext("Draft") if not digest else "",
        page_words=gettext("Page {page} of {pages}"),
    )


def period_words(content: Content) -> str:
    """Return from when to when a notice runs, and by which calendar."""
    working = [each.day for each in content.days if each.works]
    return gettext(
        "The notice runs from %(first)s to %(last)s, %(count)d working days.",
        first=weekday(working[0]),
        last=weekday(working[-1]),
        count=len(working),
    )


def calendar_words(content: Content) -> str:
    """Return by which orders the days were counted, and what is not ordered yet."""
    comma = gettext(", ")
    words = [gettext("Counted by: %(documents)s.", documents=comma.join(content.documents))]
    if content.unpublished:
        years = comma.join(str(year) for year in content.unpublished)
        words.append(
            gettext(
                "The State Council has not ordered the holidays of %(years)s yet; if its order "
                "moves the last day, a correction is published.",
                years=years,
            )
        )
    return " ".join(words if content.documents else words[1:])


def objecting_words(content: Content) -> str:
    """Return how to object."""
    if any(each.real_name for each in content.categories):
        return gettext(
            "Whoever disagrees may object until 24:00 of the last day, under their real name and "
            "with a way to reach them, and with facts. Name and contact are kept confidential."
        )
    return gettext("Whoever disagrees may object until 24:00 of the last day, with facts.")


def _groups(content: Content) -> tuple[Group, ...]:
    comma = gettext(", ")
    return tuple(
        Group(
            title=category.words.say(language()),
            subtitle=gettext(
                "%(level)s (%(count)d)",
                level=level.words.say(language()),
                count=sum(not each.withdrawn for each in names),
            ),
            rows=tuple(
                (each.name, each.committee)
                if not each.withdrawn
                else (f"{each.name}{comma}{gettext('taken off')}", each.committee)
                for each in names
            ),
        )
        for category, levels in content.grouped()
        for level, names in levels
    )
