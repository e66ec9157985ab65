"""A self-contained HTML page of one or several results."""
