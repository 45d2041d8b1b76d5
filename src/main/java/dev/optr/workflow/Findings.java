package dev.optr.workflow;

import dev.optr.base.UserException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/** Everything that is wrong with one workflow file. */
final class Findings {
  // A hostile file could otherwise make megabytes of messages.
  private static final int MOST = 500;

  private final String fileName;
  private final List<Finding> found = new ArrayList<>();

  Findings(String fileName) {
    this.fileName = fileName;
  }

  private record Finding(Mark mark, String message) {}

  void add(Mark mark, String message) {
    found.add(new Finding(mark, message));
  }

  /** Every finding, in the order in which they were made. */
  void each(BiConsumer<Mark, String> reader) {
    found.forEach(finding -> reader.accept(finding.mark(), finding.message()));
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** {@code file:line:column: message}, sorted by place, each once. */
  List<String> messages() {
    List<String> all =
        found.stream()
            .sorted(Comparator.comparing(Finding::mark))
            .map(this::located)
            .distinct()
            .toList();
    if (all.size() <= MOST) {
      return all;
    }
    List<String> first = new ArrayList<>(all.subList(0, MOST));
    first.add(fileName + ": and " + (all.size() - MOST) + " more findings");
    return List.copyOf(first);
  }

  /**
   * @throws UserException with all messages, where there are any
   */
  void throwIfAny() {
    if (!isEmpty()) {
      throw new UserException(messages());
    }
  }

  private String located(Finding finding) {
    return fileName
        + ":"
        + finding.mark().line()
        + ":"
        + finding.mark().column()
        + ": "
        + finding.message();
  }
}
