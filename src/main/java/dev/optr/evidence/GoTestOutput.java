package dev.optr.evidence;

import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tests by the events of {@code go test -json} ({@code go doc test2json}), one JSON object per
 * line. A package that fails without a failed test (it does not build, it panicked) counts as one.
 */
final class GoTestOutput {
  private static final int MOST_PACKAGES = 10_000;
  private static final int LONGEST_PACKAGE = 500;

  private final TestCount count;
  private final Set<String> failedPackages = new HashSet<>();

  GoTestOutput(TestCount count) {
    this.count = count;
  }

  static boolean isEvent(String line) {
    return event(line)
        .filter(event -> event.text("Action") != null)
        .filter(event -> event.text("Package") != null || event.text("ImportPath") != null)
        .isPresent();
  }

  void line(String line) {
    event(line).ifPresent(this::count);
  }

  private void count(JsonObject event) {
    String action = event.text("Action");
    String type = event.text("Package");
    if (action == null || type == null) {
      return;
    }
    String test = event.text("Test");
    if (test == null) {
      if (action.equals("fail") && !failedPackages.contains(type)) {
        count.failed(type);
      }
      return;
    }
    String name = type + "." + test;
    switch (action) {
      case "pass" -> count.passed(name);
      case "skip" -> count.skipped(name);
      case "fail" -> {
        count.failed(name);
        if (failedPackages.size() < MOST_PACKAGES && type.length() <= LONGEST_PACKAGE) {
          failedPackages.add(type);
        }
      }
      // Output, start, pause and the like decide nothing.
      default -> {}
    }
  }

  private static Optional<JsonObject> event(String line) {
    if (!line.startsWith("{")) {
      return Optional.empty();
    }
    try {
      return JsonReader.read(line) instanceof JsonObject event
          ? Optional.of(event)
          : Optional.empty();
    } catch (JsonException e) {
      // A test may print whatever it likes between the events.
      return Optional.empty();
    }
  }
}
