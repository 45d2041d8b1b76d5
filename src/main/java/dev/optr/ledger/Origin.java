package dev.optr.ledger;

/**
 * Where an entry says that it belongs.
 *
 * @param ledger id of the genesis; of itself in a genesis
 * @param host of the repository
 * @param repository its id on that host
 */
record Origin(String ledger, String host, long repository) {
  static Origin of(Entry entry) {
    Body.Common common = entry.body().common();
    String ledger = common.ledger() == null ? entry.id() : common.ledger();
    return new Origin(ledger, common.repo().host(), common.repo().id());
  }

  boolean isLocal() {
    return host.equals(RepositoryId.LOCAL);
  }
}
