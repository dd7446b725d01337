"""Whole journeys, told in order."""
