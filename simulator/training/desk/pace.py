"""How many steps to make at a time: at the speed asked for, and in chunks that a command can end early."""

CHUNK_SECONDS = 0.040  # of each lane: after every one, the thread may have to wait for a busy window
LONGEST_CHUNK = 0.100
LARGEST_CHUNK = 20_000


class Pace:
    """Steps a second asked for (None = unlimited), and how large the next chunk should be."""

    def __init__(self) -> None:
        self._speed: float | None = None
        self._since = 0.0
        self._made = 0.0
        self._cost = 1e-3  # seconds a step, measured
        self._window: tuple[float, int] = (0.0, 0)
        self.lanes = 1
        self.measured: float | None = None

    def begin(self, now: float) -> None:
        """Training starts, or starts again."""
        self._since, self._made = now, 0.0
        self._window = (now, 0)
        self.measured = None

    def set_speed(self, steps_per_second: float | None, now: float) -> None:
        """Ask for another speed from now on."""
        self._speed = steps_per_second
        self.begin(now)

    def wait(self, now: float) -> float:
        """Return the seconds until the next step is due; 0 or less when it is."""
        if self._speed is None:
            return 0.0
        return self._since + (self._made + 1) / self._speed - now

    @property
    def chunk(self) -> int:
        """Steps that take about 40 ms in each lane, 100 ms together at the most."""
        seconds = min(CHUNK_SECONDS * self.lanes, LONGEST_CHUNK)
        return min(max(int(seconds / self._cost), 1), LARGEST_CHUNK)

    def steps(self, now: float) -> int:
        """Return how many steps to make now: those that are due, at most a chunk."""
        chunk = self.chunk
        if self._speed is None:
            return chunk
        due = int((now - self._since) * self._speed - self._made)
        if due > chunk:  # the machine is slower than asked for: no debt is carried along
            self._since = now - (self._made + chunk) / self._speed
        return max(min(due, chunk), 1)

    def took(self, steps: int, began: float, ended: float, paced: bool = True) -> None:
        """Note that `steps` steps were made from `began` to `ended`; those not `paced` came as fast as they could."""
        if paced:
            self._made += steps
        if steps:
            self._cost = 0.7 * self._cost + 0.3 * (ended - began) / steps
        start, count = self._window
        count += steps
        if ended - start >= 0.5:
            self.measured = count / (ended - start)
            start, count = ended, 0
        self._window = (start, count)
