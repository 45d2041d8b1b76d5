package dev.optr.app;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.bundle.JobForecast;
import dev.optr.record.PastCosts;
import dev.optr.record.Seen;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** An estimate as JSON; {@link PlanCommand} says what its members are. */
final class PlanJson {
  private PlanJson() {}

  /**
   * @param dryRun lines for people
   * @param invariants ids
   * @param agents every lane of the run
   */
  static JsonObject of(
      String commit,
      List<String> dryRun,
      RunEstimate estimate,
      List<String> invariants,
      List<String> agents) {
    PastCosts past = estimate.past();
    return Json.object()
        .put("frozenCommit", commit)
        .put("dryRun", Json.texts(dryRun))
        .put("refused", Json.texts(estimate.refused()))
        .put("rows", range(estimate.forecast().map(JobForecast::rows)))
        .put("jobs", range(estimate.forecast().map(JobForecast::jobs)))
        .put("history", history(past))
        .put("invariants", Json.array(invariants.stream().map(id -> times(id, past)).toList()))
        .put("setUp", seen(past.setUp()))
        .put("lanes", Json.array(agents.stream().map(agent -> lane(agent, estimate)).toList()))
        .put("minutes", minutes(estimate))
        .put("wallMs", estimate.wallMillis().map(Json::number).orElse(Json.NULL))
        .put("usd", usd(estimate))
        .put("exit", ExitCode.OK.code())
        .build();
  }

  private static Json range(Optional<JobForecast.Range> range) {
    return range
        .<Json>map(
            ends -> Json.object().put("least", ends.least()).put("most", ends.most()).build())
        .orElse(Json.NULL);
  }

  private static JsonObject history(PastCosts past) {
    return Json.object()
        .put("runs", past.runs())
        .put("unreadable", Json.texts(past.unreadable()))
        .build();
  }

  private static JsonObject times(String id, PastCosts past) {
    return Json.object()
        .put("id", id)
        .put("head", seen(past.ofHead(id)))
        .put("paths", seen(past.ofPaths(id)))
        .build();
  }

  private static Json seen(Seen millis) {
    return millis.count() == 0
        ? Json.NULL
        : Json.object()
            .put("count", millis.count())
            .put("medianMs", millis.median().orElse(null))
            .put("largestMs", millis.largest().orElse(null))
            .build();
  }

  private static JsonObject lane(String agent, RunEstimate estimate) {
    PastCosts.Lane lane = estimate.past().of(agent);
    return Json.object()
        .put("agent", agent)
        .put("path", estimate.lanes().contains(agent))
        .put("asked", lane.asked())
        .put("proposed", lane.proposed())
        .put("medianMs", lane.millis().median().orElse(null))
        .put("medianUsd", lane.usd().median().orElse(null))
        .build();
  }

  private static Json minutes(RunEstimate estimate) {
    Optional<JobForecast.Range> range = estimate.minutes();
    Optional<JobForecast> forecast = estimate.forecast();
    if (range.isEmpty() || forecast.isEmpty()) {
      return Json.NULL;
    }
    return Json.object()
        .put("least", range.get().least())
        .put("most", range.get().most())
        .put("propose", estimate.proposeMinutes())
        .put("select", RunEstimate.SELECT_MINUTES)
        .put("jobs", Json.array(forecast.get().all().jobs().stream().map(PlanJson::job).toList()))
        .build();
  }

  private static JsonObject job(JobForecast.Job job) {
    return Json.object()
        .put("name", job.name())
        .put("minutes", job.minutes())
        .put("known", job.isKnown())
        .build();
  }

  private static JsonObject usd(RunEstimate estimate) {
    Optional<BigDecimal> least = estimate.runners(JobForecast.Range::least);
    Optional<BigDecimal> most = estimate.runners(JobForecast.Range::most);
    return Json.object()
        .put("lanes", estimate.lanesUsd().orElse(null))
        .put("unknownLanes", Json.texts(estimate.unpriced()))
        .put("judges", estimate.past().judges().median().orElse(null))
        .put(
            "runners",
            least.isPresent() && most.isPresent()
                ? Json.object().put("least", least.get()).put("most", most.get()).build()
                : Json.NULL)
        .build();
  }
}
