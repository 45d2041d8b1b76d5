package dev.optr.agents.copilot;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A task that was started.
 *
 * @param id as GitHub names it, fit for a URL
 * @param page where people see it
 */
record Task(String id, String page) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");
  private static final Pattern PAGE =
      Pattern.compile("https?://[A-Za-z0-9.:-]{1,200}/[A-Za-z0-9._~/-]{1,300}");

  /** Empty where GitHub gave no id that can be used. */
  static Optional<Task> of(TaskWire.Task told) {
    String id = told.id();
    if (id == null || !ID.matcher(id).matches()) {
      return Optional.empty();
    }
    return Optional.of(new Task(id, page(told.htmlUrl())));
  }

  /** For messages. */
  @Override
  public String toString() {
    return page.isEmpty() ? "task " + id : "task " + id + " (" + page + ")";
  }

  private static String page(@Nullable String url) {
    return url != null && PAGE.matcher(url).matches() ? url : "";
  }
}
