package dev.optr.testing;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.agents.Proposal;
import dev.optr.agents.Usage;
import dev.optr.git.Edit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Answers as a lane gives them. */
public final class SampleAnswer {
  private SampleAnswer() {}

  public static Answer.Proposed proposed(Edit... edits) {
    return saying("a summary", edits);
  }

  public static Answer.Proposed saying(String summary, Edit... edits) {
    return new Answer.Proposed(
        new Proposal(summary, "why", 900L, List.of(), List.of(), List.of(), List.of(edits)),
        Exchange.none(Instant.EPOCH));
  }

  public static Answer.Proposed costing(String usd, Edit... edits) {
    Usage usage = new Usage(null, null, null, null, null, new BigDecimal(usd), 1, 0);
    Exchange exchange = new Exchange(null, usage, List.of(), Instant.EPOCH, 5, false, List.of());
    return new Answer.Proposed(saying("a summary", edits).proposal(), exchange);
  }

  public static Answer declined() {
    return new Answer.Declined("nothing to do", Exchange.none(Instant.EPOCH));
  }
}
