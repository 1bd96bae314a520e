"""Asks the whole product, with known answers and planted errors; never shipped."""
