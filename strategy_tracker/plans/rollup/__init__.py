"""How the statuses of many shares become one, by a rule that is data of the partnership, dated and explained."""
