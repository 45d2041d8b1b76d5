package dev.optr.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of one {@code .gitignore} file (gitignore(5)), matched byte by byte as git does. They
 * may be hostile: matching takes time proportional to pattern times path, whatever either contains,
 * which is not so for JGit's.
 */
final class IgnoreRules {
  private static final String BYTE_ORDER_MARK = new String("\uFEFF".getBytes(UTF_8), ISO_8859_1);

  private final List<Rule> rules;

  private IgnoreRules(List<Rule> rules) {
    this.rules = rules;
  }

  /**
   * @param ignores false where the rule makes an exception
   * @param segments one per segment of a path; empty for any number of them
   */
  private record Rule(
      boolean ignores, boolean directoriesOnly, List<Optional<NamePattern>> segments) {}

  static IgnoreRules parse(byte[] file) {
    String text = new String(file, ISO_8859_1);
    String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(3) : text;
    List<Rule> rules = new ArrayList<>();
    for (String line : content.split("\n", -1)) {
      rule(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line).ifPresent(rules::add);
    }
    return new IgnoreRules(rules);
  }

  private static Optional<Rule> rule(String line) {
    if (line.startsWith("#")) {
      return Optional.empty();
    }
    boolean ignores = !line.startsWith("!");
    String pattern = withoutSpaces(ignores ? line : line.substring(1));
    boolean directoriesOnly = pattern.endsWith("/");
    if (directoriesOnly) {
      pattern = pattern.substring(0, pattern.length() - 1);
    }
    if (pattern.isEmpty()) {
      return Optional.empty();
    }
    List<Optional<NamePattern>> segments = new ArrayList<>();
    if (pattern.indexOf('/') < 0) {
      segments.add(Optional.empty());
    }
    String anchored = pattern.startsWith("/") ? pattern.substring(1) : pattern;
    for (String segment : anchored.split("/", -1)) {
      boolean any = segment.matches("\\*{2,}");
      segments.add(any ? Optional.empty() : Optional.of(new NamePattern(segment)));
    }
    return Optional.of(new Rule(ignores, directoriesOnly, List.copyOf(segments)));
  }

  /** Spaces at the end are no part of a pattern, but where a backslash stands before them. */
  private static String withoutSpaces(String line) {
    int end = line.length();
    while (end > 0 && line.charAt(end - 1) == ' ') {
      end--;
    }
    int backslashes = 0;
    while (backslashes < end && line.charAt(end - 1 - backslashes) == '\\') {
      backslashes++;
    }
    boolean escaped = backslashes % 2 == 1 && end < line.length();
    return line.substring(0, escaped ? end + 1 : end);
  }

  /**
   * What the last rule that matches says; empty where none does.
   *
   * @param path from the directory that the file lies in
   */
  Optional<Boolean> ignores(String path, boolean directory) {
    List<String> names = List.of(new String(path.getBytes(UTF_8), ISO_8859_1).split("/", -1));
    for (Rule rule : rules.reversed()) {
      if ((directory || !rule.directoriesOnly()) && matches(rule.segments(), names)) {
        return Optional.of(rule.ignores());
      }
    }
    return Optional.empty();
  }

  private static boolean matches(List<Optional<NamePattern>> segments, List<String> names) {
    // reachable[j]: the segments so far can match the first j names.
    boolean[] reachable = new boolean[names.size() + 1];
    reachable[0] = true;
    for (int i = 0; i < segments.size(); i++) {
      boolean[] next = new boolean[names.size() + 1];
      if (segments.get(i).isEmpty()) {
        // At the end it stands for what lies in a directory, not for the directory.
        boolean last = i == segments.size() - 1;
        boolean any = false;
        for (int j = 0; j <= names.size(); j++) {
          next[j] = last ? any : any || reachable[j];
          any |= reachable[j];
        }
      } else {
        NamePattern pattern = segments.get(i).get();
        for (int j = 0; j < names.size(); j++) {
          next[j + 1] = reachable[j] && pattern.matches(names.get(j));
        }
      }
      reachable = next;
    }
    return reachable[names.size()];
  }
}
