package dev.optr.ledger;

/**
 * A pull request as it stood when the entry was written.
 *
 * @param base commit id of the base
 * @param head commit id of the head: the frozen commit
 */
public record PullRequestRef(int number, String baseRef, String base, String head) {}
