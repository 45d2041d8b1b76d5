package dev.optr.agents.recorded;

import dev.optr.agents.FailureCode;
import dev.optr.agents.Usage;
import dev.optr.agents.Verdict;
import dev.optr.base.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * What a recorded lane answers, and when.
 *
 * @param verdicts what the lane says as a judge of other lanes' paths
 */
record Recording(Outcome outcome, Duration delay, Usage usage, List<Verdict> verdicts) {
  Recording {
    verdicts = List.copyOf(verdicts);
  }

  sealed interface Outcome {
    /** As the recording names it. */
    String tool();
  }

  record Call(String tool, JsonObject arguments) implements Outcome {}

  record Fail(FailureCode code, String message) implements Outcome {
    @Override
    public String tool() {
      return "fail";
    }
  }
}
