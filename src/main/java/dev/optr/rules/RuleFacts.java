package dev.optr.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules are about: the variables {@code candidate} and {@code intent} of
 * docs/workflow-file.md. Null is a fact that is not known.
 */
public record RuleFacts(Candidate candidate, Intent intent) {

  /**
   * @param files one per changed file
   * @param risk 0 to 100
   * @param riskFeatures ids of the features that the risk is made of
   * @param tests null while no tests were counted
   * @param checks result by id of every check that has one: {@code held}, {@code broken}, {@code
   *     unknown} or {@code not_run}
   * @param openChecks ids of checks that have no result yet
   */
  public record Candidate(
      List<File> files,
      long additions,
      long deletions,
      long changedLines,
      long changedBytes,
      long risk,
      List<String> riskFeatures,
      Usage usage,
      @Nullable Tests tests,
      Map<String, String> checks,
      Set<String> openChecks) {
    public Candidate {
      files = List.copyOf(files);
      riskFeatures = List.copyOf(riskFeatures);
      checks = Map.copyOf(checks);
      openChecks = Set.copyOf(openChecks);
    }
  }

  /**
   * @param from path that it was renamed from; empty where it was not
   * @param status {@code added}, {@code modified}, {@code deleted} or {@code renamed}
   * @param mode git's mode after; empty where it is deleted
   * @param oldMode git's mode before; empty where it is new
   */
  public record File(
      String path,
      String from,
      String status,
      long additions,
      long deletions,
      long changedBytes,
      boolean binary,
      String mode,
      String oldMode,
      boolean isTest,
      boolean isGenerated) {}

  /** What the answer took. */
  public record Usage(
      @Nullable Long inputTokens, @Nullable Long outputTokens, @Nullable BigDecimal usd) {}

  /** Tests that ran on the candidate, counted over all of its reports. */
  public record Tests(long total, long passed, long failed, long skipped) {}

  /**
   * @param kind {@code pull_request}, {@code comment}, {@code argument} or {@code workflow-file}
   * @param number of the pull request; 0 where there is none
   * @param author who wrote the wish; empty where nobody is named
   */
  public record Intent(String text, String kind, long number, String author) {}
}
