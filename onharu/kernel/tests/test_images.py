"""Photographs at the door: what is taken, what is left behind, what is refused. Every file is made here."""

import hashlib
import io
import random
import resource
import struct
import time
import warnings
import zlib

import pillow_heif
import pytest
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from onharu.kernel import images
from onharu.kernel.images import LONGEST_SIDE, MAX_BYTES, kind_of, sanitise, thumbnail
from onharu.kernel.problems import Invalid

CANARY = b"CANARY-37.5665N-126.9780E"


def drawn(size=(400, 300), mode="RGB"):
    """A picture whose top left quarter is red and the rest blue, so that turning shows."""
    image = Image.new("RGB", size, (0, 0, 200))
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), fill=(200, 0, 0))
    return image.convert(mode)


def saved(image, kind="JPEG", **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def gps_exif(orientation=None):
    exif = Image.Exif()
    exif[0x010F] = CANARY.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (37.0, 33.0, 59.4), 3: "E", 4: (126.0, 58.0, 40.8), 29: CANARY.decode()})
    if orientation:
        exif[0x0112] = orientation
    return exif


def heic(image, **options):
    file = pillow_heif.from_pillow(image)
    out = io.BytesIO()
    file.save(out, quality=80, **options)
    return out.getvalue()


def png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_header(width, height, bits=8, colour=2):
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))


def reopened(photo):
    image = Image.open(io.BytesIO(photo.jpeg))
    image.load()
    return image


def segments(jpeg):
    """Name the marker segments of a JPEG before its pixels."""
    found, at = [], 2
    while jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
    return found


def corner_colours(image):
    return [image.getpixel((x, y)) for y in (5, image.height - 6) for x in (5, image.width - 6)]


def is_red(pixel):
    return pixel[0] > 150 and pixel[2] < 90


ACCEPTED = {
    "jpeg": lambda: saved(drawn()),
    "progressive jpeg": lambda: saved(drawn(), progressive=True),
    "grey jpeg": lambda: saved(drawn(mode="L")),
    "cmyk jpeg": lambda: saved(drawn(mode="CMYK")),
    "jpeg with gps": lambda: saved(drawn(), exif=gps_exif()),
    "jpeg with xmp and comment": lambda: saved(drawn(), xmp=b"<x:xmpmeta>" + CANARY + b"</x:xmpmeta>", comment=CANARY),
    "jpeg with a profile": lambda: saved(drawn(), icc_profile=ImageCms.ImageCmsProfile(images.SRGB.profile).tobytes()),
    "jpeg with a broken profile": lambda: saved(drawn(), icc_profile=b"not a profile" * 20),
    "jpeg and html": lambda: saved(drawn()) + b"<script>" + CANARY + b"</script>",
    "jpeg and zip": lambda: saved(drawn()) + b"PK\x03\x04" + CANARY,
    "png": lambda: saved(drawn(), "PNG"),
    "png with text": lambda: saved(drawn(), "PNG", pnginfo=text_chunks()),
    "png with gps": lambda: saved(drawn(), "PNG", exif=gps_exif()),
    "palette png": lambda: saved(drawn().quantize(8), "PNG"),
    "palette png with a hole": lambda: saved(drawn().quantize(8), "PNG", transparency=0),
    "png with alpha": lambda: saved(drawn(mode="RGBA"), "PNG"),
    "grey png with alpha": lambda: saved(drawn(mode="LA"), "PNG"),
    "16-bit grey png": lambda: saved(Image.new("I;16", (300, 200), 40_000), "PNG"),
    "1-bit png": lambda: saved(drawn(mode="1"), "PNG"),
    "animated png": lambda: saved(drawn(), "PNG", save_all=True, append_images=[Image.new("RGB", (400, 300))] * 3),
    "webp": lambda: saved(drawn(), "WEBP"),
    "lossless webp with alpha": lambda: saved(drawn(mode="RGBA"), "WEBP", lossless=True),
    "animated webp": lambda: saved(drawn(), "WEBP", save_all=True, append_images=[Image.new("RGB", (400, 300))] * 3),
    "webp with gps": lambda: saved(drawn(), "WEBP", exif=gps_exif()),
    "heic": lambda: heic(drawn()),
    "heic with gps": lambda: heic(drawn(), exif=gps_exif().tobytes()),
    "one pixel": lambda: saved(Image.new("RGB", (1, 1), "red"), "PNG"),
    "a thread of pixels": lambda: saved(Image.new("RGB", (30_000, 1), "red"), "PNG"),
}


def text_chunks():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", CANARY.decode())
    info.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    return info


@pytest.fixture(params=ACCEPTED, ids=lambda name: name.replace(" ", "-"))
def accepted(request):
    return ACCEPTED[request.param]()


def test_every_accepted_file_becomes_a_plain_jpeg(accepted):
    photo = sanitise(accepted)
    image = reopened(photo)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (photo.width, photo.height))
    assert max(image.size) <= LONGEST_SIDE
    assert photo.sha256_of_raw == hashlib.sha256(accepted).hexdigest()


def test_nothing_but_pixels_survives(accepted):
    jpeg = sanitise(accepted).jpeg
    image = Image.open(io.BytesIO(jpeg))
    assert CANARY not in jpeg
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert set(segments(jpeg)) <= {0xE0, 0xDB, 0xC0, 0xC4}
    assert jpeg.endswith(b"\xff\xd9")


def test_sanitising_twice_changes_nothing_about_its_size(accepted):
    once = sanitise(accepted)
    again = sanitise(once.jpeg)
    assert (again.width, again.height) == (once.width, once.height)


@pytest.mark.parametrize("name", ["jpeg", "png", "webp", "heic", "palette png", "animated png", "animated webp"])
def test_colours_and_places_are_kept(name):
    """An animation gives its first frame, which is the drawn one."""
    corners = corner_colours(reopened(sanitise(ACCEPTED[name]())))
    assert [is_red(pixel) for pixel in corners] == [True, False, False, False]


# Where the red quarter of the stored pixels belongs once the picture stands upright, by EXIF orientation.
UPRIGHT = {1: 0, 2: 1, 3: 3, 4: 2, 5: 0, 6: 1, 7: 3, 8: 2}


@pytest.mark.parametrize("orientation", UPRIGHT)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_picture_stands_upright(orientation, kind):
    photo = sanitise(saved(drawn(), kind, exif=gps_exif(orientation)))
    assert (photo.width, photo.height) == ((300, 400) if orientation >= 5 else (400, 300))
    corners = [is_red(pixel) for pixel in corner_colours(reopened(photo))]
    assert corners == [place == UPRIGHT[orientation] for place in range(4)]


def test_an_upright_large_jpeg_is_turned_too():
    photo = sanitise(saved(drawn((4000, 3000)), exif=gps_exif(6)))
    assert (photo.width, photo.height) == (750, 1000)


@pytest.mark.parametrize(
    ("size", "expected"),
    [((800, 600), (800, 600)), ((1600, 1200), (1600, 1200)), ((4000, 3000), (1000, 750)), ((3000, 4000), (750, 1000)),
     ((3264, 2448), (1600, 1200)), ((1700, 100), (1600, 94)), ((6000, 8000), (750, 1000))],
)  # fmt: skip
def test_large_pictures_shrink_and_small_ones_stay(size, expected):
    photo = sanitise(saved(drawn(size)))
    assert (photo.width, photo.height) == expected


def test_transparency_lies_on_white_paper():
    clear = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    assert min(reopened(sanitise(saved(clear, "PNG"))).getpixel((50, 50))) > 250


def test_sixteen_bits_keep_their_brightness():
    grey = reopened(sanitise(ACCEPTED["16-bit grey png"]())).getpixel((50, 50))
    assert all(abs(level - 40_000 // 256) <= 2 for level in grey)


def test_a_wide_gamut_picture_is_brought_to_srgb():
    """The same numbers in a profile with swapped red and blue mean swapped colours."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile = profile.replace("sRGB".encode("utf-16-be"), "wide".encode("utf-16-be")).replace(b"sRGB", b"wide")
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    pixel = reopened(sanitise(saved(Image.new("RGB", (64, 64), (255, 0, 0)), icc_profile=bytes(profile)))).getpixel(
        (9, 9)
    )
    assert pixel[2] > 150 > pixel[0]


# --- what is refused ---------------------------------------------------------------------------------------


def bomb():
    """30,000 × 30,000 pixels in a few kilobytes."""
    row = zlib.compress(b"\0" * (30_000 * 300), 9)
    return png_header(30_000, 30_000, bits=8, colour=0) + png_chunk(b"IDAT", row) + png_chunk(b"IEND", b"")


def endless_scans():
    """A progressive JPEG whose last scan is repeated until a decoder would need hours."""
    jpeg = saved(drawn((1500, 1500)), progressive=True)
    last = jpeg.rindex(b"\xff\xda")
    return jpeg[:-2] + jpeg[last:-2] * 5000 + b"\xff\xd9"


REFUSED = {
    "nothing": (bytes, "photo_unreadable"),
    "zeros": (lambda: bytes(1000), "photo_type_unknown"),
    "text": ("김치찌개".encode, "photo_type_unknown"),
    "html": (lambda: b"<html><script>alert(1)</script>", "photo_type_unknown"),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "photo_type_unknown"),
    "gif": (lambda: saved(drawn(), "GIF"), "photo_type_unknown"),
    "bmp": (lambda: saved(drawn(), "BMP"), "photo_type_unknown"),
    "tiff": (lambda: saved(drawn(), "TIFF"), "photo_type_unknown"),
    "ico": (lambda: saved(drawn((32, 32)), "ICO"), "photo_type_unknown"),
    "eps": (lambda: saved(drawn(), "EPS"), "photo_type_unknown"),
    "pdf": (lambda: saved(drawn(), "PDF"), "photo_type_unknown"),
    "avif": (lambda: b"\0\0\0\x1cftypavif" + bytes(100), "photo_type_unknown"),
    "mp4": (lambda: b"\0\0\0\x18ftypmp42" + bytes(100), "photo_type_unknown"),
    "zip": (lambda: b"PK\x03\x04" + bytes(100), "photo_type_unknown"),
    "mvg": (lambda: b"push graphic-context\nfill 'url(https://a.example)'", "photo_type_unknown"),
    "wav": (lambda: b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), "photo_type_unknown"),
    "gif with html": (lambda: b"GIF89a/*" + bytes(10) + b"*/=1;alert(1)", "photo_type_unknown"),
    "jpeg magic alone": (lambda: b"\xff\xd8\xff", "photo_unreadable"),
    "jpeg magic before a png": (lambda: b"\xff\xd8\xff" + saved(drawn(), "PNG"), "photo_unreadable"),
    "png magic before a jpeg": (lambda: b"\x89PNG\r\n\x1a\n" + saved(drawn()), "photo_unreadable"),
    "png magic before a gif": (lambda: b"\x89PNG\r\n\x1a\n" + saved(drawn(), "GIF"), "photo_unreadable"),
    "webp magic alone": (lambda: b"RIFF\x24\0\0\0WEBPVP8 ", "photo_unreadable"),
    "heic magic alone": (lambda: b"\0\0\0\x18ftypheic" + bytes(100), "photo_unreadable"),
    "half a jpeg": (lambda: saved(drawn((900, 900)))[:-4000], "photo_unreadable"),
    "half a png": (lambda: saved(Image.effect_noise((200, 200), 60), "PNG")[:9000], "photo_unreadable"),
    "half a webp": (lambda: saved(Image.effect_noise((200, 200), 60), "WEBP")[:900], "photo_unreadable"),
    "half a heic": (lambda: heic(drawn())[:600], "photo_unreadable"),
    "png without pixels": (lambda: png_header(10, 10) + png_chunk(b"IEND", b""), "photo_unreadable"),
    "png of no size": (lambda: png_header(0, 0) + png_chunk(b"IEND", b""), "photo_unreadable"),
    "png with a text bomb": (
        lambda: saved(drawn(), "PNG")[:33] + png_chunk(b"zTXt", b"k\0\0" + zlib.compress(bytes(90_000_000), 9))
        + saved(drawn(), "PNG")[33:], "photo_unreadable"),
    "png bomb": (bomb, "photo_too_many_pixels"),
    "png that claims 51 million": (lambda: png_header(10_200, 5_000) + png_chunk(b"IEND", b""), "photo_too_many_pixels"),
    "png that claims 95 million": (lambda: png_header(10_000, 9_500) + png_chunk(b"IEND", b""), "photo_too_many_pixels"),
    "png that claims 4 billion a side": (lambda: png_header(2**31 - 1, 2**31 - 1) + png_chunk(b"IEND", b""), "photo_too_many_pixels"),
    "jpeg that claims 65,535 a side": (
        lambda: saved(drawn()).replace(b"\x08\x01\x2c\x01\x90\x03", b"\x08\xff\xff\xff\xff\x03"), "photo_too_many_pixels"),
    "jpeg with endless scans": (endless_scans, "photo_unreadable"),
    "13 megabytes": (lambda: saved(drawn()) + bytes(13 * 1024 * 1024), "photo_too_large"),
    "one byte too many": (lambda: b"\xff\xd8\xff" + bytes(MAX_BYTES - 2), "photo_too_large"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED, ids=lambda name: name.replace(" ", "-"))
def test_a_hostile_or_broken_file_is_refused_with_its_reason(name):
    make, code = REFUSED[name]
    raw = make()
    started = time.monotonic()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(Invalid) as invalid:
            sanitise(raw)
    assert invalid.value.code == code
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("code", ["too_large", "too_many_pixels", "type_unknown", "unreadable"])
def test_every_refusal_speaks_korean_and_english(code):
    problem = getattr(images, code)()
    assert problem.code == f"photo_{code}"
    assert problem.status == 400
    assert any("가" <= letter <= "힣" for letter in problem.ko)
    assert problem.en.isascii()


def test_a_bomb_costs_no_memory():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name in ("png bomb", "jpeg that claims 65,535 a side", "png with a text bomb"):
        raw = REFUSED[name][0]()
        with pytest.raises(Invalid):
            sanitise(raw)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150 * 1024


def outcome(raw):
    try:
        sanitise(raw)
    except Invalid as invalid:
        return invalid.code
    return "taken"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", ["jpeg with gps", "png", "webp", "heic"])
def test_a_damaged_file_is_read_or_refused_and_nothing_else(name):
    whole = ACCEPTED[name]()
    chance = random.Random(20261122)
    for _ in range(60):
        raw = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            raw[chance.randrange(12, len(raw))] = chance.randrange(256)
        assert outcome(bytes(raw)) in {"taken", "photo_unreadable", "photo_too_many_pixels"}


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\xff\xd8\xff\xe1", "JPEG"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"RIFF....WEBP", "WEBP"),
        (b"....ftypmif1", "HEIF"),
    ],
)
def test_the_first_bytes_decide_what_a_file_is(start, kind):
    assert kind_of(start + bytes(20)) == kind


def test_a_thumbnail_is_small_and_keeps_the_shape():
    small = Image.open(io.BytesIO(thumbnail(sanitise(saved(drawn((1600, 1200)))))))
    assert (small.format, small.size) == ("JPEG", (320, 240))
    assert is_red(small.getpixel((20, 20)))


def test_a_thumbnail_never_grows_a_picture():
    small = Image.open(io.BytesIO(thumbnail(sanitise(saved(drawn((100, 50)))))))
    assert small.size == (100, 50)


def test_a_phone_photo_costs_little():
    """A 12-megapixel JPEG is decoded at a quarter of its size: far from the 200 ms that all its pixels would take."""
    raw = saved(drawn((4000, 3000)), quality=90)
    sanitise(raw)
    started = time.process_time()
    sanitise(raw)
    assert time.process_time() - started < 0.15
