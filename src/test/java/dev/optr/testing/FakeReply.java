package dev.optr.testing;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import java.util.Map;
import java.util.TreeMap;

/** What the pretended GitHub answers. */
record FakeReply(int status, Map<String, String> headers, String body) {
  static FakeReply json(int status, Json body) {
    return new FakeReply(
        status,
        Map.of("Content-Type", "application/json; charset=utf-8"),
        CanonicalJson.text(body));
  }

  static FakeReply error(int status, String message) {
    return json(
        status,
        Json.object()
            .put("message", message)
            .put("documentation_url", "https://docs.github.com/rest")
            .put("status", String.valueOf(status))
            .build());
  }

  FakeReply with(String name, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(name, value);
    return new FakeReply(status, more, body);
  }
}
