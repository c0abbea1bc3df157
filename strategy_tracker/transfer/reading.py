"""The one door for files: bytes in, a document out, or one clear sentence."""

from collections.abc import Callable

from strategy_tracker.errors import Invalid
from strategy_tracker.transfer.containers import check_size, kind_of, refuse
from strategy_tracker.transfer.delimited import read_delimited
from strategy_tracker.transfer.excel import read_excel
from strategy_tracker.transfer.grids import Document
from strategy_tracker.transfer.opendocument import read_opendocument
from strategy_tracker.transfer.word import read_word

READERS: dict[str, Callable[[bytes], Document]] = {
    "word": read_word,
    "excel": read_excel,
    "opendocument": read_opendocument,
    "delimited": read_delimited,
}


def read_document(content: bytes) -> Document:
    """The file's kind is told by its bytes, whatever its name says. Raises Invalid and nothing else."""
    check_size(content)
    try:
        kind = kind_of(content)
        if kind not in READERS:
            raise refuse("The file is no Word document, spreadsheet or CSV file")
        return READERS[kind](content)
    except Invalid:
        raise
    except Exception as fault:  # whatever a hostile file provokes in a reader is the file's fault
        raise refuse("The file is damaged and cannot be read") from fault
