package dev.optr.ledger;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The members of one object, which must be exactly those that are named. */
final class Members {
  static final long MAX_INTEGER = (1L << 53) - 1;

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  // Git ids are SHA-1 or, in repositories of that format, SHA-256.
  private static final Pattern GIT_ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

  private final String where;
  private final JsonObject object;

  private Members(String where, JsonObject object) {
    this.where = where;
    this.object = object;
  }

  /** A way to read one element of an array. */
  interface ElementReader<T> {
    T read(String where, Json element) throws ProfileException;
  }

  static Members of(String where, @Nullable Json value, Set<String> names) throws ProfileException {
    if (!(value instanceof JsonObject object)) {
      throw new ProfileException("'" + where + "' is no object");
    }
    if (!object.members().keySet().equals(names)) {
      throw new ProfileException(
          "'"
              + where
              + "' has members "
              + object.members().keySet()
              + " instead of "
              + new TreeSet<>(names));
    }
    return new Members(where, object);
  }

  Json json(String name) throws ProfileException {
    Json value = object.get(name);
    if (value == null) {
      throw unexpected(name, "absent");
    }
    return value;
  }

  boolean isNull(String name) throws ProfileException {
    return json(name) instanceof Json.Null;
  }

  String text(String name) throws ProfileException {
    return text(path(name), json(name));
  }

  static String text(String where, Json value) throws ProfileException {
    if (value instanceof Json.Text(String text) && !text.isEmpty()) {
      return text;
    }
    throw new ProfileException("'" + where + "' is no text");
  }

  String oneOf(String name, Set<String> allowed) throws ProfileException {
    String text = text(name);
    if (!allowed.contains(text)) {
      throw unexpected(name, "'" + text + "', which is none of " + new TreeSet<>(allowed));
    }
    return text;
  }

  long integer(String name, long smallest, long largest) throws ProfileException {
    Long value = object.integer(name);
    if (value == null || value < smallest || value > largest) {
      throw unexpected(name, "no integer from " + smallest + " to " + largest);
    }
    return value;
  }

  String digest(String name) throws ProfileException {
    return digest(path(name), json(name));
  }

  static String digest(String where, Json value) throws ProfileException {
    String text = text(where, value);
    if (!DIGEST.matcher(text).matches()) {
      throw new ProfileException("'" + where + "' is not 64 lower-case hex digits");
    }
    return text;
  }

  String gitId(String name) throws ProfileException {
    String text = text(name);
    if (!GIT_ID.matcher(text).matches()) {
      throw unexpected(name, "no git object id");
    }
    return text;
  }

  @Nullable String gitIdOrNull(String name) throws ProfileException {
    return isNull(name) ? null : gitId(name);
  }

  @Nullable String textOrNull(String name) throws ProfileException {
    return isNull(name) ? null : text(name);
  }

  /** RFC 3339 in UTC with whole seconds: one way to write each moment. */
  Instant time(String name) throws ProfileException {
    String text = text(name);
    try {
      // Instant.parse takes 24:00:00 and leap seconds too; those do not print as they were written.
      if (TIME.matcher(text).matches() && Instant.parse(text).toString().equals(text)) {
        return Instant.parse(text);
      }
    } catch (DateTimeParseException e) {
      throw unexpected(name, "no such time: " + e.getParsedString());
    }
    throw unexpected(name, "no time like 2026-01-31T23:59:59Z");
  }

  <T> List<T> list(String name, ElementReader<T> reader) throws ProfileException {
    if (!(json(name) instanceof Json.Array(List<Json> elements))) {
      throw unexpected(name, "no array");
    }
    List<T> values = new ArrayList<>();
    for (Json element : elements) {
      values.add(reader.read(path(name), element));
    }
    return values;
  }

  /** Digests in strictly growing order. */
  List<String> digests(String name) throws ProfileException {
    List<String> digests = list(name, Members::digest);
    for (int i = 1; i < digests.size(); i++) {
      if (digests.get(i - 1).compareTo(digests.get(i)) >= 0) {
        throw unexpected(name, "not sorted, or names one twice");
      }
    }
    return digests;
  }

  ProfileException unexpected(String name, String found) {
    return new ProfileException("'" + path(name) + "' is " + found);
  }

  private String path(String name) {
    return where + "." + name;
  }
}
