package dev.optr.github;

/**
 * A commit that stands in GitHub's git database, whether or not a ref reaches it.
 *
 * @param commit its id, 40 hex digits
 * @param tree id of its tree as GitHub made it, 40 hex digits
 */
public record Committed(String commit, String tree) {}
