package dev.optr.datalake;

/**
 * Why a proposal is not stored: a commit is for ever. What is not stored cannot be replayed, and so
 * never be admissible.
 */
enum Withheld {
  PROPOSAL_SIZE("proposal-size", "the proposal is over 4 MiB and is not stored"),
  OWN_CREDENTIAL("no-secrets", "the proposal holds a credential of this run and is not stored");

  private final String rule;
  private final String reason;

  Withheld(String rule, String reason) {
    this.rule = rule;
    this.reason = reason;
  }

  /** As written in documents; also the id of the check that is then broken. */
  String rule() {
    return rule;
  }

  /** One sentence for people. */
  String reason() {
    return reason;
  }
}
