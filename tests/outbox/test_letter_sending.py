"""Letters go out through a real mail server, once each, and what hinders them is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from aiosmtpd.smtp import SMTP, Envelope
from district import District, make_account, make_district
from flask import Flask
from letters import let_time_pass, letter_to, reads_mail, ready_letter, sent_by, states
from mail_server import Mailbox, hang_up, running, taken
from sqlalchemy.orm import Session

from evaluator.access import Role
from evaluator.outbox.claiming import PAUSES
from evaluator.outbox.models import LetterState
from evaluator.outbox.sending import Sent


@pytest.fixture
def district(session: Session) -> District:
    return make_district(session)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running(Mailbox()) as mailbox:
        yield mailbox


def test_letter_arrives_as_it_was_written(
    app: Flask, session: Session, district: District, mailbox: Mailbox
) -> None:
    officer = make_account(session, Role.BRANCH_OFFICER, district.east_one)
    officer.name = "李娜"
    reads_mail(session, officer, "li.na@example.org")
    letter = ready_letter(session, officer, district.east_one, link="/notices/7")
    assert sent_by(app, mailbox.settings()) == Sent(sent=1)
    (mail,) = mailbox.letters
    (envelope,) = mailbox.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("stars@example.org", ["li.na@example.org"])
    assert mail["From"] == "组织部 <stars@example.org>"
    assert mail["To"] == "李娜 <li.na@example.org>"
    assert mail["Subject"] == "关于公示的通知"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == letter.message_id
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().replace("\r\n", "\n") == (
        "您支部的拟定星级已公示。\n\n请查看。\n\nhttps://stars.example.org/notices/7\n\n"
        "本邮件由星级评定平台自动发送，请勿回复。\n"
    )
    assert isinstance(envelope.content, bytes)
    assert max(len(line) for line in envelope.content.splitlines()) < 100
    assert envelope.content.isascii()
    session.expire_all()
    assert (letter.state, letter.tries, letter.sending_since) == (LetterState.SENT, 1, None)
    assert letter.address == "li.na@example.org"


def test_only_what_was_let_go_is_sent(
    app: Flask, session: Session, district: District, mailbox: Mailbox
) -> None:
    letter_to(session, "held@example.org", district.east)
    withdrawn = letter_to(session, "withdrawn@example.org", district.east)
    withdrawn.state = LetterState.WITHDRAWN
    ready_letter(session, "ready@example.org", district.east)
    assert sent_by(app, mailbox.settings()) == Sent(sent=1)
    assert [each.rcpt_tos for each in mailbox.envelopes] == [["ready@example.org"]]
    assert sent_by(app, mailbox.settings()) == Sent()


def test_account_without_an_address_reads_on_the_platform(
    app: Flask, session: Session, district: District, mailbox: Mailbox
) -> None:
    officer = make_account(session, Role.BRANCH_OFFICER, district.east_one)
    letter = ready_letter(session, officer, district.east_one)
    assert sent_by(app, mailbox.settings()) == Sent()
    assert (letter.state, letter.tries, mailbox.envelopes) == (LetterState.SENT, 0, [])


def test_refused_recipient_fails_alone_with_the_words_of_the_server(
    app: Flask, session: Session, district: District, mailbox: Mailbox
) -> None:
    mailbox.recipients["gone@example.org"] = "550 5.1.1 此用户不存在 no such user"
    gone = ready_letter(session, "gone@example.org", district.east)
    ready_letter(session, "there@example.org", district.east)
    assert sent_by(app, mailbox.settings()) == Sent(sent=1, failed=1)
    assert states(session) == ["failed", "sent"]
    assert gone.error.startswith("550 5.1.1")
    assert gone.error.endswith("no such user")
    assert [each.rcpt_tos for each in mailbox.envelopes] == [["there@example.org"]]


def test_letter_that_is_put_off_comes_later_under_the_same_message_id(
    app: Flask, session: Session, district: District, mailbox: Mailbox
) -> None:
    mailbox.answer = lambda _server, _envelope: "451 4.7.1 greylisted, come again"
    letter = ready_letter(session, "a@example.org", district.east)
    assert sent_by(app, mailbox.settings()) == Sent(postponed=1)
    assert (letter.state, letter.error) == (LetterState.READY, "451 4.7.1 greylisted, come again")
    assert sent_by(app, mailbox.settings()) == Sent()
    mailbox.answer = taken
    let_time_pass(session)
    assert sent_by(app, mailbox.settings()) == Sent(sent=1)
    assert (letter.state, letter.tries, letter.error) == (LetterState.SENT, 2, "")
    first, second = (each.content for each in mailbox.envelopes)
    assert first == second
    assert not letter.cut_off


def test_pauses_grow_and_end(
    app: Flask, session: Session, district: District, mailbox: Mailbox
) -> None:
    mailbox.recipients["full@example.org"] = "452 4.2.2 mailbox full"
    letter = ready_letter(session, "full@example.org", district.east)
    assert list(PAUSES) == sorted(PAUSES)
    for _pause in PAUSES:
        assert sent_by(app, mailbox.settings()) == Sent(postponed=1)
        let_time_pass(session)
    assert sent_by(app, mailbox.settings()) == Sent(failed=1)
    assert (letter.state, letter.error) == (LetterState.FAILED, "452 4.2.2 mailbox full")
    assert letter.tries == len(PAUSES) + 1


def test_connection_that_breaks_before_the_answer_is_told(
    app: Flask, session: Session, district: District, mailbox: Mailbox
) -> None:
    mailbox.answer = hang_up
    broken = ready_letter(session, "a@example.org", district.east)
    assert sent_by(app, mailbox.settings()) == Sent(postponed=1)
    assert (broken.state, broken.cut_off) == (LetterState.READY, True)
    assert "SMTPServerDisconnected" in broken.error
    mailbox.answer = taken
    ready_letter(session, "b@example.org", district.east)
    assert sent_by(app, mailbox.settings()) == Sent(sent=1)
    let_time_pass(session)
    assert sent_by(app, mailbox.settings()) == Sent(sent=1)
    first, other, second = mailbox.letters
    assert first["Message-ID"] == second["Message-ID"] != other["Message-ID"]
    assert states(session) == ["sent", "sent"]


def test_server_that_hangs_up_between_letters_is_called_again(
    app: Flask, session: Session, district: District, mailbox: Mailbox
) -> None:
    def leave(server: SMTP, envelope: Envelope) -> str:
        # As servers do that take so many letters of a connection.
        server.loop.call_later(0.05, server.transport.abort)
        return taken(server, envelope)

    mailbox.answer = leave
    for name in "abc":
        ready_letter(session, f"{name}@example.org", district.east)
    done = sent_by(app, mailbox.settings())
    let_time_pass(session)
    again = sent_by(app, mailbox.settings())
    assert (done.sent + again.sent, states(session)) == (3, ["sent"] * 3)


def test_server_that_is_away_costs_no_letter_a_try(
    app: Flask, session: Session, district: District
) -> None:
    with running(Mailbox()) as away:
        settings = away.settings()
    letters = [ready_letter(session, f"{name}@example.org", district.east) for name in "ab"]
    done = sent_by(app, settings)
    assert (done.sent, done.postponed, done.failed) == (0, 0, 0)
    assert done.trouble.startswith("ConnectionRefusedError")
    assert [(each.state.value, each.tries, each.error) for each in letters] == [
        ("ready", 0, done.trouble)
    ] * 2
    with running(Mailbox(), port=away.port) as back:
        assert sent_by(app, settings) == Sent(sent=2)
    assert [each.rcpt_tos for each in back.envelopes] == [["a@example.org"], ["b@example.org"]]
    assert {each.error for each in letters} == {""}


def test_server_that_refuses_the_sender_keeps_all_letters_waiting(
    app: Flask, session: Session, district: District
) -> None:
    class Strict(Mailbox):
        async def handle_MAIL(self, *_given: object) -> str:  # noqa: N802
            return "553 5.7.1 sender not yours"

    for name in "ab":
        ready_letter(session, f"{name}@example.org", district.east)
    with running(Strict()) as mailbox:
        done = sent_by(app, mailbox.settings())
    assert done == Sent(trouble="553 5.7.1 sender not yours")
    assert states(session) == ["ready", "ready"]
