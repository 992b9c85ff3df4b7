"""`python -m service.cli` is the same as `donthu`."""

from service.cli import app

app()
