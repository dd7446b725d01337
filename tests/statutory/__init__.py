"""What the law works out."""
