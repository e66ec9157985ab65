"""Approximate Bayesian computation: which values make runs that look like the record.

Every draw of the values gives some members, runs of one world each under common chance. A member plus the error of the record
and of the model (independent, normal, a share of each published value) is a record that could have been published. Records near
to the one that was (distance over the directions in which the values move the record) are kept, and their values are shifted to it
by local-linear regression on a logit scale (Beaumont, Zhang and Balding 2002, doi:10.1093/genetics/162.4.2025), which keeps them
inside their ranges. A record farther out than FAR standard deviations of what can be simulated is drawn in to there, since a line
says nothing beyond the records it was laid through. Few draws narrow any value by chance: made-up values without effect go the
same way, and what is no narrower than one in twenty of them is not called identified. Directions in which no value moves the record are left out, so that what the model cannot do at all does not
bend the values; it shows in the misfit.
"""

from dataclasses import dataclass

import numpy as np

ERROR = 0.15  # of a published value: what monthly totals are to be met within
FLOOR = 0.1  # of the mean of a series: the least value an error is a share of
KEPT = 0.2  # share of the records kept
EXPLAINED = 0.99  # share of the variance of medians that the directions hold
FAR = 2.0  # standard deviations, root mean square over directions
DUMMIES = 200  # values without effect, for comparison
COPIES = 20  # errors drawn for a member
EDGE = 1e-3  # distance kept from the ends of a range on the logit scale
POINTS = (0.05, 0.5, 0.95)


@dataclass
class Posterior:
    """What abc() found; K values, P records kept, D directions.

    shares [P, K]: values as shares of their ranges; weights [P], which sum to 1; distance [draw]: root mean square misfit of the
    medians over the record, in errors; chance: width below which one in twenty values without effect come out; used: draws that the
    records kept are of; beyond: how far, in standard deviations of what can be simulated, the record lies outside.
    """

    shares: np.ndarray
    weights: np.ndarray
    distance: np.ndarray
    beyond: float
    directions: int
    chance: float
    used: int

    def quantiles(self, points=POINTS) -> np.ndarray:
        """Quantiles of each value as shares of its range [K, points]."""
        return np.array([_quantile(column, self.weights, points) for column in self.shares.T])

    def widths(self) -> np.ndarray:
        """Width from 5 to 95 % over that of the prior [K]: 1 learnt nothing, 0 everything."""
        return _widths(self.shares, self.weights)

    def correlations(self) -> np.ndarray:
        """Correlation of the values [K, K]; 0 of one that does not vary."""
        centred = self.shares - self.weights @ self.shares
        covariance = centred.T @ (self.weights[:, None] * centred)
        spread = np.sqrt(np.diag(covariance))
        return covariance / np.where(spread > 0, np.outer(spread, spread), np.inf)

    def moments(self) -> tuple[np.ndarray, np.ndarray]:
        """Mean and variance of each value as a share of its range."""
        mean = self.weights @ self.shares
        return mean, self.weights @ (self.shares - mean) ** 2


def errors(observed: np.ndarray, series: list, share: float) -> np.ndarray:
    """Standard deviation of record and model together for each observation [t], at least of a tenth of the mean of its series."""
    series = np.array(series)
    means = np.array([observed[series == one].mean() for one in series])
    return share * np.maximum(np.maximum(observed, FLOOR * means), 1e-9)


def misfit(members: np.ndarray, observed: np.ndarray, error: np.ndarray) -> np.ndarray:
    """Root mean square of median less observed over the error, of each draw. members [draw, member, observation]."""
    return np.sqrt((((np.median(members, 1) - observed) / error) ** 2).mean(-1))


def abc(shares: np.ndarray, members: np.ndarray, observed: np.ndarray, error: np.ndarray, seed: int, kept: float = KEPT) -> Posterior:
    """The posterior from draws. shares [draw, K] in 0 to 1; members [draw, member, observation] and observed, error [observation] in t."""
    random = np.random.default_rng(seed)
    axes = _directions(np.median(members, 1) / error)
    centre = np.median(members, 1).mean(0)
    scaled = (members - centre) / error  # in errors, around the mean run
    record = axes @ ((observed - centre) / error)
    noisy = scaled[:, :, None, :] + random.standard_normal((*scaled.shape[:2], COPIES, scaled.shape[2]))
    fakes = (noisy @ axes.T).reshape(-1, len(axes))
    draw = np.repeat(np.arange(len(shares)), members.shape[1] * COPIES)
    spread = np.atleast_2d(np.cov(fakes, rowvar=False))
    offset = record - fakes.mean(0)
    beyond = float(np.sqrt(offset @ np.linalg.pinv(spread) @ offset / len(axes)))
    record = fakes.mean(0) + offset * min(1, FAR / max(beyond, 1e-12))
    away = np.sqrt(((fakes - record) ** 2).sum(1))
    radius = np.quantile(away, kept)
    near = away <= radius
    weights = 1 - (away[near] / max(radius, 1e-12)) ** 2 + 1e-9  # Epanechnikov
    weights /= weights.sum()
    found, dummies = (_shifted(one[draw[near]], fakes[near] - record, weights) for one in (shares, random.random((len(shares), DUMMIES))))
    chance = float(np.quantile(_widths(dummies, weights), 0.05))
    return Posterior(found, weights, misfit(members, observed, error), beyond, len(axes), chance, len(set(draw[near])))


def _directions(medians: np.ndarray) -> np.ndarray:
    """Orthonormal directions [D, observation] in which the values move the record, by share of variance, a tenth of the draws at most."""
    centred = medians - medians.mean(0)
    _, size, axes = np.linalg.svd(centred, full_matrices=False)
    held = np.cumsum(size**2) / max((size**2).sum(), 1e-300)
    most = max(1, len(medians) // 10)
    return axes[: min(int(np.searchsorted(held, EXPLAINED)) + 1, most, len(axes))]


def _shifted(shares, away, weights):
    """Shares [P, K] shifted along their local-linear regression, on a logit scale, on the way to the record [P, D]."""
    inside = np.clip(shares, EDGE, 1 - EDGE)
    values = np.log(inside / (1 - inside))
    design = np.column_stack([np.ones(len(away)), away])
    heavy = design * weights[:, None]
    slopes = np.linalg.pinv(design.T @ heavy, hermitian=True) @ (heavy.T @ values)
    return np.clip(1 / (1 + np.exp(away @ slopes[1:] - values)), EDGE, 1 - EDGE)


def _widths(shares, weights) -> np.ndarray:
    ends = np.array([_quantile(column, weights, (0.05, 0.95)) for column in shares.T])
    return (ends[:, 1] - ends[:, 0]) / 0.9


def _quantile(values, weights, points):
    order = np.argsort(values)
    mass = np.cumsum(weights[order]) - weights[order] / 2
    return np.interp(points, mass, values[order])


def profile(shares: np.ndarray, distance: np.ndarray, parts: int = 5) -> np.ndarray:
    """The least distance in each part of a range [K, parts]; NaN where no draw lies."""
    at = np.minimum((shares * parts).astype(int), parts - 1)
    out = np.full((shares.shape[1], parts), np.nan)
    for k in range(shares.shape[1]):
        for part in range(parts):
            inside = distance[at[:, k] == part]
            out[k, part] = inside.min() if len(inside) else np.nan
    return out
