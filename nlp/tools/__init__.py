"""Programs that build the data of the package; none of them runs in production."""
