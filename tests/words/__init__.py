"""The words everything is said in."""
