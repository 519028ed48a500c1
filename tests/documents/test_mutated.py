"""Damaged files of every format: values, and soon. ``benchmarks/mutate_documents.py`` does it at length."""

import io
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.mutate_documents import READERS, mutated, seeds
from kg.documents import read
from kg.errors import Skipped
from kg.model import Document


@pytest.mark.parametrize("reader", READERS)
def test_a_damaged_file_is_read_or_refused(reader):
    sound = seeds(reader)

    @settings(max_examples=25, deadline=10_000, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(number=st.integers(min_value=0))
    def attacked(number):
        for found in read(["-"], stdin=io.BytesIO(mutated(sound, random.Random(number)))):  # noqa: S311 - damage, not a secret
            assert isinstance(found, Document | Skipped)
            if isinstance(found, Document):
                assert found.text.strip()
                repr(found).encode("utf-8")
            else:
                assert "\n" not in str(found)

    attacked()
