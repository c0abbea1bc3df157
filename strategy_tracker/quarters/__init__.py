"""The reporting periods of a partnership and each authority's return: what may be written and read hangs on them."""
