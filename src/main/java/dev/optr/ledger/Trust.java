package dev.optr.ledger;

import java.util.Locale;

/** Why the genesis is believed. */
public enum Trust {
  /** The caller named it. */
  PINNED,
  /** It is that of the base commit's ledger. */
  BASE,
  /** It was there: on first use. */
  TOFU,
  /** The ledger is not signed, or there is none. */
  NONE;

  /** As printed. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
