package dev.optr.github;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.UserException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One object of an event's payload. What is missing or malformed is collected for the whole payload
 * and stands in for itself by a placeholder, until {@link #throwProblems} says all of it.
 */
final class Payload {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private static final Pattern PAGE =
      Pattern.compile("(?=.{1,1000}$)https?://[A-Za-z0-9._~:/?#@!$&*+,;=%-]+");

  private final String path;
  private final JsonObject members;
  private final List<String> problems;

  Payload(String path, JsonObject members) {
    this(path, members, new ArrayList<>());
  }

  private Payload(String path, JsonObject members, List<String> problems) {
    this.path = path;
    this.members = members;
    this.problems = problems;
  }

  void throwProblems() {
    if (!problems.isEmpty()) {
      throw new UserException(problems);
    }
  }

  Payload object(String name) {
    return new Payload(path + name + ".", members.object(name), problems);
  }

  /** The elements of a list of objects; none where the member is absent. */
  List<Payload> objects(String name) {
    List<Payload> objects = new ArrayList<>();
    if (members.get(name) != null && !(members.get(name) instanceof Json.Array)) {
      return missing(name, "a list", objects);
    }
    for (Json element : members.array(name)) {
      if (element instanceof JsonObject object) {
        objects.add(new Payload(path + name + "[" + objects.size() + "].", object, problems));
      } else {
        return missing(name, "a list of objects", objects);
      }
    }
    return objects;
  }

  boolean isNull(String name) {
    return members.get(name) instanceof Json.Null;
  }

  String text(String name) {
    String text = members.text(name);
    return text == null ? missing(name, "a text", "") : text;
  }

  @Nullable String textOrNull(String name) {
    return members.text(name);
  }

  String commit(String name) {
    String text = members.text(name);
    return text == null || !COMMIT.matcher(text).matches()
        ? missing(name, "a commit id of 40 hex digits", "")
        : text;
  }

  long positive(String name) {
    Long number = members.integer(name);
    return number == null || number <= 0 ? missing(name, "a positive number", 0L) : number;
  }

  boolean bool(String name) {
    return members.get(name) instanceof Json.Bool(boolean value)
        ? value
        : missing(name, "true or false", false);
  }

  /** False where the member is absent or JSON null. */
  boolean boolOrFalse(String name) {
    return members.get(name) != null && !isNull(name) && bool(name);
  }

  /** True where the member is an object. */
  boolean hasObject(String name) {
    return members.get(name) instanceof JsonObject;
  }

  /** Empty where the member is absent or JSON null. */
  JsonObject objectOrEmpty(String name) {
    if (members.get(name) instanceof JsonObject object) {
      return object;
    }
    JsonObject empty = new JsonObject(Map.of());
    boolean absent = members.get(name) == null || isNull(name);
    return absent ? empty : missing(name, "an object", empty);
  }

  /** Address of a page that people are led to; it must be a plain one. */
  URI page(String name) {
    String text = members.text(name);
    return text == null || !PAGE.matcher(text).matches()
        ? missing(name, "an address of at most 1000 plain characters", URI.create("about:blank"))
        : URI.create(text);
  }

  /** GitHub writes a repository's times as text in most events and as epoch seconds in some. */
  String time(String name) {
    try {
      Long seconds = members.integer(name);
      if (seconds != null) {
        return Instant.ofEpochSecond(seconds).toString();
      }
      String text = members.text(name);
      if (text != null) {
        return OffsetDateTime.parse(text).toInstant().toString();
      }
    } catch (DateTimeException notATime) {
      // said below, like any other value that is no time
    }
    return missing(name, "a time", "");
  }

  /** See {@link #time}. */
  Instant instant(String name) {
    String time = time(name);
    return time.isEmpty() ? Instant.EPOCH : Instant.parse(time);
  }

  /** A branch without {@code refs/heads/}, which some events write and some do not. */
  String branch(String name) {
    return text(name).replaceFirst("^refs/heads/", "");
  }

  /** Null where the member is absent or JSON null. */
  @Nullable Instant timeOrNull(String name) {
    Json member = members.get(name);
    String time = member == null || isNull(name) ? "" : time(name);
    return time.isEmpty() ? null : Instant.parse(time);
  }

  private <T> T missing(String name, String expected, T placeholder) {
    boolean absent = !members.members().containsKey(name);
    problems.add(
        "event payload: '%s%s' is %s; expected %s"
            .formatted(path, name, absent ? "missing" : "malformed", expected));
    return placeholder;
  }
}
