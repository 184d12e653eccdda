"""Where two copies parted follows from what each knows, not from any clock."""

from smartct_desktop.domain.changes import StepState
from smartct_desktop.domain.copies import StepMarks, Turn, parted


def steps(text, joins=None):
    """Steps by letters: "a b< c<>" is a held one, an undone one, and one that was done again."""
    joins = joins or {}
    found = []
    for no, word in enumerate(text.split(), 1):
        name, signs = word[0], word[1:]
        turns = tuple(
            Turn(f"{sign}{name}{sum(one == sign for one in signs[: at + 1])}", sign == "<")
            for at, sign in enumerate(signs)
        )
        state = StepState.UNDONE if turns and turns[-1].back else StepState.DONE
        found.append(StepMarks(no, name, state, turns, frozenset(joins.get(name, ()))))
    return found


def grounds(ours, theirs):
    found = parted(ours, theirs)
    return tuple(
        None if ground is None else sorted(ground.holding) for ground in (found.ours, found.theirs)
    )


def test_that_copies_part_after_the_last_step_they_share():
    found = parted(steps("a b c d"), steps("a b x"))

    assert sorted(found.ours.holding) == sorted(found.theirs.holding) == [1, 2]
    assert (found.our_new, found.their_new, found.unknown) == ((3, 4), (3,), {"x"})


def test_that_documents_without_a_common_step_are_no_copies():
    assert parted(steps("a b"), steps("x y")) is None
    assert parted([], steps("x")) is None


def test_that_a_step_undone_in_one_copy_held_when_they_parted():
    found = parted(steps("a b"), steps("a b<"))

    assert sorted(found.ours.holding) == [1, 2]
    assert (found.their_undone, found.our_undone) == ((2,), ())


def test_that_a_step_redone_in_one_copy_did_not_hold_when_they_parted():
    found = parted(steps("a b<"), steps("a b<>"))

    assert grounds(steps("a b<"), steps("a b<>")) == ([1], [1])
    assert (found.their_new, found.unknown) == ((2,), {">b1"})


def test_that_what_was_merged_is_where_they_parted_since():
    ours = steps("a b m", {"m": ("x",)})

    assert grounds(ours, steps("a x y")) == (None, [1, 2])
    assert grounds(steps("a x y"), ours) == ([1, 2], None)


def test_that_an_undone_merge_does_not_count():
    assert grounds(steps("a b m<", {"m": ("x",)}), steps("a x")) == ([1], [1])


def test_that_after_two_merges_across_both_moments_are_given():
    ours = steps("a b m", {"m": ("x",)})
    theirs = steps("a x n", {"n": ("b",)})

    assert grounds(ours, theirs) == ([1, 2], [1, 2])


def test_that_notes_are_no_steps():
    noted = StepMarks(2, "n", StepState.NOTED)

    assert parted([*steps("a"), noted], steps("a")).unknown == frozenset()
    assert parted(steps("a"), [*steps("a"), noted]).unknown == frozenset()
