"""What is kept: the only door to SQLAlchemy and the encrypted database.

Here belong tables, keys, backups and migrations. What facts mean, and who may do what with
them, does not: that is for the core and the services.
"""
