"""Plans in and out: Word, Excel, OpenDocument, CSV and JSON."""
