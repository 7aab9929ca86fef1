"""Where the networks' servers are. ``CAMPAIGNS_NETWORK_HOSTS`` puts others in their place, for tests."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

HOSTS = {
    "facebook": "https://graph.facebook.com",
    "facebook-dialog": "https://www.facebook.com",
    "instagram": "https://graph.instagram.com",
    "instagram-token": "https://api.instagram.com",
    "instagram-dialog": "https://www.instagram.com",
    "threads": "https://graph.threads.net",
    "threads-dialog": "https://threads.net",
    "linkedin": "https://api.linkedin.com",
    "linkedin-dialog": "https://www.linkedin.com",
    "x": "https://api.x.com",
    "x-dialog": "https://x.com",
}


def host_of(name: str) -> str:
    """The scheme and host of a network's server, without a slash behind it."""
    replaced: dict[str, str] = getattr(settings, "CAMPAIGNS_NETWORK_HOSTS", {})
    network = name.partition("-")[0]
    return (replaced.get(name) or replaced.get(network) or HOSTS[name]).rstrip("/")


def typed_address(typed: str) -> str:
    """What a person typed as a server's address: its scheme and host, with https:// when there was no scheme.

    What cannot be read stays as it is, and is refused with a message when it is called.
    """
    address = typed.strip()
    if "://" not in address:
        address = f"https://{address.rpartition('@')[2]}"  # some type their whole handle
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return f"{parts.scheme}://{parts.netloc}"


def is_linkedins(address: str) -> bool:
    """Whether the token may go there: the address comes from an answer."""
    host = urlsplit(address).hostname or ""
    return (
        host == "linkedin.com"
        or host.endswith(".linkedin.com")
        or host == urlsplit(host_of("linkedin")).hostname
    )
