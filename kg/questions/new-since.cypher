// title: What is new since a date or run: new findings, flipped signs, second independent works
// Parameters, columns and order: see new-since.rq
MATCH (n:Work)-[:STATES]->(:Assertion)<-[:POOLS]-(e:Effect)
WHERE n.iri IN $since
WITH e, count(DISTINCT n.iri) AS fresh
MATCH (e)-[:POOLS]->(:Assertion)<-[:STATES]-(w:Work)
WITH e, fresh, count(DISTINCT w.iri) AS total
OPTIONAL MATCH (e)<-[:FIRST|SECOND]-(x:Contradiction)-[:FIRST|SECOND]->(o:Effect)
WHERE total = fresh AND o.iri <> e.iri AND EXISTS {
  MATCH (o)-[:POOLS]->(:Assertion)<-[:STATES]-(v:Work) WHERE NOT v.iri IN $since
}
RETURN CASE WHEN o.iri IS NOT NULL THEN 'sign flipped' WHEN total = fresh THEN 'new finding'
            WHEN total - fresh = 1 AND e.support > 1 THEN 'second work' ELSE 'further work' END AS news,
       e.iri AS effect, e.cause AS concept, e.cause_label AS label, e.change AS change, e.direction AS direction,
       e.verdict AS verdict, e.target AS target, e.target_label AS target_label, e.regime AS regime,
       e.support AS works, e.belief AS belief, e.conditions AS conditions, e.sentence AS sentence,
       e.sentence_source AS source, o.iri AS opposed, coalesce(o.direction, '') AS opposed_direction,
       coalesce(o.sentence, '') AS opposed_sentence, coalesce(o.sentence_source, '') AS opposed_source,
       coalesce(x.status, '') AS status
