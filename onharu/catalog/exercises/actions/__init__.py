"""What can be done to the shelf: import an official table, load the shipped one."""
