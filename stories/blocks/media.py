from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock, StructValue, URLBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock

from .embeds import Embed, read_embed

TRANSCRIPT_FEATURES = ["bold", "italic", "h4"]
TRANSCRIPT_HELP = _(
    "Everything that is said, and what else matters to hear or see. Nothing goes online without it."
)
AUDIO_TYPES = {"mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "wav": "audio/wav"}
VIDEO_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}


def media_type(document: Any, types: dict[str, str]) -> str:
    """The type of a file by the end of its name, as a player needs it; empty when it is no such file."""
    return types.get(document.file_extension.lower(), "") if document else ""


class AudioValue(StructValue):
    @property
    def media_type(self) -> str:
        return media_type(self.get("file"), AUDIO_TYPES)


class AudioBlock(StructBlock):
    """The teller's voice. Never without the words in writing."""

    title = CharBlock(label=_("Title"), max_length=120)
    file = DocumentChooserBlock(label=_("Audio file"), help_text=_("mp3, m4a, ogg or wav."))
    transcript = RichTextBlock(label=_("Transcript"), features=TRANSCRIPT_FEATURES, help_text=TRANSCRIPT_HELP)

    class Meta:
        label = _("Audio")
        description = _("A recording with its words in writing.")
        icon = "media"
        group = _("Media")
        template = "stories/blocks/audio.html"
        value_class = AudioValue
        preview_value = {
            "title": "Luister naar Mila",
            "file": None,
            "transcript": "<p>Ik ben Mila. Ik vertel hoe het begon.</p>",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not cleaned.media_type:
            message = ValidationError(_("Choose an audio file: mp3, m4a, ogg or wav."))
            raise StructBlockValidationError(block_errors={"file": message})
        return cleaned


class VideoValue(StructValue):
    @property
    def embed(self) -> Embed | None:
        return read_embed(self.get("address") or "")

    @property
    def media_type(self) -> str:
        return media_type(self.get("file"), VIDEO_TYPES)


class VideoBlock(StructBlock):
    """A film of our own with captions, or one on YouTube or Vimeo. Never without a transcript."""

    title = CharBlock(label=_("Title"), max_length=120)
    file = DocumentChooserBlock(label=_("Video file"), required=False, help_text=_("mp4 or webm."))
    captions = DocumentChooserBlock(
        label=_("Captions"),
        required=False,
        help_text=_("A WebVTT file (vtt) in the language of this page. A video file needs one."),
    )
    address = URLBlock(
        label=_("Or: address on YouTube or Vimeo"),
        required=False,
        default="",
        help_text=_("Loaded only after a reader asks for it."),
    )
    transcript = RichTextBlock(label=_("Transcript"), features=TRANSCRIPT_FEATURES, help_text=TRANSCRIPT_HELP)

    class Meta:
        label = _("Video")
        description = _("A film with captions and with its words in writing.")
        icon = "media"
        group = _("Media")
        template = "stories/blocks/video.html"
        value_class = VideoValue
        preview_value = {
            "title": "Mila vertelt",
            "file": None,
            "captions": None,
            "address": "https://vimeo.com/76979871",
            "transcript": "<p>Ik ben Mila. Ik vertel hoe het begon.</p>",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors = _video_errors(cleaned)
        if errors:
            raise StructBlockValidationError(
                block_errors={name: ValidationError(message) for name, message in errors.items()}
            )
        return cleaned


def _video_errors(video: VideoValue) -> dict[str, Any]:
    """What is wrong with a video, by field."""
    file, address, captions = video.get("file"), video.get("address"), video.get("captions")
    if bool(file) == bool(address):
        return {"file": _("Choose a video file or type an address: one of the two.")}
    if address:
        known = video.embed is not None
        return {} if known else {"address": _("This is no address of a video on YouTube or Vimeo.")}
    errors: dict[str, Any] = {}
    if not video.media_type:
        errors["file"] = _("Choose a video file: mp4 or webm.")
    if captions is None:
        errors["captions"] = _("Add captions: without them, people who do not hear cannot follow the film.")
    elif not is_webvtt(captions):
        errors["captions"] = _("This is no WebVTT file. Its first line must be WEBVTT.")
    return errors


def is_webvtt(document: Any) -> bool:
    """Whether the file begins as the WebVTT standard demands (W3C WebVTT 1, section 4.1)."""
    try:
        with document.file.open("rb") as file:
            start = file.read(10).removeprefix(b"\xef\xbb\xbf")
    except OSError:
        return False
    return start.startswith(b"WEBVTT") and start[6:7] in (b"", b" ", b"\t", b"\n", b"\r")
