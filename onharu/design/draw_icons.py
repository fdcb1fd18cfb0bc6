"""Draw the app icons from the same shapes as brand.svg: `python -m onharu.design.draw_icons`."""

import math
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parent / "static" / "design" / "icons"
BLUE, CREAM, SUN = "#00629b", "#fff8ec", "#f7b25c"
GRID = 64
SMOOTH = 4
GAP_STARTS, GAP_ENDS = -54, -14
"""Where the ring opens for the sun, in degrees clockwise from three o'clock."""


def draw(size: int, *, corner: float, shrink: float = 1.0) -> Image.Image:
    """Draw the ring of the whole day with its sun.

    `corner` is the radius of the square in units of the 64-unit grid; `shrink` scales the mark within it.
    """
    big = size * SMOOTH
    unit = big / GRID
    image = Image.new("RGBA", (big, big), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, big - 1, big - 1), radius=corner * unit, fill=BLUE)
    _ring(pen, unit, shrink)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _ring(pen: ImageDraw.ImageDraw, unit: float, shrink: float) -> None:
    middle = GRID / 2 * unit
    radius, width = 19.5 * unit * shrink, 6 * unit * shrink
    box = _box(middle, middle, radius + width / 2)
    pen.arc(box, GAP_ENDS, 360 + GAP_STARTS, fill=CREAM, width=round(width))
    for angle in (GAP_STARTS, GAP_ENDS):
        x, y = _at(middle, radius, angle)
        pen.ellipse(_box(x, y, width / 2), fill=CREAM)
    x, y = _at(middle, 21 * unit * shrink, (GAP_STARTS + GAP_ENDS) / 2)
    pen.ellipse(_box(x, y, 6.5 * unit * shrink), fill=SUN)


def _at(middle: float, radius: float, degrees: float) -> tuple[float, float]:
    turn = math.radians(degrees)
    return middle + radius * math.cos(turn), middle + radius * math.sin(turn)


def _box(x: float, y: float, half: float) -> tuple[float, float, float, float]:
    return x - half, y - half, x + half, y + half


def main() -> None:
    """Write the four icons. A maskable icon fills its square and keeps the mark within the safe circle."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    icons = {
        "icon-192.png": draw(192, corner=18),
        "icon-512.png": draw(512, corner=18),
        "icon-maskable-512.png": draw(512, corner=0, shrink=0.82),
        "apple-touch-icon.png": draw(180, corner=0, shrink=0.94),
    }
    for name, icon in icons.items():
        icon.quantize(64, method=Image.Quantize.FASTOCTREE).save(FOLDER / name, optimize=True)


if __name__ == "__main__":
    main()
