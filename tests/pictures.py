"""The README's pictures: our own briefing as PDF, EPUB and Word file, drawn by poppler, Chromium and LibreOffice."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from PIL import Image, ImageOps

from pressout import Report, load_theme

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "pictures"
ARTICLE = ROOT / "input" / "accessible-publishing.md"
THEME = "briefing"
HEIGHT = 620  # pixels; two pages beside each other fit the width of a README
GAP = 12  # pixels between two pages
MARGIN = 30  # pixels
BROWSER = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking")


def main() -> None:
    """Build the briefing, draw two pages of each file, and keep them as small PNGs."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(Path(sys.executable).parent / "pressout", "build", ARTICLE, "--theme", THEME, "--out", folder, "--quiet")
        stem = folder / ARTICLE.stem
        keep("pdf", *pdf_pages(stem.with_suffix(".pdf"), folder / "pdf"))
        keep("word", *word_pages(stem.with_suffix(".docx"), folder))
        keep("epub", *epub_pages(stem.with_suffix(".epub"), folder))


def run(*command: str | Path, **settings: str) -> None:
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, **settings})


def pdf_pages(pdf: Path, stem: Path) -> list[Path]:
    """The first two pages."""
    run("pdftoppm", "-r", "110", "-l", "2", "-png", pdf, stem)
    return sorted(stem.parent.glob(f"{stem.name}-*.png"))


def word_pages(docx: Path, folder: Path) -> list[Path]:
    """The first two pages as LibreOffice lays them out, with the theme's fonts."""
    fonts = folder / "fonts.conf"
    own = {path.parent for font in load_theme(THEME, Report()).fonts.values() for path in font.files.values()}
    folders = "".join(f"<dir>{each}</dir>" for each in [*sorted(own), "/usr/share/fonts"])
    fonts.write_text(f"<fontconfig>{folders}<cachedir>{folder}/cache</cachedir></fontconfig>")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder / "word", docx, FONTCONFIG_FILE=str(fonts))
    return pdf_pages(folder / "word" / f"{docx.stem}.pdf", folder / "word-page")


def epub_pages(epub: Path, folder: Path) -> list[Path]:
    """The cover, and the beginning of the text on a screen of a hand's size."""
    with zipfile.ZipFile(epub) as archive:
        archive.extractall(folder / "epub")
        text = next(name for name in archive.namelist() if name.endswith("text.xhtml"))
        cover = next(name for name in archive.namelist() if name.endswith("cover.png"))
    page = folder / "epub-page.png"
    address = f"file://{folder}/epub/{text}"
    run(*BROWSER, f"--user-data-dir={folder}/chromium", "--window-size=400,660", f"--screenshot={page}", address)
    ImageOps.expand(Image.open(page).convert("RGB"), MARGIN, "white").save(page)  # a reader program sets the margin
    return [folder / "epub" / cover, page]


def keep(name: str, *pages: Path) -> None:
    """The pages beside each other, in at most 64 colours."""
    drawn = [Image.open(page).convert("RGB") for page in pages]
    drawn = [page.resize((round(page.width * HEIGHT / page.height), HEIGHT), Image.Resampling.LANCZOS) for page in drawn]
    sheet = Image.new("RGB", (sum(page.width + GAP for page in drawn) + GAP, HEIGHT + 2 * GAP), "#d8d8d4")
    left = GAP
    for page in drawn:
        sheet.paste(page, (left, GAP))
        left += page.width + GAP
    sheet.quantize(64).save(TARGET / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
