package dev.optr.intent;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Digest;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Invariant;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Locale;

/** {@code intent.json}: its members, their order, its digest (schema/intent.schema.json). */
public final class IntentDocument {
  private static final String TAG = "optr-input@v1";

  private IntentDocument() {}

  /**
   * The input digest of a document, whatever digest it states: SHA-256 of {@code optr-input@v1},
   * 0x00 and the RFC 8785 form of the document without {@code digest}, {@code commit} and {@code
   * baseCommit}, so that a commit that changes {@code datalake} alone has its parent's digest.
   */
  public static String digest(JsonObject document) {
    return Digest.tagged(
        TAG, CanonicalJson.bytes(document.without("digest", "commit", "baseCommit")));
  }

  /** Binds what is wanted to a policy and a commit; everything in it is already normalised. */
  public static Intent freeze(
      String text,
      IntentSource source,
      Intent.Stripped stripped,
      Workflow workflow,
      Frozen frozen) {
    JsonObject document = of(text, source, stripped, workflow, frozen);
    return new Intent(
        text,
        source,
        stripped,
        workflow.constraints(),
        workflow.invariants(),
        frozen.commit(),
        frozen.tree(),
        frozen.baseCommit(),
        workflow.policyDigest(),
        digest(document),
        document);
  }

  private static JsonObject of(
      String text,
      IntentSource source,
      Intent.Stripped stripped,
      Workflow workflow,
      Frozen frozen) {
    JsonObject document =
        Json.object()
            .put("v", 1)
            .put("intent", text)
            .put("stripped", stripped(stripped))
            .put("constraints", constraints(workflow.constraints()))
            .put("invariants", invariants(workflow.invariants()))
            .put("commit", frozen.commit())
            .put("tree", frozen.tree())
            .put("baseCommit", frozen.baseCommit())
            .put("policy", workflow.policyDigest())
            .put("source", source(source))
            .build();
    return document.with("digest", Json.text(digest(document)));
  }

  private static JsonObject stripped(Intent.Stripped stripped) {
    return Json.object()
        .put("htmlComments", stripped.htmlComments())
        .put("invisible", stripped.invisible())
        .put("bidi", stripped.bidi())
        .put("excludedFiles", stripped.excludedFiles())
        .build();
  }

  private static Json constraints(List<Constraint> constraints) {
    return Json.array(constraints.stream().map(IntentDocument::constraint).toList());
  }

  private static JsonObject constraint(Constraint constraint) {
    Json.Builder object = Json.object().put("id", constraint.id());
    switch (constraint) {
      case Constraint.Prose(String _, String text, boolean _) -> object.put("prose", text);
      case Constraint.Rule(String _, String expression, boolean _) ->
          object.put("rule", expression);
    }
    return object.put("advisory", constraint.advisory()).build();
  }

  private static Json invariants(List<Invariant> invariants) {
    return Json.array(invariants.stream().map(IntentDocument::invariant).toList());
  }

  private static JsonObject invariant(Invariant invariant) {
    return Json.object()
        .put("id", invariant.id())
        .put("run", invariant.run())
        .put("timeoutSeconds", invariant.timeout().toSeconds())
        .put("must", invariant.must().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("junit", invariant.junit())
        .put("retries", invariant.retries())
        .put("network", Json.texts(invariant.network()))
        .put("env", Json.texts(invariant.env()))
        .put("caches", Json.texts(invariant.caches()))
        .build();
  }

  private static JsonObject source(IntentSource source) {
    return switch (source) {
      case IntentSource.PullRequest(long number, String author) ->
          source("pull_request", Json.number(number), Json.text(author));
      case IntentSource.Comment(long number, String author) ->
          source("comment", Json.number(number), Json.text(author));
      case IntentSource.Argument() -> source("argument", Json.NULL, Json.NULL);
      case IntentSource.WorkflowFile() -> source("workflow-file", Json.NULL, Json.NULL);
    };
  }

  private static JsonObject source(String kind, Json number, Json author) {
    return Json.object().put("kind", kind).put("number", number).put("author", author).build();
  }
}
