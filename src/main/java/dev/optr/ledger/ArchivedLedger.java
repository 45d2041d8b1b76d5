package dev.optr.ledger;

import java.util.regex.Pattern;

/**
 * Names of the files of a ledger that another one took the place of: an unsigned ledger when a
 * signed one begins. They are no containers; verification of the new ledger does not read them.
 */
public final class ArchivedLedger {
  private static final int DIGITS = 12;
  private static final Pattern PATH =
      Pattern.compile("datalake/ledger-[0-9a-f]{12}(\\.jsonl|\\.d/pr-[1-9]\\d{0,8}\\.jsonl)");

  private ArchivedLedger() {}

  /**
   * Where a container goes.
   *
   * @param genesis id of the ledger that ends
   */
  public static String path(String container, String genesis) {
    String name = "datalake/ledger-" + genesis.substring(0, DIGITS);
    return name + container.substring("datalake/ledger".length());
  }

  /** True for the paths that {@link #path} gives. */
  public static boolean isArchived(String path) {
    return PATH.matcher(path).matches();
  }
}
