"""The desk: what people do with letters. Each function is one change, its record and its audit row."""
