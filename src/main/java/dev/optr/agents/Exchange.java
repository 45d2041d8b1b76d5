package dev.optr.agents;

import dev.optr.base.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an answer came about.
 *
 * @param model as the provider named it; null where there is none
 * @param requestIds the provider's ids of all requests, in order
 * @param clipped the lane did not get the whole frozen input
 * @param transcript what was sent and received, one object per message, not yet redacted
 */
public record Exchange(
    @Nullable String model,
    Usage usage,
    List<String> requestIds,
    Instant startedAt,
    long durationMs,
    boolean clipped,
    List<JsonObject> transcript) {

  public Exchange {
    requestIds = List.copyOf(requestIds);
    transcript = List.copyOf(transcript);
  }

  /** The same with more lines of transcript. */
  public Exchange with(List<JsonObject> lines) {
    List<JsonObject> all = new ArrayList<>(transcript);
    all.addAll(lines);
    return new Exchange(model, usage, requestIds, startedAt, durationMs, clipped, List.copyOf(all));
  }

  /** Nothing was asked. */
  public static Exchange none(Instant at) {
    return new Exchange(null, Usage.NONE, List.of(), at, 0, false, List.of());
  }
}
