"""The work behind the desk: jobs, and what happens to a receipt until it is a petition."""
