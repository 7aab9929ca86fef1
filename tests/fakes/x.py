"""X's API, version 2."""

from __future__ import annotations

import re
from typing import Any

from tests.fakes.server import FakeNetwork, Reply, Request, Stored

_LINK = re.compile(r"https?://[^\s]+")


class FakeX(FakeNetwork):
    name = "x"

    def __init__(self) -> None:
        super().__init__()
        self.refuses_duplicates = True

    def publishes(self, request: Request) -> bool:
        return request.method == "POST" and request.path == "/2/tweets"

    def needs_token(self, request: Request) -> bool:
        return request.path != "/2/oauth2/token"

    def refused_token(self) -> Reply:
        return Reply(
            {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}, 401
        )

    def error_inside(self) -> Reply:
        return Reply({"errors": [{"title": "Internal Error", "detail": "Something went wrong"}]})

    def answer(self, request: Request) -> Reply:  # noqa: PLR0911 - one line a call of the API
        match request.method, *request.path.strip("/").split("/"):
            case "POST", "2", "media", "upload":
                number = self.new_id()
                self.drafts[number] = {**request.form, "bytes": len(request.files["media"])}
                return Reply({"data": {"id": number, "media_key": f"3_{number}"}})
            case "POST", "2", "media", "metadata":
                words = request.json
                self.drafts[words["id"]]["alt"] = words["metadata"]["alt_text"]["text"]
                return Reply({"data": {"id": words["id"], "associated_metadata": words["metadata"]}})
            case "POST", "2", "tweets":
                return self._post(request.json)
            case "GET", "2", "users", "me":
                return Reply({"data": {"id": "33", "name": "Limburg", "username": "limburg"}})
            case "GET", "2", "users", "33", "tweets":
                before, size = (
                    int(request.query.get("pagination_token", "9" * 18)),
                    int(request.query["max_results"]),
                )
                rest = [self._row(post) for post in self.newest_first() if int(post.id) < before]
                page = rest[:size]
                meta: dict[str, Any] = {"result_count": len(page)}
                if len(rest) > size:
                    meta["next_token"] = page[-1]["id"]
                return Reply({"data": page, "meta": meta} if page else {"meta": meta})
            case "GET", "2", "tweets":
                return self._lookup(request.query["ids"].split(","))
            case "DELETE", "2", "tweets", number:
                if self.posts.pop(number, None) is not None:
                    self.removed.append(number)
                return Reply({"data": {"deleted": True}})
            case "POST", "2", "oauth2", "token":
                return self._token(request.form)
        return Reply({"title": "Not Found Error", "status": 404}, 404)

    def _post(self, tweet: dict[str, Any]) -> Reply:
        if self.refuses_duplicates and any(post.text == tweet["text"] for post in self.posts.values()):
            detail = "You are not allowed to create a Tweet with duplicate content."
            return Reply({"title": "Forbidden", "detail": detail, "status": 403}, 403)
        if any(number not in self.drafts for number in tweet.get("media", {}).get("media_ids", [])):
            return Reply({"title": "Invalid Request", "detail": "Your media IDs are invalid."}, 400)
        if "reply" in tweet and tweet["reply"]["in_reply_to_tweet_id"] not in self.posts:
            detail = "You attempted to reply to a Tweet that is deleted or not visible to you."
            return Reply({"title": "Forbidden", "detail": detail, "status": 403}, 403)
        stored = self.store(tweet["text"], tweet)
        return Reply({"data": {"id": stored.id, "text": stored.text}}, 201)

    def _lookup(self, numbers: list[str]) -> Reply:
        names = (
            "retweet_count",
            "reply_count",
            "like_count",
            "quote_count",
            "bookmark_count",
            "impression_count",
        )
        known = [number for number in numbers if number in self.posts]
        rows = [{"id": number, "text": "", "public_metrics": dict.fromkeys(names, 5)} for number in known]
        errors = [{"title": "Not Found Error", "value": number} for number in numbers if number not in known]
        return Reply({**({"data": rows} if rows else {}), **({"errors": errors} if errors else {})})

    def _token(self, asked: dict[str, str]) -> Reply:
        if asked.get("grant_type") == "refresh_token":
            fresh = self.refreshable.pop(asked.get("refresh_token", ""), None)  # once only
            if fresh is None:
                return Reply({"error": "invalid_request"}, 400)
            self.tokens.add(fresh)
            self.refreshable[f"refresh-of-{fresh}"] = f"{fresh}-next"
            return Reply({"access_token": fresh, "expires_in": 7_200, "refresh_token": f"refresh-of-{fresh}"})
        if asked.get("code") != "code-1" or not asked.get("code_verifier"):
            return Reply({"error": "invalid_request", "error_description": "Value passed was invalid."}, 400)
        return Reply({"access_token": self.token, "expires_in": 7_200, "refresh_token": "refresh-1"})

    @staticmethod
    def _row(post: Stored) -> dict[str, Any]:
        urls: list[dict[str, str]] = []

        def shorten(match: re.Match[str]) -> str:
            short = f"https://t.co/{len(urls)}{post.id}"
            urls.append(
                {"url": short, "expanded_url": match.group(), "display_url": match.group()[8:30] + "…"}
            )
            return short

        text = _LINK.sub(shorten, post.text)
        answered = post.content.get("reply", {}).get("in_reply_to_tweet_id")
        created = post.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {
            "id": post.id,
            "text": text,
            "created_at": created,
            **({"entities": {"urls": urls}} if urls else {}),
            **({"referenced_tweets": [{"type": "replied_to", "id": answered}]} if answered else {}),
        }
