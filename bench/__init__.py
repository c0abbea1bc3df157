"""Speed and memory as ratios against a peer, both measured in one run: `python -m bench [pdf] [page] [start]`."""
