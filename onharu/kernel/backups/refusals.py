"""What stands against taking a backup or putting one back, each in one sentence; nothing was changed then."""

from __future__ import annotations

from onharu.kernel.problems import Problem


class BackupRefused(Problem):
    """A backup cannot be taken, read or put back."""

    status = 409
    code = "backup_refused"
    ko = "백업을 다룰 수 없어요."
    en = "The backup cannot be handled."


def damaged(name: str) -> BackupRefused:
    """Say that a file is not whole or was changed."""
    return BackupRefused(
        "backup_damaged",
        f"{name}: 온전한 백업이 아니에요. 잘렸거나 바뀌었어요. 다른 백업을 쓰세요.",
        f"{name} is not a whole backup: it was cut or changed. Use another one.",
    )


def another_key(name: str) -> BackupRefused:
    """Say that a file was sealed with another key."""
    return BackupRefused(
        "backup_key",
        f"{name}: 이 열쇠로 열리지 않아요. 이 백업을 만든 backup.key를 --key로 알려 주세요.",
        f"{name} does not open with this key. Name the backup.key that it was made with: --key FILE.",
    )
