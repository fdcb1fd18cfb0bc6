"""Pictures that want to do harm, or are only odd: each made here by code, none kept as a file.

`python -m tests.hostile_photos` opens the files it is told of, and says by how many megabytes it grew.
"""

from __future__ import annotations

import contextlib
import gzip
import resource
import struct
import sys
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageCms

from onharu.kernel.images import sanitise
from onharu.kernel.problems import Invalid
from onharu.kernel.tests.test_images import (
    ACCEPTED,
    CANARY,
    REFUSED,
    drawn,
    gps_exif,
    heic,
    png_chunk,
    png_header,
    saved,
    text_chunks,
)

Maker = Callable[[], bytes]
TAKEN, REFUSED_AS, EITHER = "taken", "refused", "either"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg_with(*segments: bytes, size: tuple[int, int] = (400, 300)) -> bytes:
    """A JPEG with segments of ours right after its beginning."""
    whole = saved(drawn(size))
    return whole[:2] + b"".join(segments) + whole[2:]


def png_with(*chunks: bytes) -> bytes:
    whole = saved(drawn(), "PNG")
    return whole[:33] + b"".join(chunks) + whole[33:]


def png_of(width: int, height: int, colour: int, bits: int = 8) -> bytes:
    """A PNG of one colour that is as small as its pixels are many."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    packer, out = zlib.compressobj(9), bytearray()
    line = b"\0" + bytes(width * channels * bits // 8)
    for _ in range(height):
        out += packer.compress(line)
    palette = png_chunk(b"PLTE", bytes(768)) if colour == 3 else b""
    body = png_chunk(b"IDAT", bytes(out + packer.flush())) + png_chunk(b"IEND", b"")
    return png_header(width, height, bits, colour) + palette + body


def noise(kind: str, size: tuple[int, int] = (300, 300), **options: object) -> bytes:
    return saved(Image.effect_noise(size, 60).convert("RGB"), kind, **options)


def cut(make: Maker, share: float) -> Maker:
    def short() -> bytes:
        whole = make()
        return whole[: int(len(whole) * share)]

    return short


def dimensions_of(jpeg: bytes, width: int, height: int) -> bytes:
    """The same JPEG, which claims another size."""
    at = jpeg.index(b"\xff\xc0")
    return jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]


def frame_kind(kind: int) -> bytes:
    return saved(drawn()).replace(b"\xff\xc0", bytes((0xFF, kind)), 1)


def precise(bits: int) -> bytes:
    whole = saved(drawn())
    at = whole.index(b"\xff\xc0")
    return whole[: at + 4] + bytes((bits,)) + whole[at + 5 :]


def ycck() -> bytes:
    """What Adobe's programs write: four channels, the first three as luminance and colour, all turned over."""
    whole = saved(drawn(mode="CMYK"))
    at = whole.index(b"Adobe")
    return whole[: at + 11] + b"\x02" + whole[at + 12 :]


def exif_tiff(body: bytes) -> bytes:
    return segment(0xE1, b"Exif\0\0" + body)


def endless_exif() -> bytes:
    """A directory whose next one is itself."""
    entry = struct.pack("<HHII", 0x0112, 3, 1, 6)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + entry + struct.pack("<I", 8)


def greedy_exif() -> bytes:
    """An entry that claims four billion values."""
    entry = struct.pack("<HHII", 0x927C, 7, 0xFFFFFFFF, 0x10)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + entry + bytes(4)


def whole_exif(orientation: int) -> Image.Exif:
    exif = gps_exif(orientation)
    exif.get_ifd(0x8769)[0x927C] = CANARY * 2000  # what only its camera can read
    exif[0x9C9B] = CANARY.decode().encode("utf-16-le")
    return exif


def with_thumbnail() -> bytes:
    inner = saved(Image.new("RGB", (160, 120), "red"))
    exif = Image.Exif()
    exif[0x010F] = CANARY.decode()
    raw = exif.tobytes()
    return jpeg_with(segment(0xE1, raw + inner[:30_000]))


def broad_profile() -> bytes:
    """A colour profile that claims a table of 255 steps in 15 dimensions."""
    table = b"mft2" + bytes(4) + bytes((15, 3, 255, 0)) + bytes(200)
    head = struct.pack(">I", 132 + 12 + len(table)) + b"lcms\x04\0\0\0scnrRGB Lab " + bytes(104)
    return head[:128].ljust(128, b"\0") + struct.pack(">I", 1) + b"A2B0" + struct.pack(">II", 144, len(table)) + table


def riff(kind: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(
        name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2) for name, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body) + 4) + kind + body


def wide_webp() -> bytes:
    """A still of a few bytes on a canvas of 268 million pixels."""
    still = saved(drawn((16, 16)), "WEBP")[12:]
    canvas = struct.pack("<I", 2) + (16382).to_bytes(3, "little") * 2
    return riff(b"WEBP", (b"VP8X", canvas), (b"ANIM", bytes(6)), (b"ANMF", bytes(16) + still))


def box(kind: bytes, body: bytes, size: int | None = None) -> bytes:
    return struct.pack(">I", len(body) + 8 if size is None else size) + kind + body


def lying_box(size: int) -> Maker:
    """A HEIC whose second box says another length than it has."""

    def make() -> bytes:
        whole = heic(drawn())
        first = struct.unpack(">I", whole[:4])[0]
        return whole[:first] + struct.pack(">I", size) + whole[first + 4 :]

    return make


def heic_of_size(width: int, height: int) -> bytes:
    whole = heic(drawn())
    at = whole.index(b"ispe")
    return whole[: at + 8] + struct.pack(">II", width, height) + whole[at + 16 :]


def frames(kind: str, number: int) -> bytes:
    first, *others = [Image.new("P", (2, 2), one % 250) for one in range(number)]
    return saved(first, kind, save_all=True, append_images=others, duration=1, loop=0)


def many_apng_frames(number: int) -> bytes:
    one = png_chunk(b"fcTL", struct.pack(">IIIIIHHBB", 1, 1, 1, 0, 0, 1, 100, 0, 0)) + png_chunk(b"fdAT", bytes(8))
    return png_with(png_chunk(b"acTL", struct.pack(">II", number, 0)), *[one] * number)


JPEGS: dict[str, tuple[Maker, str]] = {
    **{f"jpeg cut at {share}%": (cut(lambda: noise("JPEG"), share / 100), REFUSED_AS) for share in (1, 5, 20, 50, 80, 95)},
    "jpeg without its last two bytes": (lambda: noise("JPEG")[:-2], EITHER),
    "jpeg of two bytes": (lambda: b"\xff\xd8", REFUSED_AS),
    "jpeg of height nought": (lambda: dimensions_of(saved(drawn()), 400, 0), REFUSED_AS),
    "jpeg of width nought": (lambda: dimensions_of(saved(drawn()), 0, 300), REFUSED_AS),
    "jpeg one wide and 65,535 high": (lambda: saved(Image.new("RGB", (1, 65_500), "red")), TAKEN),
    "jpeg 65,500 wide and one high": (lambda: saved(Image.new("RGB", (65_500, 1), "red")), TAKEN),
    "jpeg that claims more than it has": (lambda: dimensions_of(saved(drawn()), 4000, 3000), EITHER),
    "jpeg of Adobe's YCCK": (ycck, TAKEN),
    "jpeg of grey with alpha's number of channels": (lambda: saved(drawn(mode="L"), progressive=True), TAKEN),
    "jpeg with two frames": (lambda: frame_kind(0xC0) + saved(drawn()), TAKEN),
    "jpeg without loss": (lambda: frame_kind(0xC3), REFUSED_AS),
    "jpeg by arithmetic": (lambda: frame_kind(0xC9), EITHER),
    "jpeg of 12 bits": (lambda: precise(12), REFUSED_AS),
    "jpeg of 255 bits": (lambda: precise(255), REFUSED_AS),
    "jpeg with restarts": (lambda: saved(drawn(), restart_marker_rows=1), TAKEN),
    "jpeg of 49 million pixels": (lambda: saved(Image.new("RGB", (8080, 6060), "peru")), TAKEN),
    "progressive jpeg of 25 million pixels": (
        lambda: saved(Image.new("RGB", (5770, 4330), "peru"), progressive=True), REFUSED_AS),
    "jpeg with a million comments": (lambda: jpeg_with(segment(0xFE, b"") * 1_000_000), REFUSED_AS),
    "jpeg with a comment of code": (lambda: jpeg_with(segment(0xFE, b"<?php system($_GET[0]); ?>" + CANARY)), TAKEN),
    "jpeg with IPTC": (lambda: jpeg_with(segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + CANARY)), TAKEN),
    "jpeg with long XMP": (
        lambda: jpeg_with(*[segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + CANARY * 2000)] * 9), TAKEN),
    "jpeg with everything in EXIF": (lambda: saved(drawn(), exif=whole_exif(1)), TAKEN),
    "jpeg with a thumbnail": (with_thumbnail, TAKEN),
    "jpeg with EXIF without end": (lambda: jpeg_with(exif_tiff(endless_exif())), TAKEN),
    "jpeg with EXIF that is greedy": (lambda: jpeg_with(exif_tiff(greedy_exif())), EITHER),
    "jpeg with EXIF that is cut": (lambda: jpeg_with(exif_tiff(gps_exif(6).tobytes()[6:40])), EITHER),
    "jpeg that stands in no known way": (lambda: saved(drawn(), exif=whole_exif(9)), TAKEN),
    **{f"jpeg turned {way}": ((lambda way=way: saved(drawn(), exif=whole_exif(way))), TAKEN) for way in range(2, 9)},
    "jpeg with a profile of 15 dimensions": (lambda: saved(drawn(), icc_profile=broad_profile()), EITHER),
    "jpeg with a profile in 200 pieces": (
        lambda: jpeg_with(*[segment(0xE2, b"ICC_PROFILE\0" + bytes((n, 200)) + bytes(9000)) for n in range(1, 201)]), EITHER),
    "jpeg with a profile for paper": (
        lambda: saved(drawn(), icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()), EITHER),
    "jpeg that is many pictures": (
        lambda: saved(drawn(), "MPO", save_all=True, append_images=[Image.new("RGB", (99, 99))] * 20), TAKEN),
    "jpeg before php": (lambda: saved(drawn()) + b"<?php " + CANARY, TAKEN),
    "jpeg before a program": (lambda: saved(drawn()) + b"MZ\x90\0" + CANARY + bytes(100_000), TAKEN),
}  # fmt: skip

PNGS: dict[str, tuple[Maker, str]] = {
    **{f"png cut at {share}%": (cut(lambda: noise("PNG"), share / 100), REFUSED_AS) for share in (1, 10, 50, 90)},
    "png with a bomb in iTXt": (
        lambda: png_with(png_chunk(b"iTXt", b"k\0\1\0\0\0" + zlib.compress(bytes(90_000_000), 9))), REFUSED_AS),
    "png with a bomb for a profile": (
        lambda: png_with(png_chunk(b"iCCP", b"k\0\0" + zlib.compress(bytes(90_000_000), 9))), EITHER),
    "png with more pixels than it says": (
        lambda: png_header(10, 10) + png_chunk(b"IDAT", zlib.compress(bytes(90_000_000), 9)) + png_chunk(b"IEND", b""), EITHER),
    "png with a million chunks": (lambda: png_with(png_chunk(b"prVt", b"") * 900_000), REFUSED_AS),
    "png with a chunk that says it is long": (lambda: png_with(struct.pack(">I", 0x7FFFFFFF) + b"prVt"), REFUSED_AS),
    "png with a wrong sum": (lambda: png_with(png_chunk(b"tEXt", b"k\0v")[:-4] + b"\0\0\0\0"), EITHER),
    "png with two headers": (lambda: png_with(png_header(9, 9)[8:]), EITHER),
    "png of a width below nought": (lambda: png_header(0xFFFFFF38, 10) + png_chunk(b"IEND", b""), REFUSED_AS),
    "png of colours that are none": (lambda: png_header(10, 10, 8, 5) + png_chunk(b"IEND", b""), REFUSED_AS),
    "png one wide and 100,000 high": (lambda: png_of(1, 100_000, 2), TAKEN),
    "png 100,000 wide and one high": (lambda: png_of(100_000, 1, 2), TAKEN),
    "png of 16 bits and three colours": (lambda: png_of(300, 200, 2, 16), TAKEN),
    "png of 16 bits and alpha": (lambda: png_of(300, 200, 6, 16), TAKEN),
    "grey png of 49 million pixels": (lambda: png_of(8000, 6100, 0), TAKEN),
    "png of 26 million pixels": (lambda: png_of(6000, 4490, 2), TAKEN),
    "png of 40 million pixels": (lambda: png_of(8000, 5000, 2), REFUSED_AS),
    "png of 40 million pixels in a palette": (lambda: png_of(8000, 5000, 3), TAKEN),
    "png of 20 million pixels with alpha": (lambda: png_of(5000, 4000, 6), REFUSED_AS),
    "16-bit grey png of 49 million pixels": (lambda: png_of(8000, 6200, 0, 16), TAKEN),
    "palette png that is clear in places": (
        lambda: saved(drawn().quantize(8), "PNG", transparency=bytes([0, 90, 255] + [200] * 5)), TAKEN),
    "png with everything it can say": (lambda: saved(drawn(), "PNG", pnginfo=text_chunks(), exif=whole_exif(6)), TAKEN),
    "animated png of 9,000 frames": (lambda: many_apng_frames(9_000), EITHER),
    "animated png of 30,000 frames": (lambda: many_apng_frames(30_000), REFUSED_AS),
    "animated png that claims two billion": (lambda: png_with(png_chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0))), EITHER),
}  # fmt: skip

OTHERS: dict[str, tuple[Maker, str]] = {
    **{f"webp cut at {share}%": (cut(lambda: noise("WEBP"), share / 100), REFUSED_AS) for share in (2, 40, 90)},
    "webp on a huge canvas": (wide_webp, REFUSED_AS),
    "webp of 9 million pixels": (lambda: saved(Image.new("RGB", (3500, 2600)), "WEBP", method=0), REFUSED_AS),
    "webp of 8 million pixels": (lambda: saved(Image.new("RGB", (3264, 2448)), "WEBP", method=0), TAKEN),
    "webp of 2,000 frames": (lambda: frames("WEBP", 2000), TAKEN),
    "webp with everything it can say": (lambda: saved(drawn(), "WEBP", exif=whole_exif(3), xmp=CANARY * 50), TAKEN),
    "webp that lies about its length": (lambda: b"RIFF\xff\xff\xff\xffWEBP" + saved(drawn(), "WEBP")[12:], EITHER),
    **{f"heic cut at {share}%": (cut(lambda: heic(drawn()), share / 100), REFUSED_AS) for share in (3, 30, 60, 90)},
    **{f"heic with a box of {size}": (lying_box(size), REFUSED_AS) for size in (2, 7, 2**31, 2**32 - 1)},
    "heic with a box to the end of the file": (lying_box(0), EITHER),
    "heic with a box of 64 bits": (lying_box(1), REFUSED_AS),
    "heic that claims 4 billion a side": (lambda: heic_of_size(2**32 - 1, 2**32 - 1), REFUSED_AS),
    "heic that claims 49 million pixels": (lambda: heic_of_size(8000, 6100), REFUSED_AS),
    "heic that claims four pixels": (lambda: heic_of_size(2, 2), REFUSED_AS),
    "heic of 24 million pixels": (lambda: heic(Image.new("RGB", (5712, 4284), "peru")), TAKEN),
    "heic with everything it can say": (lambda: heic(drawn(), exif=whole_exif(6).tobytes(), xmp=CANARY), TAKEN),
    "heic that is a jpeg": (lambda: box(b"ftyp", b"heic\0\0\0\0mif1heic") + saved(drawn()), REFUSED_AS),
    "heic of boxes in boxes": (lambda: box(b"ftyp", b"heic\0\0\0\0mif1") + nested(b"meta", 3000), REFUSED_AS),
    "gif of 10,000 frames": (lambda: frames("GIF", 10_000), REFUSED_AS),
    "gif that is a program": (lambda: b"GIF89a=1;/*" + bytes(20) + b"*/fetch('//evil.example')", REFUSED_AS),
    "svg in gzip": (lambda: gzip.compress(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), REFUSED_AS),
    "svg that asks for a file": (
        lambda: b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>', REFUSED_AS),
    "mvg that asks for an address": (lambda: b"push graphic-context\nimage over 0,0 0,0 'https://evil.example/'", REFUSED_AS),
    "msl": (lambda: b'<?xml version="1.0"?><image><read filename="/etc/passwd"/></image>', REFUSED_AS),
    "psd": (lambda: b"8BPS\0\x01" + bytes(6) + struct.pack(">HIIHH", 3, 30_000, 30_000, 8, 3) + bytes(40), REFUSED_AS),
    "jpeg 2000": (lambda: saved(drawn(), "JPEG2000"), REFUSED_AS),
    "avif": (lambda: saved(drawn(), "AVIF"), REFUSED_AS),
    "tga": (lambda: saved(drawn(), "TGA"), REFUSED_AS),
    "pcx": (lambda: saved(drawn(), "PCX"), REFUSED_AS),
    "a picture of the web's first years": (lambda: saved(drawn(mode="1"), "XBM"), REFUSED_AS),
    "elf": (lambda: b"\x7fELF\x02\x01\x01" + bytes(200), REFUSED_AS),
    "a program of Windows": (lambda: b"MZ" + bytes(200), REFUSED_AS),
    "one byte": (lambda: b"\xff", REFUSED_AS),
    "two marks of an order of bytes": (lambda: b"\xff\xfe\xff\xd8\xff", REFUSED_AS),
    "a jpeg after a blank": (lambda: b" " + saved(drawn()), REFUSED_AS),
    "a jpeg in base64": (lambda: b"data:image/jpeg;base64,/9j/4AAQSkZJRg==", REFUSED_AS),
}  # fmt: skip


def nested(kind: bytes, times: int) -> bytes:
    found = b""
    for _ in range(times):
        found = box(kind, bytes(4) + found)
    return found


CORPUS: dict[str, tuple[Maker, str]] = {
    **{name: (make, TAKEN) for name, make in ACCEPTED.items()},
    **{name: (make, REFUSED_AS) for name, (make, _) in REFUSED.items()},
    **JPEGS,
    **PNGS,
    **OTHERS,
}


def main() -> None:
    """Open the files that are named line by line, and tell by how many megabytes this process grew."""
    warnings.simplefilter("ignore")
    sanitise(saved(drawn()))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for name in sys.stdin.read().split():
        with contextlib.suppress(Invalid):
            sanitise(Path(name).read_bytes())
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)


if __name__ == "__main__":
    main()
