package dev.optr.agents;

/** How a lane ended. */
public sealed interface Answer {
  /** How the answer came about; for a lane that was not asked, {@link Exchange#none}. */
  Exchange exchange();

  record Proposed(Proposal proposal, Exchange exchange) implements Answer {}

  /** Nothing should be done, and why. */
  record Declined(String reason, Exchange exchange) implements Answer {}

  record Failed(FailureCode code, String message, Exchange exchange) implements Answer {}

  record NotAsked(String reason, Exchange exchange) implements Answer {}

  /** The same answer with another exchange. */
  default Answer with(Exchange exchange) {
    return switch (this) {
      case Proposed(Proposal proposal, _) -> new Proposed(proposal, exchange);
      case Declined(String reason, _) -> new Declined(reason, exchange);
      case Failed(FailureCode code, String message, _) -> new Failed(code, message, exchange);
      case NotAsked(String reason, _) -> new NotAsked(reason, exchange);
    };
  }

  /** As written in documents and in the ledger. */
  default String outcome() {
    return switch (this) {
      case Proposed _ -> "proposed";
      case Declined _ -> "declined";
      case Failed _ -> "failed";
      case NotAsked _ -> "not_asked";
    };
  }
}
