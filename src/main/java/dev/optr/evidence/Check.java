package dev.optr.evidence;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param id {@code patch-applies}, {@code paths-allowed}, or the id of an invariant or constraint
 * @param because why the result is not {@code held}: one sentence per finding; empty where it is
 * @param evidence what was seen; null where the sentences of {@code because} say all, and where
 *     nothing was looked at
 * @param repeat how a person repeats it; null where there is nothing to run
 * @param brokenBefore the frozen commit fails the same check; for information
 */
public record Check(
    String id,
    Result result,
    List<String> because,
    long durationMs,
    @Nullable Evidence evidence,
    @Nullable String repeat,
    boolean brokenBefore) {

  public Check {
    because = List.copyOf(because);
  }

  public enum Result {
    HELD,
    BROKEN,
    UNKNOWN,
    NOT_RUN
  }

  /** What was seen, by kind of check. */
  public sealed interface Evidence {}

  /**
   * What a command did. Where it ran more than once, the run that decided.
   *
   * @param exitCode null where the command was ended before it exited
   * @param outputTail the end of its output, at most 16 KiB, redacted, without terminal colours
   * @param tests null where none were counted
   * @param attempts how often it ran on this tree
   * @param flaky it failed and held on the same tree
   * @param frozenTests the same command where frozen tests took the place of those that the path
   *     changed; null where it changed none, and where that did not have to run
   */
  public record Command(
      @Nullable Integer exitCode,
      boolean timedOut,
      String outputTail,
      @Nullable Tests tests,
      int attempts,
      boolean flaky,
      @Nullable FrozenTests frozenTests)
      implements Evidence {

    /** One run, of which no tests were counted. */
    public Command(@Nullable Integer exitCode, boolean timedOut, String outputTail) {
      this(exitCode, timedOut, outputTail, null, 1, false, null);
    }
  }

  /** How many tests did what. */
  public record Tests(int passed, int failed, int skipped) {}

  /**
   * A second run, with frozen tests.
   *
   * @param files the tests that were put back, sorted; the first of very many
   */
  public record FrozenTests(List<String> files, Command command) {
    public FrozenTests {
      files = List.copyOf(files);
    }
  }

  /**
   * What jobs came to that ran a command where the user's own toolchain is. Exit codes, output and
   * tests are not known of them.
   *
   * @param runs every one that is told, of the path's own tree and of the one with frozen tests, by
   *     image and attempt
   * @param flaky it failed and held on the same tree
   * @param restored the frozen tests that took the place of those that the path changed, sorted;
   *     the first of very many; empty where it changed none, and where that did not have to hold
   */
  public record Jobs(List<Job> runs, boolean flaky, List<String> restored) implements Evidence {
    public Jobs {
      runs = List.copyOf(runs);
      restored = List.copyOf(restored);
    }
  }

  /**
   * One run in a job of its own.
   *
   * @param row the name of the tree in the job's name
   * @param image label of the runner; null where there is one kind alone
   * @param attempt of the whole run, from 1
   * @param counts false for a later attempt, which is shown and decides nothing
   * @param conclusion of the step, by which the check goes
   * @param startedAt of the step; null where it is not told
   * @param completedAt of the step; null where it is not told
   * @param runner name of the machine; empty where it is not told
   * @param page where people can look at it; null where there is none
   * @param whole the job that has the step; null where it is not told
   */
  public record Job(
      String row,
      @Nullable String image,
      int attempt,
      boolean counts,
      JobRun.Conclusion conclusion,
      @Nullable Instant startedAt,
      @Nullable Instant completedAt,
      String runner,
      @Nullable String page,
      JobRun.@Nullable Whole whole) {}

  /**
   * The other open pull requests for the same base, or the branches that count as such.
   *
   * @param merges empty where there was none
   */
  public record Merges(List<Merge> merges) implements Evidence {
    public Merges {
      merges = List.copyOf(merges);
    }
  }

  /**
   * What the merge with one of them would come to.
   *
   * @param number of the pull request; null for a branch
   * @param commit the one that was merged with, 40 hex digits
   * @param fork its branch is in another repository
   * @param cleanBefore of the frozen commit; null where it was not compared
   * @param cleanWith of the path; null where it was not compared
   * @param files the first 50 that conflict with the path, by name
   * @param notCompared why not; null where it was
   */
  public record Merge(
      @Nullable Long number,
      String branch,
      String commit,
      boolean fork,
      @Nullable Boolean cleanBefore,
      @Nullable Boolean cleanWith,
      List<String> files,
      @Nullable String notCompared) {
    public Merge {
      files = List.copyOf(files);
    }

    /** The path turns a clean merge into a conflict. */
    public boolean isBroken() {
      return Boolean.TRUE.equals(cleanBefore) && Boolean.FALSE.equals(cleanWith);
    }
  }

  /**
   * What the other agents say of one constraint in words.
   *
   * @param alias of the path, which is all that its judges knew of whose it is
   * @param advisory the constraint is shown and decides nothing
   * @param usd what all judges of this path took for all constraints together; null = unknown
   * @param addressed where the path speaks to its judges, {@code path:line}
   */
  public record Review(
      String alias,
      boolean advisory,
      @Nullable BigDecimal usd,
      List<Opinion> opinions,
      List<String> addressed)
      implements Evidence {
    public Review {
      opinions = List.copyOf(opinions);
      addressed = List.copyOf(addressed);
    }
  }

  /**
   * What one judge says.
   *
   * @param why the vote is {@code UNKNOWN}, {@code VOID} or {@code FAILED}; else empty
   * @param said with the constraints before the change, and after it; empty where the judge failed
   */
  public record Opinion(String judge, Vote vote, String why, List<Said> said) {
    public Opinion {
      said = List.copyOf(said);
    }
  }

  /**
   * @param held null = the judge cannot tell
   */
  public record Said(@Nullable Boolean held, String quote) {}

  /** How an opinion counts. */
  public enum Vote {
    HELD,
    BROKEN,
    /** It counts, for neither side. */
    UNKNOWN,
    /** It rests on nothing, and does not count. */
    VOID,
    /** There is none. */
    FAILED
  }

  /** False for what is shown and decides nothing. */
  public boolean decides() {
    return switch (evidence) {
      case Review review -> !review.advisory();
      case Rule rule -> !rule.advisory();
      case Command _, Jobs _, Merges _ -> true;
      case null -> true;
    };
  }

  /**
   * What was evaluated.
   *
   * @param advisory the rule is shown and decides nothing
   */
  public record Rule(String expression, boolean advisory) implements Evidence {}

  /** What a command did; null where no command ran. */
  public @Nullable Command command() {
    return evidence instanceof Command command ? command : null;
  }

  /** It looked at a tree by running something on it, here or in a job. */
  public boolean ran() {
    return evidence instanceof Command || evidence instanceof Jobs;
  }

  /** It needed another attempt, here or with frozen tests. */
  public boolean flaky() {
    return switch (evidence) {
      case Command command ->
          command.flaky()
              || (command.frozenTests() != null && command.frozenTests().command().flaky());
      case Jobs jobs -> jobs.flaky();
      case Merges _, Review _, Rule _ -> false;
      case null -> false;
    };
  }

  /** A path cannot be admissible any more, whatever was not run yet. */
  boolean decidesAgainst() {
    return decides() && (result == Result.BROKEN || result == Result.UNKNOWN);
  }

  public boolean held() {
    return result == Result.HELD;
  }
}
