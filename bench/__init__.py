"""Speed of the engine, as ratios wherever a ratio says it."""
