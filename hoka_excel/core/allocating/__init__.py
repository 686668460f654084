"""How units are handed out: reading amounts, limits and remainders, tables with fixed margins, traces."""
