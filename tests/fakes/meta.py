"""The Graph API as Facebook pages, Instagram and Threads speak it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from tests.fakes.server import FakeNetwork, Reply, Request, Stored


def refused(code: int, message: str = "It did not work", status: int = 400) -> Reply:
    return Reply(
        {"error": {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "A"}}, status
    )


def gone() -> Reply:
    return refused(100, "Unsupported get request. Object with ID '1' does not exist", 400)


def time_of(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000")


class FakeGraph(FakeNetwork):
    known_metrics: tuple[str, ...]

    def __init__(self) -> None:
        super().__init__()
        self.invalid_metrics: set[str] = set()

    def refused_token(self) -> Reply:
        return refused(190, "Error validating access token: Session has expired", 401)

    def _insights(self, number: str, request: Request) -> Reply:
        if number not in self.posts:
            return gone()
        names = request.query["metric"].split(",")
        if set(names) - set(self.known_metrics) or set(names) & self.invalid_metrics:
            return refused(100, "(#100) The value must be a valid insights metric")
        return Reply(
            {"data": [{"name": name, "period": "lifetime", "values": [{"value": 7}]} for name in names]}
        )

    def _page(self, request: Request, rows: list[dict[str, Any]]) -> Reply:
        """A cursor names the last message seen, so that what is written or deleted meanwhile moves nothing."""
        after, limit = request.query.get("after"), int(request.query.get("limit", "25"))
        rest = [row for row in rows if after is None or int(row["id"]) < int(after)]
        page = rest[:limit]
        paging: dict[str, Any] = {"cursors": {"after": page[-1]["id"]}} if page else {}
        if len(rest) > limit:
            paging["next"] = "https://graph.facebook.com/next"
        return Reply({"data": page, "paging": paging})

    def _delete(self, number: str) -> Reply:
        if self.posts.pop(number, None) is None:
            return gone()
        self.removed.append(number)
        return Reply({"success": True})


class FakeFacebook(FakeGraph):
    name = "facebook"
    known_metrics = ("post_media_view", "post_total_media_view_unique", "post_clicks")

    def publishes(self, request: Request) -> bool:
        return request.method == "POST" and request.path.endswith("/feed")

    def needs_token(self, request: Request) -> bool:
        return not request.path.endswith("/oauth/access_token")

    def answer(self, request: Request) -> Reply:  # noqa: PLR0911 - one line a call of the API
        match request.method, *request.path.strip("/").split("/")[1:]:
            case "POST", "77", "photos":
                number = self.new_id()
                self.drafts[number] = request.form
                return Reply({"id": number})
            case "POST", "77", "feed":
                attached = [row["media_fbid"] for row in json.loads(request.form.get("attached_media", "[]"))]
                if any(number not in self.drafts for number in attached):
                    return refused(100, "Invalid parameter")
                return Reply({"id": self.store(request.form["message"], dict(request.form)).id})
            case "GET", "77", "feed":
                return self._page(request, [self._row(post) for post in self.newest_first()])
            case "GET", "77":
                return Reply({"id": "77", "name": "Limburg Openhartig"})
            case "GET", number, "insights":
                return self._insights(number, request)
            case "DELETE", number:
                return self._delete(number)
            case _, "oauth", "access_token":
                if request.form.get("code", "code-1") != "code-1":
                    return refused(100, "This authorization code has expired.")
                return Reply({"access_token": self.token, "token_type": "bearer", "expires_in": 5_184_000})
            case "GET", "me", "accounts":
                rows = [{"id": "77", "name": "Limburg Openhartig", "access_token": self.token}]
                return self._page(request, [*rows, {"id": "78", "name": "Ander", "access_token": "t"}])
        return gone()

    @staticmethod
    def _row(post: Stored) -> dict[str, Any]:
        return {
            "id": post.id,
            "message": post.text,
            "created_time": time_of(post.created_at),
            "permalink_url": f"https://www.facebook.com/77/posts/{post.id}",
        }


class FakeContainers(FakeGraph):
    """Containers, as Instagram and Threads have them."""

    edge: str
    publish_edge: str
    quota_edge: str
    status_field: str
    text_field: str
    host: str

    def __init__(self) -> None:
        super().__init__()
        self.slow = 0  # how often a container is still in progress when it is asked about
        self.quota_used = 0

    def publishes(self, request: Request) -> bool:
        return request.method == "POST" and request.path.endswith(f"/{self.publish_edge}")

    def needs_token(self, request: Request) -> bool:
        return not request.path.endswith("access_token")

    def answer(self, request: Request) -> Reply:  # noqa: PLR0911 - one line a call of the API
        parts = request.path.strip("/").split("/")
        if parts[-1].endswith("access_token"):
            return self._token(request)
        match request.method, *parts[1:]:
            case "POST", "55", self.edge:
                number = self.new_id()
                self.drafts[number] = {**request.form, "status": "IN_PROGRESS", "waits": self.slow}
                return Reply({"id": number})
            case "POST", "55", self.publish_edge:
                return self._publish(self.drafts.get(request.form.get("creation_id", "")))
            case "GET", "55", self.edge:
                own = [post for post in self.newest_first() if "reply_to_id" not in post.content]
                return self._page(request, [self._row(post) for post in own])
            case "GET", number, "replies" if number in self.posts:
                return self._page(request, self._answers(number))
            case "GET", "55", self.quota_edge:
                config = {"quota_total": 50, "quota_duration": 86_400}
                return Reply({"data": [{"quota_usage": self.quota_used, "config": config}]})
            case "GET", "me":
                return Reply({"id": "55", "user_id": "55", "username": "limburg"})
            case "GET", number, "insights":
                return self._insights(number, request)
            case "GET", number if number in self.drafts:
                return Reply({self.status_field: self._status(self.drafts[number]), "id": number})
            case "GET", number if number in self.posts:
                return Reply(self._row(self.posts[number]))
            case "DELETE", number:
                return self._delete(number)
        return gone()

    def _answers(self, number: str) -> list[dict[str, Any]]:
        found = [post for post in self.newest_first() if post.content.get("reply_to_id") == number]
        return [{**self._row(post), "is_reply_owned_by_me": "theirs" not in post.content} for post in found]

    def _status(self, container: dict[str, Any]) -> str:
        if container["status"] == "IN_PROGRESS":
            container["waits"] -= 1
            if container["waits"] < 0:
                container["status"] = "FINISHED"
        return str(container["status"])

    def _publish(self, container: dict[str, Any] | None) -> Reply:
        if container is None:
            return gone()
        if container["status"] == "IN_PROGRESS":
            return refused(9007, "The media is not ready for publishing, please wait for a moment")
        if container["status"] != "FINISHED":
            return refused(100, "The requested resource has been published already")
        container["status"] = "PUBLISHED"
        return Reply({"id": self.store(container.get(self.text_field, ""), container).id})

    def _row(self, post: Stored) -> dict[str, Any]:
        return {
            "id": post.id,
            self.text_field: post.text,
            "permalink": f"https://{self.host}/p/{post.id}/",
            "timestamp": time_of(post.created_at),
        }

    def _token(self, request: Request) -> Reply:
        asked = request.fields
        if asked.get("grant_type", "").endswith("_refresh_token"):
            if asked.get("access_token") not in self.refreshable:
                return refused(190, "Error validating access token", 400)
            fresh = self.refreshable[asked["access_token"]]
            self.tokens.add(fresh)
            return Reply({"access_token": fresh, "token_type": "bearer", "expires_in": 5_184_000})
        if asked.get("code", "code-1") != "code-1":
            return refused(100, "Invalid authorization code", 400)
        return Reply({"access_token": self.token, "user_id": 55, "expires_in": 5_184_000})


class FakeInstagram(FakeContainers):
    name = "instagram"
    edge, publish_edge, quota_edge = "media", "media_publish", "content_publishing_limit"
    status_field, text_field, host = "status_code", "caption", "www.instagram.com"
    known_metrics = ("views", "reach", "likes", "comments", "saved", "shares")


class FakeThreads(FakeContainers):
    name = "threads"
    edge, publish_edge, quota_edge = "threads", "threads_publish", "threads_publishing_limit"
    status_field, text_field, host = "status", "text", "www.threads.net"
    known_metrics = ("views", "likes", "replies", "reposts", "quotes", "shares")
