// title: Double-edged strategies: one lever, a gain, a cost, and what separates them
// Parameters, columns and order: see double-edged-strategies.rq
MATCH (top:Strategy|Material|Metric|FailureMode|Condition|Kind {iri: $within})
      <-[:WITHIN]-(c:Strategy|Material|Metric|FailureMode|Condition)<-[:LEVER]-(d:DoubleEdge)
MATCH (d)-[:GAIN]->(g:Effect)
MATCH (d)-[:COST]->(k:Effect)
RETURN d.iri AS double_edge, d.kind AS edge_kind, c.iri AS concept, d.cause_label AS label, c.kind AS kind,
       g.iri AS gain, g.target AS gain_target, g.target_label AS gain_label, g.direction AS gain_direction,
       g.change AS gain_change, g.regime AS gain_regime, g.conditions AS gain_conditions, g.confounds AS gain_confounds, g.belief AS gain_belief,
       g.support AS gain_works, k.iri AS cost, k.target AS cost_target, k.target_label AS cost_label,
       k.direction AS cost_direction, k.change AS cost_change, k.regime AS cost_regime,
       k.conditions AS cost_conditions, k.confounds AS cost_confounds, k.belief AS cost_belief, k.support AS cost_works,
       d.separated_by AS separated_by, d.window_text AS window
