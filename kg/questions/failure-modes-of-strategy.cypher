// title: Which failure modes a lever suppresses and which it starts
// Parameters, columns and order: see failure-modes-of-strategy.rq
MATCH (lever:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $cause})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)<-[:CAUSE]-(e:Effect)
MATCH (e)-[r:ABOUT]->(t:Strategy|Material|Metric|FailureMode|Condition)
WHERE r.kind = 'failure_mode' AND r.direction IN ['increases', 'decreases'] AND ($regime = '' OR e.regime = $regime)
RETURN CASE WHEN r.direction = 'increases' THEN 'starts' ELSE 'suppresses' END AS role, c.iri AS concept,
       e.cause_label AS label, e.change AS change, t.iri AS target, r.label AS target_label, r.direction AS direction,
       r.verdict AS verdict, e.regime AS regime, e.support AS works, e.belief AS belief, e.conditions AS conditions,
       e.iri AS effect, e.sentence AS sentence, e.sentence_source AS source
