package dev.optr.github;

import java.net.URI;

/**
 * A comment that stands on GitHub.
 *
 * @param htmlUrl its web page
 */
public record CommentRef(long id, URI htmlUrl) {}
