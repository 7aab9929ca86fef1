"""A message in several parts: each is a message of its own that answers the one before.

A part is sent when every part before it is known to be out, and is written down before the next one is sent. So after a
kill at most one part is in doubt: it is looked for, by what it answers too, and the rest goes out from there.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from campaigns.providers.base import OutgoingPost, PublishResult
from campaigns.providers.messages import MessageProvider, words_alone

A_MOMENT = timedelta(milliseconds=1)  # networks sort by time: part 3 is later than part 2


class ThreadProvider(MessageProvider):
    """A network with threads. Its own are ``_send`` and ``_look_for``; a single message is a thread of one part."""

    @abstractmethod
    def _send(self, part: OutgoingPost, earlier: Sequence[PublishResult]) -> PublishResult:
        """Put one part on the network, as an answer to the last of ``earlier``. Raises ``ProviderError``."""

    @abstractmethod
    def _look_for(self, part: OutgoingPost, earlier: Sequence[PublishResult]) -> PublishResult | None:
        """The part if an earlier try reached the network, else None. Raises ``ProviderError``."""

    @classmethod
    def part_key(cls, key: str, place: int) -> str:
        """The idempotency key of a further part, made from that of the message."""
        return f"{key}-{place}"

    def publish(self, post: OutgoingPost) -> PublishResult:
        self._refuse_faulty(post)
        if not post.followups:
            return self._send(post, ())
        sent = sent_parts(post.steps.ids)
        for place in range(len(sent), len(post.followups) + 1):
            result = self._send(self._part(post, place), sent)
            _keep(post, place, result)
            sent.append(result)
        return _together(sent)

    def find(self, post: OutgoingPost) -> PublishResult | None:
        if not post.followups:
            return self._look_for(post, ())
        sent = sent_parts(post.steps.ids)
        for place in range(len(sent), len(post.followups) + 1):
            found = self._look_for(self._part(post, place), sent)
            if found is None:
                break
            _keep(post, place, found)
            sent.append(found)
        return _together(sent) if sent else None

    def _part(self, post: OutgoingPost, place: int) -> OutgoingPost:
        if place == 0:
            return replace(post, followups=())
        return replace(
            words_alone(post, post.followups[place - 1]),
            idempotency_key=self.part_key(post.idempotency_key, place),
            created_at=post.created_at + place * A_MOMENT,
            steps=post.steps.of_part(place),
        )


def sent_parts(ids: Mapping[str, str]) -> list[PublishResult]:
    """The parts of a thread that are known to be out, in their order; ``ids`` are those of its ``Steps``."""
    parts: list[PublishResult] = []
    while remote_id := ids.get(f"sent{len(parts)}"):
        place = len(parts)
        url, version = ids.get(f"url{place}", ""), ids.get(f"version{place}", "")
        parts.append(PublishResult(remote_id, url, version=version))
    return parts


def thread_so_far(ids: Mapping[str, str]) -> PublishResult | None:
    """What of a thread is out already; None when nothing is, or when the message is no thread."""
    sent = sent_parts(ids)
    return _together(sent) if sent else None


def _keep(post: OutgoingPost, place: int, result: PublishResult) -> None:
    known = {"sent": result.remote_id, "url": result.url, "version": result.version}
    post.steps.keep(**{f"{name}{place}": value for name, value in known.items() if value})


def _together(parts: Sequence[PublishResult]) -> PublishResult:
    return replace(parts[0], followups=tuple(part.remote_id for part in parts[1:]))
