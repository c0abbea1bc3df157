"""Makes WeasyPrint faster."""


def apply() -> None:
    pass
