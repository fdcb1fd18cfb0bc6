"""`onharu rotate_signing_key`: sign tokens with a new key on every server; nobody is signed out."""

from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand

from onharu.accounts import jwts


class Command(BaseCommand):
    """Changes the key that tokens are signed with."""

    help = "Sign tokens with a new key, while the servers serve. Nobody is signed out."

    def handle(self, *_: Any, **__: Any) -> None:
        """Rotate, and say until when the key before still checks tokens."""
        kid = jwts.rotate()
        minutes = jwts.lifetime(jwts.ACCESS) // 60
        self.stdout.write(
            f"이제 새 열쇠 {kid}로 토큰에 서명해요. 옛 열쇠의 access 토큰은 {minutes}분 뒤부터 받지 않아요."
        )
