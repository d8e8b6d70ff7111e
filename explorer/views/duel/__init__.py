"""The duel: two sentences, what every model says of both, and what there is to notice."""
