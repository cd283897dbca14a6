"""The second factor: six digits from an app on the phone, or a recovery code in its stead."""

from __future__ import annotations

import base64
import hmac
import re
import secrets
import unicodedata
from datetime import datetime

import pyotp
import zxingcpp
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from evaluator.accounts.models import Account, RecoveryCode
from evaluator.accounts.sealing import unseal
from evaluator.accounts.sessions import token_digest
from evaluator.database import now

SECONDS = 30
_CLOCKS_DIFFER_BY = (0, -1, 1)
RECOVERY_CODES = 10
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_secret() -> str:
    """Return the seed of a new second factor."""
    return pyotp.random_base32()


def enrolment_address(secret: str, login_name: str, issuer: str) -> str:
    """Return the address that an authenticator app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login_name, issuer_name=issuer)


def qr_picture(text: str) -> str:
    """Return a QR code as an SVG picture in an address of its own, fit for `img`."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    svg = code.to_svg(add_quiet_zones=True)
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode('ascii')}"


def accepted_step(secret: str, code: str, last_step: int, moment: datetime) -> int | None:
    """Return the time step of a code that is right and newer than the last one that was used."""
    plain = _digits(code)
    current = int(moment.timestamp()) // SECONDS
    generator = pyotp.TOTP(secret, interval=SECONDS)
    for difference in _CLOCKS_DIFFER_BY:
        step = current + difference
        right = hmac.compare_digest(generator.generate_otp(step), plain)
        if right and step > last_step:
            return step
    return None


def use_code(session: Session, account: Account, code: str) -> str | None:
    """Return `totp` or `recovery_code` for a right code, which is then used up; else None."""
    if re.fullmatch("[0-9]{6}", _digits(code)):
        return "totp" if _use_totp(session, account, code) else None
    return "recovery_code" if _use_recovery_code(session, account, code) else None


def renew_recovery_codes(session: Session, account: Account) -> list[str]:
    """Replace the recovery codes of an account; they can be shown now and never again."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(account_id=account.id, code_hash=_code_digest(code)) for code in codes
    )
    return codes


def codes_left(session: Session, account: Account) -> int:
    """Return how many recovery codes of an account are unused."""
    unused = select(func.count()).where(
        RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None)
    )
    return session.scalar(unused) or 0


def _use_totp(session: Session, account: Account, code: str) -> bool:
    """Use a code up in one statement: of two requests with the same code one comes second."""
    secret = unseal(account.totp_secret) if account.totp_secret else None
    step = accepted_step(secret, code, account.totp_last_step, now()) if secret else None
    if step is None:
        return False
    used = session.execute(
        update(Account)
        .where(Account.id == account.id, Account.totp_last_step < step)
        .values(totp_last_step=step)
        .returning(Account.id)
    )
    return used.one_or_none() is not None


def _use_recovery_code(session: Session, account: Account, code: str) -> bool:
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.code_hash == _code_digest(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now())
        .returning(RecoveryCode.id)
    )
    return used.one_or_none() is not None


def _recovery_code() -> str:
    """Return a code of 80 bits, which needs no slow hash."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def _code_digest(code: str) -> str:
    plain = unicodedata.normalize("NFKC", code).upper()
    return token_digest(re.sub("[^0-9A-Z]", "", plain))


def _digits(code: str) -> str:
    """Return the digits of a code as apps and input methods write them, such as `123 456`."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", code))
