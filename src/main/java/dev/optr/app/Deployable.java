package dev.optr.app;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;

/** Whether a commit may be deployed, and what says so. */
sealed interface Deployable {
  /** The commit that was asked about. */
  String commit();

  /** One sentence for people. */
  String reason();

  /**
   * An intact entry vouches for its tree.
   *
   * @param by {@code execution} of a selected path, or {@code head}: the commit itself was examined
   * @param entry id of the entry
   */
  record Yes(String commit, String by, String entry, String reason) implements Deployable {}

  /** Nothing does, or the newest evidence speaks against it. */
  record No(String commit, String reason) implements Deployable {}

  /** It cannot be known here. */
  record Unknown(String commit, String reason) implements Deployable {}

  /** What it is to whoever started the program. */
  default ExitCode exit() {
    return switch (this) {
      case Yes _ -> ExitCode.OK;
      case No _ -> ExitCode.NONE_ADMISSIBLE;
      case Unknown _ -> ExitCode.UNDECIDED;
    };
  }

  /** {@code {commit, result, by, entry, reason}}: result is yes, no or unknown. */
  default JsonObject document() {
    Json.Builder document = Json.object().put("commit", commit());
    return switch (this) {
      case Yes(_, String by, String entry, _) ->
          document
              .put("result", "yes")
              .put("by", by)
              .put("entry", entry)
              .put("reason", reason())
              .build();
      case No _ -> unvouched(document, "no");
      case Unknown _ -> unvouched(document, "unknown");
    };
  }

  private JsonObject unvouched(Json.Builder document, String result) {
    return document
        .put("result", result)
        .put("by", Json.NULL)
        .put("entry", Json.NULL)
        .put("reason", reason())
        .build();
  }
}
