"""How letters of one case are found and compared; `models.cases` is the public face."""
