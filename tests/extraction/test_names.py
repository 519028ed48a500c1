import pytest

from kg.extraction.names import same_name, shortens


@pytest.mark.parametrize(
    ("short", "long", "kind"),
    [
        ("Lund", "Ane Lund", "Person"),
        ("Ane", "Ane Lund", "Person"),
        ("Halvard", "Halvard Energi ASA", "Organization"),
        ("Tesla", "Tesla Motors", "Organization"),
    ],
)
def test_shortens(short, long, kind):
    assert shortens(short, long, kind)


@pytest.mark.parametrize(
    ("short", "long", "kind"),
    [
        ("Ane Berg", "Ane Lund", "Person"),
        ("Energi", "Halvard Energi", "Organization"),
        ("York", "New York", "Place"),
        ("New", "New York Times", "Place"),
        ("Halvard", "Halvard", "Organization"),
        ("Google", "Google Cloud", "Organization"),
        ("Amazon", "Amazon Web Services", "Organization"),
    ],
)
def test_does_not_shorten(short, long, kind):
    assert not shortens(short, long, kind)


def test_initials_join_their_firm_in_any_order():
    names = [("WHO", "Organization"), ("World Health Organization", "Organization")]
    assert same_name(names) == [1, 1]
    assert same_name(names[::-1]) == [0, 0]


def test_a_firms_short_name_comes_after_its_long_one_but_for_the_headline():
    short, long = ("Halvard", "Organization"), ("Halvard Energi", "Organization")
    assert same_name([long, short]) == [0, 0]
    assert same_name([short, long]) == [0, 1]
    assert same_name([short, long, short], headline=1) == [1, 1, 1]
    assert same_name([("Lund", "Person"), ("Ane Lund", "Person")]) == [1, 1]


def test_a_surname_joins_its_only_bearer():
    assert same_name([("Ane Lund", "Person"), ("Halvard", "Organization"), ("Lund", "Person")]) == [0, 1, 0]


def test_a_surname_with_two_bearers_joins_neither():
    assert same_name([("Ane Lund", "Person"), ("Per Lund", "Person"), ("Lund", "Person")]) == [0, 1, 2]


def test_names_of_two_types_are_two_things():
    assert same_name([("Grok", "Product"), ("Grok", "Organization")]) == [0, 1]


def test_a_possessive_does_not_matter():
    assert same_name([("Halvard's", "Organization"), ("Halvard", "Organization")]) == [0, 0]


def test_many_names_are_grouped_in_little_time():
    many = [(f"Person{n} Family{n}", "Person") for n in range(20_000)] + [("Family7", "Person")]
    assert same_name(many)[-1] == 7
