"""The pictures and the film of the documentation, made small from the screenshots of a run. Run by vscode.sh.

Usage: pictures.py SCREENSHOTS IMAGES
"""

import sys
from pathlib import Path

from PIL import Image

# Screenshot of the run -> picture of the documentation.
PICTURES = {
    "annotations": "annotate-vscode",
    "theme-light": "vscode",
    "theme-dark": "vscode-dark",
    "link": "link-vscode",
    "welcome": "welcome-vscode",
}
FILM = "annotating"
FILM_WIDTH = 1000
FRAME_MS = 2000
MOST_BYTES = {".png": 150_000, ".gif": 1_500_000}


def small(picture: Image.Image, colours: int = 200) -> Image.Image:
    """The picture with so few colours that nobody sees a difference in an editor's window."""
    return picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE)


def main() -> None:
    shots, images = map(Path, sys.argv[1:3])
    images.mkdir(exist_ok=True)
    written = []
    for shot, name in PICTURES.items():
        source = shots / f"{shot}.png"
        target = images / f"{name}.png"
        small(Image.open(source)).save(target, optimize=True)
        written.append(target)
    frames = [Image.open(frame).convert("RGB") for frame in sorted((shots / "film").glob("*.png"))]
    height = round(frames[0].height * FILM_WIDTH / frames[0].width)
    frames = [frame.resize((FILM_WIDTH, height), Image.Resampling.LANCZOS) for frame in frames]
    # One palette for all: what does not change is not written again.
    palette = small(frames[len(frames) // 2], 128)
    frames = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    film = images / f"{FILM}.gif"
    frames[0].save(film, save_all=True, append_images=frames[1:], duration=FRAME_MS, loop=0, optimize=True)
    written.append(film)
    for target in written:
        size = target.stat().st_size
        assert size <= MOST_BYTES[target.suffix], f"{target.name} has {size} bytes"
        print(f"  {target.name}: {size // 1000} kB")


main()
