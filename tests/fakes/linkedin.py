"""LinkedIn's versioned API."""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.server import FakeNetwork, Reply, Request, Stored

AUTHOR = "urn:li:organization:99"


class FakeLinkedIn(FakeNetwork):
    name = "linkedin"

    def __init__(self) -> None:
        super().__init__()
        self.address = ""  # where pictures are put; the test sets it
        self.refuses_duplicates = True

    def publishes(self, request: Request) -> bool:
        return request.method == "POST" and request.path == "/rest/posts"

    def needs_token(self, request: Request) -> bool:
        return not request.path.startswith("/oauth")

    def refused_token(self) -> Reply:
        return Reply({"status": 401, "code": "EXPIRED_ACCESS_TOKEN", "message": "The token has expired"}, 401)

    def error_inside(self) -> Reply:
        return Reply({"status": 500, "message": "Internal Server Error"})

    def answer(self, request: Request) -> Reply:  # noqa: PLR0911 - one line a call of the API
        if request.path.startswith("/rest") and "linkedin-version" not in request.headers:
            return Reply({"status": 400, "message": "A version must be present"}, 400)
        match request.method, *request.path.strip("/").split("/"):
            case "POST", "rest", "images":
                urn = f"urn:li:image:{self.new_id()}"
                self.drafts[urn] = {}
                return Reply({"value": {"uploadUrl": f"{self.address}/linkedin/upload/{urn}", "image": urn}})
            case "PUT", "upload", urn:
                self.drafts[urn]["bytes"] = len(request.body)
                return Reply(None, 201)
            case "POST", "rest", "posts":
                return self._post(request)
            case "GET", "rest", "posts":
                start, size = int(request.query["start"]), int(request.query["count"])
                rows = [self._row(post) for post in self.newest_first()]
                return Reply(
                    {"elements": rows[start : start + size], "paging": {"start": start, "count": size}}
                )
            case "DELETE", "rest", "posts", urn:
                number = urn.rpartition(":")[2]
                if self.posts.pop(number, None) is None:
                    return Reply({"status": 404, "message": "Not found"}, 404)
                self.removed.append(number)
                return Reply(None, 204)
            case "GET", "rest", "organizationalEntityShareStatistics":
                listed = re.findall(r"urn:li:share:(\d+)", request.query["shares"])
                known = [number for number in listed if number in self.posts]
                return Reply({"elements": [self._statistics(number) for number in known]})
            case "GET", "rest", "organizations", number:
                return Reply({"id": int(number), "localizedName": f"Organisatie {number}"})
            case "GET", "rest", "organizationAcls":
                roles = [{"organization": f"urn:li:organization:{number}"} for number in (99, 98)]
                return Reply({"elements": roles})
            case "POST", "oauth", "v2", "accessToken":
                return self._token(request.form)
        return Reply({"status": 404, "message": "Not found"}, 404)

    def _post(self, request: Request) -> Reply:
        words = request.json["commentary"]
        if self.refuses_duplicates and any(post.text == words for post in self.posts.values()):
            return Reply({"status": 422, "message": "Content is a duplicate of urn:li:share:1"}, 422)
        stored = self.store(words, request.json)
        return Reply(None, 201, {"x-restli-id": f"urn:li:share:{stored.id}"})

    def _token(self, asked: dict[str, str]) -> Reply:
        if asked.get("grant_type") == "refresh_token":
            fresh = self.refreshable.get(asked.get("refresh_token", ""))
            if fresh is None:
                return Reply({"error": "invalid_grant"}, 400)
            self.tokens.add(fresh)
            return Reply(
                {"access_token": fresh, "expires_in": 5_184_000, "refresh_token": asked["refresh_token"]}
            )
        if asked.get("code") != "code-1":
            return Reply({"error": "invalid_request", "error_description": "Unable to retrieve token"}, 400)
        return Reply({"access_token": self.token, "expires_in": 5_184_000, "refresh_token": "refresh-1"})

    @staticmethod
    def _row(post: Stored) -> dict[str, Any]:
        return {
            "id": f"urn:li:share:{post.id}",
            "commentary": post.text,
            "createdAt": int(post.created_at.timestamp() * 1000),
            "author": AUTHOR,
        }

    @staticmethod
    def _statistics(number: str) -> dict[str, Any]:
        return {
            "share": f"urn:li:share:{number}",
            "totalShareStatistics": {
                "impressionCount": 120,
                "uniqueImpressionsCount": 90,
                "clickCount": 4,
                "likeCount": 3,
                "commentCount": 0,
                "shareCount": 1,
                "engagement": 0.06,
            },
        }
