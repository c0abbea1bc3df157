"""Passwords: hashed with argon2id, long rather than odd, and none of the first that anybody would guess."""

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

SHORTEST, LONGEST = 12, 1000
GUESSED_FIRST = (
    "password",
    "qwerty",
    "letmein",
    "welcome",
    "iloveyou",
    "administrator",
    "changeme",
    "strategytracker",
    "trustno1",
    "football",
)
HASHER = PasswordHasher()


def hashed(password: str) -> str:
    """About 0.05 to 0.2 s of work, on purpose."""
    return HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether it is the password. Takes the same time where there is no hash to compare with."""
    try:
        return HASHER.verify(password_hash or _nobodys_hash(), password) and password_hash is not None
    except (Argon2Error, InvalidHashError):
        return False


def problem_with(password: str, email: str) -> str | None:
    """Why a password is refused; None where it is good. Source: 12 characters, a deny list, no expiry."""
    if len(password) < SHORTEST:
        return f"The password must have {SHORTEST} characters or more"
    if len(password) > LONGEST:
        return f"The password must have {LONGEST} characters or fewer"
    if len(set(password.casefold())) < 5:
        return "The password must have at least five different characters"
    plain = "".join(character for character in password.casefold() if character.isalpha())
    if plain in GUESSED_FIRST or any(plain == word * (len(plain) // len(word)) for word in GUESSED_FIRST if plain):
        return "Choose a password that is harder to guess"
    if email and email.casefold().split("@")[0] == password.casefold():
        return "The password must not be your e-mail address"
    if email and password.casefold() == email.casefold():
        return "The password must not be your e-mail address"
    return None


_made: list[str] = []


def _nobodys_hash() -> str:
    if not _made:
        _made.append(hashed("nobody has this password"))
    return _made[0]
