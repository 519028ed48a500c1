# A bit of everything, so that parsing it once makes the parser whole.
PREFIX x: <http://x.example/>
INSERT DATA { x:a x:b 1, "s"@en . GRAPH <http://x.example/g> { <http://x.example/a> a x:C ; x:p ( 1 [ x:q 2 ] ) . } x:c x:d true } ;
DELETE DATA { x:a x:b 'x'^^x:t . GRAPH x:g { x:a x:b _:b } } ;
DELETE WHERE { ?a ?b ?c . GRAPH ?g { ?a ?b ?c } } ;
WITH x:g DELETE { ?a ?b ?c } INSERT { GRAPH x:h { ?a ?b ?c } } USING NAMED x:k WHERE { ?a ?b ?c . FILTER(?c > 1) } ;
CLEAR SILENT NAMED ; DROP GRAPH x:g ; CREATE SILENT GRAPH x:g ; COPY DEFAULT TO x:g ; MOVE x:g TO x:h ; ADD GRAPH x:g TO DEFAULT
