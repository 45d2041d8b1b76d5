package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/** Fingerprints of acts, to be asked whether one may be among them; see {@link Act#fingerprint}. */
final class ActSet {
  private final LongBuffer sorted;

  private ActSet(LongBuffer sorted) {
    this.sorted = sorted;
  }

  static ActSet of(long[] fingerprints) {
    long[] sorted = fingerprints.clone();
    Arrays.sort(sorted);
    return new ActSet(LongBuffer.wrap(sorted));
  }

  /**
   * @param bytes eight for each, big-endian, in ascending order as signed numbers
   */
  static ActSet ofBytes(ByteBuffer bytes) {
    return new ActSet(bytes.asLongBuffer());
  }

  /** See {@link #ofBytes}. */
  Bytes bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(size(), Long.BYTES));
    bytes.asLongBuffer().put(sorted.duplicate());
    return Bytes.of(bytes.array());
  }

  int size() {
    return sorted.capacity();
  }

  boolean contains(long fingerprint) {
    int low = 0;
    int high = size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long found = sorted.get(middle);
      if (found == fingerprint) {
        return true;
      }
      if (found < fingerprint) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }
}
