"""Tokens are made whatever of cryptography was loaded before."""

import subprocess
import sys

LOADED_ONE_BY_ONE = """
import django
django.setup()
from cryptography.hazmat.primitives.asymmetric import ec
from allauth.headless.tokens.strategies.jwt import internal
print(internal.get_session_key_cipher(bytes(16)).mode.name)
"""


def test_tokens_are_made_after_keys_of_another_kind_were_loaded():
    done = subprocess.run([sys.executable, "-c", LOADED_ONE_BY_ONE], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "CTR", done.stderr[-500:]
