package dev.optr.evidence;

import java.util.Locale;

/** What a change can have that asks for a careful look; the reasons are in docs/evidence.md. */
enum RiskFeature {
  HIDDEN_CHARACTERS(40),
  TESTS_REMOVED(25),
  ASSERTIONS_REMOVED(20),
  TESTS_SKIPPED(20),
  NO_TESTS(5),
  PUBLIC_API(15),
  MIGRATION(15),
  SECURITY_CODE(15),
  RUNS_CODE(10),
  LINK_OR_MODULE(20),
  EXECUTABLE(10),
  SCRIPT(5),
  BUILD_OR_CI(10),
  DEPENDENCIES(10),
  LOCK_FILE(5),
  CONFIGURATION(5),
  GENERATED(5),
  BINARY(10),
  LARGE_DELETION(10),
  LARGE_CHANGE(10),
  HUGE_CHANGE(10),
  MANY_FILES(5);

  private final int weight;

  RiskFeature(int weight) {
    this.weight = weight;
  }

  int weight() {
    return weight;
  }

  /** As it is recorded: {@code tests-removed}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
