package dev.optr.ledger;

/** What a clone can say about an entry that the anchor log names and no container has. */
public interface LogWitness {
  /** Where the entry is, if it is not in what is verified. */
  enum Whereabouts {
    /** A commit of the verified history had the line, and a later one has not. */
    TAKEN_AWAY,
    /** Another branch or ref has the line or the anchor. */
    ON_ANOTHER_BRANCH,
    /** No branch has it, and all branches are here. */
    NOWHERE,
    /** The clone has not got all branches, or not all of their history. */
    UNKNOWN
  }

  Whereabouts whereabouts(LoggedAnchor anchor);
}
