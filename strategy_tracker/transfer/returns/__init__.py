"""Offline returns: a workbook of one authority's parts of a plan goes out, comes back filled in, and is reported."""
