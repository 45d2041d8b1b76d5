package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.PrettyJson;
import dev.optr.testing.Schemas;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DecisionStatementTest {
  private static final String COMMIT = "c".repeat(40);
  private static final DecisionStatement.Document POLICY_FILE =
      new DecisionStatement.Document("datalake/workflows/w/workflow-optr.yaml", "d".repeat(64));

  @Test
  void isValidForEveryDecisionOfTheGoldenLedgers() {
    for (String file : List.of("ledger-full.jsonl", "unsigned.jsonl")) {
      List<DecisionStatement.Recorded> runs = runs(file);
      assertThat(runs).isNotEmpty();
      for (DecisionStatement.Recorded run : runs) {
        Schemas.assertValid("decision-statement", text(DecisionStatement.of(run, null, null)));
        Schemas.assertValid(
            "decision-statement",
            text(
                DecisionStatement.of(
                    run,
                    COMMIT,
                    List.of(
                        new DecisionStatement.Denial("a", "INVARIANT_VIOLATION", "unit-tests")))));
      }
    }
  }

  @Test
  void namesTheSelectedTreeAndTheDocumentsAsSubjects() {
    JsonObject json = statement(Samples.decision(), List.of(POLICY_FILE), null).json();

    assertThat(json.array("subject"))
        .extracting(subject -> ((JsonObject) subject).text("name"))
        .containsExactly("selected-tree", POLICY_FILE.path());
    assertThat(digest(json, 0).text("gitTree")).isEqualTo(Samples.TREE);
    assertThat(digest(json, 1).text("sha256")).isEqualTo(POLICY_FILE.sha256());
    assertThat(json.toString()).doesNotContain("gitCommit");
  }

  @Test
  void neverHasTheFrozenCommitAsSubject() {
    JsonObject json = statement(Samples.decision(), List.of(), COMMIT).json();

    assertThat(json.array("subject").toString()).doesNotContain(COMMIT);
    assertThat(json.object("predicate").object("frozenCommit").object("digest").text("gitCommit"))
        .isEqualTo(COMMIT);
  }

  @Test
  void alwaysHasASubject() {
    Decision none =
        new Decision(
            "a".repeat(64),
            List.of(),
            "none_admissible",
            "b".repeat(64),
            null,
            "select_optr",
            null);

    JsonObject json = statement(none, List.of(), null).json();

    assertThat(json.object("predicate").text("verificationResult")).isEqualTo("FAILED");
    assertThat(json.array("subject")).hasSize(1);
    assertThat(digest(json, 0).text("sha256")).isEqualTo("b".repeat(64));
    Schemas.assertValid("decision-statement", PrettyJson.text(json));
  }

  @Test
  void passesExactlyWhereAPathIsSelected() {
    assertThat(
            statement(Samples.decision(), List.of(), null)
                .json()
                .object("predicate")
                .text("verificationResult"))
        .isEqualTo("PASSED");
  }

  @Test
  void namesRepositoryAndCommitByAUri() {
    assertThat(uri(Samples.GITHUB, COMMIT)).isEqualTo("git+https://github.com/octo/lake@" + COMMIT);
    assertThat(uri(Samples.GITHUB, null)).isEqualTo("git+https://github.com/octo/lake");
    assertThat(uri(RepositoryId.local("x"), COMMIT)).isEqualTo("swh:1:rev:" + COMMIT);
    assertThat(uri(null, COMMIT)).isEqualTo("swh:1:rev:" + COMMIT);
    assertThat(uri(RepositoryId.local("x"), null)).isNull();
    assertThat(uri(new RepositoryId("no host", 1, "a b"), COMMIT)).isNull();
    assertThat(uri(new RepositoryId("github.com", 1, "a b?#"), COMMIT))
        .isEqualTo("git+https://github.com/a%20b%3F%23@" + COMMIT);
  }

  @Test
  void namesThePolicyByItsContent() {
    JsonObject policy =
        statement(Samples.decision(), List.of(POLICY_FILE), null)
            .json()
            .object("predicate")
            .object("policy");

    // RFC 6920; the digest is that of the one byte 2.
    assertThat(policy.text("uri"))
        .isEqualTo("ni:///sha-256;28G0yQD_5I1XW12lxjgEASX2XbD-PiRJS3bqmGRX2YY");
    assertThat(policy.text("name")).isEqualTo(POLICY_FILE.path());
    assertThat(policy.object("digest").text("sha256")).isEqualTo(Samples.decision().policy());
  }

  @Test
  void saysItOnOneLineToo() throws JsonException {
    DecisionStatement statement = statement(Samples.decision(), List.of(POLICY_FILE), COMMIT);

    assertThat(statement.payload().utf8()).doesNotContain("\n", ": ");
    assertThat(JsonReader.read(statement.payload().utf8())).isEqualTo(statement.json());
  }

  @Test
  void listsDenialsByAgent() {
    DecisionStatement.Denial first = new DecisionStatement.Denial("a", "C", "2");
    DecisionStatement.Denial second = new DecisionStatement.Denial("a", "C", "1");
    DecisionStatement.Denial third = new DecisionStatement.Denial("b", "C", "0");

    assertThat(
            new DecisionStatement(
                    Samples.decision(),
                    List.of(),
                    null,
                    null,
                    new Tool("optr", "1"),
                    List.of(third, first, second),
                    null)
                .whyNot())
        .containsExactly(first, second, third);
  }

  private static List<DecisionStatement.Recorded> runs(String file) {
    return LedgerLines.read(Golden.ledger(file), new Findings()).entries().stream()
        .filter(entry -> entry.body() instanceof Body.Run)
        .map(entry -> new DecisionStatement.Recorded(entry, (Body.Run) entry.body(), COMMIT))
        .toList();
  }

  private static DecisionStatement statement(
      Decision decision, List<DecisionStatement.Document> documents, @Nullable String commit) {
    return new DecisionStatement(
        decision, documents, Samples.GITHUB, commit, new Tool("optr", "1"), null, null);
  }

  private static @Nullable String uri(@Nullable RepositoryId repository, @Nullable String commit) {
    return new DecisionStatement(
            Samples.decision(), List.of(), repository, commit, new Tool("optr", "1"), null, null)
        .json()
        .object("predicate")
        .text("resourceUri");
  }

  private static JsonObject digest(JsonObject statement, int subject) {
    return ((JsonObject) statement.array("subject").get(subject)).object("digest");
  }

  private static String text(DecisionStatement statement) {
    return PrettyJson.text(statement.json());
  }
}
