package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tool by which an agent says that nothing should be done. */
public final class Decline {
  public static final String NAME = "decline";
  public static final String DESCRIPTION =
      "Says that nothing should be changed, and why. Call it instead of submit_path.";

  private Decline() {}

  /** What the arguments were read as. */
  public sealed interface Result {}

  public record Parsed(String reason) implements Result {}

  public record Invalid(List<String> errors) implements Result {
    public Invalid {
      errors = List.copyOf(errors);
    }
  }

  public static Result parse(JsonObject arguments) {
    Members members = new Members("", arguments, List.of("reason"));
    @Nullable String reason = members.text("reason");
    if (reason == null || reason.isBlank()) {
      members.error("reason: expected the reason, found nothing");
      reason = "";
    }
    return members.errors().isEmpty() ? new Parsed(reason) : new Invalid(members.errors());
  }

  /** The JSON Schema of the arguments. */
  public static JsonObject schema() {
    return SubmitPathSchema.strict(
        Json.object()
            .put("reason", SubmitPathSchema.type("string", "Why nothing should be changed."))
            .build());
  }
}
