package dev.optr.ledger;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The message of one commit of the anchor log (docs/ledger-format.md, "Anchor log").
 *
 * @param number one more than that of the commit before, from 1
 */
public record LogEntry(long number, LoggedAnchor anchor) {
  /** What the message of every commit of the log begins with. */
  static final String SUBJECT = "optr anchor log\n";

  // Bounded, so that every number that is read can be written again.
  private static final Pattern MESSAGE =
      Pattern.compile(
          """
          optr anchor log

          number: ([1-9]\\d{0,14})
          entry: ([0-9a-f]{64})
          anchor: ([0-9a-f]{40}|[0-9a-f]{64})
          pr: (-|[1-9]\\d{0,8})
          size: ([1-9]\\d{0,8})   root: ([0-9a-f]{64})
          """);

  /** The whole message, with LF at its end. */
  public String text() {
    return """
        optr anchor log

        number: %d
        entry: %s
        anchor: %s
        pr: %s
        size: %d   root: %s
        """
        .formatted(
            number,
            anchor.entry(),
            anchor.commit(),
            anchor.pr() == null ? "-" : anchor.pr(),
            anchor.size(),
            anchor.root());
  }

  /** Empty for anything that is not exactly what {@link #text()} writes. */
  public static Optional<LogEntry> parse(String message) {
    Matcher matcher = MESSAGE.matcher(message);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String pr = matcher.group(4);
    return Optional.of(
        new LogEntry(
            Long.parseLong(matcher.group(1)),
            new LoggedAnchor(
                matcher.group(2),
                matcher.group(3),
                pr.equals("-") ? null : Integer.valueOf(pr),
                Integer.parseInt(matcher.group(5)),
                matcher.group(6))));
  }
}
