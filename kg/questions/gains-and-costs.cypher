// title: Every metric a lever gains and loses, sentence by sentence, with how it was made and dosed
// Parameters, columns and order: see gains-and-costs.rq
MATCH (lever:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e:Effect)
MATCH (e)-[r:ABOUT]->(t:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
WHERE r.verdict IN ['beneficial', 'detrimental'] AND ($regime = '' OR e.regime = $regime)
  AND (r.own OR NOT EXISTS { MATCH (e)-[:TARGET]->(own:Strategy|Material|Metric|FailureMode|Condition)-[:WITHIN]->(goal) })
MATCH (e)-[:POOLS]->(s:Assertion)<-[:STATES]-(w:Work)
MATCH (s)-[:QUOTES]->(q:Evidence {position: 0})
RETURN r.verdict AS verdict, c.iri AS concept, e.cause_label AS label, e.change AS change, r.direction AS direction,
       t.iri AS target, r.label AS target_label, e.regime AS regime, s.process AS process, s.conditions AS conditions, s.confounds AS confounds,
       e.iri AS effect, s.iri AS assertion, w.iri AS work, w.source AS source, s.source_kind AS source_kind,
       s.hedged AS hedged, q.text AS sentence, e.belief AS belief
