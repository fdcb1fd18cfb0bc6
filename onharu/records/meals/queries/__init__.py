"""What can be asked about meals; every question starts from the owner."""
