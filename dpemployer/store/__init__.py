"""What is kept: the only door to SQLAlchemy and the encrypted database."""
