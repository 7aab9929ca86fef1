"""Mastodon's API, with the answers of its documentation. It ignores ``Idempotency-Key``, as some servers do."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from tests.fakes.server import FakeNetwork, Reply, Request, Stored

INSTANCE = {
    "domain": "mastodon.test",
    "title": "Mastodon",
    "version": "4.4.1",
    "configuration": {
        "statuses": {"max_characters": 500, "max_media_attachments": 4, "characters_reserved_per_url": 23},
        "media_attachments": {
            "description_limit": 1500,
            "image_size_limit": 16_777_216,
            "image_matrix_limit": 33_177_600,
            "supported_mime_types": ["image/jpeg", "image/png"],
        },
    },
}
_LINK = re.compile(r"https?://[^\s]+")


class FakeMastodon(FakeNetwork):
    name = "mastodon"

    def __init__(self) -> None:
        super().__init__()
        self.instance: dict[str, Any] | None = INSTANCE
        self.honours_keys = False
        self.by_key: dict[str, Stored] = {}
        self.processing = 0  # how often a picture is still being processed when it is asked about
        self.apps: list[dict[str, str]] = []

    def publishes(self, request: Request) -> bool:
        return request.method == "POST" and request.path == "/api/v1/statuses"

    def needs_token(self, request: Request) -> bool:
        return request.path not in ("/api/v2/instance", "/api/v1/instance", "/api/v1/apps", "/oauth/token")

    def error_inside(self) -> Reply:
        return Reply({"error": "Something went wrong"})

    def answer(self, request: Request) -> Reply:  # noqa: PLR0911, PLR0912 - one line a call of the API
        match request.method, *request.path.strip("/").split("/"):
            case "POST", "api", "v1", "statuses":
                return self._post(request)
            case "POST", "api", "v1" | "v2", "media":
                number = self.new_id()
                self.drafts[number] = {
                    "waits": self.processing,
                    "description": request.form.get("description"),
                }
                return Reply(self._media(number), 202 if self.processing else 200)
            case "GET", "api", "v1", "media", number:
                if number not in self.drafts:
                    return Reply({"error": "Record not found"}, 404)
                self.drafts[number]["waits"] -= 1
                return Reply(self._media(number), 206 if self.drafts[number]["waits"] > 0 else 200)
            case "GET", "api", "v1", "accounts", "verify_credentials":
                return Reply({"id": "42", "username": "limburg", "acct": "limburg"})
            case "GET", "api", "v1", "accounts", "42", "statuses":
                newest = self.newest_first()
                before = int(request.query.get("max_id", "9" * 18))
                page = [post for post in newest if int(post.id) < before][
                    : int(request.query.get("limit", "20"))
                ]
                return Reply([self._status(post) for post in page])
            case "GET", "api", "v1", "statuses", number:
                if number not in self.posts:
                    return Reply({"error": "Record not found"}, 404)
                return Reply(self._status(self.posts[number]))
            case "DELETE", "api", "v1", "statuses", number:
                if self.posts.pop(number, None) is None:
                    return Reply({"error": "Record not found"}, 404)
                self.removed.append(number)
                return Reply({"id": number, "text": ""})
            case "GET", "api", "v2", "instance" if self.instance is not None:
                return Reply(self.instance)
            case "GET", "api", "v1", "instance":
                return Reply({"uri": "mastodon.test", "version": INSTANCE["version"]})
            case "POST", "api", "v1", "apps":
                self.apps.append(request.form)
                return Reply({"client_id": "app-1", "client_secret": "app-secret-1", "name": "Drieklank"})
            case "POST", "oauth", "token":
                if request.form.get("code") != "code-1":
                    return Reply({"error": "invalid_grant"}, 400)
                return Reply({"access_token": self.token, "token_type": "Bearer", "scope": "read write"})
        return Reply({"error": "Not found"}, 404)

    def _post(self, request: Request) -> Reply:
        key = request.headers.get("idempotency-key", "")
        if self.honours_keys and key in self.by_key:
            return Reply(self._status(self.by_key[key]))
        status = request.json if request.kind == "application/json" else request.form
        if any(number not in self.drafts for number in status.get("media_ids", [])):
            return Reply({"error": "Validation failed: Media attachments not found"}, 422)
        if status.get("in_reply_to_id") and status["in_reply_to_id"] not in self.posts:
            return Reply({"error": "Record not found"}, 404)
        stored = self.store(status["status"], status)
        self.by_key[key] = stored
        return Reply(self._status(stored))

    @staticmethod
    def _media(number: str) -> dict[str, Any]:
        return {"id": number, "type": "image", "url": None, "preview_url": None, "description": ""}

    @staticmethod
    def _status(post: Stored) -> dict[str, Any]:
        def link(match: re.Match[str]) -> str:
            address = match.group()
            return f'<a href="{address}" rel="nofollow">{address}</a>'

        words = _LINK.sub(link, escape(post.text, quote=False))
        content = "".join(f"<p>{part}</p>" for part in words.split("\n\n")).replace("\n", "<br />")
        return {
            "id": post.id,
            "created_at": post.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "url": f"https://mastodon.test/@limburg/{post.id}",
            "uri": f"https://mastodon.test/users/limburg/statuses/{post.id}",
            "content": content,
            "visibility": "public",
            "in_reply_to_id": post.content.get("in_reply_to_id"),
            "language": post.content.get("language"),
            "favourites_count": 3,
            "reblogs_count": 2,
            "replies_count": 0,
            "media_attachments": [],
        }
