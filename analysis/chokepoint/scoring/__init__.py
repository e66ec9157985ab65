"""Results against published monthly series: tables of observations, plain forecasts, scores, and what a fit may learn."""
