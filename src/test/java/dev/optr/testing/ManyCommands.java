package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.app.Host;
import dev.optr.app.Main;
import dev.optr.base.Checkpoint;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.PrettyJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Many command lines, one after another in one process that is not the test's: what starting the
 * program for each of them would give, without the time that starting takes.
 */
public final class ManyCommands {
  private ManyCommands() {}

  /** Runs them all in a directory; one result for each, in their order. */
  public static List<ProgramProcess.Result> run(
      Path directory, Map<String, String> environment, List<List<String>> commands) {
    try {
      Path file = Files.createTempFile("optr-commands", ".json");
      Json all = Json.array(commands.stream().map(Json::texts).toList());
      Files.writeString(file, PrettyJson.text(all));
      ProgramProcess.Result process =
          ProgramProcess.runClass(
              ManyCommands.class, directory, environment, List.of(), file.toString());
      Files.delete(file);
      if (process.exit() != 0) {
        throw new IllegalStateException(process.log());
      }
      return results(process.out());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ProgramProcess.Result> results(String document) {
    List<ProgramProcess.Result> results = new ArrayList<>();
    for (Json one : ((Json.Array) read(document)).elements()) {
      JsonObject result = (JsonObject) one;
      Long exit = result.integer("exit");
      results.add(
          new ProgramProcess.Result(
              exit == null ? -1 : exit.intValue(),
              String.valueOf(result.text("out")),
              String.valueOf(result.text("err"))));
    }
    return results;
  }

  public static void main(String[] arguments) throws IOException {
    List<Json> results = new ArrayList<>();
    Json.Array commands = (Json.Array) read(Files.readString(Path.of(arguments[0])));
    for (Json command : commands.elements()) {
      results.add(
          run(
              ((Json.Array) command)
                  .elements().stream()
                      .map(word -> ((Json.Text) word).value())
                      .toArray(String[]::new)));
    }
    System.out.print(PrettyJson.text(Json.array(results)));
  }

  private static Json run(String... command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Host host =
        new Host(
            System.getenv(),
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Clock.systemUTC(),
            Path.of("").toAbsolutePath(),
            Checkpoint.NONE);
    int exit = new Main(host).run(command);
    return Json.object()
        .put("exit", exit)
        .put("out", out.toString(UTF_8))
        .put("err", err.toString(UTF_8))
        .build();
  }

  private static Json read(String text) {
    try {
      return JsonReader.read(text);
    } catch (JsonException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
