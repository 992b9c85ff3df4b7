"""Who works here, how they sign in, and what each may do and see."""
