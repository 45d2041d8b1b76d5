package dev.optr.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Takes our own credentials out of prose, in plain, base64, base64url, hex, URL-encoded,
 * JSON-escaped and reversed form. What is replayed (an agent's changes) is never redacted: it is
 * withheld instead.
 */
public final class Redactor {
  private static final String STARS = "***";
  // Shorter values would blank out ordinary words.
  private static final int SHORTEST = 6;

  private final List<String> forms;

  public Redactor(List<Secret> secrets) {
    List<String> all = new ArrayList<>();
    for (Secret secret : secrets) {
      all.addAll(forms(secret.reveal()));
    }
    this.forms =
        all.stream()
            .distinct()
            .filter(form -> form.length() >= SHORTEST)
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** The text with every form of every credential replaced by stars. */
  public String redact(String text) {
    String redacted = text;
    for (String form : forms) {
      redacted = redacted.replace(form, STARS);
    }
    return redacted;
  }

  /** True where the text holds any form of any credential. */
  public boolean finds(String text) {
    return forms.stream().anyMatch(text::contains);
  }

  private static List<String> forms(String value) {
    byte[] bytes = value.getBytes(UTF_8);
    StringBuilder quoted = new StringBuilder();
    JsonText.quote(value, quoted);
    String hex = HexFormat.of().formatHex(bytes);
    List<String> lines = value.lines().filter(line -> !line.startsWith("-----")).toList();
    List<String> forms = new ArrayList<>(lines);
    forms.addAll(
        List.of(
            value,
            quoted.substring(1, quoted.length() - 1),
            Base64.getEncoder().withoutPadding().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
            hex,
            hex.toUpperCase(Locale.ROOT),
            URLEncoder.encode(value, UTF_8),
            new StringBuilder(value).reverse().toString()));
    return forms;
  }
}
