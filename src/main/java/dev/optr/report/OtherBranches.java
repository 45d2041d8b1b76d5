package dev.optr.report;

import dev.optr.evidence.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The open pull requests, or branches, that paths were merged with, in one line. */
final class OtherBranches {
  private static final int MOST_NAMED = 10;
  private static final int LONGEST_NAME = 60;
  private static final int SHORT_COMMIT = 7;

  private OtherBranches() {}

  static String line(Check.Merges found) {
    if (found.merges().isEmpty()) {
      return "no other open pull request";
    }
    List<String> parts = new ArrayList<>();
    part("", merge -> merge.notCompared() == null && !conflicted(merge), found, parts);
    part("conflicts before: ", OtherBranches::conflicted, found, parts);
    part("forks, not merged: ", Check.Merge::fork, found, parts);
    part("not compared: ", merge -> merge.notCompared() != null && !merge.fork(), found, parts);
    return String.join("; ", parts);
  }

  private static boolean conflicted(Check.Merge merge) {
    return Boolean.FALSE.equals(merge.cleanBefore());
  }

  private static void part(
      String title, Predicate<Check.Merge> which, Check.Merges found, List<String> parts) {
    List<String> names = found.merges().stream().filter(which).map(OtherBranches::name).toList();
    if (!names.isEmpty()) {
      String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
      int more = names.size() - MOST_NAMED;
      parts.add(title + first + (more > 0 ? " and " + more + " more" : ""));
    }
  }

  private static String name(Check.Merge merge) {
    String name =
        merge.number() == null
            ? Characters.line(merge.branch(), LONGEST_NAME)
            : "#" + merge.number();
    return name
        + " at "
        + merge.commit().substring(0, Math.min(SHORT_COMMIT, merge.commit().length()));
  }
}
