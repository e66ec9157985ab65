"""Whether member m of one result met the same chance as member m of another."""

import pathlib

import numpy as np

from .result import ONLY_DELIVERY, Result


class NotPaired(ValueError):
    """Two results cannot be compared member by member."""


def horizon_problem(a: Result, b: Result) -> str:
    """Why totals of the two cannot be set against each other at all; "" when they can."""
    if (a.start, a.days) == (b.start, b.days):
        return ""
    return f"horizon: {a.start:%Y-%m-%d} and {a.days} d against {b.start:%Y-%m-%d} and {b.days} d"


def problems(a: Result, b: Result) -> list[str]:
    """Each reason why the two are not paired: horizon, seed, members, version, data, size of the world, draws. Empty when they are."""
    found = [horizon_problem(a, b)]
    for what, of_a, of_b in (("seed", a.seed, b.seed), ("draws", a.draws, b.draws),
                             ("members", a.members_requested, b.members_requested), ("version", a.version, b.version)):  # fmt: skip
        if of_a != of_b:
            found.append(f"{what}: {of_a} against {of_b}")
    of_a, of_b = _data(a), _data(b)
    for name in sorted(of_a.keys() & of_b.keys()):
        if of_a[name] != of_b[name]:
            found.append(f"data: {name} differs")
    found += [f"world: {key} is {one or 'the default'} against {other or 'the default'}" for key, one, other in _world(a, b)]
    if (a.seed, a.members_requested) == (b.seed, b.members_requested) and _drawn_anew(a, b):
        found.append(f"draws: members met other values of {', '.join(_drawn_anew(a, b))}")
    return [problem for problem in found if problem]


def notes(a: Result, b: Result) -> list[str]:
    """What a reader should know of a pair that is one."""
    out = [f"{what} only in {one.path}: {', '.join(lone)}; they have no difference of their own, but enter the sums over others"
           for axis, what in (("buyer", "buyer groups"), ("product", "materials")) for one, other in ((a, b), (b, a))
           if len(lone := one.labels(axis).difference(other.labels(axis), sort=False))]  # fmt: skip
    if a.commit != b.commit:
        out.append(f"made by commits {a.commit} and {b.commit} of the program; runs of one commit are safer to compare")
    both = int((a.done & b.done).sum()) if len(a.done) == len(b.done) else 0
    if both and not (a.done.all() and b.done.all()):
        out.append(f"only the {both} of {len(a.done)} members done in both are compared")
    drawn_a, drawn_b = a.parameters, b.parameters
    shared = [name for name in drawn_a if name in drawn_b and len(drawn_a) == len(drawn_b)]
    other = [name for name in shared if not drawn_a[name].equals(drawn_b[name])]
    if other:
        out.append(f"drawn from other distributions in the two: {', '.join(other)}")
    out += [f"{one.path}: {ONLY_DELIVERY}" for one in (a, b) if not one.tells_given_up]
    return out


def _world(a: Result, b: Result):
    """Keys of the synthetic world that differ: with other firms a member meets other chance."""
    of_a, of_b = ({key: value for key, value in one.leaves.items() if key.startswith("world.")} for one in (a, b))
    return [(key, of_a.get(key, ""), of_b.get(key, "")) for key in sorted(of_a.keys() | of_b.keys()) if of_a.get(key) != of_b.get(key)]


def _drawn_anew(a: Result, b: Result) -> list[str]:
    """Varied keys of both whose members stand in another order: one chance puts them in one order under any distribution."""
    both = a.done & b.done
    of_a, of_b = a.parameters[both], b.parameters[both]
    apart = lambda one: np.sign(one.to_numpy()[:, None] - one.to_numpy()[None, :])  # noqa: E731
    return [name for name in of_a if name in of_b and (apart(of_a[name]) * apart(of_b[name]) < 0).any()]


def _data(result: Result) -> dict:
    """SHA-256 by name of what is no scenario: the YAML files differ by design."""
    return {"/".join(pathlib.PurePath(path).parts[-2:]): sha for path, sha in result.inputs.items()
            if not path.endswith((".yaml", ".yml"))}  # fmt: skip
