"""How much was learned between a test before and a test after."""

from fractions import Fraction

from msgspec import Struct


class Gain(Struct, frozen=True):
    """The scores (0 to 1) of the tests before and after."""

    before: Fraction
    after: Fraction

    @property
    def normalized(self) -> Fraction | None:
        """The share that was learned of what there was to learn: (after - before) / (1 - before).

        Hake's normalized gain (Hake 1998, American Journal of Physics 66:64-74). A loss is
        measured against what could be lost instead, (after - before) / before, as normalized
        change (Marx and Cummings 2007, American Journal of Physics 75:87-91). None where there
        was nothing left to learn.

        Caveat: the measure was made for the averages of classes. For one learner and a short test
        it says little: one question more or less moves it a lot, and a second try at the same
        kind of questions is easier than the first.
        """
        if self.after < self.before:
            return (self.after - self.before) / self.before
        if self.before == 1:
            return None
        return (self.after - self.before) / (1 - self.before)
