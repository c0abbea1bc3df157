"""The one door for files: bytes in, a document out, or one clear sentence."""

from collections.abc import Callable

from strategy_tracker.errors import Invalid
from strategy_tracker.transfer.containers import check_size, kind_of, refuse
from strategy_tracker.transfer.grids import Document


def read_document(content: bytes) -> Document:
    """The file's kind is told by its bytes, whatever its name says. Raises Invalid and nothing else."""
    check_size(content)
    try:
        kind = kind_of(content)
        return _reader(kind)(content)
    except Invalid:
        raise
    except Exception as fault:  # whatever a hostile file provokes in a reader is the file's fault
        raise refuse("The file is damaged and cannot be read") from fault


def _reader(kind: str) -> Callable[[bytes], Document]:
    """Imported where it is needed: what Word and Excel files are read with takes long to load."""
    match kind:
        case "word":
            from strategy_tracker.transfer.word import read_word as reader
        case "excel":
            from strategy_tracker.transfer.excel import read_excel as reader
        case "opendocument":
            from strategy_tracker.transfer.opendocument import read_opendocument as reader
        case "delimited":
            from strategy_tracker.transfer.delimited import read_delimited as reader
        case _:
            raise refuse("The file is no Word document, spreadsheet or CSV file")
    return reader
