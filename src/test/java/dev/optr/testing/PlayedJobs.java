package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The jobs that verify the rows of a bundle: each in a clone of its own of the frozen commit, into
 * which the shipped script writes the row, and in which the commands really run.
 */
public final class PlayedJobs {
  private final Path root;
  private final Path repository;
  private final Path bundle;
  private final String digest;

  /**
   * @param root where clones are made
   * @param repository that has the frozen commit
   */
  public PlayedJobs(Path root, Path repository, Path bundle, String digest) {
    this.root = root;
    this.repository = repository;
    this.bundle = bundle;
    this.digest = digest;
  }

  /** What came of one step of one job. */
  public record Ran(
      String job,
      String row,
      String invariant,
      Json image,
      String commit,
      String conclusion,
      Instant startedAt,
      Instant completedAt) {

    public Ran concluding(String other) {
      return new Ran(job, row, invariant, image, commit, other, startedAt, completedAt);
    }

    /** The line of an evidence file. */
    public JsonObject line(String digest) {
      return Json.object()
          .put("v", 1)
          .put("bundle", digest)
          .put("row", row)
          .put("invariant", invariant)
          .put("image", image)
          .put("attempt", 1)
          .put("conclusion", conclusion)
          .put("startedAt", startedAt.toString())
          .put("completedAt", completedAt.toString())
          .put("runner", "builder-1")
          .put("page", Json.NULL)
          .build();
    }
  }

  /** Runs every job of a matrix. */
  public List<Ran> run(String matrix) {
    List<Ran> ran = new ArrayList<>();
    try {
      for (Json entry : JsonReader.readObject(matrix.getBytes(UTF_8)).array("include")) {
        ran.addAll(run((JsonObject) entry));
      }
    } catch (JsonException e) {
      throw new AssertionError(matrix, e);
    }
    return ran;
  }

  private List<Ran> run(JsonObject entry) {
    String row = text(entry, "row");
    String commit = text(entry, "commit");
    Path clone = root.resolve(text(entry, "name").replaceAll("[^a-z0-9+]+", "_"));
    start(List.of("git", "clone", "-q", "--no-checkout", repository.toString(), clone.toString()))
        .require();
    start(List.of("git", "-C", clone.toString(), "checkout", "-q", commit)).require();
    start(
            List.of("bash", Path.of("apply/apply").toAbsolutePath().toString()),
            clone,
            Map.of(
                "OPTR_BUNDLE", bundle.toString(),
                "OPTR_BUNDLE_DIGEST", digest,
                "OPTR_ROW", row))
        .require();
    List<Ran> ran = new ArrayList<>();
    boolean skipped = false;
    for (Json step : entry.array("steps")) {
      Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      String conclusion = skipped ? "skipped" : conclusion(text((JsonObject) step, "run"), clone);
      skipped |= !conclusion.equals("success");
      ran.add(
          new Ran(
              text(entry, "name"),
              row,
              text((JsonObject) step, "id"),
              entry.get("image") == null ? Json.NULL : entry.get("image"),
              commit,
              conclusion,
              start,
              Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    }
    return ran;
  }

  private static String conclusion(String command, Path clone) {
    return start(List.of("sh", "-c", command), clone, Map.of()).exit() == 0 ? "success" : "failure";
  }

  private record Ended(List<String> command, int exit, String output) {
    void require() {
      if (exit != 0) {
        throw new AssertionError(command + ": " + output);
      }
    }
  }

  private static Ended start(List<String> command) {
    return start(command, Path.of("."), Map.of());
  }

  private static Ended start(List<String> command, Path directory, Map<String, String> variables) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
      builder.environment().putAll(variables);
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Ended(command, process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(JsonObject object, String name) {
    return String.valueOf(object.text(name));
  }
}
