package dev.optr.actions;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads variables of the runner and collects what is wrong with them. Where one is wrong, its value
 * is a placeholder that must not be used: the caller looks at {@link #problems()} first.
 */
final class Variables {
  private static final Pattern REPOSITORY =
      Pattern.compile("(?!\\.+/)[A-Za-z0-9._-]+/(?!\\.+$)[A-Za-z0-9._-]+");
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
  // owner/name/path@ref; a ref may hold a further @
  private static final Pattern WORKFLOW = Pattern.compile("[^/]+/[^/]+/(.+?)@(?:refs/.*|[^@]*)");

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  Variables(Map<String, String> environment) {
    this.environment = environment;
  }

  List<String> problems() {
    return problems;
  }

  String text(String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      problems.add(
          name + ": not set; run this in a step of GitHub Actions, or use 'optr run' elsewhere");
      return "";
    }
    return value;
  }

  Path path(String name) {
    return Path.of(text(name));
  }

  @Nullable Path optionalPath(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : Path.of(value);
  }

  URI url(String name) {
    String value = text(name);
    try {
      URI url = new URI(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
      if (value.isEmpty() || (url.getHost() != null && isWeb(url))) {
        return url;
      }
    } catch (URISyntaxException notAUrl) {
      // said below, like any other text that is no web address
    }
    problems.add(name + ": '" + value + "' is no web address");
    return URI.create("");
  }

  String repository(String name) {
    return matching(name, REPOSITORY, "no 'owner/name'");
  }

  String commit(String name) {
    return matching(name, COMMIT, "no commit id of 40 hex digits");
  }

  long number(String name) {
    String digits = matching(name, NUMBER, "no positive number");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  String workflowPath(String name) {
    String value = matching(name, WORKFLOW, "no 'owner/name/path@ref'");
    Matcher matcher = WORKFLOW.matcher(value);
    return matcher.matches() ? matcher.group(1) : "";
  }

  private String matching(String name, Pattern pattern, String otherwise) {
    String value = text(name);
    if (value.isEmpty() || pattern.matcher(value).matches()) {
      return value;
    }
    problems.add(name + ": '" + value + "' is " + otherwise);
    return "";
  }

  private static boolean isWeb(URI url) {
    return "https".equals(url.getScheme()) || "http".equals(url.getScheme());
  }
}
