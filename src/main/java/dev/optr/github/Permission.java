package dev.optr.github;

/**
 * What somebody may do in a repository, from less to more. GitHub tells {@code maintain} as {@link
 * #WRITE} and {@code triage} as {@link #READ}, and a role of an organisation's own as the one that
 * it is built on.
 */
public enum Permission {
  NONE,
  READ,
  WRITE,
  ADMIN
}
