package dev.optr.demo;

import dev.optr.base.JsonObject;
import java.util.Map;

/**
 * What a player was asked.
 *
 * @param path behind the player's own prefix
 * @param query the first value of each name
 * @param bearer the token of its Authorization, empty where none was sent
 * @param body empty where none was sent
 */
record PlayedRequest(
    String method, String path, Map<String, String> query, String bearer, JsonObject body) {
  PlayedRequest {
    query = Map.copyOf(query);
  }

  boolean is(String wantedMethod, String wantedPath) {
    return method.equals(wantedMethod) && path.equals(wantedPath);
  }
}
