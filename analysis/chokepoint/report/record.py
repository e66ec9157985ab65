"""A result beside published months: how well it did, a picture, and every month."""

from ..scoring import tell
from ..scoring.picture import picture
from ..scoring.score import Score
from .html import Column, folded, paragraph, section, table, text

COLUMNS = [Column("Series", is_text=True), Column("Month", is_text=True), Column("published", "t"), Column("median", "t"), Column("5 %", "t"),
           Column("95 %", "t"), Column("error", "t"), Column("CRPS", "t")]  # fmt: skip


def record(found: Score, name: str, prefix: str) -> str:
    """The section of a score."""
    rows = [tuple(row) for row in found.months[["series", "period", "observed", "median", "low90", "high90", "error", "crps"]].itertuples(index=False)]
    caption = (f"Dots: published. Line and bands: median, half and nine tenths of {found.members} members. Dotted: the end of a month from which "
               f"forecasts are scored.")  # fmt: skip
    drawn = (f'<figure id="{text(prefix)}record-figure" class="drawn">{picture(found)}<figcaption>{text(caption)}</figcaption>'
             f"{folded('Numbers', table(f'{prefix}record-table', 'Published months and the result', COLUMNS, rows))}</figure>")  # fmt: skip
    return section(prefix, "record", "Against the record", paragraph(tell.sentence(found, name), "lede"), paragraph(tell.coverage(found)),
                   drawn, paragraph(tell.FITTED, "note"), *(paragraph(f"{note[:1].upper()}{note[1:]}.", "note") for note in found.notes))  # fmt: skip
