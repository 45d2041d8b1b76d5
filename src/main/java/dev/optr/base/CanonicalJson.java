package dev.optr.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.TreeMap;

/** The JSON Canonicalization Scheme (RFC 8785): one value, one sequence of bytes. */
public final class CanonicalJson {
  // String.compareTo orders by UTF-16 code units, which is what RFC 8785, section 3.2.3 asks for.
  private static final CompactJson WRITER =
      new CompactJson(TreeMap::new, number -> EcmaNumber.format(number.doubleValue()));

  private CanonicalJson() {}

  /** The canonical UTF-8 bytes. Lone surrogates and numbers beyond IEEE 754 doubles are refused. */
  public static byte[] bytes(Json value) {
    return text(value).getBytes(UTF_8);
  }

  /** The canonical text. */
  public static String text(Json value) {
    return WRITER.text(value);
  }
}
