package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.Redactor;
import dev.optr.git.Change;
import dev.optr.git.Edit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes our credentials out of all prose of an answer; edits stay as they are. */
final class AnswerRedaction {
  private final Redactor redactor;

  AnswerRedaction(Redactor redactor) {
    this.redactor = redactor;
  }

  Answer redact(Answer answer) {
    Exchange exchange = redact(answer.exchange());
    return switch (answer) {
      case Answer.Proposed(Proposal proposal, _) -> new Answer.Proposed(redact(proposal), exchange);
      case Answer.Declined(String reason, _) -> new Answer.Declined(clean(reason), exchange);
      case Answer.Failed(FailureCode code, String message, _) ->
          new Answer.Failed(code, clean(message), exchange);
      case Answer.NotAsked(String reason, _) -> new Answer.NotAsked(clean(reason), exchange);
    };
  }

  boolean editsHoldACredential(Answer answer) {
    return answer instanceof Answer.Proposed(Proposal proposal, _)
        && texts(proposal.work()).anyMatch(redactor::finds);
  }

  private Proposal redact(Proposal proposal) {
    return new Proposal(
        clean(proposal.summary()),
        clean(proposal.rationale()),
        proposal.ttvEstimateSeconds(),
        clean(proposal.invariants()),
        clean(proposal.risks()),
        proposal.constraints().stream()
            .map(
                claim ->
                    new Proposal.ConstraintClaim(
                        clean(claim.id()), claim.held(), clean(claim.note())))
            .toList(),
        proposal.work());
  }

  private Exchange redact(Exchange exchange) {
    @Nullable String model = exchange.model();
    return new Exchange(
        model == null ? null : clean(model),
        exchange.usage(),
        clean(exchange.requestIds()),
        exchange.startedAt(),
        exchange.durationMs(),
        exchange.clipped(),
        exchange.transcript().stream().map(this::redact).toList());
  }

  private JsonObject redact(JsonObject object) {
    Map<String, Json> members = new LinkedHashMap<>();
    object.members().forEach((name, value) -> members.put(clean(name), redact(value)));
    return new JsonObject(members);
  }

  private Json redact(Json value) {
    return switch (value) {
      case JsonObject object -> redact(object);
      case Json.Array(List<Json> elements) ->
          Json.array(elements.stream().map(this::redact).toList());
      case Json.Text(String text) -> Json.text(clean(text));
      case Json.Decimal _, Json.Bool _, Json.Null _ -> value;
    };
  }

  private List<String> clean(List<String> texts) {
    return texts.stream().map(this::clean).toList();
  }

  private String clean(String text) {
    return WellFormed.text(redactor.redact(text));
  }

  private static Stream<String> texts(Proposal.Work work) {
    return switch (work) {
      case Proposal.Work.Edits(List<Edit> edits) -> edits.stream().flatMap(Edit::texts);
      case Proposal.Work.Changes(List<Change> changes) ->
          changes.stream()
              .flatMap(change -> Stream.concat(change.texts(), Stream.of(change.decoded())));
    };
  }
}
