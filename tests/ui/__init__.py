"""The windows: words, focus, the keyboard, and what a screen reader hears."""
