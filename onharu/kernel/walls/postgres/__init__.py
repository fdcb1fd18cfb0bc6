"""Django's PostgreSQL engine, which tells a connection for whom it works before the first statement that does."""
