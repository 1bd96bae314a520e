"""Pure functions from values to markup; whatever is not ours goes through ``html.escape``."""
