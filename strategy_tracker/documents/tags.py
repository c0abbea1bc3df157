"""Completes WeasyPrint's tags: table heads say which way they read and can be found by id (ISO 14289-1, 7.5).

A heading in a part of a pack stands one level below where it stands in the part alone: the pack's title is the first.
"""

import pydyf
from weasyprint import Document

HEADINGS = {f"/H{level}": f"/H{level + 1}" for level in range(1, 6)}


def complete(document: Document, pdf: pydyf.PDF) -> None:
    """The `finisher` of write_pdf: /Scope for each TH, an /IDTree for the ids that cells refer to, levels in a pack."""
    objects, ids, root, headings = pdf.objects, [], None, []
    for item in objects:
        if not isinstance(item, pydyf.Dictionary):
            continue
        if item.get("Type") == "/StructTreeRoot":
            root = item
        elif item.get("S") in HEADINGS and item.get("Type") == "/StructElem":
            headings.append(item)
        elif item.get("S") == "/TH":
            item["A"]["Scope"] = "/Column" if _group_of(objects, item) == "/THead" else "/Row"
            if "ID" in item:
                ids.append((item["ID"], item.reference))
    for item in headings:
        if _is_in_a_part(objects, item):
            item["S"] = HEADINGS[item["S"]]
    if root is not None and ids:
        root["IDTree"] = _tree(pdf, sorted(ids, key=lambda pair: _bytes(pair[0])))


def _group_of(objects: list[pydyf.Object], cell: pydyf.Dictionary) -> str:
    row = objects[int(cell["P"].split()[0])]
    return str(objects[int(row["P"].split()[0])].get("S"))


def _is_in_a_part(objects: list[pydyf.Object], item: pydyf.Dictionary) -> bool:
    while "P" in item and item.get("S") != "/Part":
        item = objects[int(item["P"].split()[0])]
    return item.get("S") == "/Part"


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
