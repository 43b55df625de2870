// title: What raises a metric or betters it, and what each of these levers worsens
// Parameters, columns and order: see raises-and-costs.rq
MATCH (goal:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $target})
      <-[:WITHIN]-(t:Strategy|Material|Metric|FailureMode|Condition)<-[r:ABOUT]-(e:Effect)
// Filtered before the next MATCH: in one, ladybug 0.22 may let rows of another verdict through.
WHERE r.verdict = 'beneficial' AND ($regime = '' OR e.regime = $regime) AND e.cause_kind <> 'failure_mode'
  AND (r.own OR NOT EXISTS { MATCH (e)-[:TARGET]->(own:Strategy|Material|Metric|FailureMode|Condition)-[:WITHIN]->(goal) })
WITH t, r, e
MATCH (e)-[:CAUSE]->(c:Strategy|Material|Metric|FailureMode|Condition)
      -[:WITHIN]->(top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
OPTIONAL MATCH (c)<-[:CAUSE]-(k:Effect)
WHERE k.verdict = 'detrimental' AND k.iri <> e.iri AND (k.change = e.change OR (k.change IN ['applied', 'increased', 'level', 'excess']
      AND e.change IN ['applied', 'increased', 'level', 'excess']))
RETURN c.iri AS concept, e.cause_label AS label, e.cause_kind AS kind, e.iri AS gain, t.iri AS gain_target,
       r.label AS gain_label, r.direction AS gain_direction, e.change AS gain_change, e.regime AS gain_regime,
       e.support AS gain_works, e.belief AS gain_belief, e.conditions AS gain_conditions, e.confounds AS gain_confounds,
       e.sentence AS gain_sentence, e.sentence_source AS gain_source, k.iri AS cost, k.target AS cost_target,
       k.target_label AS cost_label, k.direction AS cost_direction, k.change AS cost_change, k.regime AS cost_regime,
       k.support AS cost_works, k.belief AS cost_belief, k.conditions AS cost_conditions, k.confounds AS cost_confounds,
       k.sentence AS cost_sentence, k.sentence_source AS cost_source
