package dev.optr.ledger;

/**
 * The repository that a ledger is about.
 *
 * @param host host name, or {@code local}
 * @param id numeric id, which survives a rename; 0 where there is no host
 * @param name as it was when written
 */
public record RepositoryId(String host, long id, String name) {
  static final String LOCAL = "local";

  /** A repository on no host. */
  public static RepositoryId local(String name) {
    return new RepositoryId(LOCAL, 0, name);
  }

  boolean isLocal() {
    return host.equals(LOCAL);
  }

  /** Equal but for the name. */
  public boolean isSameAs(RepositoryId other) {
    return host.equals(other.host) && id == other.id;
  }
}
