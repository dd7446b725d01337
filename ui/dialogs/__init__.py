"""One question each. The safe answer is where Enter falls."""
