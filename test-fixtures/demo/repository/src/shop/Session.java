package shop;

/** What the shop remembers of somebody who logged in. */
record Session(String user, long expiresAt) {
  boolean isExpired(long now) {
    return now >= expiresAt;
  }
}
