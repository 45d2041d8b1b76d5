package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Checkpoint;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.testing.Runner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * One command, run in this process with a machine made for it: what it said and how it ended.
 *
 * @param out standard output
 * @param err standard error
 */
record Invocation(int exit, String out, String err) {
  /** Runs a command in a directory, with exactly this environment and the system's clock. */
  static Invocation of(Path directory, Map<String, String> environment, String... arguments) {
    return of(directory, environment, InputStream.nullInputStream(), arguments);
  }

  /** Runs a command with an empty environment and a text on standard input. */
  static Invocation piped(Path directory, String in, String... arguments) {
    return of(directory, Map.of(), new ByteArrayInputStream(in.getBytes(UTF_8)), arguments);
  }

  /** One step of the Action. */
  static Invocation step(Runner runner) {
    return of(runner.workspace(), runner.environment(), "action");
  }

  /** Everything that the runner reads of it. */
  String log() {
    return out + err;
  }

  private static Invocation of(
      Path directory, Map<String, String> environment, InputStream in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Host host =
        new Host(
            environment,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Clock.systemUTC(),
            directory,
            Checkpoint.NONE,
            false,
            in);
    int exit = new Main(host).run(arguments);
    return new Invocation(exit, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** The one JSON document that standard output is. */
  JsonObject document() {
    return document(out);
  }

  /** A text that is one JSON object. */
  static JsonObject document(String text) {
    try {
      return (JsonObject) JsonReader.read(text);
    } catch (JsonException e) {
      throw new AssertionError(text, e);
    }
  }

  /** Lines of standard error. */
  List<String> messages() {
    return err.lines().toList();
  }

  /** The members of an array that are objects. */
  static List<JsonObject> objects(JsonObject document, String name) {
    return document.array(name).stream().map(JsonObject.class::cast).toList();
  }

  /** The member as JSON, absent or not. */
  static String text(JsonObject document, String name) {
    return String.valueOf(document.text(name));
  }

  static boolean isNull(JsonObject document, String name) {
    return document.get(name) instanceof Json.Null;
  }
}
