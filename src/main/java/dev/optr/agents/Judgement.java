package dev.optr.agents;

import java.util.List;

/** How one asking of a judge ended. */
public sealed interface Judgement {
  Exchange exchange();

  /**
   * @param verdicts exactly one per constraint
   * @param partial the judge was not shown the whole change
   */
  record Given(List<Verdict> verdicts, boolean partial, Exchange exchange) implements Judgement {
    public Given {
      verdicts = List.copyOf(verdicts);
    }
  }

  record Failed(FailureCode code, String message, Exchange exchange) implements Judgement {}
}
