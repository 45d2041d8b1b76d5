package dev.optr.evidence;

/** What is known of the tests that a command ran. */
sealed interface TestReading {
  /** The command said what its tests did, be it that there were none. */
  record Counted(CountedTests tests) implements TestReading {}

  /** It said nothing that is understood. */
  record Nothing() implements TestReading {}

  /**
   * What it said cannot be relied upon.
   *
   * @param reason one clause, without what the report itself holds
   */
  record Unreadable(String reason) implements TestReading {}
}
