package dev.optr.app;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --json} of a command whose document, where it came to nothing, says only that. */
final class JsonOption {
  @Option(
      names = "--json",
      description = "one JSON document on standard output, nothing else there")
  private boolean given;

  boolean isGiven() {
    return given;
  }

  /** {@code {outcome, exit}}; empty where no document is wanted. */
  Optional<JsonObject> undecided(String outcome, ExitCode exit) {
    return given
        ? Optional.of(Json.object().put("outcome", outcome).put("exit", exit.code()).build())
        : Optional.empty();
  }
}
