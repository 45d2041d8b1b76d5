package dev.optr.app;

import dev.optr.testing.FakeGitHub;
import java.util.Map;

/** Makes the played GitHub one that has no git data API, and knows only commits that refs reach. */
final class GitDataOutage {
  private GitDataOutage() {}

  static void of(FakeGitHub gitHub) {
    gitHub.listen(
        request -> {
          if (request.method().equals("POST") && request.path().endsWith("/git/trees")) {
            gitHub.answerOnce(
                "POST",
                ".*/git/trees",
                404,
                Map.of("content-type", "application/json"),
                "{\"message\":\"Not Found\"}");
          }
        });
  }
}
