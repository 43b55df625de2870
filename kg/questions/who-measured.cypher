// title: Who measured a phenomenon, and who only cites, reviews or supposes it
// Parameters, columns and order: see who-measured.rq
MATCH (goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
      <-[:WITHIN]-(t:Strategy|Material|Metric|FailureMode|Condition)<-[r:ABOUT]-(e:Effect)
MATCH (e)-[:CAUSE]->(c:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})
WHERE r.own OR NOT EXISTS { MATCH (e)-[:TARGET]->(own:Strategy|Material|Metric|FailureMode|Condition)-[:WITHIN]->(goal) }
MATCH (e)-[:POOLS]->(s:Assertion)<-[:STATES]-(w:Work)
MATCH (s)-[:QUOTES]->(q:Evidence {position: 0})
OPTIONAL MATCH (s)-[:CITES]->(f:Reference)
RETURN CASE WHEN s.source_kind = 'own_result' THEN 1 WHEN s.source_kind = 'cited' THEN 2
            WHEN s.source_kind = 'review_synthesis' THEN 3 WHEN s.source_kind = 'background' THEN 4 ELSE 5 END AS rank,
       CASE WHEN s.source_kind = 'own_result' THEN 'measured' WHEN s.source_kind = 'cited' THEN 'cites'
            WHEN s.source_kind = 'review_synthesis' THEN 'reviews'
            WHEN s.source_kind = 'background' THEN 'takes as known' ELSE 'supposes' END AS standing,
       w.iri AS work, w.source AS source, w.title AS title, w.doi AS doi, e.cause_label AS label, e.change AS change,
       r.direction AS direction, t.iri AS target, r.label AS target_label, s.iri AS assertion,
       CASE WHEN f.doi <> '' THEN f.doi ELSE coalesce(f.text, '') END AS cited, s.hedged AS hedged, q.text AS sentence
UNION ALL
MATCH (goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
      <-[:WITHIN]-(t:Metric)<-[:MEASURES]-(s:Measurement)<-[:REPORTS]-(w:Work)
MATCH (s)-[:QUOTES]->(q:Evidence {position: 0})
WHERE $cause = 'http://www.w3.org/2004/02/skos/core#Concept' OR EXISTS {
  MATCH (s)-[:MEASURED_ON]->(c:Strategy|Material|Metric|FailureMode|Condition)
        -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})
}
OPTIONAL MATCH (s)-[:CITES]->(f:Reference)
RETURN CASE WHEN s.source_kind = 'own_result' THEN 1 WHEN s.source_kind = 'cited' THEN 2
            WHEN s.source_kind = 'review_synthesis' THEN 3 WHEN s.source_kind = 'background' THEN 4 ELSE 5 END AS rank,
       CASE WHEN s.source_kind = 'own_result' THEN 'measured' WHEN s.source_kind = 'cited' THEN 'cites'
            WHEN s.source_kind = 'review_synthesis' THEN 'reviews'
            WHEN s.source_kind = 'background' THEN 'takes as known' ELSE 'supposes' END AS standing,
       w.iri AS work, w.source AS source, w.title AS title, w.doi AS doi, coalesce(s.subject, '') AS label, '' AS change,
       'value' AS direction, t.iri AS target, t.label AS target_label, s.iri AS assertion,
       CASE WHEN f.doi <> '' THEN f.doi ELSE coalesce(f.text, '') END AS cited, s.hedged AS hedged, q.text AS sentence
