"""Whether the words of a page are those that were signed; which line is altered, and how."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from evaluator.credentials.facts import PrintedFacts, formal_date, named_lines, plain_date

REQUIRED = frozenset({"organisation", "level", "serial"})
"""What stands on everything that has a code: certificates, plaques and stickers."""
_LONGEST_JOIN = 3  # lines on which one name may be set
_ALIKE, _PERHAPS = 0.6, 0.4
_EDGE = '：:，,。“”"《》'
_NUMERAL = "〇零一二三四五六七八九十"
_SERIAL = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{2}-[0-9A-Z]{5}-[0-9A-Z]{5}")
_LABELLED_SERIAL = re.compile(r"证书编号[：:]([0-9A-Za-z-]+)")
_RATING = re.compile(r"[0-9]+年度基层党组织星级评定（[^）]*）")
_FORMAL_DATE = re.compile(rf"[{_NUMERAL}]{{4}}年[{_NUMERAL}]{{1,3}}月[{_NUMERAL}]{{1,3}}日")
_WITHIN = (
    ("rating", _RATING),
    ("serial", _SERIAL),
    ("serial", _LABELLED_SERIAL),
    ("awarded_on", _FORMAL_DATE),
)
_ENGLISH_YEAR = re.compile(r"ratedinthe([0-9]+)StarRating")
_ENGLISH_LEVEL = re.compile(r"^(One|Two|Three|Four|Five|Model)[a-z-]*PartyOrganisation", re.I)
_NUMBERS = frozenset({"one", "two", "three", "four", "five", "model"})
_LOOKED_FOR = frozenset(fact for fact, _ in _WITHIN)
_LABEL = re.compile(r"^[^：:]{1,8}[：:]")


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that is not printed as it was signed; `printed` is empty where it is not there."""

    fact: str
    signed: str
    printed: str

    @property
    def is_altered(self) -> bool:
        """Return whether this tells against the paper: a sticker may do without the date."""
        return bool(self.printed) or self.fact in REQUIRED


def differences(pieces: Iterable[str], signed: Sequence[PrintedFacts]) -> list[Difference]:
    """Return what differs between the pieces of text on a page and the facts of its codes.

    A signed line must be there, and nothing that looks like it but is another: so the right name
    in small print does not make up for a wrong one in large letters.
    """
    if not signed:
        return []
    page = _Page.of(pieces)
    found = []
    for facts in signed:
        for fact, line in _expected(facts):
            if not page.accept(fact, line, facts):
                least = _PERHAPS if fact in REQUIRED else _ALIKE
                found.append(Difference(fact, line, page.nearest(line, least)))
    found.extend(_contradictions(page, signed))
    return [each for each in dict.fromkeys(found) if not _said_by_another(each, found)]


def _said_by_another(one: Difference, found: Iterable[Difference]) -> bool:
    """Return whether a longer piece tells the same, such as a name on two lines."""
    return any(
        one.fact == other.fact and one.printed != other.printed and one.printed in other.printed
        for other in found
    )


def serials_in(pieces: Iterable[str]) -> frozenset[str]:
    """Return the serials that are printed on a page, right or wrong: each has a code of its own."""
    return frozenset(serial for piece in pieces for serial in _SERIAL.findall(plain(piece)))


def plain(text: str) -> str:
    """Return a text as it is compared: composed, without spaces."""
    return "".join(unicodedata.normalize("NFC", text).split())


def _expected(facts: PrintedFacts) -> Iterator[tuple[str, str]]:
    for fact, line in named_lines(facts):
        yield fact, plain(line)


def _forms(fact: str, line: str, facts: PrintedFacts) -> tuple[str, ...]:
    """Return the ways to write a line: a date in digits too, a rating without its category."""
    if fact == "rating":
        return line, line.partition("（")[0]
    if fact == "awarded_on":
        return line, plain_date(facts.awarded_on)
    if fact == "valid_until" and facts.valid_until is not None:
        return line, formal_date(facts.valid_until)
    return (line,)


@dataclass(slots=True)
class _Page:
    """The pieces of a page, and which of them say what was signed."""

    pieces: list[str]
    accepted: set[int]

    @classmethod
    def of(cls, pieces: Iterable[str]) -> _Page:
        return cls([each for each in map(plain, pieces) if each], set())

    def joined(self) -> Iterator[tuple[range, str]]:
        """Yield each piece, and what neighbours say together."""
        for length in range(1, _LONGEST_JOIN + 1):
            for start in range(len(self.pieces) - length + 1):
                yield range(start, start + length), "".join(self.pieces[start : start + length])

    def accept(self, fact: str, line: str, facts: PrintedFacts) -> bool:
        """Mark the pieces that say a line; return whether there are any."""
        forms = _forms(fact, line, facts)
        if fact in ("organisation", "level", "issuer"):
            places = [at for at, text in self.joined() if _is(text, line)]
        else:
            places = [at for at, text in self.joined() if any(_stands_in(f, text) for f in forms)]
        shortest = min(map(len, places), default=0)
        self.accepted.update(at for place in places if len(place) == shortest for at in place)
        return bool(places)

    def nearest(self, line: str, least: float) -> str:
        """Return what is printed where a line should be, as far as it can be told."""
        best, printed = least, ""
        for place, text in self.joined():
            if self.accepted.isdisjoint(place):
                part = _aligned(text, line)
                # The line itself within a longer text, such as the micro line, is not the place.
                if part != line and (alike := _likeness(part, line)) > best:
                    best, printed = alike, part
        return printed


def _contradictions(page: _Page, signed: Sequence[PrintedFacts]) -> Iterator[Difference]:
    """Yield what looks like a signed line and is none."""
    lines = [(fact, line, facts) for facts in signed for fact, line in _expected(facts)]
    for at, text in enumerate(page.pieces):
        for fact, pattern in _WITHIN:
            allowed = {form for f, line, facts in lines for form in _forms(f, line, facts)}
            for other in set(pattern.findall(text)) - allowed:
                yield Difference(fact, _line_of(fact, lines), other)
        yield from _wrong_in_english(text, lines)
        if at in page.accepted:
            continue
        for fact, line, _ in lines:
            if fact not in _LOOKED_FOR and _likeness(_bare(text), line) >= _ALIKE:
                yield Difference(fact, line, text)


def _wrong_in_english(
    text: str, lines: Sequence[tuple[str, str, PrintedFacts]]
) -> Iterator[Difference]:
    """Yield a level or a year that the English words beside the signed ones say differently."""
    level, year = _ENGLISH_LEVEL.match(text), _ENGLISH_YEAR.search(text)
    usual = {facts.level.removesuffix("_star") for _, _, facts in lines}
    if level and usual <= _NUMBERS and level[1].lower() not in usual:
        yield Difference("level", _line_of("level", lines), text)
    if year and year[1] not in {str(facts.year) for _, _, facts in lines}:
        yield Difference("rating", _line_of("rating", lines), text)


def _line_of(fact: str, lines: Sequence[tuple[str, str, PrintedFacts]]) -> str:
    return next(line for name, line, _ in lines if name == fact)


def _is(text: str, line: str) -> bool:
    """Return whether a piece says a line and nothing else, marks and a label aside."""
    return line in (text, text.strip(_EDGE), _bare(text))


def _bare(text: str) -> str:
    return _LABEL.sub("", text).strip(_EDGE)


def _stands_in(line: str, text: str) -> bool:
    """Return whether a line stands in a sentence, not as a part of a longer number."""
    for found in re.finditer(re.escape(line), text):
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        if not (_continues(before, line[0]) or _continues(line[-1], after)):
            return True
    return False


def _continues(left: str, right: str) -> bool:
    """Return whether two neighbouring characters make one number or word."""
    joining = re.compile(rf"[0-9A-Za-z{_NUMERAL}-]")
    return bool(joining.fullmatch(left) and joining.fullmatch(right))


def _likeness(text: str, line: str) -> float:
    if len(text) > 3 * len(line) or len(line) > 3 * len(text):
        return 0.0
    return SequenceMatcher(None, text, line, autojunk=False).ratio()


def _aligned(text: str, line: str) -> str:
    """Return the part of a longer text that lies where the line would."""
    if len(text) <= len(line) + 2:
        return text
    match = SequenceMatcher(None, text, line, autojunk=False).find_longest_match()
    start = max(0, match.a - match.b)
    return text[start : start + len(line)]
