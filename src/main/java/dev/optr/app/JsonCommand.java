package dev.optr.app;

import dev.optr.base.JsonObject;
import java.util.Optional;

/** A command whose {@code --json} prints one document, however it ends. */
interface JsonCommand {
  /** The document of a run that came to no decision; empty without {@code --json}. */
  Optional<JsonObject> undecided(String outcome, ExitCode exit);
}
