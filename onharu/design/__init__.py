"""The look of Onharu: templates, styles, icons and small modules.

This room keeps what every page shares. It refuses to know any record, any person and any total: whatever it
shows arrives as words, numbers and addresses in the template context (README.md lists the contracts).
"""
