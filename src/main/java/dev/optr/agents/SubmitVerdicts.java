package dev.optr.agents;

import dev.optr.agents.ReviewQuestion.Criterion;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one tool of a judge. */
final class SubmitVerdicts {
  static final String NAME = "submit_verdicts";

  /** A quote points at a place; nobody needs more to find it. */
  static final int LONGEST_QUOTE = 1000;

  private SubmitVerdicts() {}

  sealed interface Result {}

  record Parsed(List<Verdict> verdicts) implements Result {
    Parsed {
      verdicts = List.copyOf(verdicts);
    }
  }

  record Invalid(List<String> errors) implements Result {
    Invalid {
      errors = List.copyOf(errors);
    }
  }

  static Tool tool() {
    JsonObject verdict =
        SubmitPathSchema.strict(
            Json.object()
                .put("constraint", SubmitPathSchema.type("string", "Id of the constraint."))
                .put(
                    "held",
                    SubmitPathSchema.nullable(
                        "boolean",
                        "true: the change respects it; false: it breaks it; null: cannot be told."))
                .put(
                    "quote",
                    SubmitPathSchema.type(
                        "string",
                        "What the verdict rests on: at least 8 characters, copied exactly from the"
                            + " change."))
                .build());
    JsonObject schema =
        SubmitPathSchema.strict(
            Json.object()
                .put("change", SubmitPathSchema.type("string", "The name of the change."))
                .put("verdicts", Json.object().put("type", "array").put("items", verdict).build())
                .build());
    return new Tool(NAME, "Hands in one verdict per constraint. Call it exactly once.", schema);
  }

  /**
   * Reads a call. The alias must be right: what a change says of itself cannot know it, so that an
   * answer that a judge merely repeats from there is none.
   */
  static Result parse(JsonObject arguments, ReviewQuestion question) {
    Members members = new Members("", arguments, List.of("change", "verdicts"));
    if (!question.alias().equals(members.text("change"))) {
      members.error("change: expected '" + question.alias() + "'");
    }
    List<String> ids = question.criteria().stream().map(Criterion::id).toList();
    Map<String, Verdict> found = new HashMap<>();
    List<Json> elements = members.list("verdicts");
    for (int i = 0; i < elements.size(); i++) {
      @Nullable Members verdict =
          members.object("verdicts", i, elements.get(i), List.of("constraint", "held", "quote"));
      if (verdict != null) {
        read(verdict, ids)
            .filter(it -> found.putIfAbsent(it.constraint(), it) != null)
            .ifPresent(it -> verdict.error("constraint: '" + it.constraint() + "' comes twice"));
      }
    }
    List<Verdict> inOrder = new ArrayList<>();
    for (String id : ids) {
      Optional.ofNullable(found.get(id))
          .ifPresentOrElse(
              inOrder::add, () -> members.error("verdicts: there is none for '" + id + "'"));
    }
    return members.errors().isEmpty() ? new Parsed(inOrder) : new Invalid(members.errors());
  }

  private static Optional<Verdict> read(Members verdict, List<String> ids) {
    @Nullable String constraint = verdict.text("constraint");
    @Nullable Boolean held = verdict.bool("held");
    @Nullable String quote = verdict.text("quote");
    if (constraint == null || !ids.contains(constraint)) {
      verdict.error("constraint: expected one of " + String.join(", ", ids));
      return Optional.empty();
    }
    if (quote != null && quote.length() > LONGEST_QUOTE) {
      verdict.error("quote: expected at most " + LONGEST_QUOTE + " characters");
      return Optional.empty();
    }
    return Optional.of(new Verdict(constraint, held, quote == null ? "" : quote));
  }
}
