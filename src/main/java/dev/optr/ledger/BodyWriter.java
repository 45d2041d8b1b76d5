package dev.optr.ledger;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes bodies of all five types, as {@link BodyReader} reads them. */
final class BodyWriter {
  private BodyWriter() {}

  static JsonObject write(Body body) {
    return switch (body) {
      case Body.Genesis genesis -> genesis(genesis);
      case Body.Run run -> run(run);
      case Body.Execution execution -> execution(execution);
      case Body.Outcome outcome -> outcome(outcome);
      case Body.Key key -> key(key);
    };
  }

  private static JsonObject genesis(Body.Genesis genesis) {
    return common(genesis.common(), "genesis")
        .put(
            "root",
            Json.object()
                .put("keys", keys(genesis.rootKeys()))
                .put("threshold", genesis.threshold())
                .build())
        .put("signers", keys(genesis.signers()))
        .build();
  }

  private static JsonObject run(Body.Run run) {
    return linked(run.common(), "run")
        .put("decision", decision(run.decision()))
        .put("inputs", files(run.inputs()))
        .put("outputs", files(run.outputs()))
        .put("pr", pullRequest(run.pr()))
        .put("run", workflowRun(run.run()))
        .put("tool", tool(run.tool()))
        .build();
  }

  private static JsonObject execution(Body.Execution execution) {
    return linked(execution.common(), "execution")
        .put("entry", execution.entry())
        .put("head", execution.head())
        .put("tree", execution.tree())
        .put("pr", pullRequest(execution.pr()))
        .put("run", workflowRun(execution.run()))
        .put("tool", tool(execution.tool()))
        .build();
  }

  private static JsonObject outcome(Body.Outcome outcome) {
    return linked(outcome.common(), "outcome")
        .put("entry", outcome.entry())
        .put("result", outcome.result())
        .put("commit", outcome.commit())
        .put("pr", pullRequest(outcome.pr()))
        .put("run", workflowRun(outcome.run()))
        .put("tool", tool(outcome.tool()))
        .build();
  }

  private static JsonObject key(Body.Key key) {
    return linked(key.common(), "key")
        .put("add", keys(key.add()))
        .put("revoke", Json.array(key.revoke().stream().map(BodyWriter::revocation).toList()))
        .build();
  }

  private static Json revocation(Body.Revocation revocation) {
    return Json.object()
        .put("key", revocation.key())
        .put("after", Json.texts(revocation.after()))
        .build();
  }

  private static Json.Builder linked(Body.Common common, String type) {
    return common(common, type).put("ledger", common.ledger());
  }

  private static Json.Builder common(Body.Common common, String type) {
    return Json.object()
        .put("height", common.height())
        .put("parents", Json.texts(common.parents()))
        .put(
            "repo",
            Json.object()
                .put("host", common.repo().host())
                .put("id", common.repo().id())
                .put("name", common.repo().name())
                .build())
        .put("ts", common.time().toString())
        .put("type", type)
        .put("v", 1);
  }

  private static Json keys(List<SshPublicKey> keys) {
    return Json.texts(keys.stream().map(SshPublicKey::line).toList());
  }

  static Json decision(Decision decision) {
    return Json.object()
        .put("input", decision.input())
        .put("lanes", Json.array(decision.lanes().stream().map(BodyWriter::lane).toList()))
        .put("outcome", decision.outcome())
        .put("policy", decision.policy())
        .put("selected", decision.selected())
        .put("selector", decision.selector())
        .put("tree", decision.tree())
        .build();
  }

  private static Json lane(Decision.Lane lane) {
    return Json.object()
        .put("agent", lane.agent())
        .put("outcome", lane.outcome())
        .put("tree", lane.tree())
        .build();
  }

  private static Json files(List<RecordedFile> files) {
    return Json.array(
        files.stream()
            .map(
                file ->
                    Json.object()
                        .put("path", file.path())
                        .put("mode", file.mode())
                        .put("sha256", file.sha256())
                        .put("size", file.size())
                        .build())
            .toList());
  }

  private static Json pullRequest(@Nullable PullRequestRef pr) {
    if (pr == null) {
      return Json.NULL;
    }
    return Json.object()
        .put("number", pr.number())
        .put("base_ref", pr.baseRef())
        .put("base", pr.base())
        .put("head", pr.head())
        .build();
  }

  static Json workflowRun(WorkflowRun run) {
    return Json.object()
        .put("id", run.id())
        .put("attempt", run.attempt())
        .put("event", run.event())
        .put("workflow", run.workflow())
        .put("actor", run.actor())
        .build();
  }

  private static Json tool(Tool tool) {
    return Json.object().put("name", tool.name()).put("version", tool.version()).build();
  }
}
