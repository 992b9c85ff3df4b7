"""Work on many letters at once."""
