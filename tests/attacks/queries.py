"""Queries that want more than reading: to write, to read files, to open sockets, to run or grow without end.

``{file}`` is a file that holds a secret, ``{out}`` one that must not come to be, ``{port}`` a port that must stay silent.
"""

from __future__ import annotations

# Refused by what they say; and below the text by what the engine may do.
SPARQL_REFUSED = {
    "insert data": "INSERT DATA {{ <x:a> <x:b> <x:c> }}",
    "insert where": "INSERT {{ ?s <x:b> ?o }} WHERE {{ ?s ?p ?o }}",
    "delete where": "DELETE WHERE {{ ?s ?p ?o }}",
    "clear": "CLEAR ALL",
    "drop": "DROP ALL",
    "create": "CREATE GRAPH <x:g>",
    "load file": "LOAD <file://{file}>",
    "load http": "LOAD <http://127.0.0.1:{port}/>",
    "copy": "COPY DEFAULT TO <x:g>",
    "after a query": "ASK {{}} ; INSERT DATA {{ <x:a> <x:b> <x:c> }}",
    "behind a prefix": "PREFIX x: <x:> INSERT DATA {{ x:a x:b x:c }}",
    "behind a comment": "# SELECT\nDELETE WHERE {{ ?s ?p ?o }}",
    "service": "SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "service silent": "SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "service in any case": "select * {{ sErViCe<http://127.0.0.1:{port}/>{{?s ?p ?o}} }}",
    "service by variable": "SELECT * {{ VALUES ?e {{ <http://127.0.0.1:{port}/> }} SERVICE ?e {{ ?s ?p ?o }} }}",
    "service in a subquery": "SELECT * {{ {{ SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }} }} }}",
    "service in exists": "ASK {{ FILTER EXISTS {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }} }}",
    "service in construct": "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "service of a file": "SELECT * {{ SERVICE <file://{file}> {{ ?s ?p ?o }} }}",
    "escaped service": "SELECT * {{ \\u0053ERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}",
    "escaped quote": 'SELECT * {{ ?s ?p "a\\u0022 . SERVICE <http://127.0.0.1:{port}/> {{ ?x ?y ?z }} #" }}',
}
# Well-formed reading that must find nothing beyond the store.
SPARQL_HARMLESS = {
    "from a file": "SELECT * FROM <file://{file}> {{ ?s ?p ?o }}",
    "from http": "SELECT * FROM <http://127.0.0.1:{port}/> {{ ?s ?p ?o }}",
    "from named": "SELECT * FROM NAMED <file://{file}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "graph of a file": "SELECT * {{ GRAPH <file://{file}> {{ ?s ?p ?o }} }}",
    "describe http": "DESCRIBE <http://127.0.0.1:{port}/>",
    "unknown function": "SELECT (<http://127.0.0.1:{port}/f>(1) AS ?x) {{}}",
    "xslt and java": 'SELECT (<java:java.lang.Runtime>("id") AS ?x) {{}}',
}
# Well-formed reading that would never end or never fit.
SPARQL_BOMBS = {
    "product": "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }}",
    "product in order": "SELECT * {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} ORDER BY ?i ?a DESC(?e)",
    "paths": "SELECT (COUNT(*) AS ?n) {{ ?a (<x:>|!<x:>)* ?b . ?b (<x:>|!<x:>)* ?c . ?c (<x:>|!<x:>)* ?d . ?d ?x ?y }}",
    "regex": 'SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER REGEX(STR(?c), "(x+x+)+y(.*.*)*z") }}',
    "distinct": "SELECT DISTINCT ?a ?c ?d ?f ?g ?i {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} ORDER BY ?i",
    "concatenation": "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?c), STR(?d), STR(?f), STR(?g))) AS ?x) "
    "{{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }}",
    "not exists": "SELECT * {{ ?a ?b ?c . ?d ?e ?f . FILTER NOT EXISTS {{ ?g ?h ?i . ?j ?k ?l . FILTER(?a = ?l && ?k = ?c) }} }}",
}

CYPHER_REFUSED = {
    "create": "CREATE (n:Kind {{iri: 'x'}}) RETURN n.iri AS x",
    "merge": "MERGE (n:Kind {{iri: 'x'}}) RETURN n.iri AS x",
    "set": "MATCH (n:Effect) SET n.belief = 0.0 RETURN n.iri AS x",
    "delete": "MATCH (n) DETACH DELETE n",
    "delete in any case": "MATCH (n) dEtAcH/**/dElEtE n",
    "remove": "MATCH (n:Effect) REMOVE n.belief RETURN n.iri AS x",
    "foreach": "MATCH (n:Effect) FOREACH (x IN [1] | SET n.belief = 0.0)",
    "create in a subquery": "MATCH (n:Effect) CALL {{ CREATE (m:Kind {{iri: 'y'}}) RETURN m }} RETURN m.iri AS x",
    "second statement": "MATCH (n) RETURN n.iri AS x; MATCH (n) DETACH DELETE n",
    "constraint": "CREATE CONSTRAINT FOR (n:X) REQUIRE n.iri IS UNIQUE",
    "index": "CREATE INDEX FOR (n:Effect) ON (n.belief)",
    "drop": "DROP TABLE Effect",
    "alter": "ALTER TABLE Effect ADD x STRING",
    "load csv": "LOAD CSV FROM 'file://{file}' AS row RETURN row",
    "load csv by http": "LOAD CSV FROM 'http://127.0.0.1:{port}/' AS row RETURN row",
    "load csv in the middle": "MATCH (n:Kind) LOAD CSV FROM 'file://{file}' AS row RETURN row",
    "load from": "LOAD FROM '{file}' (file_format='csv', header=false) RETURN *",
    "load from http": "LOAD FROM 'http://127.0.0.1:{port}/a.csv' RETURN *",
    "copy to": "COPY (MATCH (n:Effect) RETURN n.iri) TO '{out}'",
    "copy from": "COPY Kind FROM '{file}'",
    "export": "EXPORT DATABASE '{out}'",
    "import": "IMPORT DATABASE '{file}'",
    "attach": "ATTACH '{file}' AS other (dbtype lbug)",
    "install": "INSTALL httpfs",
    "load extension": "LOAD EXTENSION '{file}'",
    "call of the server": "CALL dbms.listConfig() YIELD name, value RETURN name, value",
    "call of the schema": "CALL db.labels() YIELD label RETURN label",
    "call of apoc": "CALL apoc.load.json('http://127.0.0.1:{port}/') YIELD value RETURN value",
    "call of a setting": "CALL threads=64",
    "call of tables": "CALL show_tables() RETURN *",
    "function of apoc": "RETURN apoc.util.sleep(100000) AS x",
    "quoted function": "RETURN `apoc`.`cypher`.`runFirstColumn`('CREATE (n)', {{}}) AS x",
    "transactions": "SHOW TRANSACTIONS",
    "user": "CREATE USER eve SET PASSWORD 'evilevil'",
    "use": "USE system MATCH (n) RETURN n.name AS x",
    "begin": "BEGIN TRANSACTION",
    "pragma": "PRAGMA database_list",
    "profile": "PROFILE MATCH (n:Effect) RETURN n.iri AS x",
    "escaped quote": "MATCH (n) WHERE n.iri = 'a\\u0027 DETACH DELETE n //' RETURN n.iri AS x",
    "comment that is none": "MATCH (n:Effect) /* RETURN 1 */ DETACH DELETE n //*/ RETURN n.iri AS x",
}
CYPHER_BOMBS = {
    "product": "MATCH (a), (b), (c), (d), (e) RETURN count(*) AS n",
    "unwind": "UNWIND range(1, 100000000) AS x UNWIND range(1, 100000) AS y RETURN count(*) AS n",
    "collect": "UNWIND range(1, 1000000000) AS x RETURN collect(x) AS l",
    "order": "UNWIND range(1, 100000000) AS x WITH x ORDER BY -x RETURN x",
    "distinct": "MATCH (a), (b), (c) RETURN DISTINCT a.iri + b.iri + c.iri AS x",
    "paths": "MATCH p = (a)-[*1..25]-(b) RETURN count(*) AS n",
}
# Java's patterns backtrack for many seconds here and cannot be interrupted; ladybug's and Oxigraph's never backtrack.
JAVA_REGEX = "RETURN reduce(s = '', x IN range(1, 200) | s + 'a') =~ '(.*)(.*)(.*)(.*)(.*)b' AS x"
