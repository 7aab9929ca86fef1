"""A Bluesky server whose answers a test makes up, and a strict eye on what it was sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import requests
import responses
from atproto_client.models.utils import get_or_create
from PIL import Image
from pydantic import BaseModel

from campaigns.providers.base import OutgoingImage, OutgoingPost

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
KEY = "3mfyqsgpjzs2a"
URI = f"at://{DID}/app.bsky.feed.post/{KEY}"
CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"
CREDENTIALS = {"identifier": "@limburg.test", "password": "abcd-efgh-ijkl-mnop", "service": ""}
POST = OutgoingPost(text="Vijf verhalen 🌻", language="nl", idempotency_key=KEY, created_at=NOW)
SESSION = {"accessJwt": "access-1", "refreshJwt": "refresh-1", "did": DID, "handle": "limburg.test"}
BLOB = {"$type": "blob", "ref": {"$link": CID}, "mimeType": "image/jpeg", "size": 5}


def address(method: str, service: str = "https://bsky.social") -> str:
    return f"{service}/xrpc/{method}"


class FakePds:
    """The answers a server gives; a method that is answered twice gives the next answer each time."""

    def __init__(self, mock: responses.RequestsMock) -> None:
        self.mock = mock

    def answers(self, method: str, content: Any = None, status: int = 200, **options: Any) -> None:
        verb = "GET" if method.rpartition(".")[2].startswith(("get", "resolve")) else "POST"
        body = options.pop("body", json.dumps(content if content is not None else {}))
        self.mock.add(verb, address(method), body=body, status=status, **options)

    def refuses(self, method: str, error: str, status: int = 400, **options: Any) -> None:
        self.answers(method, {"error": error, "message": f"{error}, in words"}, status, **options)

    def stores_the_message(self) -> None:
        self.answers("com.atproto.repo.putRecord", {"uri": URI, "cid": CID, "validationStatus": "valid"})

    @property
    def calls(self) -> list[str]:
        return [urlsplit(str(call.request.url)).path.rpartition("/")[2] for call in self.mock.calls]

    def requests(self, method: str) -> list[requests.PreparedRequest]:
        return [call.request for call in self.mock.calls if f"/{method}" in str(call.request.url)]

    def sent(self, method: str) -> dict[str, Any]:
        """The JSON of the last call of ``method``."""
        return dict(json.loads(self.requests(method)[-1].body or b"{}"))

    @property
    def record(self) -> dict[str, Any]:
        return dict(self.sent("com.atproto.repo.putRecord")["record"])


def photo(width: int = 40, height: int = 30, alt: str = "Een bankje.") -> OutgoingImage:
    output = BytesIO()
    Image.effect_noise((width, height), 90).save(output, "JPEG")
    return OutgoingImage(output.getvalue(), "image/jpeg", alt, width, height)


def check_model(content: dict[str, Any], model: type[BaseModel]) -> None:
    """``content`` is what ``model`` describes: types, formats and lengths, and not a field more."""
    checked = get_or_create(content, model, strict=True, strict_string_format=True)
    assert isinstance(checked, model)
    unknown = list(_unknown_fields(checked))
    assert not unknown, unknown


def _unknown_fields(value: Any) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from (f"{type(value).__name__}.{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from _unknown_fields(getattr(value, name))
    elif isinstance(value, list):
        for item in value:
            yield from _unknown_fields(item)
