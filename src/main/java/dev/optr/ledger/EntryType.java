package dev.optr.ledger;

import java.util.Locale;

/** The five types of format 1. */
enum EntryType {
  GENESIS(0),
  RUN(1),
  EXECUTION(2),
  OUTCOME(3),
  KEY(4);

  private static final EntryType[] BY_CODE = {GENESIS, RUN, EXECUTION, OUTCOME, KEY};

  private final int code;

  EntryType(int code) {
    this.code = code;
  }

  /** A number of three bits. */
  int code() {
    return code;
  }

  static EntryType ofCode(int code) {
    return BY_CODE[code];
  }

  static EntryType of(Body body) {
    return switch (body) {
      case Body.Genesis _ -> GENESIS;
      case Body.Run _ -> RUN;
      case Body.Execution _ -> EXECUTION;
      case Body.Outcome _ -> OUTCOME;
      case Body.Key _ -> KEY;
    };
  }

  /** As written in {@code type}. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** True for what root keys sign. */
  boolean isByRoot() {
    return this == GENESIS || this == KEY;
  }
}
