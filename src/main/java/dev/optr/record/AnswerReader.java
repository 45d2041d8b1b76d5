package dev.optr.record;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Proposal;
import dev.optr.agents.Usage;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer that a document {@code agent-outputs/{agent}.json} tells. */
final class AnswerReader {
  private static final Map<String, FailureCode> CODES =
      EvidenceReader.byName(FailureCode.values(), FailureCode::name);

  private final Fields document;
  private final Fields output;

  AnswerReader(Fields document) throws JsonException {
    this.document = document;
    this.output = document.object("output");
  }

  Answer answer(List<JsonObject> transcript) throws JsonException {
    Exchange exchange = exchange(transcript);
    return switch (document.text("outcome")) {
      case "proposed" -> new Answer.Proposed(proposal(), exchange);
      case "declined" -> new Answer.Declined(output.text("reason"), exchange);
      case "failed" ->
          new Answer.Failed(document.oneOf("code", CODES), output.text("reason"), exchange);
      case "not_asked" -> new Answer.NotAsked(output.text("reason"), exchange);
      default -> throw document.unexpected("outcome", "proposed, declined, failed or not_asked");
    };
  }

  /** Withheld prose is blank. */
  private Proposal proposal() throws JsonException {
    String summary = output.textOrNull("summary");
    String rationale = output.textOrNull("rationale");
    if (summary == null || rationale == null || document.isNull("claims")) {
      return new Proposal("", "", null, List.of(), List.of(), List.of(), List.of());
    }
    Fields claims = document.object("claims");
    return new Proposal(
        summary,
        rationale,
        claims.wholeOrNull("ttvEstimateSeconds", Long.MIN_VALUE),
        claims.texts("invariants"),
        claims.texts("risks"),
        constraints(claims),
        List.of());
  }

  private static List<Proposal.ConstraintClaim> constraints(Fields claims) throws JsonException {
    List<Proposal.ConstraintClaim> constraints = new ArrayList<>();
    for (Fields claim : claims.objects("constraints")) {
      constraints.add(
          new Proposal.ConstraintClaim(
              claim.text("id"), claim.flagOrNull("held"), claim.text("note")));
    }
    return constraints;
  }

  private Exchange exchange(List<JsonObject> transcript) throws JsonException {
    return new Exchange(
        document.textOrNull("model"),
        usage(document.object("usage")),
        document.texts("requestIds"),
        startedAt(),
        document.millis("durationMs"),
        document.flag("clipped"),
        transcript);
  }

  private Instant startedAt() throws JsonException {
    try {
      return Instant.parse(document.text("startedAt"));
    } catch (DateTimeException _) {
      throw document.unexpected("startedAt", "a time (RFC 3339, UTC)");
    }
  }

  private static Usage usage(Fields usage) throws JsonException {
    return new Usage(
        tokens(usage, "inputTokens"),
        tokens(usage, "outputTokens"),
        tokens(usage, "cachedTokens"),
        tokens(usage, "cacheWrittenTokens"),
        tokens(usage, "reasoningTokens"),
        usage.amountOrNull("usd"),
        usage.count("requests"),
        usage.count("retries"));
  }

  private static @Nullable Long tokens(Fields usage, String name) throws JsonException {
    return usage.wholeOrNull(name, 0);
  }
}
