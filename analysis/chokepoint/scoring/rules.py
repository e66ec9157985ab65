"""What a forecast of many members is worth beside what came: CRPS, bands and where the observation fell.

The continuous ranked probability score [unit of the value] is the area between the distribution forecast, squared, and the
step at what came; of a point forecast it is the absolute error. Members are a sample of that distribution, so the fair
estimator is used (Ferro 2014, doi:10.1002/qj.2270), whose mean does not depend on how many members there are.
"""

import numpy as np

BANDS = {50: (0.25, 0.75), 90: (0.05, 0.95)}  # per cent: quantiles


def crps(members: np.ndarray, observed: float) -> float:
    """mean |x - y| - sum over pairs |x - x'| / (n (n - 1)), pairs counted once; of one member |x - y|. members [n]."""
    x = np.sort(np.asarray(members, float))
    n = len(x)
    off = np.abs(x - observed).mean()
    if n == 1:
        return float(off)
    pairs = ((2 * np.arange(1, n + 1) - n - 1) * x).sum()  # over pairs x_j - x_i, i < j
    return float(off - pairs / (n * (n - 1)))


def band(members: np.ndarray, per_cent: int) -> tuple[float, float]:
    """Ends of a band of BANDS, at ranks p (n + 1): what comes like one more member falls inside as often as it says.

    Of fewer than 19 members the 90 % band is from the least to the most, and holds (n - 1) / (n + 1) of what comes.
    """
    low, high = np.quantile(np.asarray(members, float), BANDS[per_cent], method="weibull")
    return float(low), float(high)


def inside(members: np.ndarray, observed: float, per_cent: int) -> bool:
    """Whether what came lies in the band, ends included."""
    low, high = band(members, per_cent)
    return low <= observed <= high


def skill(score: np.ndarray, reference: np.ndarray) -> float:
    """1 - mean score / mean reference over the cases that have both: 1 is perfect, 0 no better; -inf where the reference alone is.

    NaN without a case, or where both are perfect.
    """
    score, reference = np.asarray(score, float), np.asarray(reference, float)
    both = ~(np.isnan(score) | np.isnan(reference))
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(1 - score[both].sum() / reference[both].sum())
