"""How the simulator's tests draw examples: few and always the same ones, or many with HYPOTHESIS_PROFILE=thorough."""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy loads, as `import simulator` does

from hypothesis import HealthCheck, Phase, settings

FOUND = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]  # what failed is small enough to need no more words
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]

settings.register_profile(
    "quick", deadline=None, max_examples=30, derandomize=True, phases=FOUND, suppress_health_check=SLOW
)
settings.register_profile("thorough", deadline=None, max_examples=300, print_blob=True, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
