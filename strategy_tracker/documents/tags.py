"""Completes WeasyPrint's tags: table heads say which way they read and can be found by id (ISO 14289-1, 7.5)."""

import pydyf
from weasyprint import Document


def complete(document: Document, pdf: pydyf.PDF) -> None:
    """The `finisher` of write_pdf: /Scope for each TH and an /IDTree for the ids that cells refer to."""
    objects, ids, root = pdf.objects, [], None
    for item in objects:
        if not isinstance(item, pydyf.Dictionary):
            continue
        if item.get("Type") == "/StructTreeRoot":
            root = item
        elif item.get("S") == "/TH":
            item["A"]["Scope"] = "/Column" if _group_of(objects, item) == "/THead" else "/Row"
            if "ID" in item:
                ids.append((item["ID"], item.reference))
    if root is not None and ids:
        root["IDTree"] = _tree(pdf, sorted(ids, key=lambda pair: _bytes(pair[0])))


def _group_of(objects: list[pydyf.Object], cell: pydyf.Dictionary) -> str:
    row = objects[int(cell["P"].split()[0])]
    return str(objects[int(row["P"].split()[0])].get("S"))


def _bytes(identifier: pydyf.String) -> bytes:
    value = identifier.string
    return value if isinstance(value, bytes) else value.encode()


def _tree(pdf: pydyf.PDF, ids: list[tuple[pydyf.String, bytes]]) -> bytes:
    leaf = pydyf.Dictionary(
        {
            "Names": pydyf.Array(part for pair in ids for part in pair),
            "Limits": pydyf.Array([ids[0][0], ids[-1][0]]),
        }
    )
    pdf.add_object(leaf)
    tree = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})
    pdf.add_object(tree)
    return bytes(tree.reference)
