package dev.optr.evidence;

import java.util.List;
import java.util.stream.Collectors;

/** Sentences about tests. Their names are foreign text: printable, cut, the first of many. */
final class TestNames {
  private static final int MOST = 10;
  private static final int LONGEST = 120;

  private TestNames() {}

  /** Which tests failed: one sentence, or none. */
  static List<String> failed(CountedTests tests) {
    List<String> failed = tests.failed();
    return failed.isEmpty()
        ? List.of()
        : List.of(
            "%d of %d tests failed: %s"
                .formatted(tests.totals().failed(), tests.executed(), list(failed)));
  }

  /** What became worse: one sentence of tests that do not run any more, one of those that fail. */
  static List<String> worse(CountedTests now, CountedTests before) {
    return now.worseThan(before).stream()
        .collect(Collectors.partitioningBy(name -> now.hasFailed(name)))
        .entrySet()
        .stream()
        .filter(names -> !names.getValue().isEmpty())
        .map(names -> worse(names.getValue(), names.getKey() ? "fail" : "do not run any more"))
        .toList();
  }

  private static String worse(List<String> names, String what) {
    return "tests that passed before %s (%d): %s".formatted(what, names.size(), list(names));
  }

  private static String list(List<String> names) {
    String more = names.size() > MOST ? ", and " + (names.size() - MOST) + " more" : "";
    return names.stream().limit(MOST).map(TestNames::shown).collect(Collectors.joining(", "))
        + more;
  }

  private static String shown(String name) {
    String plain = name.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\u2028\\u2029]+", " ");
    int end = Math.min(LONGEST, plain.codePointCount(0, plain.length()));
    return "'" + plain.substring(0, plain.offsetByCodePoints(0, end)) + "'";
  }
}
