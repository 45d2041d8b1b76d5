package dev.optr.bundle;

import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.Row;
import dev.optr.record.ProposalsWriter;
import java.util.Set;
import java.util.regex.Pattern;

/** Where the files of a bundle lie in its directory. */
final class BundlePath {
  static final String HEADER = "bundle.json";
  static final String ROWS = "rows.bundle";
  static final String WORKFLOW = DataLakePaths.here().workflowFile();
  static final Set<String> DIRECTORIES = Set.of("agent-outputs", "patches");

  static final Pattern AGENT = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
  static final Pattern ROW =
      Pattern.compile(AGENT.pattern() + "(" + Pattern.quote(Row.FROZEN_TESTS) + ")?");

  private static final Set<String> ONCE =
      Set.of(HEADER, ROWS, WORKFLOW, DataLakePaths.here().intent(), ProposalsWriter.HEAD);
  private static final Pattern OF_LANE =
      Pattern.compile("agent-outputs/" + AGENT.pattern() + "\\.(json|transcript\\.jsonl)");
  private static final Pattern PATCH = Pattern.compile("patches/" + ROW.pattern() + "\\.patch");

  private BundlePath() {}

  /** A file that a manifest can name. */
  static boolean isKnown(String path) {
    return ONCE.contains(path) || OF_LANE.matcher(path).matches() || PATCH.matcher(path).matches();
  }

  static boolean isPatch(String path) {
    return PATCH.matcher(path).matches();
  }

  static String patch(String row) {
    return "patches/" + row + ".patch";
  }
}
