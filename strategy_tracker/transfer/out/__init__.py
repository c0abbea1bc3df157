"""The plan as files that people can work in: Excel, OpenDocument, Word and CSV."""
