package dev.optr.github;

/**
 * An open pull request, as a list of them shows it.
 *
 * @param branch name of the branch that it proposes, without {@code refs/heads/}
 * @param commit that branch's newest commit when the list was made, 40 hex digits
 * @param fork true where the branch is in another repository, or in one that is gone
 * @param base name of the branch that it is for, without {@code refs/heads/}
 */
public record OpenPullRequest(
    long number, String branch, String commit, boolean draft, boolean fork, String base) {}
