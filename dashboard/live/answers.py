"""What is told of one number: as it was known at a moment, and what was corrected in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from vigil.claim import Claim, ClaimSet
from vigil.correction import Correction, Told
from vigil.estimate import Estimate
from vigil.snapshot import Evidence


@dataclass(frozen=True, slots=True)
class Past:
    """A number as it was known at a moment.

    Attributes:
        estimate: What was shown, None for nothing.
        evidence: The claims behind it.
    """

    estimate: Estimate | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was corrected, with the sentences.

    Attributes:
        corrections: The oldest first.
        told: The claims behind their figures, where the store still knows them.
    """

    corrections: tuple[Correction, ...]
    told: Mapping[Told, tuple[ClaimSet, Claim]]
