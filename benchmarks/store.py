"""Our store beside raw pyoxigraph (and rdflib with --rdflib): python benchmarks/store.py [--triples 1000000].

With --points only point queries are asked, of a store of documents that nothing was derived from: for ten millions.

Documents like ours are made, loaded, resolved into entities and edges, and asked every named query. Prints load and
query times, each with its ratio to raw pyoxigraph in the same run, and requests a second of a point query over HTTP
beside the ``oxigraph`` server where wrk and oxigraph are installed.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from factory import extraction

from kg import queries
from kg.model import Extraction
from kg.ontology import load
from kg.pipeline import derive
from kg.rdf import extraction_quads, nquads
from kg.store import Store
from kg.vocab import PREFIXES
from kg.workspace import Workspace

FIRMS, ROUNDS = 2000, 5
POINT = "SELECT ?o { <https://kg.example/entity/person/p1-smith> kg:leads ?o }"
HEAD = "".join(f"PREFIX {name}: <{address}> " for name, address in PREFIXES.items())


def documents(triples: int) -> Iterator[Extraction]:
    """Documents until their quads are as many as wanted."""
    made = number = 0
    while made < triples:
        a, b, c = (f"Firm{(number * step) % FIRMS} Inc" for step in (7, 11, 13))
        person = f"P{number % (FIRMS * 2)} Smith"
        text = (
            f"{person} leads {a} (title=chief). {person} board_member_of {b}. {a} competitor_of {c} (reported). "
            f"{b} partner_of {c} (reported). {c} supplier_of {a} (planned). {a} acquired {b} (denied)."
        )
        said = extraction(text, f"{number}.txt", f"20{10 + number % 15}-0{1 + number % 9}-11")
        yield said
        made += sum(1 for _ in extraction_quads(said))
        number += 1


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def asked(work: Callable[[], object]) -> float:
    """Median milliseconds of some rounds, after one to warm up."""
    work()
    return 1000 * statistics.median(timed(work) for _ in range(ROUNDS))


def load_ours(folder: Path, said: Iterable[Extraction]) -> float:
    def work() -> None:
        with Store(folder / "store", create=True) as store:
            for one in said:
                store.replace(one)

    return timed(work)


def load_raw(folder: Path, said: list[Extraction]) -> float:
    def work() -> None:
        store = ox.Store(str(folder / "raw"))
        for one in said:
            store.extend(list(extraction_quads(one)))
        store.flush()

    return timed(work)


def compare_queries(folder: Path) -> None:
    onto = load()
    raw = ox.Store.read_only(str(sorted((folder / "snapshots").iterdir())[-1]))
    arguments = {"entity": "P1 Smith", "organization": "Firm7 Inc", "string": "x", "date": "2025-01-01"}
    with Store.reader(folder / "store") as store:
        print("| query | ours, ms | raw, ms | ratio |\n|---|---|---|---|")
        for query in queries.load(onto).values():
            given = {p.name: arguments.get(p.name, arguments[p.kind]) for p in query.parameters}
            bound = queries.bind(query, given, store)
            substitutions = {ox.Variable(name): value for name, value in bound.items()}
            ours = asked(lambda q=query, b=bound: list(store.query(q.text, onto, bindings=b)))
            beside = asked(lambda q=query, s=substitutions: list(run_raw(raw, q.text, s)))
            print(f"| {query.name} | {ours:.1f} | {beside:.1f} | {ours / beside:.2f} |")
        ours, beside = asked(lambda: list(store.query(POINT))), asked(lambda: list(run_raw(raw, POINT, {})))
        print(f"| point | {ours:.2f} | {beside:.2f} | {ours / beside:.2f} |")


def run_raw(store: ox.Store, text: str, substitutions: dict) -> ox.QuerySolutions:
    return store.query(text, prefixes=PREFIXES, use_default_graph_as_union=True, substitutions=substitutions)


def requests_a_second(address: str) -> float:
    url = f"{address}?query={quote(HEAD + POINT)}"
    httpx.get(url, timeout=30).raise_for_status()
    said = subprocess.run(
        [shutil.which("wrk"), "-t1", "-c4", "-d5s", url], capture_output=True, text=True, check=True
    ).stdout
    return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


def compare_http(folder: Path) -> None:
    server = Path(sys.executable).with_name("oxigraph")
    if not shutil.which("wrk") or not server.exists():
        print("requests a second: not measured, wrk or oxigraph is missing")
        return
    words = [sys.executable, "-m", "kg.cli", "serve", "-w", str(folder), "--port", "0"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        address = process.stderr.readline().split(" at ")[1].strip().rstrip("/")
        threading.Thread(target=process.stderr.read, daemon=True).start()
        ours = requests_a_second(f"{address}/sparql")
        process.terminate()
    snapshot = sorted((folder / "snapshots").iterdir())[-1]
    bind = "127.0.0.1:7999"
    words = [str(server), "serve-read-only", "--location", str(snapshot), "--bind", bind, "--union-default-graph"]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as process:
        time.sleep(3)
        beside = requests_a_second(f"http://{bind}/query")
        process.terminate()
    print(f"point query over HTTP: kg serve {ours:.0f} requests a second, oxigraph server {beside:.0f}")


def compare_rdflib(said: list[Extraction]) -> None:
    import rdflib

    dataset = rdflib.Dataset()
    content = b"".join(ox.serialize(extraction_quads(one), format=ox.RdfFormat.N_QUADS) for one in said)
    print(f"load with rdflib in memory: {timed(lambda: dataset.parse(data=content, format='nquads')):.1f} s")


def rows_of(store: Store, query: str) -> list:
    rows = list(store.query(query))
    assert rows, query
    return rows


def point_queries(folder: Path, triples: int) -> None:
    """Milliseconds of queries for what one claim quotes, and for what is said with one mention, through our store."""
    claims: list[str] = []
    mentions: list[str] = []

    def parts() -> Iterator[bytes]:
        lines: list[bytes] = []
        for number, one in enumerate(documents(triples), 1):
            claims.append(one.claims[0].id)
            mentions.append(one.claims[0].subject.id)
            lines.append(nquads(extraction_quads(one)))
            if number % 1000 == 0:
                yield b"".join(lines)
                lines = []
        yield b"".join(lines)

    def load_all() -> None:
        with Store(folder / "store", create=True) as store:
            store.load(parts())

    print(f"made and loaded in bulk: {timed(load_all):.0f} s")
    dice = random.Random(7)  # noqa: S311 - no secret
    with Store.reader(folder / "store") as store:
        print(f"{len(store)} quads of {len(claims)} documents")
        print("| point query | median, ms | 99 of 100 under, ms |\n|---|---|---|")
        for name, text, ids in (
            ("quote of a claim", "SELECT ?o { claim:ID oa:exact ?o }", claims),
            ("claims with a mention", "SELECT ?c ?p { ?c kg:subjectMention mention:ID ; rdf:predicate ?p }", mentions),
        ):
            asked_for = [text.replace("ID", identifier) for identifier in dice.choices(ids, k=1000)]
            rows_of(store, asked_for[0])
            lasted = sorted(1000 * timed(lambda q=query: rows_of(store, q)) for query in asked_for)
            print(f"| {name} | {statistics.median(lasted):.2f} | {lasted[989]:.2f} |")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--rdflib", action="store_true")
    parser.add_argument("--points", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if given.points:
            point_queries(folder, given.triples)
            return 0
        said = list(documents(given.triples))
        raw, ours = load_raw(folder, said), load_ours(folder, said)
        print(f"{len(said)} documents; load: ours {ours:.1f} s, raw {raw:.1f} s; speed {raw / ours:.2f} of raw")
        with Store(folder / "store") as store:
            print(f"derive: {timed(lambda: derive(store, load(), Workspace(folder))):.1f} s; {len(store)} quads")
        compare_queries(folder)
        compare_http(folder)
        if given.rdflib:
            compare_rdflib(said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
