package dev.optr.base;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * One way to write a credential, and the part of it that gives it away. What is left of a
 * credential whose beginning was cut off still holds its later half, so that half is what is
 * searched for; as much as stands before and behind it is taken with it.
 *
 * @param whole the credential in this form
 * @param from where the part begins that gives it away
 * @param to where that part ends, exclusive
 */
record SecretForm(String whole, int from, int to) {
  private static final String STARS = "***";
  // Shorter ones would blank out ordinary words.
  private static final int SHORTEST = 6;
  private static final int SHORTEST_TO_CUT = 24;
  private static final int BYTES_PER_GROUP = 3;
  private static final int BITS_PER_DIGIT = 6;

  /** Every form of a credential, and of each of its lines. */
  static List<SecretForm> of(String value) {
    List<SecretForm> forms = new ArrayList<>();
    value
        .lines()
        .filter(line -> !line.startsWith("-----"))
        .forEach(line -> forms.addAll(plain(line)));
    forms.addAll(plain(value));
    forms.addAll(encoded(value.getBytes(UTF_8)));
    StringBuilder quoted = new StringBuilder();
    JsonText.quote(value, quoted);
    forms.add(entire(quoted.substring(1, quoted.length() - 1)));
    forms.add(entire(URLEncoder.encode(value, UTF_8)));
    return forms.stream().filter(form -> form.to - form.from >= SHORTEST).distinct().toList();
  }

  int length() {
    return whole.length();
  }

  boolean isIn(String text) {
    return text.contains(telling());
  }

  String redact(String text) {
    int at = text.indexOf(telling());
    if (at < 0) {
      return text;
    }
    StringBuilder redacted = new StringBuilder();
    int kept = 0;
    while (at >= 0) {
      redacted.append(text, kept, Math.max(kept, begin(text, at))).append(STARS);
      kept = end(text, at);
      at = text.indexOf(telling(), kept);
    }
    return redacted.append(text, kept, text.length()).toString();
  }

  private String telling() {
    return whole.substring(from, to);
  }

  private int begin(String text, int at) {
    int more = 0;
    while (more < from
        && at - more > 0
        && text.charAt(at - more - 1) == whole.charAt(from - more - 1)) {
      more++;
    }
    return at - more;
  }

  private int end(String text, int at) {
    int next = at + to - from;
    int known = to;
    while (known < whole.length()
        && next < text.length()
        && text.charAt(next) == whole.charAt(known)) {
      next++;
      known++;
    }
    return next;
  }

  private static SecretForm entire(String whole) {
    return new SecretForm(whole, 0, whole.length());
  }

  private static List<SecretForm> plain(String value) {
    String reversed = new StringBuilder(value).reverse().toString();
    int half = cut(value.length());
    return List.of(
        new SecretForm(value, half, value.length()),
        new SecretForm(reversed, 0, value.length() - half));
  }

  private static List<SecretForm> encoded(byte[] value) {
    int half = cut(value.length);
    String hex = HexFormat.of().formatHex(value);
    List<SecretForm> forms = new ArrayList<>();
    forms.add(new SecretForm(hex, 2 * half, hex.length()));
    forms.add(new SecretForm(hex.toUpperCase(Locale.ROOT), 2 * half, hex.length()));
    for (int before = 0; before < BYTES_PER_GROUP; before++) {
      forms.add(base64(Base64.getEncoder(), value, half, before));
      forms.add(base64(Base64.getUrlEncoder(), value, half, before));
    }
    return forms;
  }

  /**
   * The digits that the credential alone decides, whatever stands before and behind it.
   *
   * @param before how many bytes stand before it in its group of three
   */
  private static SecretForm base64(Base64.Encoder encoder, byte[] value, int half, int before) {
    byte[] shifted = new byte[before + value.length];
    System.arraycopy(value, 0, shifted, before, value.length);
    String digits = new String(encoder.withoutPadding().encode(shifted), ISO_8859_1);
    int first = firstDigit(before);
    int end = shifted.length * Byte.SIZE / BITS_PER_DIGIT;
    return new SecretForm(
        digits.substring(first, end), firstDigit(before + half) - first, end - first);
  }

  private static int firstDigit(int bytes) {
    return (bytes * Byte.SIZE + BITS_PER_DIGIT - 1) / BITS_PER_DIGIT;
  }

  /** Where the half begins that gives a credential away; 0 where it is too short to have one. */
  private static int cut(int length) {
    return length < SHORTEST_TO_CUT ? 0 : length / 2;
  }
}
