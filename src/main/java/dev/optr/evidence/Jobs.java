package dev.optr.evidence;

import dev.optr.evidence.Check.Result;
import dev.optr.evidence.FrozenTests.Version;
import dev.optr.git.FrozenTree;
import dev.optr.workflow.Invariant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads invariants from what a third party tells of the jobs that ran them. On every image the tree
 * must hold. Where jobs were run again the first attempt decides, and as many further ones as
 * {@code retries} allows.
 */
final class Jobs implements Verifier {
  private final JobsTold told;
  private final String frozenTree;
  private final Repeat repeat;

  Jobs(JobsTold told, FrozenTree frozen) {
    this.told = told;
    this.frozenTree = frozen.tree();
    this.repeat = new Repeat(frozen.commit());
  }

  /**
   * What became of a tree on one image.
   *
   * @param runs all that are told of, also those that do not count
   */
  private record OnImage(
      @Nullable String image, List<JobRun> runs, Attempts attempts, Attempts frozen) {
    /** The label as sentences begin with it. */
    String where() {
      return image == null ? "" : "on '" + image + "': ";
    }

    CommandOutcome outcome(Invariant invariant) {
      return CommandOutcome.of(invariant, attempts.result(), frozen.result());
    }

    Stream<Check.Job> jobs() {
      return Stream.iterate(0, i -> i < runs.size(), i -> i + 1)
          .map(i -> job(runs.get(i), i < attempts.count()));
    }

    private static Check.Job job(JobRun run, boolean counts) {
      return new Check.Job(
          run.row(),
          run.image(),
          run.attempt(),
          counts,
          run.conclusion(),
          run.startedAt(),
          run.completedAt(),
          run.runner(),
          run.page(),
          run.whole());
    }
  }

  @Override
  public Finding ofFrozen(Invariant invariant) throws InterruptedException {
    return finding(check(invariant, frozenTree, repeat.onFrozenCommit(invariant)));
  }

  @Override
  public Finding ofTree(Invariant invariant, String tree) throws InterruptedException {
    return finding(check(invariant, tree, repeat.onTree(tree, invariant)));
  }

  @Override
  public Finding withFrozenTests(Invariant invariant, Finding own, Version.PutBack version)
      throws InterruptedException {
    Check held = own.check();
    Check again = check(invariant, version.tree(), "");
    return finding(
        new Check(
            held.id(),
            again.result(),
            again.because().stream()
                .map(reason -> InvariantChecks.reason(reason, version.files()))
                .toList(),
            held.durationMs() + again.durationMs(),
            together(held, again, version.files()),
            held.repeat(),
            held.brokenBefore()));
  }

  private static Check.Jobs together(Check own, Check again, List<String> restored) {
    return new Check.Jobs(
        Stream.of(own, again).flatMap(check -> jobs(check).stream()).distinct().toList(),
        own.flaky() || again.flaky(),
        restored);
  }

  private Check check(Invariant invariant, String tree, String repeat) throws InterruptedException {
    List<OnImage> everywhere = new ArrayList<>();
    for (Optional<String> image : images()) {
      everywhere.add(on(image.orElse(null), invariant, tree));
    }
    return new Check(
        invariant.id(),
        result(invariant, everywhere),
        everywhere.stream()
            .flatMap(
                on -> on.outcome(invariant).because().stream().map(reason -> on.where() + reason))
            .toList(),
        everywhere.stream().mapToLong(on -> on.attempts().durationMs()).sum(),
        new Check.Jobs(
            everywhere.stream().flatMap(OnImage::jobs).toList(),
            everywhere.stream().anyMatch(on -> on.attempts().flaky()),
            List.of()),
        repeat,
        everywhere.stream().anyMatch(on -> on.frozen().result().failed()));
  }

  private static Result result(Invariant invariant, List<OnImage> everywhere) {
    List<Result> results =
        everywhere.stream().map(on -> on.outcome(invariant).result()).distinct().toList();
    if (results.contains(Result.BROKEN)) {
      return Result.BROKEN;
    }
    return results.equals(List.of(Result.HELD)) ? Result.HELD : Result.UNKNOWN;
  }

  private static Finding finding(Check check) {
    String page =
        jobs(check).stream()
            .filter(job -> job.counts() && job.conclusion() != JobRun.Conclusion.SUCCESS)
            .flatMap(job -> Optional.ofNullable(job.page()).stream())
            .findFirst()
            .orElse("");
    return Finding.of(check, "'" + check.id() + "'", check.held() ? "" : page);
  }

  private static List<Check.Job> jobs(Check check) {
    return check.evidence() instanceof Check.Jobs jobs ? jobs.runs() : List.of();
  }

  private List<Optional<String>> images() {
    return told.images().isEmpty()
        ? List.of(Optional.empty())
        : told.images().stream().map(Optional::of).toList();
  }

  private OnImage on(@Nullable String image, Invariant invariant, String tree)
      throws InterruptedException {
    List<JobRun> before = runs(image, invariant, frozenTree);
    Attempts frozen = attempts(image, invariant, frozenTree, before, Optional.empty());
    if (tree.equals(frozenTree)) {
      return new OnImage(image, before, frozen, frozen);
    }
    List<JobRun> runs = runs(image, invariant, tree);
    Attempts own = attempts(image, invariant, tree, runs, Optional.of(frozen.result()));
    return new OnImage(image, runs, own, frozen);
  }

  /**
   * @param frozen what the frozen commit came to; empty for that itself
   */
  private Attempts attempts(
      @Nullable String image,
      Invariant invariant,
      String tree,
      List<JobRun> runs,
      Optional<CommandResult> frozen)
      throws InterruptedException {
    Iterator<CommandResult.Told> results =
        runs.stream().map(run -> JobOutcome.of(invariant, run, problem(run))).iterator();
    CommandResult first =
        results.hasNext()
            ? results.next()
            : new CommandResult.NotStarted(missing(image, invariant, tree));
    return Attempts.of(
        first,
        () -> results.hasNext() ? Optional.of(results.next()) : Optional.empty(),
        invariant.retries(),
        result -> CommandOutcome.of(invariant, result, frozen.orElse(result)).result());
  }

  private List<JobRun> runs(@Nullable String image, Invariant invariant, String tree) {
    Optional<String> row = row(tree);
    return told.runs().stream()
        .filter(run -> row.filter(run.row()::equals).isPresent())
        .filter(run -> run.invariant().equals(invariant.id()))
        .filter(run -> Objects.equals(run.image(), image))
        .sorted(Comparator.comparingInt(JobRun::attempt))
        .toList();
  }

  private Optional<String> row(String tree) {
    return told.rows().stream().filter(row -> row.tree().equals(tree)).map(Row::name).findFirst();
  }

  private Optional<String> problem(JobRun run) {
    return problem(run.row(), run.invariant(), run.image(), run.attempt());
  }

  private Optional<String> problem(
      String row, String invariant, @Nullable String image, int attempt) {
    return told.problems().stream()
        .filter(problem -> problem.row().equals(row) && problem.invariant().equals(invariant))
        .filter(problem -> Objects.equals(problem.image(), image))
        .filter(problem -> problem.attempt() == attempt)
        .map(JobsTold.Problem::said)
        .findFirst();
  }

  private String missing(@Nullable String image, Invariant invariant, String tree) {
    Optional<String> row = row(tree);
    return row.isEmpty()
        ? "no job was to verify this tree"
        : problem(row.get(), invariant.id(), image, JobsTold.ALL_ATTEMPTS)
            .orElse("there is no job of row '" + row.get() + "' for it");
  }
}
