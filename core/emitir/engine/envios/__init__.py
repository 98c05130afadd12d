"""Documents that carry others to the authority: bajas, resúmenes, and the clerk who sends them by the clock."""
