"""The public names; everything else is free to change."""

import kg


def test_public_names():
    assert sorted(kg.__all__) == [
        "Document",
        "Extraction",
        "Finding",
        "Graph",
        "KgError",
        "Ontology",
        "Store",
        "Workspace",
        "build",
        "load_ontology",
        "open",
    ]


def test_public_names_are_there():
    assert [name for name in kg.__all__ if not hasattr(kg, name)] == []
