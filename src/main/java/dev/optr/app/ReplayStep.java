package dev.optr.app;

import java.util.Locale;

/** The steps of a decision that is made again, in the order in which they are taken. */
enum ReplayStep {
  /** Intent, workflow file and frozen commit are those that the entry names. */
  INPUT,
  /** The recorded changes give the recorded trees. */
  TREES,
  /** The documents are, byte for byte, what would be written of what was read from them. */
  READ,
  /** The recorded evidence selects the recorded path. */
  SELECTION,
  /** The documents that are written of it again have the bytes that the entry vouches for. */
  DOCUMENTS;

  /** As printed. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
