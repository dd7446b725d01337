"""What the law works out, given facts and dated rates. No I/O, no clock, no Qt."""
