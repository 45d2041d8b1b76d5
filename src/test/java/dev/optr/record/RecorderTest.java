package dev.optr.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.agents.Usage;
import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.ledger.Decision;
import dev.optr.selection.Ranked;
import dev.optr.selection.Selection;
import dev.optr.testing.Golden;
import dev.optr.testing.SampleRuns;
import dev.optr.testing.Samples;
import dev.optr.testing.Schemas;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Golden files are written anew with {@code -Dgolden.update=true}. */
final class RecorderTest {
  private static final String ROOT = "datalake/workflows/login-fix-pr-7/";
  private static final String KEY = "sk-test-0123456789abcdef";
  private static final AgentSpec CLAUDE = Samples.agent("claude", AgentType.ANTHROPIC_CLAUDE);

  private final Recorder recorder =
      new Recorder(new Redactor(List.of(Secret.of(KEY))), Attesters.unsigned());

  @Test
  void writesTheLayoutOfTheDatalake() {
    assertThat(write(SampleRuns.selected()).outputs())
        .extracting(Document::path)
        .containsExactly(
            ROOT + "agent-outputs/claude.json",
            ROOT + "agent-outputs/claude.transcript.jsonl",
            ROOT + "agent-outputs/codex.json",
            ROOT + "agent-outputs/codex.transcript.jsonl",
            ROOT + "agent-outputs/copilot.json",
            ROOT + "agent-outputs/copilot.transcript.jsonl",
            ROOT + "agent-outputs/mscopilot.json",
            ROOT + "history.json",
            ROOT + "intent.json",
            ROOT + "optr-selection.json",
            ROOT + "workflow-optr.yaml");
  }

  @Test
  void writesTheSameBytesEveryTime() {
    assertThat(write(SampleRuns.selected())).isEqualTo(write(SampleRuns.selected()));
  }

  @Test
  void storesTheWorkflowFileByteForByte() {
    RunFacts facts = SampleRuns.facts(SampleRuns.selected());

    assertThat(document(recorder.write(facts), "workflow-optr.yaml"))
        .isEqualTo(facts.workflow().source());
  }

  @Test
  void turnsOffWhateverChangesBytesOnCheckout() {
    Document attributes = write(SampleRuns.selected()).attributes();

    assertThat(attributes.path()).isEqualTo("datalake/.gitattributes");
    assertThat(attributes.bytes().utf8())
        .isEqualTo(
            "* -text -filter -ident -working-tree-encoding -export-subst linguist-generated\n");
  }

  @Test
  void writesDocumentsThatAreValidAndInTheOrderOfTheirSchemas() {
    for (Selection selection :
        List.of(
            SampleRuns.selected(),
            SampleRuns.oneTree(),
            SampleRuns.noneAdmissible(),
            SampleRuns.quorumMissed(),
            SampleRuns.allUnavailable())) {
      for (Document document : write(selection).outputs()) {
        String text = document.bytes().utf8();
        if (document.path().endsWith("optr-selection.json")) {
          Schemas.assertValid("optr-selection", text);
        } else if (document.path().endsWith("history.json")) {
          Schemas.assertValid("history", text);
        } else if (document.path().contains("agent-outputs/")
            && document.path().endsWith(".json")) {
          Schemas.assertValid("agent-output", text);
        }
      }
    }
  }

  @Test
  void beginsBothDocumentsWithTheFiveFieldsOfTheCanon() {
    Documents documents = write(SampleRuns.selected());

    assertThat(json(documents, "optr-selection.json").members().keySet())
        .startsWith("agent", "output", "admissible", "ttvEstimate", "invariants", "outcome");
    assertThat(json(documents, "agent-outputs/codex.json").members().keySet())
        .startsWith("agent", "output", "admissible", "ttvEstimate", "invariants", "outcome");
  }

  @Test
  void writesGoldenDocuments() {
    Documents documents = write(SampleRuns.selected());

    Golden.assertEquals(
        "record-agent-output.json", document(documents, "agent-outputs/claude.json").utf8());
    Golden.assertEquals(
        "record-agent-failed.json", document(documents, "agent-outputs/mscopilot.json").utf8());
    Golden.assertEquals(
        "record-optr-selection.json", document(documents, "optr-selection.json").utf8());
    Golden.assertEquals("record-history.json", document(documents, "history.json").utf8());
  }

  @Test
  void keepsTheAgentsOwnEstimateAmongItsClaims() {
    JsonObject claude = json(write(SampleRuns.selected()), "agent-outputs/claude.json");

    assertThat(claude.object("claims").integer("ttvEstimateSeconds")).isEqualTo(900);
    assertThat(claude.integer("ttvEstimate")).isEqualTo(840);
  }

  @Test
  void listsInvariantsThatHeldAndNoConstraints() {
    JsonObject copilot = json(write(SampleRuns.selected()), "agent-outputs/copilot.json");

    assertThat(copilot.array("invariants"))
        .extracting(Object::toString)
        .containsExactly("Text[value=patch-applies]", "Text[value=paths-allowed]");
  }

  @Test
  void takesOurCredentialsOutOfProseAndLeavesChangesAlone() {
    String reversed = new StringBuilder(KEY).reverse().toString();
    Documents documents = write(SampleRuns.selected("key " + KEY, "back " + reversed, "renewed"));

    for (Document document : documents.all()) {
      assertThat(document.bytes().utf8()).doesNotContain(KEY).doesNotContain(reversed);
    }
    assertThat(json(documents, "agent-outputs/claude.json").object("output").text("summary"))
        .isEqualTo("key ***");
  }

  @Test
  void takesOurCredentialsOutOfTranscripts() {
    List<JsonObject> transcript = List.of(Samples.message(KEY, "{\"token\":\"" + KEY + "\"}"));

    assertThat(transcriptOf(transcript).utf8()).contains("***").doesNotContain(KEY);
  }

  @Test
  void cutsALongTranscriptAtAWholeMessageAndSaysSo() throws JsonException {
    List<JsonObject> transcript =
        Collections.nCopies(40, Samples.message("tool", "x".repeat(50_000)));

    Bytes stored = transcriptOf(transcript);

    assertThat(stored.size()).isLessThanOrEqualTo(1 << 20);
    List<String> lines = stored.utf8().lines().toList();
    for (String line : lines) {
      assertThat(JsonReader.read(line)).isInstanceOf(JsonObject.class);
    }
    assertThat(lines.getLast()).isEqualTo("{\"cut\":{\"messages\":" + (41 - lines.size()) + "}}");
  }

  @Test
  void writesLoneSurrogatesAndEndlessNumbersOfATranscriptAsText() {
    Json endless = Json.number(new BigDecimal("1e999999999"));
    Json hostile = Json.array(List.of(Json.text("\ud800"), endless));
    JsonObject message = new JsonObject(Map.of("a", hostile));

    assertThat(transcriptOf(List.of(message)).utf8())
        .isEqualTo("{\"a\":[\"\uFFFD\",\"1E+999999999\"]}\n");
  }

  @Test
  void storesADigestInsteadOfTranscriptsWhereTheWorkflowSaysSo() {
    Documents committed = write(SampleRuns.selected());
    Documents digested =
        recorder.write(SampleRuns.facts(SampleRuns.selected(), Workflow.Transcripts.DIGEST));

    assertThat(digested.outputs()).noneMatch(document -> document.path().endsWith(".jsonl"));
    assertThat(
            json(digested, "agent-outputs/claude.json").object("output").text("transcriptSha256"))
        .isEqualTo(document(committed, "agent-outputs/claude.transcript.jsonl").sha256());
  }

  @Test
  void withholdsChangesAndProseWhereACredentialWasFound() {
    Ranked leaking = examined(Check.Result.BROKEN, "renewed");

    Documents documents = write(new Selection.NoneAdmissible(List.of(leaking)));

    JsonObject claude = json(documents, "agent-outputs/claude.json");
    assertThat(claude.object("output").text("withheld")).isEqualTo("no-secrets");
    assertThat(claude.object("output").array("changes")).isEmpty();
    assertThat(claude.object("output").text("summary")).isNull();
    assertThat(documents.outputs()).noneMatch(document -> document.path().endsWith(".jsonl"));
    assertThat(document(documents, "agent-outputs/claude.json").utf8()).doesNotContain("a small");
  }

  @Test
  void namesTheRuleOfAProposalThatWasNotCaptured() {
    Candidate whole = Samples.proposed(CLAUDE, Samples.proposal("Big", ""), "renewed");
    Candidate large =
        new Candidate(
            CLAUDE, whole.answer(), null, null, List.of("too big"), null, "proposal-size");
    Ranked denied = Samples.denied(large, "");

    JsonObject output =
        json(write(new Selection.NoneAdmissible(List.of(denied))), "agent-outputs/claude.json")
            .object("output");

    assertThat(output.text("withheld")).isEqualTo("proposal-size");
    assertThat(output.text("summary")).isEqualTo("Big");
  }

  @Test
  void neverStoresOurCredentialWithinChanges() {
    Ranked leaking = examined(Check.Result.HELD, "token = " + KEY);

    assertThat(
            document(
                    write(new Selection.NoneAdmissible(List.of(leaking))),
                    "agent-outputs/claude.json")
                .utf8())
        .doesNotContain(KEY);
    assertThatThrownBy(() -> write(new Selection.Selected(leaking, List.of(leaking))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the selected path is withheld by no-secrets");
  }

  @Test
  void tellsTheLedgerHowEveryLaneEnded() {
    Decision decision = write(SampleRuns.selected()).decision();

    assertThat(decision.lanes())
        .extracting(Decision.Lane::agent)
        .containsExactly("claude", "codex", "copilot", "mscopilot");
    assertThat(decision.lanes().getLast())
        .isEqualTo(new Decision.Lane("mscopilot", "failed", null));
    assertThat(decision.selected()).isEqualTo("claude");
    assertThat(decision.tree()).isEqualTo(decision.lanes().getFirst().tree());
  }

  @Test
  void selectsNothingInTheDecisionWhereNothingWasSelected() {
    Decision decision = write(SampleRuns.quorumMissed()).decision();

    assertThat(decision.outcome()).isEqualTo("quorum_missed");
    assertThat(decision.selected()).isNull();
    assertThat(decision.tree()).isNull();
  }

  private static Ranked examined(Check.Result noSecrets, String content) {
    Check check = new Check("no-secrets", noSecrets, List.of(), 1, null, null, false);
    Candidate candidate =
        Samples.proposed(CLAUDE, Samples.proposal("Renew", "a small step"), content);
    return new Ranked(new Examined(candidate, List.of(check), List.of()), 1, Samples.score("0.25"));
  }

  private Bytes transcriptOf(List<JsonObject> messages) {
    Exchange exchange =
        new Exchange(null, Usage.NONE, List.of(), Samples.STARTED, 1, false, messages);
    Ranked lane = Samples.silent(CLAUDE, new Answer.Declined("no", exchange));
    return document(
        write(new Selection.NoneAdmissible(List.of(lane))),
        "agent-outputs/claude.transcript.jsonl");
  }

  private Documents write(Selection selection) {
    return recorder.write(SampleRuns.facts(selection));
  }

  private static Bytes document(Documents documents, String name) {
    return documents.outputs().stream()
        .filter(document -> document.path().equals(ROOT + name))
        .map(Document::bytes)
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject json(Documents documents, String name) {
    try {
      return Objects.requireNonNull(JsonReader.readObject(document(documents, name).toArray()));
    } catch (JsonException e) {
      throw new AssertionError(name, e);
    }
  }
}
