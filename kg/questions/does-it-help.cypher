// title: Whether a lever helps a target, by what it was compared with
// Parameters, columns and order: see does-it-help.rq
MATCH (lever:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e:Effect)
MATCH (e)-[r:ABOUT]->(t:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
WHERE ($regime = '' OR e.regime = $regime)
  AND (r.own OR NOT EXISTS { MATCH (e)-[:TARGET]->(own:Strategy|Material|Metric|FailureMode|Condition)-[:WITHIN]->(goal) })
MATCH (e)-[:POOLS]->(s:Assertion)<-[:STATES]-(w:Work)
MATCH (s)-[:QUOTES]->(q:Evidence {position: 0})
OPTIONAL MATCH (s)-[:UNDER]->(m:Value {field: 'magnitude!'})
RETURN coalesce(s.comparator_text, 'not stated') AS comparator,
       coalesce(s.comparator_type, '') AS comparator_type, s.comparator_concept AS comparator_concept, r.verdict AS verdict, r.direction AS direction,
       c.iri AS concept, e.cause_label AS label, e.change AS change, t.iri AS target, r.label AS target_label,
       e.regime AS regime, coalesce(m.text, '') AS magnitude, s.conditions AS conditions, s.confounds AS confounds, e.iri AS effect,
       s.iri AS assertion, w.iri AS work, w.source AS source, s.source_kind AS source_kind, s.hedged AS hedged,
       coalesce(s.negated, false) AS negated, q.text AS sentence, e.belief AS belief, e.support AS works
