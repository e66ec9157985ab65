"""The model card: what is known of the model, every figure taken from runs, tests and the scenarios. Made by make_validation.py."""
