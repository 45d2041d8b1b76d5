package dev.optr.agents;

import dev.optr.testing.Front;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What the scenes of one test opened, closed after it in the opposite order. */
public final class Stage implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  private @Nullable Front front;

  /** What stands before a service; the same one at each call. */
  public Front before(String service) {
    @Nullable Front standing = front;
    if (standing == null) {
      standing = open(new Front());
      front = standing;
    }
    return standing.before(service);
  }

  /** Closes this later. */
  public <T extends AutoCloseable> T open(T closeable) {
    opened.push(closeable);
    return closeable;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try (AutoCloseable next = opened.pop()) {
        assert next != null;
      } catch (Exception e) {
        throw new AssertionError("what a scene opened cannot be closed", e);
      }
    }
  }
}
