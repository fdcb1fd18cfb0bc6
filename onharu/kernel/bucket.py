"""Files in a private bucket of an S3 server. Chosen by FILES_URL, never imported: it needs the extra `prod`.

Nothing in the bucket is public. Who may see a file gets a link that holds for a minute, or the file through the house.
What a server does not do in time is Unavailable, not a crash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from onharu.kernel.problems import Unavailable

T = TypeVar("T")
HOLDS_SECONDS = 60
CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 2, 5, 2
IN_MEMORY = 2 * 1024 * 1024  # what is larger lies in a nameless temporary file while it is read


class Bucket(S3Storage):  # type: ignore[misc]  # django-storages is untyped
    """A bucket and a folder of it."""

    def __init__(self, *, public: str = "", links: bool = True, addressing_style: str = "auto", **options: Any) -> None:
        self._said = {"public": public, "links": links, "addressing_style": addressing_style, **options}
        self._public, self._links = public, links
        config = Config(
            s3={"addressing_style": addressing_style},
            signature_version="s3v4",
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
            # Other servers than Amazon's do not all know the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(
            client_config=config,
            default_acl=None,  # the bucket is private, and so is what lies in it
            file_overwrite=False,
            querystring_expire=HOLDS_SECONDS,
            max_memory_size=IN_MEMORY,
            object_parameters={"CacheControl": "private, no-store"},
            **options,
        )

    def beside(self, folder: str) -> Bucket:
        """Open another folder of the same bucket."""
        return Bucket(**{**self._said, "location": f"{self.location}/{folder}".strip("/")})

    def link(self, name: str, *, content_type: str, filename: str = "") -> str:
        """Sign a link to one file; "" where links are switched off. Nobody is asked for it."""
        if not self._links:
            return ""
        shown = f'attachment; filename="{filename}"' if filename else "inline"
        said = {
            "Bucket": self.bucket_name,
            "Key": self._normalize_name(name),
            "ResponseContentType": content_type,
            "ResponseContentDisposition": shown,
            "ResponseCacheControl": "private, no-store",
        }
        return str(self._signer.generate_presigned_url("get_object", Params=said, ExpiresIn=HOLDS_SECONDS))

    @cached_property
    def _signer(self) -> Any:
        """Sign for the address that browsers know, where the house knows the server by another. Slow to make."""
        if not self._public:
            return self.connection.meta.client
        session: boto3.Session = self._create_session()
        return session.client("s3", region_name=self.region_name, endpoint_url=self._public, config=self.client_config)

    def forget_below(self, folder: str) -> None:
        """Delete every file of a folder. Saying it twice changes nothing."""
        prefix = f"{self._normalize_name(folder)}/"
        with _answering():
            told = self.bucket.objects.filter(Prefix=prefix).delete()
        if any(one.get("Errors") for one in told):  # the answer as a whole is a success even then
            raise Unavailable

    def _open(self, name: str, mode: str = "rb") -> Any:
        return _tried(lambda: super(Bucket, self)._open(name, mode))

    def _save(self, name: str, content: Any) -> str:
        return str(_tried(lambda: super(Bucket, self)._save(name, content)))

    def delete(self, name: str) -> None:
        """Delete a file; one that is not there is no fault."""
        _tried(lambda: super(Bucket, self).delete(name))

    def exists(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return bool(_tried(lambda: super(Bucket, self).exists(name)))


def _tried(work: Callable[[], T]) -> T:
    with _answering():
        return work()


@contextmanager
def _answering() -> Iterator[None]:
    """Say of a bucket that does not answer, or refuses, that it is unavailable now."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise Unavailable from error
