package dev.optr.bundle;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.evidence.JobRun;
import dev.optr.evidence.JobRun.Conclusion;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of an evidence file. What is wrong with it is collected, each with what to write
 * instead.
 */
final class EvidenceLine {
  private static final int VERSION = 1;
  private static final int MOST_ATTEMPTS = 1000;
  private static final List<String> MEMBERS =
      List.of(
          "v",
          "bundle",
          "row",
          "invariant",
          "image",
          "attempt",
          "conclusion",
          "startedAt",
          "completedAt",
          "runner",
          "page");
  private static final Map<String, Conclusion> CONCLUSIONS =
      new TreeMap<>(
          Map.of(
              "success", Conclusion.SUCCESS,
              "failure", Conclusion.FAILURE,
              "timed_out", Conclusion.TIMED_OUT,
              "cancelled", Conclusion.CANCELLED,
              "skipped", Conclusion.SKIPPED));
  private static final Pattern RUNNER = Pattern.compile("[ -~]{0,200}");
  private static final Pattern FOUR_DIGITS = Pattern.compile("[0-9]{4}-");
  private static final Pattern PAGE =
      Pattern.compile("https?://[A-Za-z0-9._~:/?#@!$&*+,;=%-]{1,1000}");

  private final JsonObject line;
  private final List<String> problems = new ArrayList<>();

  EvidenceLine(JsonObject line) {
    this.line = line;
  }

  /** What was wrong, after {@link #run}. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * Empty where anything is wrong.
   *
   * @param bundle digest of the bundle that it must be about
   */
  Optional<JobRun> run(String bundle, List<ExpectedJob> expected) {
    checkMembers();
    if (line.get("v") != null && !Long.valueOf(VERSION).equals(line.integer("v"))) {
      problem("v", VERSION + ", the version of this format");
    }
    if (line.get("bundle") != null && !bundle.equals(line.text("bundle"))) {
      problem("bundle", "'" + bundle + "', the digest of the bundle that is selected from");
    }
    String row = text("row");
    String invariant = text("invariant");
    @Nullable String image = textOrNull("image");
    checkExpected(row, invariant, image, expected);
    Conclusion conclusion = conclusion();
    @Nullable Instant startedAt = time("startedAt");
    @Nullable Instant completedAt = time("completedAt");
    checkTimes(conclusion, startedAt, completedAt);
    JobRun run =
        new JobRun(
            row,
            invariant,
            image,
            attempt(),
            conclusion,
            startedAt,
            completedAt,
            runner(),
            page(),
            null);
    return problems.isEmpty() ? Optional.of(run) : Optional.empty();
  }

  private void checkMembers() {
    MEMBERS.stream()
        .filter(name -> line.get(name) == null)
        .forEach(name -> problems.add("'" + name + "' is missing; write it"));
    line.members().keySet().stream()
        .filter(name -> !MEMBERS.contains(name))
        .forEach(
            name ->
                problems.add(
                    "'%s' is unknown; a line has %s"
                        .formatted(shown(name), String.join(", ", MEMBERS))));
  }

  private void checkExpected(
      String row, String invariant, @Nullable String image, List<ExpectedJob> expected) {
    List<ExpectedJob> ofRow =
        expected.stream().filter(job -> job.row().name().equals(row)).toList();
    List<ExpectedJob> ofBoth =
        ofRow.stream().filter(job -> job.invariants().contains(invariant)).toList();
    if (ofRow.isEmpty()) {
      problem("row", "one of " + ExpectedJob.rows(expected).stream().map(it -> it.name()).toList());
    } else if (ofBoth.isEmpty()) {
      problem(
          "invariant",
          "one of " + ofRow.stream().flatMap(job -> job.invariants().stream()).distinct().toList());
    } else if (ofBoth.stream().noneMatch(job -> Objects.equals(job.image(), image))) {
      List<String> images = ExpectedJob.images(ofBoth);
      problem("image", images.isEmpty() ? "null, since no image was named" : "one of " + images);
    }
  }

  private void checkTimes(
      Conclusion conclusion, @Nullable Instant startedAt, @Nullable Instant completedAt) {
    boolean ran = conclusion != Conclusion.CANCELLED && conclusion != Conclusion.SKIPPED;
    if (ran && line.get("startedAt") instanceof Json.Null) {
      problem("startedAt", "a time, since it ran");
    }
    if (ran && line.get("completedAt") instanceof Json.Null) {
      problem("completedAt", "a time, since it ran");
    }
    if (startedAt != null && completedAt != null && completedAt.isBefore(startedAt)) {
      problem("completedAt", "a time not before 'startedAt'");
    }
  }

  private Conclusion conclusion() {
    Conclusion conclusion = CONCLUSIONS.get(text("conclusion"));
    if (conclusion == null) {
      problem("conclusion", "one of " + CONCLUSIONS.keySet());
      return Conclusion.SKIPPED;
    }
    return conclusion;
  }

  private int attempt() {
    Long attempt = line.integer("attempt");
    if (attempt == null || attempt < 1 || attempt > MOST_ATTEMPTS) {
      problem("attempt", "a whole number from 1 to " + MOST_ATTEMPTS);
      return 1;
    }
    return attempt.intValue();
  }

  private @Nullable Instant time(String name) {
    @Nullable String text = textOrNull(name);
    try {
      if (text == null || FOUR_DIGITS.matcher(text).lookingAt()) {
        return text == null ? null : OffsetDateTime.parse(text).toInstant();
      }
    } catch (DateTimeException notATime) {
      // said below, like any other text that is none
    }
    problem(name, "a time of RFC 3339 such as 2026-11-22T10:00:00Z, or null");
    return null;
  }

  private String runner() {
    String runner = text("runner");
    if (!RUNNER.matcher(runner).matches()) {
      problem("runner", "the machine's name, at most 200 printable ASCII characters");
    }
    return runner;
  }

  private @Nullable String page() {
    @Nullable String page = textOrNull("page");
    if (page != null && !PAGE.matcher(page).matches()) {
      problem("page", "an address 'https://...', or null");
    }
    return page;
  }

  private String text(String name) {
    @Nullable String text = line.text(name);
    if (text == null) {
      problem(name, "a text");
      return "";
    }
    return text;
  }

  private @Nullable String textOrNull(String name) {
    return line.get(name) == null || line.get(name) instanceof Json.Null ? null : text(name);
  }

  /** One sentence per member, and none where it is missing, which is said already. */
  private void problem(String name, String expected) {
    @Nullable Json found = line.get(name);
    if (found != null && problems.stream().noneMatch(it -> it.startsWith("'" + name + "' is "))) {
      String shown = found instanceof Json.Text(String text) ? "'" + shown(text) + "'" : "no such";
      problems.add("'%s' is %s; expected %s".formatted(name, shown, expected));
    }
  }

  private static String shown(String text) {
    String line = text.replaceAll("[^ -~]+", "?");
    return line.length() <= 80 ? line : line.substring(0, 80) + "...";
  }
}
