package dev.optr.rules;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts of small changes. */
final class RuleSamples {
  static final RuleFacts.Intent INTENT =
      new RuleFacts.Intent("Fix the login\n\nIt forgets.", "pull_request", 7, "ada");
  static final RuleFacts.File SOURCE = file("src/Login.java", "modified", 12, 3);
  static final RuleFacts.File TEST = file("src/test/LoginTest.java", "added", 20, 0);

  private RuleSamples() {}

  static RuleFacts.File file(String path, String status, int additions, int deletions) {
    return new RuleFacts.File(
        path,
        "",
        status,
        additions,
        deletions,
        40L * (additions + deletions),
        false,
        status.equals("deleted") ? "" : "100644",
        status.equals("added") ? "" : "100644",
        path.contains("test"),
        false);
  }

  /** Two files; price, tests and the check 'build' are not known. */
  static RuleFacts early() {
    return of(
        List.of(SOURCE, TEST),
        new RuleFacts.Usage(1000L, 200L, null),
        null,
        Map.of("no-secrets", "held"),
        Set.of("build"));
  }

  /** The same when all is known. */
  static RuleFacts late() {
    return of(
        List.of(SOURCE, TEST),
        new RuleFacts.Usage(1000L, 200L, new BigDecimal("0.25")),
        new RuleFacts.Tests(10, 9, 0, 1),
        Map.of("no-secrets", "held", "build", "held"),
        Set.of());
  }

  static RuleFacts of(List<RuleFacts.File> files) {
    return of(files, new RuleFacts.Usage(null, null, null), null, Map.of(), Set.of());
  }

  private static RuleFacts of(
      List<RuleFacts.File> files,
      RuleFacts.Usage usage,
      RuleFacts.@Nullable Tests tests,
      Map<String, String> checks,
      Set<String> open) {
    long additions = files.stream().mapToLong(RuleFacts.File::additions).sum();
    long deletions = files.stream().mapToLong(RuleFacts.File::deletions).sum();
    return new RuleFacts(
        new RuleFacts.Candidate(
            files,
            additions,
            deletions,
            additions + deletions,
            files.stream().mapToLong(RuleFacts.File::changedBytes).sum(),
            18,
            List.of("no-tests"),
            usage,
            tests,
            checks,
            open),
        INTENT);
  }
}
