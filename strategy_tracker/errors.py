"""The domain's own errors; `web.errors` gives each its status code in one place."""


class DomainError(Exception):
    """What the product refuses, as opposed to what broke."""


class NotFound(DomainError):
    """It is not there, or this person may not know that it is (404)."""


class Forbidden(DomainError):
    """This person may see it but not do that (403)."""


class Invalid(DomainError):
    """What was given cannot be taken. `problems` maps a field (or a place such as "Sheet1!D7") to a sentence."""

    def __init__(self, problems: dict[str, str]):
        self.problems = problems
        super().__init__("; ".join(problems.values()))


class Conflict(DomainError):
    """Somebody saved in between (409). `current` is the row as it stands now, None where it was removed."""

    def __init__(self, current: object = None):
        self.current = current
        super().__init__("This was changed by somebody else in the meantime")


class Repeated(DomainError):
    """The same form was sent before; what it asked for is already saved."""


class TooManyAttempts(DomainError):
    """Too many guesses (429). `wait` is in seconds."""

    def __init__(self, wait: int):
        self.wait = wait
        super().__init__(f"Too many attempts; try again in {max(1, round(wait / 60))} minutes")
