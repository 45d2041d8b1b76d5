package dev.optr.actions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the Actions runner makes of a step's log and of its file of outputs, by the rules of
 * actions/runner (ActionCommand, ActionCommandManager, FileCommandManager). Where the runner
 * compares in a culture, the worst is assumed: nothing that is invisible parts two characters.
 */
public final class PlayedRunner {
  private static final Set<String> REGISTERED =
      Set.of(
          "set-output",
          "save-state",
          "add-mask",
          "add-matcher",
          "remove-matcher",
          "add-path",
          "set-env",
          "debug",
          "notice",
          "warning",
          "error",
          "group",
          "endgroup",
          "echo",
          "stop-commands",
          "internal-set-repo-path");

  private final List<Command> obeyed = new ArrayList<>();
  private final List<String> shown = new ArrayList<>();
  private @Nullable String stopToken;

  /** Something that the runner did. */
  public record Command(String name, String data) {}

  private PlayedRunner() {}

  /** Reads a whole log. */
  public static PlayedRunner of(String log) {
    PlayedRunner runner = new PlayedRunner();
    // Its reader ends lines at returns, feeds and both together.
    log.lines().forEach(runner::read);
    return runner;
  }

  /** Commands that were obeyed, but for those that stop and resume them. */
  public List<Command> obeyed() {
    return List.copyOf(obeyed);
  }

  /** Their names, in lower case. */
  public List<String> names() {
    return obeyed.stream().map(Command::name).toList();
  }

  /** Lines that are only shown. */
  public List<String> shown() {
    return List.copyOf(shown);
  }

  /** Whether commands are switched off at the end of the log. */
  public boolean isStopped() {
    return stopToken != null;
  }

  private void read(String line) {
    for (String seen : List.of(line, visible(line))) {
      Optional<Command> command = second(seen).or(() -> first(seen));
      if (command.isPresent() && process(command.get())) {
        return;
      }
    }
    shown.add(line);
  }

  private boolean process(Command command) {
    if (stopToken != null) {
      boolean resumes = command.name().equalsIgnoreCase(stopToken);
      if (resumes) {
        stopToken = null;
      }
      return resumes;
    }
    if (command.name().equals("stop-commands")) {
      stopToken = command.data();
    } else {
      obeyed.add(command);
    }
    return true;
  }

  /** {@code ::name properties::data}, behind blanks. */
  private Optional<Command> second(String line) {
    String trimmed = trimmed(line);
    int end = trimmed.startsWith("::") ? trimmed.indexOf("::", 2) : -1;
    return end < 0
        ? Optional.empty()
        : command(trimmed.substring(2, end), trimmed.substring(end + 2));
  }

  /** {@code ##[name properties]data}, anywhere. */
  private Optional<Command> first(String line) {
    int start = line.indexOf("##[");
    int end = start < 0 ? -1 : line.indexOf(']', start);
    return end < 0
        ? Optional.empty()
        : command(line.substring(start + 3, end), line.substring(end + 1));
  }

  private Optional<Command> command(String info, String data) {
    String name = info.split(" ", 2)[0].toLowerCase(Locale.ROOT);
    boolean known = REGISTERED.contains(name) || name.equalsIgnoreCase(String.valueOf(stopToken));
    return known
        ? Optional.of(
            new Command(name, data.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")))
        : Optional.empty();
  }

  private static String trimmed(String line) {
    int at = 0;
    while (at < line.length() && isBlank(line.charAt(at))) {
      at++;
    }
    return line.substring(at);
  }

  private static boolean isBlank(char unit) {
    return Character.isWhitespace(unit) || Character.isSpaceChar(unit) || unit == 0x85;
  }

  /** Without what has no weight in a culture: controls, format characters, marks. */
  private static String visible(String line) {
    return line.codePoints()
        .filter(point -> Character.isWhitespace(point) || !isWeightless(point))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isWeightless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  /** The outputs that a file sets; a later one of a name replaces an earlier. */
  public static Map<String, String> outputs(String file) {
    Map<String, String> outputs = new LinkedHashMap<>();
    List<String> lines = List.of(file.split("\n", -1));
    for (int i = 0; i < lines.size() && !lines.get(i).isEmpty(); i++) {
      String line = lines.get(i);
      int equals = line.indexOf('=');
      int heredoc = line.indexOf("<<");
      if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
        outputs.put(line.substring(0, equals), line.substring(equals + 1));
      } else {
        String delimiter = line.substring(heredoc + 2);
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(delimiter);
        outputs.put(line.substring(0, heredoc), String.join("\n", lines.subList(i + 1, end)));
        i = end;
      }
    }
    return outputs;
  }
}
