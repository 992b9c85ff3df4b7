"""Small pure steps that turn the picture of a page into one that an engine reads well."""
