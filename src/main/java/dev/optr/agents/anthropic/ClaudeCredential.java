package dev.optr.agents.anthropic;

import dev.optr.agents.LaneRequests;
import dev.optr.agents.Turn;
import java.util.Map;

/** What opens the API to a lane. */
interface ClaudeCredential {
  /** What to look at where it is refused, for messages. */
  String description();

  /** The credential as headers of a request, fetched first where it must be. */
  Access access(LaneRequests requests) throws InterruptedException;

  /** True where the credential was refused and another one can be had that may be taken. */
  boolean renew();

  /** What came of asking for the credential. */
  sealed interface Access {}

  record Granted(Map<String, Object> headers) implements Access {
    public Granted {
      headers = Map.copyOf(headers);
    }
  }

  record Refused(Turn turn) implements Access {}
}
