package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.git.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers as JSON and back, exactly. */
final class AnswerJson {
  private AnswerJson() {}

  static JsonObject write(Answer answer) {
    Json.Builder out = Json.object().put("outcome", answer.outcome());
    switch (answer) {
      case Answer.Proposed(Proposal proposal, _) -> write(out, proposal);
      case Answer.Declined(String reason, _) -> out.put("reason", reason);
      case Answer.Failed(FailureCode code, String message, _) ->
          out.put("code", code.name()).put("message", message);
      case Answer.NotAsked(String reason, _) -> out.put("reason", reason);
    }
    return out.put("exchange", ExchangeJson.write(answer.exchange())).build();
  }

  static Answer read(JsonObject document) throws JsonException {
    Exchange exchange = ExchangeJson.read(document.object("exchange"));
    String outcome = required(document.text("outcome"), "outcome");
    return switch (outcome) {
      case "proposed" -> new Answer.Proposed(proposal(document), exchange);
      case "declined" -> new Answer.Declined(required(document.text("reason"), "reason"), exchange);
      case "failed" ->
          new Answer.Failed(
              code(required(document.text("code"), "code")),
              required(document.text("message"), "message"),
              exchange);
      case "not_asked" ->
          new Answer.NotAsked(required(document.text("reason"), "reason"), exchange);
      default -> throw new JsonException("unknown outcome '" + outcome + "'");
    };
  }

  static <T> T required(@Nullable T value, String name) throws JsonException {
    if (value == null) {
      throw new JsonException("no usable '" + name + "'");
    }
    return value;
  }

  private static void write(Json.Builder out, Proposal proposal) {
    out.put("proposal", SubmitPath.write(proposal));
    if (proposal.work() instanceof Proposal.Work.Changes(List<Change> changes)) {
      out.put("changes", ChangesJson.write(changes));
    }
  }

  private static Proposal proposal(JsonObject document) throws JsonException {
    return switch (SubmitPath.parse(document.object("proposal"))) {
      case SubmitPath.Parsed(Proposal proposal) ->
          document.get("changes") == null
              ? proposal
              : proposal.with(ChangesJson.read(document.array("changes")));
      case SubmitPath.Invalid invalid ->
          throw new JsonException(String.join("; ", invalid.errors()));
    };
  }

  private static FailureCode code(String name) throws JsonException {
    try {
      return FailureCode.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new JsonException("unknown code '" + name + "'", e);
    }
  }
}
