"""The pages of accounts: landing, signing up, in and out, the setup's three questions, oneself."""
