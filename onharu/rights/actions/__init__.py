"""What is done for a person's rights: archives made and read back, accounts left and erased."""
