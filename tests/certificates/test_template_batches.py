"""Batches by templates of the district: checked by name before they begin, pinned afterwards."""

from __future__ import annotations

import io

import pikepdf
import pytest
from certified import ADDRESS, Certified, draw
from factories import ROOT
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from evaluator.certificates.issuing import issue
from evaluator.certificates.models import Batch
from evaluator.certificates.own_templates.models import TemplateVersion
from evaluator.certificates.own_templates.operations import add_picture, begin, change, offer, save
from evaluator.certificates.own_templates.queries import pictures_of
from evaluator.certificates.own_templates.store import digest_of, find_template
from evaluator.certificates.papers import document_of
from evaluator.certificates.preparing import prepare
from evaluator.certificates.queries import certificates_in
from evaluator.storage import storage
from evaluator.web.errors import Refusal
from reports.certificate.pictures import take
from reports.certificate.templates import shipped_text

EXAMPLE = ROOT / "examples" / "certificate-templates"


def offered(certified: Certified, text: str, picture: str = "") -> TemplateVersion:
    """Add a template that is offered, perhaps with the picture of the example."""
    session, actor = certified.session, certified.ended.actor
    found = begin(session, actor, text=text, title="模板")
    if picture:
        add_picture(
            session, actor, found=found, version=found.version, name=picture,
            picture=take((EXAMPLE / picture).read_bytes()),
        )  # fmt: skip
    offer(session, actor, found=found, version=found.version)
    session.commit()
    return found


def printed(certified: Certified, found: TemplateVersion) -> Batch:
    session, made = certified.session, certified.ended.round
    template = find_template(session, found.key)
    batch = issue(
        session, certified.ended.actor, made=made, template=template, address=ADDRESS,
        seen=prepare(session, made, template).digest,
    )  # fmt: skip
    session.commit()
    draw(batch, session)
    return batch


def rename(certified: Certified, session: Session, name: str) -> None:
    certified.awards["E1"].participant.name = name
    session.commit()


@pytest.mark.parametrize(
    ("name", "said"),
    [("组" * 60, f"排不下：{'组' * 60}"), ("东一\U0001f3c5社区党支部", "(U+1F3C5)")],
    ids=["long", "rare"],
)
def test_name_that_the_template_cannot_hold_is_told_before_the_batch_begins(
    certified: Certified, organiser: FlaskClient, name: str, said: str
) -> None:
    narrow = shipped_text("sticker").replace(
        "box: {x: 35.2, y: 30.4, width: 42.3, height: 8.6}",
        "box: {x: 35.2, y: 30.4, width: 34, height: 8.6}",
    )
    own = offered(certified, narrow)
    rename(certified, certified.session, name)
    address = f"/certificates/rounds/{certified.ended.round.id}"
    page = organiser.get(f"{address}?template={own.key}").text
    assert f"{name}：" in page
    assert said in page
    template = find_template(certified.session, own.key)
    prepared = prepare(certified.session, certified.ended.round, template)
    assert {each.organisation for each in prepared.obstacles} == {name}
    with pytest.raises(Refusal):
        printed(certified, own)


def test_print_files_show_the_picture_and_are_the_same_after_the_next_version(
    certified: Certified,
) -> None:
    session, actor = certified.session, certified.ended.actor
    own = offered(certified, (EXAMPLE / "portrait-a4.yaml").read_text("utf-8"), "emblem.png")
    batch = printed(certified, own)
    run = batch.prints[0]
    assert (run.template, run.template_digest) == (own.key, own.digest)
    whole = next(each for each in run.files if each.name == "all.pdf")
    content = storage().get(whole.storage_key)
    document = pikepdf.open(io.BytesIO(content))
    assert len(document.pages) == 3
    streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
    assert sum(each.get("/Subtype") == "/Image" for each in streams) == 2  # and its mask

    following = change(session, actor, found=own)
    text = following.text.replace("荣誉证书", "另一种证书")
    save(session, actor, found=following, version=following.version, text=text)
    offer(session, actor, found=following, version=following.version)
    session.commit()
    again = document_of(certificates_in(session, batch.id), find_template(session, own.key))
    assert again == content
    assert digest_of(session, own.key) == run.template_digest != following.digest


def test_template_that_was_altered_behind_the_back_is_not_printed_by(certified: Certified) -> None:
    own = offered(certified, shipped_text("sticker"))
    own.text = own.text.replace("扫码核验真伪", "免检")
    certified.session.commit()
    with pytest.raises(ValueError, match="not what was offered"):
        find_template(certified.session, own.key)


def test_pictures_of_a_version_are_kept_when_the_next_one_has_none(certified: Certified) -> None:
    session, actor = certified.session, certified.ended.actor
    text = (EXAMPLE / "portrait-a4.yaml").read_text("utf-8")
    own = offered(certified, text, "emblem.png")
    following = change(session, actor, found=own)
    following.pictures = {}
    session.commit()
    assert list(pictures_of(session, own.pictures)) == ["emblem.png"]
    with pytest.raises(Refusal):
        offer(session, actor, found=following, version=following.version)


def test_template_calls_itself_what_it_likes_and_is_known_by_its_own_name(
    certified: Certified,
) -> None:
    text = shipped_text("sticker").replace("template: sticker", "template: certificate-a4")
    own = offered(certified, text)
    assert find_template(certified.session, own.key).name == own.key
