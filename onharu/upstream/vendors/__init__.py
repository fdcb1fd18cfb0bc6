"""Vendors' dialects: addresses, headers, envelopes, codes. Nothing here knows what the answer is used for."""
