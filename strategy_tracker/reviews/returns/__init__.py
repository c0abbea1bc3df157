"""Each authority's return for a quarter: what it says, in figures; checked, submitted, accepted or sent back."""
