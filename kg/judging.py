"""Judgements of a workspace: made, taken back, listed, asked for; applied to its graph at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kg import identity, pipeline, queries, summary
from kg.conflicts.wording import plain
from kg.errors import UsageError
from kg.export import write_atomically
from kg.model import Entity, Graph, Judgement, MentionForm, Reason, Verdict
from kg.ontology import Ontology
from kg.resolution.judgements import AT, Handle, add, listed, pair, read, remove, written
from kg.store import Store
from kg.workspace import Workspace

__all__ = ["ACTIONS", "question", "run"]

ACTIONS = ("same", "different", "unsure", "undo", "list", "review")
ANSWERS = {"s": Verdict.SAME, "d": Verdict.DIFFERENT, "u": Verdict.UNSURE}
MOST_SENTENCES = 2
Ask = Callable[[str], str]


def run(
    workspace: Workspace, ontology: Ontology, action: str, names: Sequence[str], about: Mapping[str, str], *, ask: Ask
) -> str:
    """Does one of ACTIONS and says what came of it. ``about`` holds note, author and date of a new judgement.

    Raises UsageError for a contradiction, or for names that are not two, and NotFound for names that nothing bears.
    """
    if len(names) != {"list": 0, "review": 0}.get(action, 2) and not (action == "undo" and not names):
        raise UsageError(f"judge {action} takes {'no names' if action in ('list', 'review') else 'two names'}")
    if action == "list":
        return listed(identity.judgements(workspace.judgements, ontology))
    with Store(workspace.graph) as store:
        judge = Judge(store, workspace, ontology, about)
        if action == "undo":
            return judge.undo(*names)
        return judge.review(ask) if action == "review" else judge.decide(Verdict(action), *names)


class Judge:
    """Changes the judgements of an open workspace."""

    def __init__(self, store: Store, workspace: Workspace, ontology: Ontology, about: Mapping[str, str]) -> None:
        self._store, self._workspace, self._ontology, self._about = store, workspace, ontology, about
        self._graph = store.graph()

    def decide(self, verdict: Verdict, left: str, right: str) -> str:
        """Adds a judgement and applies it."""
        ends = (left, right) if left == right else (self._handle(left), self._handle(right))
        return f"{verdict}: {ends[0]} | {ends[1]}; {self._apply(self._with(self._own(), verdict, *ends))}"

    def undo(self, left: str = "", right: str = "") -> str:
        """Takes the last judgement back, or that about a pair."""
        own = self._own()
        try:
            kept, gone = remove(own, left, right)
        except UsageError:
            kept, gone = remove(own, *(self._handle(name) for name in (left, right) if name))
        return f"took back {gone.verdict}: {gone.left} | {gone.right}; {self._apply(kept)}"

    def review(self, ask: Ask) -> str:
        """Asks about the open questions, those first whose answer would move most claims; applies all answers."""
        judged, count = self._own(), 0
        for reason in summary.open_questions(self._graph, self._store.reasons()):
            ends = tuple(self._handle(entity) for entity in reason.entities)
            if any(pair(old) == tuple(sorted(map(Handle.parse, ends))) for old in judged):
                continue
            answer = (
                ask(self._shown(reason) + "same, different, unsure, skip or quit? [s/d/u/k/q] ").strip()[:1].casefold()
            )
            if answer in ("q", ""):
                break
            if answer in ANSWERS:
                judged, count = self._with(judged, ANSWERS[answer], *ends), count + 1
        return f"{count} judgements; {self._apply(judged)}" if count else "no judgements"

    def _own(self) -> tuple[Judgement, ...]:
        return read(self._workspace.judgements)

    def _with(self, judged: Sequence[Judgement], verdict: Verdict, left: str, right: str) -> tuple[Judgement, ...]:
        new = Judgement(left, right, verdict, **self._about)
        own = add(judged, new)
        held = {pair(judgement) for judgement in own}
        shared = identity.judgements(self._workspace.judgements, self._ontology)
        add([j for j in shared if pair(j) not in held] + [j for j in own if j is not new], new)
        return own

    def _apply(self, judged: Sequence[Judgement]) -> str:
        """Writes the judgements, then resolves what is stored anew and draws the page."""
        before = len(self._graph.entities)
        write_atomically(self._workspace.judgements, written(judged))
        self._graph = pipeline.derive(self._store, self._ontology, self._workspace)
        pipeline.write_outputs(self._store, self._graph, self._workspace, self._ontology)
        return f"{before} entities before, {len(self._graph.entities)} now"

    def _handle(self, said: str) -> str:
        """What a judgement keeps of a name or id: the name where only one entity bears it, else name and document."""
        if AT in said:
            return str(Handle.parse(said))
        entity = queries.find_entity(self._graph.entities, said)
        bearers = [e for e in self._graph.entities.values() if entity.name in (e.name, *e.aliases)]
        if said in (entity.name, *entity.aliases):
            return said
        return entity.name if len(bearers) == 1 else self._in_document(entity)

    def _in_document(self, entity: Entity) -> str:
        """Its name in the oldest document that names it."""
        mentions, found = set(entity.mentions), []
        for extraction in self._store.extractions():
            for cluster in extraction.clusters:
                names = [m.text for m in cluster.mentions if m.id in mentions and m.form is MentionForm.NAME]
                if names:
                    day = extraction.document.published
                    found.append((str(day or "9999"), extraction.document.key, max(names, key=lambda n: (len(n), n))))
        _, document, name = min(found)
        return str(Handle(name, document))

    def _shown(self, reason: Reason) -> str:
        lines = [question(reason)]
        for key in reason.entities:
            lines.append(f"  {key}")
            lines += [f"    {sentence}" for sentence in _sentences(self._graph, key)]
        return "\n".join(lines) + "\n"


def _sentences(graph: Graph, entity: str) -> list[str]:
    told = (s.claim.evidence.quote for s in graph.statements if entity in (s.subject, s.object))
    return [plain(" ".join(quote.split())) for quote in list(dict.fromkeys(told))[:MOST_SENTENCES]]


def question(reason: Reason) -> str:
    """Whether two entities are the same, how probable that is and why."""
    if reason.left == reason.right:
        said = f"are these the same {reason.left}"
    else:
        said = f"are {reason.left} and {reason.right} the same"
    why = f"probability {reason.score}, {reason.value}" if reason.score else reason.value
    return plain(f"{said}? {' | '.join(reason.entities)} ({why})")
