"""The composition root: settings, checks, urls, the split server, the `onharu` command.

It knows every room and nobody imports it. It refuses to hold any feature of its own.
"""
