package dev.optr.github;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.io.IOException;
import java.util.regex.Pattern;

/** Reads what the git database answers. */
final class GitObject {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{40}");

  private GitObject() {}

  /** The {@code sha} of an object. */
  static String id(Json answer) throws IOException {
    String id = answer instanceof JsonObject object ? object.text("sha") : null;
    if (id == null || !ID.matcher(id).matches()) {
      throw new IOException("GitHub's answer names no git object");
    }
    return id;
  }

  static Json member(Json answer, String name) {
    return answer instanceof JsonObject object ? object.object(name) : Json.NULL;
  }
}
