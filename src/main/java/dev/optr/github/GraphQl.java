package dev.optr.github;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.io.IOException;
import java.util.List;

/** GitHub's GraphQL API, for what REST has no answer to. */
final class GraphQl {
  private final Endpoint endpoint;
  private final Transport transport;

  GraphQl(Endpoint endpoint, Transport transport) {
    this.endpoint = endpoint;
    this.transport = transport;
  }

  /**
   * The {@code data} of the answer.
   *
   * @throws IOException also where the answer has errors, even beside data
   */
  JsonObject ask(String query, JsonObject variables) throws IOException {
    JsonObject body = Json.object().put("query", query).put("variables", variables).build();
    if (!(transport.sendJson("POST", endpoint.graphqlUrl(), body) instanceof JsonObject answer)) {
      throw new IOException("GitHub's answer is no object");
    }
    List<Json> errors = answer.array("errors");
    if (!errors.isEmpty()) {
      throw new IOException(
          "GitHub refuses the query: " + transport.prose(ErrorBody.message(answer)));
    }
    return answer.object("data");
  }
}
