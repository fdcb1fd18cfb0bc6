"""What can be asked about exercises. Answers are frozen values."""
