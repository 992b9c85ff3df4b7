"""Where everything is kept: PostgreSQL and the originals."""
