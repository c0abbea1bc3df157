"""A row of a CSV file is named by the number that a spreadsheet shows, however many lines its cells have."""

from strategy_tracker.transfer.reading import read_document


def test_lines_within_a_cell_and_empty_rows_count_as_a_spreadsheet_counts_them() -> None:
    (grid,) = read_document(b'"No","What\nis done"\n1,"Ask\nand\nlisten"\n\n2,Wait\n').grids
    assert [grid.place(row, 0) for row in range(3)] == [f"The file, row {number}, column 1" for number in (1, 2, 4)]
