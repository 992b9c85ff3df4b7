"""The doors through which letters come in; each ends in `receipts.receive`."""
