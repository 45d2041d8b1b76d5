package dev.optr.record;

import java.util.List;

/** What the documents of a run were read as. */
public sealed interface ReadResult {
  record Read(RecordedRun run) implements ReadResult {}

  /**
   * @param problems at least one; each says which document, where in it, what was expected and what
   *     was found, in one line
   */
  record Unreadable(List<String> problems) implements ReadResult {
    public Unreadable {
      problems = List.copyOf(problems);
    }
  }
}
