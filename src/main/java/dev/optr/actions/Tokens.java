package dev.optr.actions;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Gives texts that nobody can foresee, for delimiters and stop tokens. */
@FunctionalInterface
public interface Tokens {
  /** A new text of letters and digits. */
  String next();

  /** Tokens of 128 random bits. */
  static Tokens from(SecureRandom random) {
    return () -> {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      return "optr" + HexFormat.of().formatHex(bytes);
    };
  }
}
