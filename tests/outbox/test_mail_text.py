"""A letter as a mail: whatever people typed, it stays within its own lines."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from flask import Flask
from hypothesis import example, given
from hypothesis import strategies as st
from service import service

from evaluator.outbox.addresses import NoAddress, plain_address
from evaluator.outbox.mailing import Mail, as_bytes
from evaluator.outbox.operations import many_lines, one_line
from evaluator.outbox.settings import MailSettings, Security

SETTINGS = MailSettings(
    "mail.example.org", 25, Security.NONE, "", "", "组织部", "stars@example.org", "", "https://s.cn"
)
NAMES = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
}


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return service(tmp_path_factory.mktemp("quiet"))


def mail(title: str, name: str = "李娜", text: str = "正文", link: str = "") -> Mail:
    moment = datetime(2026, 7, 1, 8, tzinfo=UTC)
    return Mail("a@example.org", name, "zh", title, text, link, "<1.2@example.org>", moment)


def read(app: Flask, written: Mail) -> EmailMessage:
    with app.app_context():
        content = as_bytes(written, SETTINGS)
    assert all(len(line) < 1000 for line in content.split(b"\r\n"))
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


WORDS = st.text(max_size=120)


@given(title=WORDS, name=WORDS, text=st.text(max_size=300))
@example("关于公示\r\nBcc: all@example.org\r\n\r\n另一封信", "李\r\nBcc: b@example.org", ".\r\n.")
@example("=?utf-8?q?Bcc=3A_x?= " * 8, '"李" <b@example.org>, ', "From a\n.\nQUIT")
@example("名" * 200, "很长的名字" * 20, "行" * 2000)
def test_words_of_people_never_become_headers(
    quiet: Flask, title: str, name: str, text: str
) -> None:
    message = read(quiet, mail(one_line(title), one_line(name), many_lines(text)))
    assert set(message.keys()) == NAMES
    assert len(message.keys()) == len(NAMES)
    (to,) = message["To"].addresses
    assert to.addr_spec == "a@example.org"
    body = message.get_content().replace("\r\n", "\n")
    assert body.startswith(many_lines(text))
    assert body.endswith("本邮件由星级评定平台自动发送，请勿回复。\n")


@pytest.mark.parametrize(
    "title", ["关于临江新区2026年度星级评定结果公示的通知" * 4, "Plain words", "A：乙"]
)
def test_subject_is_read_as_it_was_written(quiet: Flask, title: str) -> None:
    assert read(quiet, mail(title))["Subject"] == title


def test_link_leads_to_the_public_address(quiet: Flask) -> None:
    text = read(quiet, mail("a", link="/notices/7")).get_content()
    assert text.splitlines()[2] == "https://s.cn/notices/7"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "a",
        "a@",
        "@b.cn",
        "a@b.cn, c@d.cn",
        "a@b.cn\r\nBcc: c@d.cn",
        "a b@c.cn",
        "李@example.cn",
        '"a"@b.cn',
        "<a@b.cn>",
        "a..b@c.cn",
        "-@-.cn",
        "a@b.cn>",
        f"{'a' * 65}@b.cn",
        f"a@{'b.' * 130}cn",
        "a@[127.0.0.1]",
        "a@b.cn\x00",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(NoAddress):
        plain_address(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" li.na@Example.ORG ", "li.na@example.org"),
        ("Li-Na+star@dj.suzhou.gov.cn", "Li-Na+star@dj.suzhou.gov.cn"),
        ("root@localhost", "root@localhost"),
    ],
)
def test_address_is_kept_without_spaces_around(typed: str, kept: str) -> None:
    assert plain_address(typed) == kept
