"""The commands compare, report, export, score and fit."""
