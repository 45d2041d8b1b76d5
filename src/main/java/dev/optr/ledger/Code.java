package dev.optr.ledger;

/**
 * Everything that verification can say, with one sentence each; E_ is tampering or damage, W_ is
 * for the reader to judge.
 */
public enum Code {
  E_SYNTAX("the line is no JSON of at most 64 KiB and 8 levels that ends with LF"),
  E_NOT_CANONICAL("the bytes of the line are not the canonical form of what they say"),
  E_PROFILE("the line has a member or a value that format 1 does not have"),
  E_ID("the id is not the digest of the body"),
  E_DUP("the entry stands twice in one container"),
  E_ORDER("a parent comes after its child in one container"),
  E_PARENT_MISSING("a parent is in no container"),
  E_HEIGHT("the height is not one more than that of the highest parent"),
  E_TIME("the time is before that of a parent"),
  E_GENESIS("the genesis is not the one that counts"),
  E_FOREIGN("the entry belongs to another ledger or repository"),
  E_NO_TRUSTED_SIG("no signature by a key that the ledger trusts here"),
  E_SIG("a signature by a known key is not good"),
  E_ROLE("the key that signed may not sign entries of this type"),
  E_KEY_REVOKED("the key was revoked and the entry is outside of what it still counts for"),
  E_EQUIVOCATION("one run made two different entries of the same kind"),
  E_NOT_PREFIX("history took away, changed or moved lines"),
  E_ANCHOR_MISSING("the anchor commit of the entry is gone"),
  E_ANCHOR_MISMATCH("the anchor commit is not what the entry says"),
  E_ANCHOR_SIG("the signature of the anchor commit is not good"),
  E_OUTPUT("an output in the anchor is not what the entry recorded"),
  E_INPUT("an input is not what the entry recorded"),
  E_LOG_GAP("the anchor log has a gap"),
  E_TRUNCATED("the anchor log names an entry that is in no container"),
  E_ROLLBACK("what was seen before is not there any more"),
  W_DRIFT("a file differs from what was recorded"),
  W_OPEN_HEADS("the ledger has more than one head"),
  W_TOFU("the genesis is trusted because it is there; nothing pins it"),
  W_UNREACHABLE("the anchor commit is not in this clone"),
  W_NO_OUTSIDE_MEMORY("no earlier head was given, so a cut end cannot be seen"),
  W_UNSIGNED("the ledger is not signed"),
  W_UNANCHORED("no anchor commit of ours introduced the entry"),
  W_RESTORED("history took the line away, and it is back"),
  W_FOREIGN_LOCAL("a ledger made outside of GitHub is ignored here");

  private final String sentence;

  Code(String sentence) {
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }

  public boolean isWarning() {
    return name().startsWith("W_");
  }
}
