package dev.optr.bundle;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.UserException;
import dev.optr.evidence.Row;
import dev.optr.workflow.Invariant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that verify rows: one for each row, invariant and image, in this order. Where these
 * would be more than a run can have, some have several invariants, as successive steps.
 *
 * @param notices for people: what had to be put together
 */
public record Matrix(List<Job> jobs, List<String> notices) {
  /** Of one matrix (GitHub's usage limits of workflows). */
  public static final int MOST_JOBS = 256;

  /** Of one job: every step can spoil those behind it. */
  public static final int MOST_STEPS = 8;

  // All outputs of a job together may have 1 MB in UTF-16.
  private static final int MOST_CHARACTERS = 480_000;

  private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  public Matrix {
    jobs = List.copyOf(jobs);
    notices = List.copyOf(notices);
  }

  /**
   * @param name as the run shows it
   * @param image runner label; null where there is one image, which the workflow names
   * @param steps in the order in which they run
   */
  public record Job(String name, Row row, @Nullable String image, List<Invariant> steps) {
    public Job {
      steps = List.copyOf(steps);
    }

    private static Job of(Row row, @Nullable String image, List<Invariant> steps) {
      String ids = steps.stream().map(Invariant::id).collect(Collectors.joining("+"));
      String suffix = image == null ? "" : ", " + image;
      return new Job("optr-verify (" + row.name() + ", " + ids + suffix + ")", row, image, steps);
    }
  }

  /**
   * @throws UserException where an image cannot be one, or there are too many jobs however they are
   *     put together
   */
  public static Matrix of(List<Row> rows, List<Invariant> invariants, List<String> images) {
    checkImages(images);
    int lines = rows.size() * Math.max(1, images.size());
    int wanted = lines * invariants.size();
    if (wanted == 0) {
      return new Matrix(List.of(), List.of());
    }
    List<List<Invariant>> batches = batches(invariants, lines, images.size());
    List<Job> jobs = new ArrayList<>();
    for (Row row : rows) {
      for (List<Invariant> batch : batches) {
        if (images.isEmpty()) {
          jobs.add(Job.of(row, null, batch));
        }
        images.forEach(image -> jobs.add(Job.of(row, image, batch)));
      }
    }
    return new Matrix(jobs, notices(wanted, batches.getFirst().size()));
  }

  /** Whether these can be labels, each once. */
  static void checkImages(List<String> images) {
    for (String image : images) {
      if (!IMAGE.matcher(image).matches() || images.indexOf(image) != images.lastIndexOf(image)) {
        throw new UserException(
            "images: expected different runner labels of letters, digits, '.', '_' and '-', found"
                + " '"
                + image
                + "'");
      }
    }
  }

  /** As many batches as there is room for, of sizes as even as can be, the largest first. */
  private static List<List<Invariant>> batches(List<Invariant> all, int lines, int images) {
    int count = Math.min(all.size(), MOST_JOBS / lines);
    if (count == 0 || (all.size() + count - 1) / count > MOST_STEPS) {
      throw tooMany(all.size(), lines, images);
    }
    List<List<Invariant>> batches = new ArrayList<>();
    int from = 0;
    for (int left = count; left > 0; left--) {
      int size = (all.size() - from + left - 1) / left;
      batches.add(all.subList(from, from + size));
      from += size;
    }
    return batches;
  }

  private static UserException tooMany(int invariants, int lines, int images) {
    int columns = Math.max(1, images);
    return new UserException(
        "matrix: "
            + lines / columns
            + " rows x "
            + invariants
            + " invariants x "
            + columns
            + " images are more than "
            + MOST_JOBS
            + " jobs of "
            + MOST_STEPS
            + " steps; name fewer agents, invariants or images");
  }

  private static List<String> notices(int wanted, int largest) {
    return largest == 1
        ? List.of()
        : List.of(
            "one job for each row, invariant and image would be "
                + wanted
                + " jobs, and a run can have "
                + MOST_JOBS
                + ": up to "
                + largest
                + " invariants run one after another in one job, where each can spoil the next");
  }

  /**
   * What {@code strategy.matrix} takes.
   *
   * @throws UserException where it is larger than the outputs of a job can be
   */
  public JsonObject json(String frozenCommit) {
    JsonObject matrix =
        Json.object()
            .put("include", Json.array(jobs.stream().map(job -> json(job, frozenCommit)).toList()))
            .build();
    int characters = CanonicalJson.text(matrix).length();
    if (characters > MOST_CHARACTERS) {
      throw new UserException(
          "matrix: it has "
              + characters
              + " characters, and a job can give out "
              + MOST_CHARACTERS
              + "; move long commands of invariants into scripts");
    }
    return matrix;
  }

  private static JsonObject json(Job job, String frozenCommit) {
    return Json.object()
        .put("name", job.name())
        .put("row", job.row().name())
        .put("tree", job.row().tree())
        .put("commit", frozenCommit)
        .put("image", job.image())
        .put("steps", Json.array(job.steps().stream().map(Matrix::step).toList()))
        .build();
  }

  private static JsonObject step(Invariant invariant) {
    return Json.object()
        .put("id", invariant.id())
        .put("run", invariant.run())
        .put("minutes", minutes(invariant.timeout()))
        .build();
  }

  private static long minutes(Duration timeout) {
    return Math.max(1, timeout.plusMinutes(1).minusNanos(1).toMinutes());
  }
}
