package dev.optr.record;

import dev.optr.agents.Answer;
import dev.optr.agents.ChangesJson;
import dev.optr.agents.Exchange;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Proposal;
import dev.optr.agents.Usage;
import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.evidence.Facts;
import dev.optr.evidence.Risk;
import dev.optr.git.Change;
import dev.optr.intent.Intent;
import dev.optr.selection.Ranked;
import dev.optr.workflow.Constraint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code agent-outputs/{agent}.json}: what a lane said, and what was found out about it. */
final class AgentOutput {
  private final Prose prose;
  private final Withholding withholding;
  private final EvidenceJson evidence;
  private final Intent intent;
  private final Map<String, String> transcriptDigests;

  /**
   * @param transcriptDigests by agent, of transcripts that are not at hand
   */
  AgentOutput(
      Prose prose, Withholding withholding, Intent intent, Map<String, String> transcriptDigests) {
    this.prose = prose;
    this.withholding = withholding;
    this.evidence = new EvidenceJson(prose);
    this.intent = intent;
    this.transcriptDigests = transcriptDigests;
  }

  JsonObject document(Ranked lane) {
    Examined examined = lane.examined();
    Candidate candidate = examined.candidate();
    Answer answer = candidate.answer();
    Exchange exchange = answer.exchange();
    return opening(lane)
        .put("outcome", answer.outcome())
        .put("code", code(answer))
        .put("claims", Withholding.ofProse(examined) ? Json.NULL : claims(answer))
        .put("checks", evidence.checks(examined.checks()))
        .put("whyNot", evidence.whyNot(examined.whyNot()))
        .put("score", EvidenceJson.score(lane.score()))
        .put("risk", evidence.risk(risk(examined)))
        .put("usage", usage(exchange.usage()))
        .put("model", prose.text(exchange.model()))
        .put("type", candidate.lane().type().id())
        .put("requestIds", prose.texts(exchange.requestIds()))
        .put("startedAt", exchange.startedAt().toString())
        .put("durationMs", exchange.durationMs())
        .put("inputDigest", intent.digest())
        .put("clipped", exchange.clipped())
        .build();
  }

  /** The five members that this document and {@code optr-selection.json} begin with. */
  Json.Builder opening(Ranked lane) {
    Examined examined = lane.examined();
    return Json.object()
        .put("agent", examined.candidate().agent())
        .put("output", output(examined))
        .put("admissible", examined.admissible())
        .put(
            "ttvEstimate",
            lane.score() == null ? Json.NULL : Json.number(lane.score().expectedTtvSeconds()))
        .put("invariants", Json.texts(heldInvariants(examined)));
  }

  /** The transcript as it is stored; empty where there is none, or it must not be stored. */
  Optional<Bytes> transcript(Examined examined) {
    List<JsonObject> messages = examined.candidate().answer().exchange().transcript();
    return messages.isEmpty() || Withholding.ofProse(examined)
        ? Optional.empty()
        : Optional.of(Transcript.of(messages, prose));
  }

  private JsonObject output(Examined examined) {
    Candidate candidate = examined.candidate();
    Optional<String> withheld = withholding.ofChanges(examined);
    @Nullable Proposal proposal =
        candidate.answer() instanceof Answer.Proposed(Proposal proposed, _)
                && !Withholding.ofProse(examined)
            ? proposed
            : null;
    return Json.object()
        .put("summary", proposal == null ? Json.NULL : prose.text(proposal.summary()))
        .put("rationale", proposal == null ? Json.NULL : prose.text(proposal.rationale()))
        .put("reason", prose.text(reason(candidate.answer())))
        .put("changes", withheld.isPresent() ? Json.NULL : changes(candidate.changes()))
        .put("withheld", withheld.orElse(null))
        .put("tree", candidate.tree())
        .put("problems", prose.texts(candidate.problems()))
        .put("transcriptSha256", transcriptSha256(examined))
        .build();
  }

  /** Where changes are withheld nobody can compute it again, and paths are not told either. */
  private Optional<Risk> risk(Examined examined) {
    return withholding.ofChanges(examined).isPresent()
        ? Optional.empty()
        : examined.facts().map(Facts::risk);
  }

  private @Nullable String transcriptSha256(Examined examined) {
    return transcript(examined)
        .map(Bytes::sha256)
        .orElse(transcriptDigests.get(examined.candidate().agent()));
  }

  private List<String> heldInvariants(Examined examined) {
    Set<String> constraints =
        intent.constraints().stream().map(Constraint::id).collect(Collectors.toSet());
    return examined.checks().stream()
        .filter(check -> check.held() && !constraints.contains(check.id()))
        .map(Check::id)
        .toList();
  }

  private static @Nullable String reason(Answer answer) {
    return switch (answer) {
      case Answer.Proposed _ -> null;
      case Answer.Declined(String reason, _) -> reason;
      case Answer.Failed(_, String message, _) -> message;
      case Answer.NotAsked(String reason, _) -> reason;
    };
  }

  private static @Nullable String code(Answer answer) {
    return answer instanceof Answer.Failed(FailureCode code, _, _) ? code.name() : null;
  }

  private Json claims(Answer answer) {
    if (!(answer instanceof Answer.Proposed(Proposal proposal, _))) {
      return Json.NULL;
    }
    return Json.object()
        .put("ttvEstimateSeconds", number(proposal.ttvEstimateSeconds()))
        .put("invariants", prose.texts(proposal.invariants()))
        .put("risks", prose.texts(proposal.risks()))
        .put("constraints", Json.array(proposal.constraints().stream().map(this::claim).toList()))
        .build();
  }

  private JsonObject claim(Proposal.ConstraintClaim claim) {
    return Json.object()
        .put("id", prose.text(claim.id()))
        .put("held", claim.held() == null ? Json.NULL : Json.bool(claim.held()))
        .put("note", prose.text(claim.note()))
        .build();
  }

  /** Replayable: every member exactly as it was captured. */
  private static Json changes(@Nullable List<Change> changes) {
    return changes == null ? Json.NULL : ChangesJson.write(changes);
  }

  private static JsonObject usage(Usage usage) {
    return Json.object()
        .put("inputTokens", number(usage.inputTokens()))
        .put("outputTokens", number(usage.outputTokens()))
        .put("cachedTokens", number(usage.cachedTokens()))
        .put("cacheWrittenTokens", number(usage.cacheWrittenTokens()))
        .put("reasoningTokens", number(usage.reasoningTokens()))
        .put("usd", usage.usd())
        .put("requests", usage.requests())
        .put("retries", usage.retries())
        .build();
  }

  private static Json number(@Nullable Long value) {
    return value == null ? Json.NULL : Json.number(value);
  }
}
