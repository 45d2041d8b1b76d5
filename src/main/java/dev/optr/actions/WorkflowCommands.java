package dev.optr.actions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.Secret;
import java.io.PrintStream;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The step's log, and the only one who may speak to the runner through it. The runner obeys
 * commands on standard output and standard error alike: {@code ::name::} at the start of a line,
 * and {@code ##[name]} anywhere in it. Foreign text therefore goes through {@link #foreign}, which
 * switches commands off around it and breaks both forms as well.
 */
public final class WorkflowCommands {
  /** Shorter masks would blank out ordinary words of the log. */
  private static final int SHORTEST_MASK = 6;

  private static final int MOST_ANNOTATIONS = 10;

  private final PrintStream log;
  private final Tokens tokens;
  private final Map<Level, Integer> annotated = new EnumMap<>(Level.class);

  private enum Level {
    NOTICE("notice"),
    WARNING("warning"),
    ERROR("error");

    private final String label;

    Level(String label) {
      this.label = label;
    }
  }

  /**
   * @param log the stream that the runner reads; it must write UTF-8
   */
  public WorkflowCommands(PrintStream log, Tokens tokens) {
    this.log = log;
    this.tokens = tokens;
  }

  /**
   * Makes the runner print stars for a credential: for its value, each line of it, its base64 and
   * its JSON-escaped form.
   */
  public synchronized void mask(Secret secret) {
    for (String form : forms(secret.reveal())) {
      command("add-mask", form);
    }
  }

  /** Opens a group of lines that the log shows folded. */
  public synchronized void group(String title) {
    command("group", title);
  }

  /** Closes the group that is open. */
  public synchronized void endGroup() {
    command("endgroup", "");
  }

  /** Adds a notice to the run's page. */
  public synchronized void notice(String message) {
    annotate(Level.NOTICE, message);
  }

  /** Adds a warning to the run's page. */
  public synchronized void warning(String message) {
    annotate(Level.WARNING, message);
  }

  /**
   * Adds an error to the run's page; it does not fail the step. Where the message begins with a
   * file and a line of it, the page shows it there.
   */
  public synchronized void error(String message) {
    annotate(Level.ERROR, message);
  }

  /** Adds an error for each message; of more than fit on the page, the rest is one. */
  public synchronized void errors(List<String> messages) {
    int room = MOST_ANNOTATIONS - annotated.getOrDefault(Level.ERROR, 0);
    if (messages.size() <= room || room < 2) {
      messages.forEach(this::error);
      return;
    }
    messages.subList(0, room - 1).forEach(this::error);
    List<String> rest = messages.subList(room - 1, messages.size());
    error("and " + rest.size() + " more:\n" + String.join("\n", rest));
  }

  /** Adds an error with a title of its own. */
  public synchronized void error(String title, String message) {
    annotate(Level.ERROR, " title=" + property(title), message);
  }

  private void annotate(Level level, String message) {
    Place.of(message)
        .ifPresentOrElse(
            place -> annotate(level, properties(place), place.text()),
            () -> annotate(level, "", message));
  }

  /** GitHub shows ten annotations of each level in a step; what is more is in the log alone. */
  private void annotate(Level level, String properties, String message) {
    if (annotated.merge(level, 1, Integer::sum) > MOST_ANNOTATIONS) {
      line(level.label + ": " + message);
    } else {
      command(level.label + properties, message);
    }
  }

  private static String properties(Place place) {
    String column = place.column() == 0 ? "" : ",col=" + place.column();
    return " file=" + property(place.file()) + ",line=" + place.line() + column;
  }

  /** Prints a text of ours, which holds no command. */
  public synchronized void line(String text) {
    InertText.lines(text).forEach(this::print);
  }

  /** Prints a text that somebody else wrote, with commands switched off around it. */
  public synchronized void foreign(String text) {
    String token = tokens.next();
    command("stop-commands", token);
    InertText.lines(text).forEach(this::print);
    command(token, "");
  }

  private void command(String name, String data) {
    print("::" + name + "::" + data(data));
  }

  private void print(String line) {
    log.print(line + "\n");
    log.flush();
  }

  private static Set<String> forms(String value) {
    byte[] bytes = value.getBytes(UTF_8);
    String quoted = CanonicalJson.text(Json.text(value));
    Set<String> forms = new LinkedHashSet<>();
    forms.add(value);
    value.lines().map(String::strip).forEach(forms::add);
    forms.add(quoted.substring(1, quoted.length() - 1));
    forms.add(Base64.getEncoder().encodeToString(bytes));
    forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
    forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    forms.removeIf(form -> form.length() < SHORTEST_MASK);
    return forms;
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
