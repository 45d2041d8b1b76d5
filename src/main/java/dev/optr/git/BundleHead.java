package dev.optr.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.optr.base.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines before the pack of a bundle (gitformat-bundle(5), version 2).
 *
 * @param refs id by whole name
 */
record BundleHead(String prerequisite, SortedMap<String, String> refs) {
  private static final String SIGNATURE = "# v2 git bundle\n";
  private static final String COMMENT = " the frozen commit";
  private static final int LONGEST = 1 << 20;
  private static final Pattern HEAD =
      Pattern.compile(
          Pattern.quote(SIGNATURE) + "-([0-9a-f]{40})" + COMMENT + "\n((?:[^\n]+\n)+)\n");
  private static final Pattern REF = Pattern.compile("([0-9a-f]{40}) (refs/[!-~]{1,300})\n");

  Bytes with(byte[] pack) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(text().getBytes(US_ASCII));
    out.writeBytes(pack);
    return Bytes.of(out.toByteArray());
  }

  /** How many bytes it takes. */
  int size() {
    return text().length();
  }

  private String text() {
    StringBuilder text = new StringBuilder(SIGNATURE);
    text.append('-').append(prerequisite).append(COMMENT).append('\n');
    refs.forEach((name, id) -> text.append(id).append(' ').append(name).append('\n'));
    return text.append('\n').toString();
  }

  /** Empty where the bytes do not begin as {@link #with} makes them begin. */
  static Optional<BundleHead> of(byte[] bundle) {
    String start = new String(bundle, 0, Math.min(LONGEST, bundle.length), ISO_8859_1);
    Matcher matcher = HEAD.matcher(start);
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    SortedMap<String, String> refs = new TreeMap<>();
    Matcher ref = REF.matcher(matcher.group(2));
    while (ref.find()) {
      refs.put(ref.group(2), ref.group(1));
    }
    BundleHead head = new BundleHead(matcher.group(1), refs);
    return head.text().equals(matcher.group()) ? Optional.of(head) : Optional.empty();
  }
}
