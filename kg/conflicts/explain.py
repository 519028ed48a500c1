"""Why something is in the graph: from an IRI, or an edge, down to the sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from kg.conflicts.account import Account, Line
from kg.conflicts.report import indented
from kg.conflicts.snapshot import newest, ties_at
from kg.conflicts.tie import Edge, Tie
from kg.conflicts.wording import plain
from kg.errors import NotFound
from kg.model import Entity, Graph, Mention, Reason, Statement, Verdict
from kg.ontology import Ontology
from kg.rdf import canonical_tie, tie_id
from kg.vocab import KG, PREFIXES, iri, label_of, local

__all__ = ["explain"]


def explain(graph: Graph, ontology: Ontology, address: str, reasons: Iterable[Reason] = ()) -> str:
    """The account of a finding, an entity, a claim, a tie, or an edge given as "subject predicate object".

    Each is an IRI or a prefixed name, as in ``person:elon-musk``; an entity may also be given by its name.
    ``reasons`` say why names were merged. Raises NotFound for what the graph lacks.
    """
    teller = Teller(graph, ontology, tuple(reasons))
    words = address.split()
    if len(words) == 3 and _expand(words[1]).startswith(KG):
        return indented(teller.edge(*map(_expand, words)))
    return indented(teller.thing(" ".join(words)))


def _expand(word: str) -> str:
    prefix, colon, rest = word.partition(":")
    known = PREFIXES.get(prefix) if colon else None
    return known + rest if known else word.removeprefix("<").removesuffix(">")


SAID = {Verdict.SAME: "the same", Verdict.DIFFERENT: "different", Verdict.UNSURE: "perhaps the same, left open"}


class Teller:
    """Finds what an address names and gives its account."""

    def __init__(self, graph: Graph, ontology: Ontology, reasons: tuple[Reason, ...]) -> None:
        self._graph = graph
        self._ontology = ontology
        self._reasons = reasons
        self._account = Account(graph, ontology)

    def thing(self, said: str) -> Iterator[Line]:
        """The account of whatever has this address or name."""
        kind, identifier = local(_expand(said)) or ("entity", self._named(said))
        if kind == "entity" and identifier in self._graph.entities:
            return self._entity(self._graph.entities[identifier])
        if kind == "claim" and identifier in self._account.statements:
            return self._account.claim(self._account.statements[identifier])
        findings = {finding.id: finding for finding in self._graph.findings}
        if kind == "finding" and identifier in findings:
            return self._account.finding(findings[identifier])
        tenure = self._tenure(identifier) if kind == "tie" else []
        if tenure:
            return self._told(canonical_tie(tenure[0], self._ontology), tenure)
        raise NotFound(f"nothing here is called {said!r}", way_out=self._suggestion(_expand(said)))

    def edge(self, subject: str, predicate: str, object_: str) -> Iterator[Line]:
        """The claims of an edge, whichever way round the texts say it."""
        label = label_of(predicate)
        if label not in self._ontology.relations:
            name = predicate.removeprefix(KG)
            raise NotFound(f"no relation is called kg:{name}", way_out=self._ontology.suggestion(name))
        ends = [self._end(address) for address in (subject, object_)]
        told = [s for s in self._graph.statements if self._is_edge(s, ends[0], label, ends[1])]
        if not told:
            raise NotFound(f"no text says that {self._account.wording.tie((ends[0], label, ends[1]))}")
        return self._told(canonical_tie(told[0], self._ontology), told)

    def _end(self, address: str) -> str:
        kind, identifier = local(address) or ("", "")
        if kind == "entity" and identifier in self._graph.entities:
            return identifier
        raise NotFound(f"no entity is called {address!r}", way_out=self._suggestion(address))

    def _is_edge(self, statement: Statement, subject: str, label: str, object_: str) -> bool:
        said = (statement.subject, statement.claim.predicate, statement.object)
        relation = self._ontology.relations[label]
        turned = (object_, label if relation.symmetric else relation.inverse, subject)
        return said in ((subject, label, object_), turned)

    def _named(self, said: str) -> str:
        wanted = said.casefold()
        found = [e.id for e in self._graph.entities.values() if wanted in map(str.casefold, (e.id, e.name, *e.aliases))]
        return found[0] if len(found) == 1 else ""

    def _tenure(self, identifier: str) -> list[Statement]:
        return [s for s in self._graph.statements if self._tie_id(s) == identifier]

    def _tie_id(self, statement: Statement) -> str:
        dates = (str(day) if day else None for day in (statement.claim.valid_from, statement.claim.valid_until))
        return tie_id(canonical_tie(statement, self._ontology), *dates)

    def _told(self, edge: Edge, told: Iterable[Statement]) -> Iterator[Line]:
        yield Line(0, self._account.wording.tie(edge))
        for statement in told:
            yield self._account.sentence(1, statement)
            yield Line(2, iri("claim", statement.id))

    def _entity(self, entity: Entity) -> Iterator[Line]:
        told = [s for s in self._graph.statements if entity.id in (s.subject, s.object)]
        yield Line(0, f"{plain(entity.name)} ({entity.type})")
        yield Line(1, iri("entity", entity.id))
        if entity.aliases:
            yield Line(1, f"also called {', '.join(plain(alias) for alias in entity.aliases)}")
        yield from (Line(1, f"{plain(scheme)}: {plain(value)}") for scheme, value in entity.identifiers)
        yield from self._names(entity, told)
        yield from self._ties(told)

    def _names(self, entity: Entity, told: Iterable[Statement]) -> Iterator[Line]:
        written = Counter(plain(m.text) for s in told for m in _mentions(s, entity.id))
        if written:
            yield Line(1, "written as " + ", ".join(f"{text} ({count})" for text, count in sorted(written.items())))
        why = [reason for reason in self._reasons if entity.id in reason.entities]
        yield from (Line(1, self._why(entity, reason)) for reason in why)

    def _why(self, entity: Entity, reason: Reason) -> str:
        """One decision about names: what was taken as one or kept apart, how likely, and by which features."""
        probable = f", probability {reason.score}" if reason.score else ""
        told = f"{reason.feature.replace('_', ' ')}{probable}: {plain(reason.value)}"
        if reason.left == reason.right and len(reason.entities) == 1:
            return f"{plain(reason.left)} is one by {told}"
        other = next((key for key in reason.entities if key != entity.id), "")
        of_other = f" ({other})" if other else ""
        return f"{plain(reason.left)} and {plain(reason.right)} are {SAID[reason.verdict]}{of_other} by {told}"

    def _ties(self, told: Iterable[Statement]) -> Iterator[Line]:
        by_edge: dict[Edge, list[Statement]] = {}
        for statement in told:
            by_edge.setdefault(canonical_tie(statement, self._ontology), []).append(statement)
        standing = ties_at(self._graph, self._ontology, newest(self._graph))
        for edge, several in sorted(by_edge.items()):
            yield Line(1, f"{self._account.wording.tie(edge)} ({_count(several)}{_standing(standing.get(edge))})")
            best = standing[edge].support[0].statement if edge in standing else several[0]
            yield self._account.sentence(2, best)

    def _suggestion(self, address: str) -> str:
        kind, identifier = local(address) or ("entity", address)
        entities, findings = self._graph.entities, (finding.id for finding in self._graph.findings)
        pools = {"claim": self._account.statements, "finding": findings, "entity": entities}
        names = {e.name: e.id for e in entities.values()} if kind == "entity" else {}
        close = get_close_matches(identifier, [*names, *pools.get(kind, ())], n=1, cutoff=0.6)
        if not close:
            return "Give an IRI of this graph, or an edge as 'subject predicate object'"
        return f"Did you mean {iri(kind, names.get(close[0], close[0]))}?"


def _mentions(statement: Statement, entity: str) -> list[Mention]:
    claim = statement.claim
    ends = ((statement.subject, claim.subject), (statement.object, claim.object))
    return [mention for end, mention in ends if end == entity]


def _count(several: list[Statement]) -> str:
    return "1 claim" if len(several) == 1 else f"{len(several)} claims"


def _standing(tie: Tie | None) -> str:
    return f", {tie.standing}" if tie else ""
