package dev.optr.agents.openai;

import dev.optr.agents.LaneRequests;
import dev.optr.agents.Turn;
import dev.optr.base.Secret;
import java.util.Map;

/** How a lane shows who it is. */
interface OpenAiCredential {
  /** What goes with the next request. */
  sealed interface Shown {}

  record Headers(Map<String, Object> values) implements Shown {
    public Headers {
      values = Map.copyOf(values);
    }

    @Override
    public String toString() {
      return "Headers" + values.keySet();
    }
  }

  /**
   * @param turn failed
   */
  record Refused(Turn turn) implements Shown {}

  Shown show(LaneRequests requests) throws InterruptedException;

  /** Drops what was shown, since it is no longer taken; true where there may be something newer. */
  boolean renew();

  /** What to check where it is not taken. */
  String source();

  /** A key, which is taken or not. */
  record Key(String header, String prefix, Secret key) implements OpenAiCredential {
    @Override
    public Shown show(LaneRequests requests) {
      return new Headers(Map.of(header, prefix + key.reveal()));
    }

    @Override
    public boolean renew() {
      return false;
    }

    @Override
    public String source() {
      return "input 'openai-api-key', outside of Actions variable 'OPENAI_API_KEY'";
    }
  }
}
