"""As much of a Bluesky server as publishing needs, with the answers that a real one gave (docs/networks.md)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.fakes.server import FakeNetwork, Reply, Request, Stored

DID = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a"
SESSION = {
    "accessJwt": FakeNetwork.token,
    "refreshJwt": FakeNetwork.token,
    "did": DID,
    "handle": "limburg.test",
}


def refused(error: str, status: int = 400) -> Reply:
    return Reply({"error": error, "message": error}, status)


class FakeBluesky(FakeNetwork):
    name = "bluesky"

    def publishes(self, request: Request) -> bool:
        return request.path.endswith("putRecord")

    def needs_token(self, request: Request) -> bool:
        return not request.path.endswith(("createSession", "refreshSession"))

    def refused_token(self) -> Reply:
        return refused("ExpiredToken")

    def error_inside(self) -> Reply:
        return Reply({"error": "InternalServerError", "message": "Something went wrong"})

    def answer(self, request: Request) -> Reply:
        match request.path.rpartition(".")[2]:
            case "createSession" | "refreshSession":
                return Reply(SESSION)
            case "uploadBlob":
                size = len(request.body)
                link = {"$link": CID}
                return Reply({"blob": {"$type": "blob", "ref": link, "mimeType": "image/jpeg", "size": size}})
            case "putRecord":
                return self._put(request.json)
            case "getRecord":
                stored = self.posts.get(request.query["rkey"])
                return (
                    Reply({**self._place(stored), "value": stored.content})
                    if stored
                    else refused("RecordNotFound")
                )
            case "deleteRecord":
                if self.posts.pop(request.json["rkey"], None):
                    self.removed.append(request.json["rkey"])
                return Reply({})
        return refused("MethodNotImplemented", 501)

    def _put(self, asked: dict[str, Any]) -> Reply:
        key, record = asked["rkey"], asked["record"]
        known = self.posts.get(key)
        if known and known.content != record:
            return refused("InvalidSwap")
        if known is None:
            known = Stored(key, record["text"], datetime.now(UTC), record)
            self.posts[key] = known
            self.accepted.append(known)
        return Reply(self._place(known))

    @staticmethod
    def _place(stored: Stored) -> dict[str, Any]:
        return {"uri": f"at://{DID}/app.bsky.feed.post/{stored.id}", "cid": CID}
