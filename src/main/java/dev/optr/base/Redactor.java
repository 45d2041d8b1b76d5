package dev.optr.base;

import java.util.Comparator;
import java.util.List;

/**
 * Takes our own credentials out of prose, in plain, base64, base64url, hex, URL-encoded,
 * JSON-escaped and reversed form, and also where their beginning was cut off. What is replayed (an
 * agent's changes) is never redacted: it is withheld instead.
 */
public final class Redactor {
  private final List<SecretForm> forms;

  public Redactor(List<Secret> secrets) {
    this.forms =
        secrets.stream()
            .flatMap(secret -> SecretForm.of(secret.reveal()).stream())
            .distinct()
            .sorted(Comparator.comparingInt(SecretForm::length).reversed())
            .toList();
  }

  /** The text with every form of every credential replaced by stars. */
  public String redact(String text) {
    String redacted = text;
    for (SecretForm form : forms) {
      redacted = form.redact(redacted);
    }
    return redacted;
  }

  /** True where the text holds any form of any credential. */
  public boolean finds(String text) {
    return forms.stream().anyMatch(form -> form.isIn(text));
  }
}
