"""Small files of every kind that is kept, made in code, and hostile ones."""

import io
import zipfile
from typing import Any

import docx
import odfdo
import xlsxwriter
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"


def a_word() -> bytes:
    document = docx.Document()
    document.add_paragraph("Minutes of the landlords’ forum")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def an_excel() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, "RSLs")
    return stream.getvalue()


def a_package(main: str = "", **parts: bytes | str) -> bytes:
    """A package of parts (`__` in a name is a slash), with a list of types where `main` names a main part's type."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        if main:
            types = f'<Types><Override PartName="/main.xml" ContentType="{main}"/></Types>'
            package.writestr("[Content_Types].xml", types)
        for name, data in parts.items():
            package.writestr(name.replace("__", "/").replace("_DOT_", "."), data)
    return stream.getvalue()


def a_powerpoint() -> bytes:
    return a_package(MAIN.format("presentationml.presentation"), ppt__presentation_DOT_xml="<p/>")


def an_opendocument(kind: str) -> bytes:
    stream = io.BytesIO()
    odfdo.Document(kind).save(stream)
    return stream.getvalue()


def a_picture(form: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (6, 4), **more: Any) -> bytes:
    """Its left half is dark and its right half light."""
    picture = Image.new(mode, size)
    picture.paste(Image.new(mode, (size[0] // 2, size[1]), _light(mode)), (size[0] // 2, 0))
    stream = io.BytesIO()
    picture.save(stream, form, **more)
    return stream.getvalue()


def _light(mode: str) -> Any:
    return {"L": 250, "P": 1, "1": 1}.get(mode, (250,) * len(Image.new(mode, (1, 1)).getbands()))


def with_place(form: str = "JPEG", orientation: int = 6, size: tuple[int, int] = (64, 32)) -> bytes:
    """A picture that says where, when and with what it was taken, and that it was held upright (6)."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0132], exif[0x0112] = "SecretCamera", "2010:07:30 12:00:00", orientation
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 11.0, 42.0)
    return (
        a_picture(form, size=size, exif=exif, comment=b"SecretComment")
        if form == "JPEG"
        else a_picture(form, size=size, exif=exif)
    )


KEPT = {
    "protocol.pdf": (PDF, "PDF"),
    "minutes.docx": (a_word(), "Word"),
    "RSLs.XLSX": (an_excel(), "Excel"),
    "slides.pptx": (a_powerpoint(), "PowerPoint"),
    "letter.odt": (an_opendocument("text"), "ODT"),
    "figures.ods": (an_opendocument("spreadsheet"), "ODS"),
    "talk.odp": (an_opendocument("presentation"), "ODP"),
    "map.png": (a_picture("PNG"), "PNG"),
    "photo.jpeg": (a_picture("JPEG"), "JPEG"),
}
