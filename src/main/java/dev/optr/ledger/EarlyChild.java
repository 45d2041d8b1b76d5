package dev.optr.ledger;

/**
 * A line whose parent had not been met in its container before it.
 *
 * @param parent first row of the parent; negative where it is in no container
 */
record EarlyChild(int row, int parent, String parentId) {}
