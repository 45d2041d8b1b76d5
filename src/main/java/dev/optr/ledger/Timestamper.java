package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.Optional;

/** Somebody who has the time of new entries attested. */
@FunctionalInterface
public interface Timestamper {
  /** Nobody. */
  Timestamper NONE = _ -> Optional.empty();

  /**
   * A token (RFC 3161, DER) over an id; empty where there is none to be had, which stops nothing.
   *
   * @param entryId 64 hex digits
   */
  Optional<Bytes> stamp(String entryId);
}
