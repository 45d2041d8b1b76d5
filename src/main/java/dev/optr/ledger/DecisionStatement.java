package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.CompactJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A decision as an in-toto Statement v1 (docs/in-toto.md, schema {@code decision-statement}).
 * Members that nobody knows where it is made are absent.
 *
 * @param documents that record the decision; subjects of the statement
 * @param repository null where it is not known
 * @param frozenCommit what the decision is about; null where it is not known
 * @param whyNot null where it is not at hand
 * @param recorded null for a statement that is itself part of what the entry records
 */
public record DecisionStatement(
    Decision decision,
    List<Document> documents,
    @Nullable RepositoryId repository,
    @Nullable String frozenCommit,
    Tool tool,
    @Nullable List<Denial> whyNot,
    @Nullable Recorded recorded) {
  /** Names docs/in-toto.md; changes with every incompatible change of the predicate. */
  public static final String PREDICATE_TYPE =
      "https://github.com/org/optr-executor/blob/v1/docs/in-toto.md#decision-v1";

  /** Of the payload of an envelope, as in-toto prescribes. */
  public static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

  private static final String STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
  private static final String VERIFIER = "https://github.com/org/optr-executor";
  private static final String POLICY = "workflow-optr.yaml";

  public DecisionStatement {
    documents = List.copyOf(documents);
    whyNot =
        whyNot == null
            ? null
            : whyNot.stream().sorted(Comparator.comparing(Denial::agent)).toList();
  }

  /**
   * A file of the datalake.
   *
   * @param sha256 64 hex digits
   */
  public record Document(String path, String sha256) {}

  /** One reason why one path is not admissible. */
  public record Denial(String agent, String code, String rule) {}

  /**
   * The ledger entry.
   *
   * @param anchor commit id; null where it is not known
   */
  public record Recorded(Entry entry, Body.Run run, @Nullable String anchor) {}

  /** A decision of the ledger. */
  public static DecisionStatement of(
      Recorded recorded, @Nullable String frozenCommit, @Nullable List<Denial> whyNot) {
    Body.Run run = recorded.run();
    return new DecisionStatement(
        run.decision(),
        run.outputs().stream().map(file -> new Document(file.path(), file.sha256())).toList(),
        run.common().repo(),
        run.pr() == null ? frozenCommit : run.pr().head(),
        run.tool(),
        whyNot,
        recorded);
  }

  /** The statement on one line: what an envelope carries. */
  public Bytes payload() {
    return Bytes.utf8(CompactJson.exact(json()));
  }

  /** Members in the order of the schema. */
  public JsonObject json() {
    return Json.object()
        .put("_type", STATEMENT_TYPE)
        .put("subject", Json.array(subjects()))
        .put("predicateType", PREDICATE_TYPE)
        .put("predicate", predicate())
        .build();
  }

  /** The policy is among them, so there is always one; the frozen commit never is. */
  private List<JsonObject> subjects() {
    List<JsonObject> subjects = new ArrayList<>();
    if (decision.tree() != null) {
      subjects.add(descriptor("selected-tree", "gitTree", decision.tree()));
    }
    documents.forEach(file -> subjects.add(descriptor(file.path(), "sha256", file.sha256())));
    if (policyFile().isEmpty()) {
      subjects.add(descriptor(POLICY, "sha256", decision.policy()));
    }
    return subjects;
  }

  private Optional<String> policyFile() {
    return documents.stream()
        .filter(file -> file.path().endsWith("/" + POLICY))
        .map(Document::path)
        .findFirst();
  }

  private JsonObject predicate() {
    Json.Builder predicate = Json.object().put("verifier", verifier());
    if (recorded != null) {
      predicate.put("timeVerified", recorded.run().common().time().toString());
    }
    resourceUri().ifPresent(uri -> predicate.put("resourceUri", uri));
    predicate
        .put("policy", policy())
        .put("verificationResult", decision.tree() == null ? "FAILED" : "PASSED")
        .put("decision", BodyWriter.decision(decision));
    if (whyNot != null) {
      predicate.put("whyNot", Json.array(whyNot.stream().map(DecisionStatement::denial).toList()));
    }
    if (frozenCommit != null) {
      predicate.put("frozenCommit", descriptor(null, "gitCommit", frozenCommit));
    }
    if (recorded != null) {
      predicate
          .put("ledger", ledger(recorded))
          .put("run", BodyWriter.workflowRun(recorded.run().run()));
      if (recorded.run().pr() != null) {
        predicate.put("pullRequest", pullRequest(recorded.run().pr()));
      }
    }
    return predicate.build();
  }

  private Json verifier() {
    return Json.object()
        .put("id", VERIFIER)
        .put("version", Json.object().put(tool.name(), tool.version()).build())
        .build();
  }

  /** As RFC 6920 names content: the file has no address before it is committed. */
  private Json policy() {
    String digest =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(HexFormat.of().parseHex(decision.policy()));
    return Json.object()
        .put("name", policyFile().orElse(POLICY))
        .put("uri", "ni:///sha-256;" + digest)
        .put("digest", Json.object().put("sha256", decision.policy()).build())
        .build();
  }

  /** Where the repository is on no host, the commit's own name: a SWHID (ISO/IEC 18670). */
  private Optional<String> resourceUri() {
    if (repository == null || repository.isLocal()) {
      return Optional.ofNullable(frozenCommit)
          .filter(commit -> commit.length() == 40)
          .map("swh:1:rev:"::concat);
    }
    String at = frozenCommit == null ? "" : "@" + frozenCommit;
    try {
      URI uri = new URI("git+https", repository.host(), "/" + repository.name() + at, null);
      return Optional.of(uri.toASCIIString());
    } catch (URISyntaxException notAHost) {
      return Optional.empty();
    }
  }

  private static Json denial(Denial denial) {
    return Json.object()
        .put("agent", denial.agent())
        .put("code", denial.code())
        .put("rule", denial.rule())
        .build();
  }

  private static Json ledger(Recorded recorded) {
    Body.Common common = recorded.run().common();
    Json.Builder ledger =
        Json.object()
            .put("genesis", common.ledger())
            .put("entry", recorded.entry().id())
            .put("height", common.height());
    if (recorded.anchor() != null) {
      ledger.put("anchor", descriptor(null, "gitCommit", recorded.anchor()));
    }
    return ledger.build();
  }

  private static Json pullRequest(PullRequestRef pr) {
    return Json.object()
        .put("number", pr.number())
        .put("baseRef", pr.baseRef())
        .put("base", pr.base())
        .put("head", pr.head())
        .build();
  }

  private static JsonObject descriptor(@Nullable String name, String algorithm, String digest) {
    Json.Builder descriptor = Json.object();
    if (name != null) {
      descriptor.put("name", name);
    }
    return descriptor.put("digest", Json.object().put(algorithm, digest).build()).build();
  }
}
