package dev.optr.evidence;

import dev.optr.git.TreeDiff;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds the features of a change, each with the files that show it. */
final class RiskFeatures {
  // Above it reviewers miss more: Cohen, Best Kept Secrets of Peer Code Review, 2006.
  private static final int LARGE = 400;
  private static final int HUGE = 1000;
  private static final int MANY = 20;
  private static final int LARGE_DELETION = 200;
  private static final String EXECUTABLE_MODE = "100755";
  private static final Set<String> PLAIN_MODES = Set.of("100644", EXECUTABLE_MODE);

  private final TreeDiff diff;
  private final Map<RiskFeature, Set<String>> found = new EnumMap<>(RiskFeature.class);

  private RiskFeatures(TreeDiff diff) {
    this.diff = diff;
  }

  /** In the order of the features. */
  static Map<RiskFeature, Set<String>> of(TreeDiff diff) {
    RiskFeatures features = new RiskFeatures(diff);
    for (TreeDiff.File file : diff.files()) {
      features.lookAtPath(file);
      features.lookAtKind(file);
    }
    PatchLines.of(diff).forEach(features::lookAtLines);
    features.lookAtSize();
    features.lookForTests();
    return features.found;
  }

  private void lookAtPath(TreeDiff.File file) {
    String path = file.path();
    add(RiskFeature.DEPENDENCIES, path, PathKinds.isManifest(path));
    add(RiskFeature.LOCK_FILE, path, PathKinds.isLockFile(path));
    add(RiskFeature.BUILD_OR_CI, path, PathKinds.isBuild(path));
    add(RiskFeature.MIGRATION, path, PathKinds.isMigration(path));
    add(RiskFeature.GENERATED, path, PathKinds.isGenerated(path));
    boolean test = TestFiles.isTest(path);
    add(RiskFeature.SECURITY_CODE, path, !test && PathKinds.isSecurity(path));
    add(RiskFeature.SCRIPT, path, !test && PathKinds.isScript(path));
    add(RiskFeature.CONFIGURATION, path, !test && PathKinds.isConfiguration(path));
    boolean deleted = test && file.newMode() == null;
    boolean movedAway = file.from() != null && TestFiles.isTest(file.from()) && !test;
    add(RiskFeature.TESTS_REMOVED, path, deleted || movedAway);
  }

  private void lookAtKind(TreeDiff.File file) {
    String mode = file.newMode();
    add(RiskFeature.BINARY, file.path(), file.binary());
    add(
        RiskFeature.EXECUTABLE,
        file.path(),
        EXECUTABLE_MODE.equals(mode) && !EXECUTABLE_MODE.equals(file.oldMode()));
    add(RiskFeature.LINK_OR_MODULE, file.path(), mode != null && !PLAIN_MODES.contains(mode));
    add(
        RiskFeature.LARGE_DELETION,
        file.path(),
        file.deletions() > LARGE_DELETION && file.deletions() > 2L * file.additions());
  }

  private void lookAtLines(String path, FileLines lines) {
    add(RiskFeature.HIDDEN_CHARACTERS, path, lines.hidesCharacters());
    add(RiskFeature.TESTS_REMOVED, path, lines.lessTests());
    add(RiskFeature.ASSERTIONS_REMOVED, path, lines.lessAssertions());
    add(RiskFeature.TESTS_SKIPPED, path, lines.moreSkips());
    add(RiskFeature.PUBLIC_API, path, lines.changesPublic());
    add(RiskFeature.RUNS_CODE, path, lines.runsCode());
  }

  private void lookAtSize() {
    addWhole(RiskFeature.LARGE_CHANGE, diff.changedLines() > LARGE);
    addWhole(RiskFeature.HUGE_CHANGE, diff.changedLines() > HUGE);
    addWhole(RiskFeature.MANY_FILES, diff.files().size() > MANY);
  }

  private void lookForTests() {
    boolean tests = diff.files().stream().anyMatch(file -> TestFiles.isTest(file.path()));
    boolean source =
        diff.files().stream()
            .filter(file -> file.additions() > 0)
            .map(TreeDiff.File::path)
            .anyMatch(PathKinds::isSource);
    addWhole(RiskFeature.NO_TESTS, source && !tests);
  }

  private void add(RiskFeature feature, String path, boolean shown) {
    if (shown) {
      found.computeIfAbsent(feature, _ -> new TreeSet<>()).add(path);
    }
  }

  private void addWhole(RiskFeature feature, boolean shown) {
    if (shown) {
      found.computeIfAbsent(feature, _ -> new TreeSet<>());
    }
  }
}
