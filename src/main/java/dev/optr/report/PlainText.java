package dev.optr.report;

import dev.optr.base.Redactor;

/**
 * Foreign text as it may be shown: inert characters, and without our own credentials. They are
 * looked for after invisible characters are gone, so that none of those can break one up.
 */
final class PlainText {
  private final Redactor redactor;

  PlainText(Redactor redactor) {
    this.redactor = redactor;
  }

  /** The text with its lines kept. */
  String lines(String text) {
    return redactor.redact(Characters.shown(text));
  }

  /** The text on one line, at most {@code limit} UTF-16 units long. */
  String line(String text, int limit) {
    return Characters.line(lines(text), limit);
  }
}
