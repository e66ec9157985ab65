"""The commands compare, report and export."""
