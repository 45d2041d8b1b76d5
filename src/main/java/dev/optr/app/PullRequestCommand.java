package dev.optr.app;

import dev.optr.report.Shown;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody asks for in the first line of a comment on a pull request (docs/commands.md has the
 * grammar). Nothing else of a comment is read.
 */
sealed interface PullRequestCommand {
  /** Asks the agents. */
  record Run(Optional<String> commit, Optional<String> wish) implements PullRequestCommand {}

  /** Performs the selected path. */
  record Execute() implements PullRequestCommand {}

  /** Says why this path, and why not the others. */
  record Explain() implements PullRequestCommand {}

  /** Asks one agent again; the other answers stay as they are recorded. */
  record Retry(String agent) implements PullRequestCommand {}

  /** Puts an agent's path on a branch where it can be tried by hand. */
  record Open(String agent) implements PullRequestCommand {}

  record Help() implements PullRequestCommand {}

  /** What a comment turned out to be. */
  sealed interface Parsed {
    record Asked(PullRequestCommand command) implements Parsed {}

    /** Begins like a command and is none. */
    record Malformed(String message) implements Parsed {}

    /** Speaks to people. */
    record Unrelated() implements Parsed {}
  }

  /** Every command, as it is written. */
  String GRAMMAR =
      "/optr run [sha] [-- wish] | execute | explain | retry <agent> | open <agent> | help";

  int LONGEST_LINE = 2_000;

  Pattern ADDRESSED = Pattern.compile("/optr(?:[ \\t].*)?");
  Pattern RUN = Pattern.compile("run(?: +([0-9a-f]{7,40}))?(?: +-- +(\\S.*))?");
  Pattern OF_AGENT = Pattern.compile("(retry|open) +([a-z0-9][a-z0-9_-]{0,31})");

  /**
   * Reads a comment.
   *
   * @param body as it was written; only its first line counts
   */
  static Parsed parse(String body) {
    String line = body.lines().findFirst().orElse("").stripTrailing();
    if (!ADDRESSED.matcher(line).matches()) {
      return new Parsed.Unrelated();
    }
    if (line.length() > LONGEST_LINE) {
      return new Parsed.Malformed("the line is longer than %d characters".formatted(LONGEST_LINE));
    }
    String words = line.substring("/optr".length()).strip();
    return switch (words) {
      case "" -> new Parsed.Malformed("'/optr' alone asks for nothing");
      case "execute" -> new Parsed.Asked(new Execute());
      case "explain" -> new Parsed.Asked(new Explain());
      case "help" -> new Parsed.Asked(new Help());
      default -> withArguments(words);
    };
  }

  private static Parsed withArguments(String words) {
    Matcher run = RUN.matcher(words);
    if (run.matches()) {
      return new Parsed.Asked(
          new Run(Optional.ofNullable(run.group(1)), Optional.ofNullable(run.group(2))));
    }
    Matcher named = OF_AGENT.matcher(words);
    if (named.matches()) {
      String agent = named.group(2);
      return new Parsed.Asked(named.group(1).equals("retry") ? new Retry(agent) : new Open(agent));
    }
    return new Parsed.Malformed("'/optr %s' is no command".formatted(Shown.line(words)));
  }
}
