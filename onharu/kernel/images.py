"""Photographs at the door: what a stranger uploaded becomes a plain small JPEG, or a clear refusal.

The bytes decide what a file is, never its name or its declared type. Nothing but pixels survives: the output is drawn
anew, so EXIF, GPS, XMP, comments, thumbnails and anything appended to the file stay behind.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from threading import Lock

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from onharu.kernel import measures, picture_files
from onharu.kernel.problems import Invalid

MAX_BYTES = 12 * 1024 * 1024
MAX_PIXELS = 50_000_000
LONGEST_SIDE = 1600
THUMBNAIL_SIDE = 320
QUALITY = 85
# The stored photograph may be smaller than LONGEST_SIDE when the decoder can get there by halving for free.
ENOUGH = 1000

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})
UNREADABLE = (
    OSError,  # also PIL.UnidentifiedImageError, and a file that ends too early
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
)

pillow_heif.options.THUMBNAILS = pillow_heif.options.DEPTH_IMAGES = pillow_heif.options.AUX_IMAGES = False
STRIP = 64  # lines of the shrunk picture that are made at once
# Several pictures that take more than so many bytes would take them all at once.
LARGE = 20_000_000
_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """A photograph that is safe to keep and to show: upright sRGB JPEG without metadata."""

    jpeg: bytes
    width: int
    height: int
    sha256_of_raw: str


def sanitise(raw: bytes) -> CleanPhoto:
    """Redraw an uploaded JPEG, PNG, WebP or HEIC as an upright sRGB JPEG of at most 1600 pixels a side.

    Raises Invalid: photo_too_large (12 MB), photo_too_many_pixels (50 million, fewer where a pixel takes much memory),
    photo_type_unknown, photo_unreadable.
    """
    try:
        if len(raw) > MAX_BYTES:
            raise too_large()
        image = _drawn(raw, kind_of(raw))
    except Invalid as refused:
        measures.count("upload_rejected_total", reason=refused.code)
        raise
    return CleanPhoto(
        jpeg=_encoded(image), width=image.width, height=image.height, sha256_of_raw=hashlib.sha256(raw).hexdigest()
    )


def plain(raw: bytes) -> bytes:
    """Return a JPEG of this house as it is, and any other photograph redrawn as one. Raises Invalid as `sanitise`."""
    return raw if picture_files.is_plain(raw, LONGEST_SIDE) else sanitise(raw).jpeg


def thumbnail(photo: CleanPhoto, side: int = THUMBNAIL_SIDE) -> bytes:
    """Return a JPEG of the photograph whose longer side is at most `side` pixels."""
    image = Image.open(io.BytesIO(photo.jpeg), formats=("JPEG",))
    image.thumbnail((side, side), Image.Resampling.HAMMING, reducing_gap=1.0)
    return _encoded(image)


def kind_of(raw: bytes) -> str:
    """Name the kind of picture by its first bytes, as Pillow spells it; raises Invalid for any other file."""
    if not raw:
        raise unreadable()
    if raw.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "WEBP"
    if raw[4:8] == b"ftyp" and raw[8:12] in HEIC_BRANDS:
        return "HEIF"
    raise type_unknown()


def _drawn(raw: bytes, kind: str) -> Image.Image:
    """Decode the first frame, upright, in RGB and no longer than the limit; check its size before decoding."""
    try:
        picture_files.hold_parts(raw, kind)
        opened = _opened(raw, kind)
        width, height = opened.size
        with _turn(_held(width * height, picture_files.bytes_a_pixel(raw, kind, opened.mode))):
            return _upright_rgb(_read(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise too_many_pixels() from fault
    except UNREADABLE as fault:
        raise unreadable() from fault


def _held(pixels: int, takes: float) -> float:
    """Return the memory that so many pixels take at so many bytes each; raises Invalid where that is too much."""
    most = min(MAX_PIXELS, int(picture_files.MOST_MEMORY / takes))
    if pixels > most:
        raise too_many_pixels(most)
    return pixels * takes


def _turn(size: float) -> AbstractContextManager[object]:
    """Let large pictures wait for each other."""
    return _one_at_a_time if size > LARGE else nullcontext()


def _opened(raw: bytes, kind: str) -> Image.Image | pillow_heif.HeifFile:
    """Read what a file says of itself, and no pixel."""
    if kind == "HEIF":
        return pillow_heif.HeifFile(io.BytesIO(raw), convert_hdr_to_8bit=True, remove_stride=False)  # type: ignore[no-untyped-call]
    return Image.open(io.BytesIO(raw), formats=(kind,))


def _read(opened: Image.Image | pillow_heif.HeifFile) -> Image.Image:
    """Decode the first frame, or the main picture."""
    if isinstance(opened, pillow_heif.HeifFile):
        return _shrunk(opened)
    _ask_for_less(opened)
    opened.load()
    return opened


def _shrunk(opened: pillow_heif.HeifFile) -> Image.Image:
    """Shrink a HEIC strip by strip: Pillow's own copy of all its pixels would take as much again.

    Its decoder has turned it upright already, so its EXIF says nothing any more.
    """
    pixels, line, mode = opened.data, opened.stride, opened.mode
    width, height = opened.size
    times = max(1, max(width, height) // LONGEST_SIDE)
    image = Image.new(mode, (-(-width // times), -(-height // times)))
    for top in range(0, height, STRIP * times):
        rows = min(STRIP * times, height - top)
        part = pixels[top * line : (top + rows) * line]
        strip = Image.frombuffer(mode, (width, rows), part, "raw", mode, line, 1)
        image.paste(strip.reduce(times), (0, top // times))
    image.info["icc_profile"] = opened.info.get("icc_profile")
    return image


def _ask_for_less(image: Image.Image) -> None:
    """Let a JPEG decoder skip detail that would be thrown away: it can halve, quarter and eighth at little cost."""
    longest = max(image.size)
    enough = LONGEST_SIDE if longest < 2 * ENOUGH else ENOUGH
    image.draft(None, (max(1, image.width * enough // longest), max(1, image.height * enough // longest)))


def _upright_rgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.HAMMING, reducing_gap=None)
    image = _on_white(image)
    ImageOps.exif_transpose(image, in_place=True)
    return _in_srgb(image, profile if isinstance(profile, bytes) else None)


def _on_white(image: Image.Image) -> Image.Image:
    """Give every pixel eight bits a channel and no transparency; a colour profile still has its own channels."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if not image.has_transparency_data:
        return image if image.mode in {"RGB", "CMYK", "L"} else image.convert("RGB")
    clear = image.convert("RGBA")
    paper = Image.new("RGB", clear.size, "white")
    paper.paste(clear, mask=clear.getchannel("A"))
    paper.info = image.info
    return paper


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if not profile or b"sRGB" in profile[:1024] or b"s\0R\0G\0B" in profile[:1024]:
        return image if image.mode == "RGB" else image.convert("RGB")
    try:
        converted = ImageCms.profileToProfile(image, io.BytesIO(profile), SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image.convert("RGB")  # a broken profile is a reason to show plain colours, not to lose the photograph
    return converted if converted is not None else image.convert("RGB")


def _encoded(image: Image.Image) -> bytes:
    image.info = {}  # Pillow would copy comments and XMP from here into the new file
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def too_large() -> Invalid:
    """The file is bigger than the limit."""
    return Invalid(
        "photo_too_large", "사진이 너무 커요. 12MB까지 올릴 수 있어요.", "The photo is too large: 12 MB at most."
    )


def too_many_pixels(most: int = MAX_PIXELS) -> Invalid:
    """The picture would take too much memory to open; `most` is what a file of its kind may have."""
    return Invalid(
        "photo_too_many_pixels",
        f"사진의 해상도가 너무 높아요. 이런 파일은 {most // 10_000:,}만 화소까지 올릴 수 있어요.",
        f"The photo has too many pixels: {most // 1_000_000} million at most in a file of this kind.",
    )


def type_unknown() -> Invalid:
    """The bytes are none of the kinds of picture that are taken."""
    return Invalid(
        "photo_type_unknown",
        "JPEG, PNG, WebP, HEIC 사진만 올릴 수 있어요.",
        "Only JPEG, PNG, WebP and HEIC photos are accepted.",
    )


def unreadable() -> Invalid:
    """The file claims to be a picture and cannot be read as one."""
    return Invalid(
        "photo_unreadable",
        "사진을 읽을 수 없어요. 파일이 손상되었는지 확인해 주세요.",
        "The photo cannot be read. The file may be damaged.",
    )
