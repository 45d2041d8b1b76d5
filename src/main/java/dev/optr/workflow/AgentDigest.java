package dev.optr.workflow;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Digest;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.Map;

/** The digest of one lane's own configuration, defaults included. */
final class AgentDigest {
  private AgentDigest() {}

  static String of(AgentSpec spec) {
    return Digest.sha256(CanonicalJson.bytes(document(spec)));
  }

  private static JsonObject document(AgentSpec spec) {
    return Json.object()
        .put("name", spec.name())
        .put("type", spec.type().id())
        .put("model", spec.model())
        .put("endpoint", spec.endpoint())
        .put("credential", spec.credential())
        .put("backend", spec.backend())
        .put("role", Shapes.id(spec.role()))
        .put("organization", spec.organization())
        .put("project", spec.project())
        .put("oidc", oidc(spec.oidc()))
        .put("deleteBranch", spec.deleteBranch())
        .put("timeoutSeconds", spec.timeout().toSeconds())
        .put("turns", spec.turns())
        .put("usd", spec.budget().usd())
        .put("tokens", tokens(spec.budget()))
        .put("exclude", Json.texts(spec.exclude()))
        .put("file", spec.file())
        .put("run", Json.texts(spec.command()))
        .build();
  }

  private static Json tokens(Workflow.Budget budget) {
    Long tokens = budget.tokens();
    return tokens == null ? Json.NULL : Json.number(tokens);
  }

  private static JsonObject oidc(Map<String, String> members) {
    Json.Builder object = Json.object();
    members.forEach((name, value) -> object.put(name, value));
    return object.build();
  }
}
