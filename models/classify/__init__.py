"""Type and field of a letter: cues, n-grams, calibrated linear models and their reasons."""
