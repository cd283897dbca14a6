"""The same rules over NumPy columns: many organisations at a time, agreeing to the last digit."""
