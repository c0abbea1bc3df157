"""Any scheme at all, for property tests."""

from hypothesis import strategies as st

from strategy_tracker.risks.schemes.rules import Axis, Band, Category, Cell, Level, Scheme, Tone


@st.composite
def any_scheme(draw: st.DrawFn, impact: int, likelihood: int) -> Scheme:
    """Of these two sizes: any bands in any cells, numbers or none, any orientation."""
    tones = sorted(draw(st.lists(st.sampled_from(Tone), min_size=1, max_size=8)))
    bands = tuple(Band(f"Band {place}", tone) for place, tone in enumerate(tones))
    place = st.integers(0, len(bands) - 1)
    cell = st.builds(Cell, place, st.none() | st.integers(-100, 10_000))
    row = st.lists(cell, min_size=likelihood, max_size=likelihood).map(tuple)
    return Scheme(
        impact=tuple(Level(f"{number}", f"Impact {number}") for number in range(impact)),
        likelihood=tuple(Level(f"{number}", f"Likelihood {number}", "Often") for number in range(likelihood, 0, -1)),
        bands=bands,
        cells=draw(st.lists(row, min_size=impact, max_size=impact).map(tuple)),
        tolerated=draw(st.none() | place),
        categories=(Category("Money", draw(st.none() | place)),),
        rows=draw(st.sampled_from(Axis)),
        worst_on_top=draw(st.booleans()),
        worst_on_right=draw(st.booleans()),
    )
