package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.util.List;

/**
 * Merges two versions of one ledger file: the union of their lines. No line is lost, none is
 * changed by a byte.
 */
public final class LedgerMerge {
  private LedgerMerge() {}

  /**
   * One version of the file goes first, byte for byte, so that to its branch the merge is an
   * append; lines of the other follow by height, then id.
   *
   * @param ancestor the common ancestor's file; empty where it had none
   * @param first the file of the branch that is the base: where pull requests are merged into
   * @param second the other one
   * @throws UserException where one of them is damaged, or lacks lines that the ancestor has
   */
  public static Bytes merge(Version ancestor, Version first, Version second) {
    ContainerLines base = ancestor.lines();
    ContainerLines one = first.lines();
    ContainerLines other = second.lines();
    requireAllOf(base, one);
    requireAllOf(base, other);
    return one.with(List.of(other));
  }

  /**
   * One version of the file.
   *
   * @param name for messages
   */
  public record Version(String name, Bytes bytes) {
    private ContainerLines lines() {
      return ContainerLines.read(name, bytes);
    }
  }

  private static void requireAllOf(ContainerLines base, ContainerLines version) {
    for (Entry entry : base.entries()) {
      boolean same =
          version.find(entry.id()).filter(found -> found.line().equals(entry.line())).isPresent();
      if (!same) {
        throw new UserException(
            "%s lacks entry '%s', which %s has; write it back there with 'optr ledger restore'"
                .formatted(version.name(), entry.id(), base.name()));
      }
    }
  }
}
