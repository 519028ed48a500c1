"""In-document clusters as units to resolve: their names as keys, and what stands near them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kg.model import Cluster, EntityType, Extraction, Mention, MentionForm
from kg.resolution import evidence
from kg.resolution.naming import Name, Naming
from kg.resolution.partition import Partition

__all__ = ["Unit", "units_of"]

PERSON, ORGANIZATION, PLACE = EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE
AFFILIATIONS = frozenset({"leads", "board_member_of", "employed_by", "founded_by", "holds_shares_in", "member_of"})
NONE: frozenset[str] = frozenset()
"""One empty set for all units, most of whose sets are empty; each of its own would take 216 bytes."""
Rivals = Callable[[EntityType, str, str], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A named cluster of a document.

    ``names`` counts its spellings; ``primary`` is the key of the fullest one, ``keys`` those of all. ``near`` are the
    keys of the organizations, products and people that stand in a claim with it or near it, ``around`` those of the
    whole document, ``firms`` the organizations that it belongs to, ``seats`` its places. ``apart`` are the units that a
    claim ties to it, so that they are others; ``said`` is what the text says of two of its names being one.
    """

    id: str
    type: EntityType
    name: Name
    names: tuple[tuple[str, int], ...]
    keys: frozenset[str]
    mentions: tuple[str, ...]
    document_id: str
    document_key: str
    published: str
    near: frozenset[str]
    around: frozenset[str]
    firms: frozenset[str]
    seats: frozenset[str]
    births: frozenset[str]
    apart: frozenset[str]
    said: tuple[tuple[str, str], ...]

    @property
    def primary(self) -> str:
        """The key of the fullest name."""
        return self.name.key

    @property
    def anchor(self) -> tuple[str, str, str]:
        """Orders units by the age of their documents; undated ones come last."""
        return (self.published, self.document_key, self.id)


def units_of(extraction: Extraction, naming: Naming, cues: frozenset[str], rivals: Rivals) -> list[Unit]:
    """The units of a document, sorted by id.

    Clusters that the text calls one thing are joined; a cluster whose names ``rivals`` keeps apart is cut in pieces.
    """
    pieces = [piece for cluster in extraction.clusters for piece in _cut(cluster, naming, rivals)]
    clusters, said = _join_said(extraction, pieces, naming, cues, rivals)
    named = [(cluster, name) for cluster in clusters if (name := _fullest(cluster, naming))]
    return sorted(_made(extraction, named, naming, said), key=lambda unit: unit.id)


Said = dict[str, list[tuple[str, str]]]


def _join_said(
    extraction: Extraction, clusters: list[Cluster], naming: Naming, cues: frozenset[str], rivals: Rivals
) -> tuple[list[Cluster], Said]:
    """Clusters of which the text says that they are one, joined, with what it says by mention."""
    partition, said = Partition(len(clusters)), defaultdict(list)
    for left, right, feature in evidence.same_by_text(extraction, evidence.places(clusters), naming, cues):
        keys = [naming.key(mention.text, mention.type) for mention in (left.mention, right.mention)]
        if not rivals(left.mention.type, *keys):
            partition.join(left.cluster, right.cluster)
            said[left.mention.id].append((feature, f"{left.mention.text} / {right.mention.text}"))
    if not said:
        return clusters, said
    return [_joined([clusters[i] for i in members]) for members in partition.sets()], said


def _joined(clusters: list[Cluster]) -> Cluster:
    if len(clusters) == 1:
        return clusters[0]
    mentions = sorted((m for c in clusters for m in c.mentions), key=lambda mention: mention.span)
    return Cluster(clusters[0].name, clusters[0].type, tuple(mentions))


def _made(extraction: Extraction, named: list[tuple[Cluster, Name]], naming: Naming, said: Said) -> Iterator[Unit]:
    document, clusters = extraction.document, [cluster for cluster, _ in named]
    keys = [frozenset(naming.key(name, c.type) for name in c.names) - {""} for c in clusters]
    found, ids = evidence.places(clusters), [cluster.id for cluster in clusters]
    claimed, affiliated, seated = _claimed(extraction, clusters)
    beside = _by_first(claimed | evidence.near(found))
    members = _by_first(affiliated | evidence.firms(found, document.text))
    telling = [frozenset() if c.type is PLACE else keys[i] for i, c in enumerate(clusters)]
    around = frozenset().union(*telling)
    others, seats = _by_first(claimed), _by_first(seated)
    for i, (cluster, name) in enumerate(named):
        yield Unit(
            id=ids[i],
            type=cluster.type,
            name=name,
            names=_spellings(cluster),
            keys=keys[i],
            mentions=tuple(sorted(mention.id for mention in cluster.mentions)),
            document_id=document.id,
            document_key=document.key,
            published=document.published.isoformat() if document.published else "9999",
            near=_keys(telling, beside[i]) - keys[i] or NONE,
            around=around,
            firms=_keys(telling, members[i]) - keys[i] or NONE,
            seats=_keys(keys, seats[i]),
            births=evidence.births(cluster, document.text) or NONE,
            apart=frozenset(ids[j] for j in others[i]) - {ids[i]} or NONE,
            said=tuple(sorted({told for m in cluster.mentions for told in said.get(m.id, ())})) if said else (),
        )


def _keys(keys: list[frozenset[str]], indexes: Iterable[int]) -> frozenset[str]:
    return NONE.union(*(keys[j] for j in indexes)) or NONE


def _by_first(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for first, second in pairs:
        found[first].add(second)
    return found


def _claimed(extraction: Extraction, clusters: list[Cluster]) -> tuple[set[tuple[int, int]], ...]:
    """Pairs of clusters that a claim ties; (person, firm) of the affiliations; (anything, place)."""
    home = {mention.id: i for i, cluster in enumerate(clusters) for mention in cluster.mentions}
    tied, affiliated, seated = set[tuple[int, int]](), set[tuple[int, int]](), set[tuple[int, int]]()
    for claim in extraction.claims:
        head, tail = home.get(claim.subject.id), home.get(claim.object.id)
        if head is None or tail is None or head == tail:
            continue
        for one, other in ((head, tail), (tail, head)):
            tied.add((one, other))
            kinds = clusters[one].type, clusters[other].type
            if kinds == (PERSON, ORGANIZATION) and claim.predicate in AFFILIATIONS:
                affiliated.add((one, other))
            if kinds[1] is PLACE:
                seated.add((one, other))
    return tied, affiliated, seated


def _spellings(cluster: Cluster) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(m.text for m in cluster.mentions if m.form is MentionForm.NAME).items()))


def _fullest(cluster: Cluster, naming: Naming) -> Name | None:
    names = [naming.name(text, cluster.type) for text in cluster.names]
    named = [name for name in names if name.key]
    return max(named, key=lambda name: (len(name.words), len(name.key), name.key, name.text), default=None)


def _cut(cluster: Cluster, naming: Naming, rivals: Rivals) -> list[Cluster]:
    """The cluster, or its pieces where two of its names are known to be two things."""
    if len(cluster.mentions) == 1:
        return [cluster]
    keys = {text: naming.key(text, cluster.type) for text in cluster.names}
    heads: list[str] = []
    for key in sorted({*keys.values()} - {""}, key=lambda key: (-len(key.split()), -len(key), key)):
        if not heads or any(rivals(cluster.type, key, head) for head in heads):
            heads.append(key)
    if len(heads) < 2:
        return [cluster]
    home: dict[str, list[Mention]] = {head: [] for head in heads}
    for mention in cluster.mentions:
        key = keys.get(mention.text, "") if mention.form is MentionForm.NAME else ""
        fits = [head for head in heads if key and not rivals(cluster.type, key, head)]
        home[key if key in home else (fits or heads)[0]].append(mention)
    return [Cluster(made[0].text, cluster.type, tuple(made)) for made in home.values() if made]
