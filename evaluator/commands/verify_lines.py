"""What `evaluator verify` says of what it found, and what comes of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from evaluator.credentials.comparing import Difference, differences, serials_in
from evaluator.credentials.doubts import Doubt
from evaluator.credentials.facts import PrintedFacts
from evaluator.credentials.keys import PublicKey
from evaluator.credentials.tokens import State, Verdict, verify
from evaluator.credentials.words import FACTS, NOT_REVOKED, STATES, Languages, shown


class Outcome(IntEnum):
    """What comes of all: the exit code."""

    GENUINE = 0
    NOT_GENUINE = 1
    UNREAD = 2


@dataclass(slots=True)
class Findings:
    """Collects what was found; the worst decides, and what is wrong weighs more than unread."""

    language: str
    keys: Sequence[PublicKey]
    lines: list[str] = field(default_factory=list)
    outcomes: set[Outcome] = field(default_factory=set)

    @property
    def outcome(self) -> Outcome:
        """Return what comes of all."""
        for worst in (Outcome.NOT_GENUINE, Outcome.UNREAD, Outcome.GENUINE):
            if worst in self.outcomes:
                return worst
        return Outcome.UNREAD

    def page(self, number: int, codes: Sequence[str], pieces: Sequence[str]) -> None:
        """Take one page of a document."""
        expected = len(serials_in(pieces))
        if len(codes) < expected:
            self.say(
                Outcome.UNREAD,
                f"第{number}页：印有{expected}个证书编号，只读到{len(codes)}个二维码。",
                f"Page {number}: {expected} serial number(s), but {len(codes)} QR code(s) read.",
            )
        if not codes:
            return
        self._words(f"第{number}页：", f"Page {number}:")
        facts = self._codes(codes)
        if facts and pieces:
            self._compare(differences(pieces, facts))
        elif facts:
            self._by_eye()

    def end_of_document(self) -> None:
        """Say that no page had a code, where that is so."""
        if not self.outcomes:
            self.say(
                Outcome.UNREAD,
                "文件里没有读到证书的二维码。",
                "No QR code of a certificate could be read in this document.",
            )

    def picture(self, codes: Sequence[str]) -> None:
        """Take what the codes in a picture hold."""
        if not codes:
            self.say(
                Outcome.UNREAD,
                "图片里没有读到二维码，请拍得更近、更清楚，或者直接输入核验码。",
                "No QR code could be read: take a nearer, sharper picture, or give the token.",
            )
        elif self._codes(codes):
            self._by_eye()

    def token(self, verdict: Verdict) -> None:
        """Take what came of one token."""
        if self._verdict(verdict):
            self._by_eye()

    def serial_alone(self, serial: str) -> None:
        """Say that a serial proves nothing by itself."""
        self.say(
            Outcome.UNREAD,
            f"{serial}：编号的格式和校验字符正确。编号本身不能证明真伪，请扫描二维码或者查询证书登记簿。",
            f"{serial}: the check character is right. A serial by itself proves nothing: scan the "
            "QR code or ask the registry.",
        )

    def wrong_serial(self, serial: str, doubtful: Sequence[Doubt]) -> None:
        """Say which character of a serial is doubtful."""
        self.say(
            Outcome.NOT_GENUINE,
            f"{serial}：校验字符不符，没有这个编号。",
            f"{serial}: the check character is wrong, there is no such serial.",
        )
        for each in doubtful:
            perhaps = "、".join(each.perhaps)
            self._words(
                f"  第{each.place}个字符“{each.found}”"
                + (f"可能是{perhaps}。" if perhaps else "有误。"),
                f'  Character {each.place}, "{each.found}", '
                + (f"may be {', '.join(each.perhaps)}." if perhaps else "is wrong."),
            )

    def no_such_file(self, name: str) -> None:
        """Say that a file is not there."""
        self.say(Outcome.UNREAD, f"没有找到文件{name}。", f"There is no file {name}.")

    def unreadable(self, reason: str) -> None:
        """Say that a file is neither picture nor document."""
        self.say(Outcome.UNREAD, f"文件无法读取：{reason}", f"It could not be read: {reason}")

    def say(self, outcome: Outcome | None, zh: str, en: str) -> None:
        """Say a line, and what comes of it where anything does."""
        if outcome is not None:
            self.outcomes.add(outcome)
        self._words(zh, en)

    def _codes(self, codes: Sequence[str]) -> list[PrintedFacts]:
        """Take the codes of one page or picture; return the facts of those that are genuine."""
        verdicts = [verify(code, self.keys) for code in codes]
        # Another code may stand beside a certificate's; alone it is not what was asked for.
        ours = [each for each in verdicts if each.state is not State.UNREADABLE]
        for verdict in ours or verdicts[:1]:
            self._verdict(verdict)
        return [each.signed.facts for each in ours if each.is_genuine and each.signed]

    def _verdict(self, verdict: Verdict) -> bool:
        zh, en = STATES[verdict.state]
        if verdict.is_genuine and verdict.signed is not None:
            self.say(Outcome.GENUINE, f"✓ {zh}。", f"✓ {en}.")
            for fact, value in shown(verdict.signed.facts):
                self.lines.append(f"  {self._of(FACTS[fact])}{self._of(('：', ': '))}{value}")
            self._words(f"  （{NOT_REVOKED[0]}。）", f"  ({NOT_REVOKED[1]}.)")
            return True
        unread = verdict.state is State.UNREADABLE
        self.say(Outcome.UNREAD if unread else Outcome.NOT_GENUINE, f"✗ {zh}。", f"✗ {en}.")
        return False

    def _compare(self, found: Sequence[Difference]) -> None:
        if not any(each.is_altered for each in found):
            self._words(
                "  页面上的文字与签名的内容一致。", "  The words on the page are those signed."
            )
        for each in found:
            self._difference(each)

    def _difference(self, found: Difference) -> None:
        zh, en = FACTS[found.fact]
        if not found.is_altered:
            self._words(
                f"  页面上没有印{zh}（签名的是“{found.signed}”）。",
                f'  {en} is not printed (signed: "{found.signed}").',
            )
            return
        self.say(
            Outcome.NOT_GENUINE,
            f"✗ {zh}被改动：印的是“{found.printed or '（没有）'}”，签名的是“{found.signed}”。",
            f'✗ {en} altered: printed "{found.printed or "(nothing)"}", signed "{found.signed}".',
        )

    def _by_eye(self) -> None:
        self._words(
            "  请逐项对照纸面：与上面不一致的，就是改动过的。",
            "  Compare them with the paper: what differs from these lines was altered.",
        )

    def _words(self, zh: str, en: str) -> None:
        self.lines.append(self._of((zh, en)))

    def _of(self, words: Languages) -> str:
        return words[1] if self.language == "en" else words[0]
