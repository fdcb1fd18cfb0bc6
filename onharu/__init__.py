"""Onharu, the whole day: meals, movement and medicines in one honest day-book."""
