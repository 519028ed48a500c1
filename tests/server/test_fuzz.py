"""Whatever is sent, the service answers with no failure of its own."""

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PATHS = st.sampled_from(
    [
        "/",
        "/view",
        "/sparql",
        "/sparql/",
        "/graphs",
        "/graphs/x",
        "/conflicts",
        "/upload",
        "/.well-known/void",
        "/ontology",
        "/static/pages.css",
        "/static/x",
        "/entity/person/elon-musk",
        "/document/x",
        "/graph/facts",
        "/nowhere",
    ]
)
WORDS = st.one_of(
    st.sampled_from(
        ["ASK {}", "SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }", "DESCRIBE <a:b>", "CLEAR ALL", "("]
    ),
    st.sampled_from(
        ["https://kg.example/graph/facts", "", "2020", "9999-99", "\\u0041", "<>", "'''", "ASK { FILTER(<a:b>(1)) }"]
    ),
    st.text(max_size=40),
)
NAMES = st.sampled_from(
    [
        "query",
        "update",
        "default-graph-uri",
        "named-graph-uri",
        "graph",
        "default",
        "as_of",
        "name",
        "using-graph-uri",
        "x",
    ]
)
MEDIA = st.sampled_from(
    [
        "application/sparql-query",
        "application/sparql-update",
        "application/x-www-form-urlencoded",
        "text/turtle",
        "x",
        "",
        "application/sparql-query; charset=utf-16",
        "multipart/form-data; boundary=x",
    ]
)
ACCEPT = st.sampled_from(
    ["*/*", "text/html", "text/csv", "application/ld+json", "image/*", "text/turtle;q=x", ",;,", "", "*/*;q=0"]
)
METHODS = st.sampled_from(["GET", "GET", "POST", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"])


@settings(max_examples=250, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    METHODS,
    PATHS,
    st.lists(st.tuples(NAMES, WORDS), max_size=3),
    MEDIA,
    ACCEPT,
    st.one_of(st.binary(max_size=60), WORDS),
)
def test_no_request_makes_the_service_fail(reading, method, path, params, media, accept, body):
    content = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    headers = {"Content-Type": media, "Accept": accept}
    answer = reading.request(method, path, params=httpx.QueryParams(params), headers=headers, content=content)
    assert answer.status_code < 500 or (answer.status_code == 503 and "kg-limit" in answer.headers)
