package dev.optr.ledger;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Digest;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes genesis and run entries as lines. */
final class LineWriter {
  private final Optional<Signer> signer;

  LineWriter(Optional<Signer> signer) {
    this.signer = signer;
  }

  /** The line without LF; read back, so that nothing is written that verification would refuse. */
  Entry write(Body.Genesis genesis, String container, int lineNumber) {
    return line(
        common(genesis.common(), "genesis")
            .put(
                "root",
                Json.object()
                    .put("keys", keys(genesis.rootKeys()))
                    .put("threshold", genesis.threshold())
                    .build())
            .put("signers", keys(genesis.signers()))
            .build(),
        container,
        lineNumber);
  }

  /** See {@link #write(Body.Genesis, String, int)}. */
  Entry write(Body.Run run, String container, int lineNumber) {
    return line(
        common(run.common(), "run")
            .put("ledger", run.common().ledger())
            .put("decision", decision(run.decision()))
            .put("inputs", files(run.inputs()))
            .put("outputs", files(run.outputs()))
            .put("pr", pullRequest(run.pr()))
            .put("run", workflowRun(run.run()))
            .put(
                "tool",
                Json.object()
                    .put("name", run.tool().name())
                    .put("version", run.tool().version())
                    .build())
            .build(),
        container,
        lineNumber);
  }

  private Entry line(JsonObject body, String container, int lineNumber) {
    byte[] canonical = CanonicalJson.bytes(body);
    List<Json> signatures =
        signer.map(key -> signature(key.sign(canonical, SshSignature.ENTRY))).stream().toList();
    byte[] line =
        CanonicalJson.bytes(
            Json.object()
                .put("body", body)
                .put("id", Digest.tagged(SshSignature.ENTRY, canonical))
                .put("sigs", Json.array(signatures))
                .build());
    return switch (new LineReader().read(container, lineNumber, line)) {
      case LineReader.Line.Intact(Entry entry) -> entry;
      case LineReader.Line.Damaged(_, List<LineReader.Problem> problems) ->
          throw new IllegalArgumentException("no such entry can be written: " + problems);
    };
  }

  private static Json signature(SshSignature signature) {
    return Json.object()
        .put("alg", EntrySignature.ED25519)
        .put("key", signature.key().fingerprint())
        .put("sig", signature.base64())
        .build();
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

  private static Json decision(Decision decision) {
    return Json.object()
        .put("input", decision.input())
        .put("lanes", Json.array(decision.lanes().stream().map(LineWriter::lane).toList()))
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

  private static Json workflowRun(WorkflowRun run) {
    return Json.object()
        .put("id", run.id())
        .put("attempt", run.attempt())
        .put("event", run.event())
        .put("workflow", run.workflow())
        .put("actor", run.actor())
        .build();
  }
}
