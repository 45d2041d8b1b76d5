package dev.optr.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.git.Edit;
import dev.optr.selection.Selection;
import dev.optr.testing.SampleRuns;
import dev.optr.testing.Samples;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that somebody changed: nothing contradicts the rest, and none is an exception. */
final class RecordReaderHostileTest {
  private static final AgentSpec CLAUDE = Samples.agent("claude", AgentType.ANTHROPIC_CLAUDE);
  private static final String OUTPUT = RecordReaderLake.ROOT + "agent-outputs/claude.json";
  private static final String SELECTION = RecordReaderLake.ROOT + "optr-selection.json";
  private static final String INTENT = RecordReaderLake.ROOT + "intent.json";
  private static final String HISTORY = RecordReaderLake.ROOT + "history.json";
  private static final String TRANSCRIPT =
      RecordReaderLake.ROOT + "agent-outputs/claude.transcript.jsonl";

  @TempDir Path directory;
  private RecordReaderLake lake;
  private RunFacts facts;
  private Map<String, Bytes> written;

  @BeforeEach
  void write() {
    lake = new RecordReaderLake(directory);
    facts = lake.facts(SampleRuns.selected("Renew", "It expires", "renewed"));
    written = lake.write(facts);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  @Test
  void namesEveryDocumentThatIsMissing() {
    assertThat(problems(Map.of()))
        .containsExactly(
            RecordReaderLake.ROOT + "workflow-optr.yaml: there is no such document",
            HISTORY + ": there is no such document",
            INTENT + ": there is no such document");
    for (String path : written.keySet()) {
      Map<String, Bytes> documents = new TreeMap<>(written);
      documents.remove(path);
      assertThat(problems(documents))
          .singleElement()
          .asString()
          .startsWith(path.replace(".transcript.jsonl", ".json") + ": ");
    }
  }

  @Test
  void refusesEveryChangedMemberOrReadsItAsItIs() {
    for (String path : written.keySet()) {
      if (path.endsWith(".json")) {
        for (JsonObject changed : Mutations.of(json(path))) {
          assertRefusedOrReadAsItIs(path, Bytes.of(PrettyJson.bytes(changed)));
        }
      }
    }
  }

  @Test
  void refusesEveryChangedByteOrReadsItAsItIs() {
    Random random = new Random(7);
    List<String> paths = new ArrayList<>(written.keySet());
    for (int i = 0; i < 600; i++) {
      String path = paths.get(random.nextInt(paths.size()));
      byte[] bytes = Objects.requireNonNull(written.get(path)).toArray();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      assertRefusedOrReadAsItIs(path, Bytes.of(bytes));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"agent\": 1e999999999}",
        "{\"agent\": 1e-999999999}",
        "{\"agent\": \"\\ud800\"}",
        "{\"\\udc00\": 1}",
        "{\"agent\": 1, \"agent\": 1}",
        "{\"agent\": \"claude\"} {}",
        "{\"a\u0000\u202Eb\": 1}",
      })
  void readsNoOtherJson(String text) {
    for (String path : List.of(OUTPUT, SELECTION, INTENT, HISTORY, TRANSCRIPT)) {
      assertThat(problems(path, Bytes.utf8(text)))
          .hasSize(1)
          .allSatisfy(
              problem ->
                  assertThat(problem)
                      .matches("[\\x20-\\x7e]+")
                      .startsWith(path.replace(".transcript.jsonl", ".")));
    }
  }

  @Test
  void readsNothingThatIsNestedWithoutEnd() {
    for (String path : List.of(OUTPUT, SELECTION, INTENT, HISTORY, TRANSCRIPT)) {
      assertThat(problems(path, Bytes.utf8("{\"a\":".repeat(100_000)))).hasSize(1);
      assertThat(problems(path, Bytes.of(new byte[] {'"', (byte) 0xff, '"'}))).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "agent | \"codex\" | agent: expected 'claude', found 'codex'",
        "outcome | \"won\""
            + " | outcome: expected proposed, declined, failed or not_asked, found 'won'",
        "outcome | \"declined\" | output.reason: expected a text, found null",
        "admissible | false | admissible: expected true, found false",
        "checks | [] | invariants: expected a list of 0, found a list of 3",
        "checks | {} | checks: expected a list, found an object",
        "usage | null | usage: expected an object, found null",
        "durationMs | -1 | durationMs: expected a whole number from 0 to 3162240000000, found -1",
        "durationMs | 9e18"
            + " | durationMs: expected a whole number from 0 to 3162240000000, found 9000000000000000000",
        "durationMs | 1.5"
            + " | durationMs: expected a whole number from 0 to 3162240000000, found 1.5",
        "startedAt | \"yesterday\""
            + " | startedAt: expected a time (RFC 3339, UTC), found 'yesterday'",
        "startedAt | \"2026-01-02T03:04:05.000Z\""
            + " | startedAt: expected '2026-01-02T03:04:05Z', found '2026-01-02T03:04:05.000Z'",
        "clipped | 0 | clipped: expected true or false, found 0",
        "requestIds | [null] | requestIds[0]: expected a text, found null",
        "type | \"command\" | type: expected 'anthropic-claude', found 'command'",
        "code | \"TIMEOUT\" | code: expected null, found 'TIMEOUT'",
        "more | 1 | more: is not known",
      })
  void saysWhatIsWrongWithALane(String name, String value, String problem) {
    JsonObject changed = json(OUTPUT).with(name, Mutations.parse(value));

    assertThat(problems(OUTPUT, Bytes.of(PrettyJson.bytes(changed))))
        .containsExactly(OUTPUT + ": " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "outcome | \"none_admissible\""
            + " | selected: expected null, since nothing is selected, found 'claude'",
        "outcome | \"lost\""
            + " | outcome: expected one of none_admissible, quorum_missed, selected, found 'lost'",
        "selected | null | selected: expected the selected agent, found null",
        "selected | \"copilot\""
            + " | selected: expected an agent whose path is admissible, found 'copilot'",
        "selected | \"nobody\""
            + " | selected: expected an agent whose path is admissible, found 'nobody'",
        "selected | \"codex\" | agent: expected 'codex', found 'claude'",
        "head | null | head: expected an object, found null",
        "parameters | [] | parameters: expected an object, found a list of 0",
      })
  void saysWhatIsWrongWithADecision(String name, String value, String problem) {
    JsonObject changed = json(SELECTION).with(name, Mutations.parse(value));

    assertThat(problems(SELECTION, Bytes.of(PrettyJson.bytes(changed))))
        .containsExactly(SELECTION + ": " + problem);
  }

  @Test
  void refusesATreeThatTheChangesDoNotGive() {
    assertThat(outputProblem("tree", Json.text("a".repeat(40))))
        .startsWith("output.tree: expected ")
        .endsWith(", which the changes give, found '" + "a".repeat(40) + "'");
  }

  @Test
  void refusesAPathThatChangesNothing() {
    JsonObject output =
        json(OUTPUT)
            .object("output")
            .with("changes", Json.array(List.of()))
            .with("tree", Json.text(lake.frozenTree()));

    assertThat(outputProblem(output))
        .isEqualTo(
            "output.tree: expected another than the frozen one, found '" + lake.frozenTree() + "'");
  }

  @Test
  void refusesATreeWithoutItsChanges() {
    assertThat(outputProblem("changes", Json.NULL)).startsWith("output.changes: expected those");
    assertThat(outputProblem("withheld", Json.text("no-secrets")))
        .isEqualTo("output.withheld: expected null, since there are changes, found 'no-secrets'");
  }

  @Test
  void admitsNothingWhoseChangesAreWithheld() {
    JsonObject output =
        json(OUTPUT)
            .object("output")
            .with("changes", Json.NULL)
            .with("withheld", Json.text("proposal-size"));

    JsonObject document = json(OUTPUT).with("output", output).with("risk", Json.NULL);

    assertThat(problems(OUTPUT, Bytes.of(PrettyJson.bytes(document))))
        .containsExactly(
            OUTPUT + ": output.changes: expected those of an admissible path, found null");
    assertThat(outputProblem(output)).isEqualTo("risk: expected null, found an object");
  }

  @Test
  void believesNoRiskThatTheChangesDoNotGive() {
    JsonObject risk = json(OUTPUT).object("risk").with("score", Json.number(0));

    assertThat(problems(OUTPUT, outputWith("risk", risk)).getFirst()).startsWith(OUTPUT + ": risk");
  }

  @Test
  void admitsNothingThatNobodyLookedAt() {
    JsonObject document = json(OUTPUT);
    List<Json> checks = document.array("checks");
    JsonObject changed = document.with("checks", Json.array(checks.subList(0, 3)));
    JsonObject whole =
        changed.with("invariants", Json.array(document.array("invariants").subList(0, 2)));

    assertThat(problems(OUTPUT, Bytes.of(PrettyJson.bytes(whole))))
        .containsExactly(OUTPUT + ": checks: there is none with the id 'tests'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../escape",
        "/etc/passwd",
        ".git/config",
        "a/.GIT/hooks/x",
        "a\\b",
        "",
        "datalake/../x"
      })
  void refusesHostilePaths(String path) {
    JsonObject change =
        ((JsonObject) json(OUTPUT).object("output").array("changes").getFirst())
            .with("path", Json.text(path));

    assertThat(outputProblem("changes", Json.array(List.of(change))))
        .startsWith("output.changes: ")
        .endsWith(" is refused");
  }

  @Test
  void refusesContentThatIsNotThatOfItsBlob() {
    JsonObject change =
        ((JsonObject) json(OUTPUT).object("output").array("changes").getFirst())
            .with("content", Json.text("another"));

    assertThat(outputProblem("changes", Json.array(List.of(change))))
        .startsWith("output.changes: src/login.txt: recorded change: the content is not that of");
  }

  @Test
  void refusesChangesInAnotherOrder() {
    RunFacts two =
        lake.facts(
            new Selection.NoneAdmissible(
                List.of(
                    Samples.denied(
                        lake.capture(
                            CLAUDE,
                            new Edit.Create("a", "a", false),
                            new Edit.Create("b", "b", false)),
                        ""))));
    Map<String, Bytes> documents = lake.write(two);
    JsonObject document = Mutations.document(documents.get(OUTPUT));
    JsonObject output = document.object("output");
    JsonObject turned = output.with("changes", Json.array(output.array("changes").reversed()));
    documents.put(OUTPUT, Bytes.of(PrettyJson.bytes(document.with("output", turned))));

    assertThat(problems(lake.read(documents, two.workflow())))
        .containsExactly(OUTPUT + ": output.changes[0].path: expected 'a', found 'b'");
  }

  @Test
  void refusesOneLaneInThePlaceOfAnother() {
    Bytes codex = Objects.requireNonNull(written.get(OUTPUT.replace("claude.json", "codex.json")));

    assertThat(problems(OUTPUT, codex))
        .contains(OUTPUT + ": agent: expected 'claude', found 'codex'");
  }

  @Test
  void refusesAnotherWorkflowAndAnotherFrozenTree() {
    Workflow other = RecordReaderLake.workflow(SampleRuns.selected(), Workflow.Transcripts.DIGEST);
    assertThat(problems(lake.read(written, other)))
        .contains(
            RecordReaderLake.ROOT
                + "workflow-optr.yaml: it is not the workflow file that it is read with");

    String tree = "c".repeat(40);
    JsonObject moved = json(INTENT).with("tree", Json.text(tree));
    JsonObject digested =
        moved.with("digest", Json.text(dev.optr.intent.IntentDocument.digest(moved)));
    assertThat(problems(INTENT, Bytes.of(PrettyJson.bytes(digested))))
        .containsExactly(
            INTENT
                + ": tree: expected the frozen tree "
                + lake.frozenTree()
                + ", found '"
                + tree
                + "'");
  }

  @Test
  void refusesAnIntentThatIsNotItsDigest() {
    JsonObject changed = json(INTENT).with("intent", Json.text("Do something else"));

    assertThat(problems(INTENT, Bytes.of(PrettyJson.bytes(changed))))
        .singleElement()
        .asString()
        .startsWith(INTENT + ": digest: expected '");
  }

  @Test
  void refusesATranscriptThatWasChanged() {
    String stored = Objects.requireNonNull(written.get(TRANSCRIPT)).utf8();

    assertThat(problems(TRANSCRIPT, Bytes.utf8(stored.replace("frozen", "melted"))))
        .singleElement()
        .asString()
        .startsWith(OUTPUT + ": output.transcriptSha256: expected '");
    assertThat(problems(TRANSCRIPT, Bytes.utf8(stored + "\n")))
        .containsExactly(TRANSCRIPT + ": line 3: no value");
    assertThat(problems(TRANSCRIPT, Bytes.utf8(stored.replace(":", ": "))))
        .containsExactly(TRANSCRIPT + ": it is not in the form in which transcripts are written");
    assertThat(problems(TRANSCRIPT, Bytes.utf8("{\"a\":1}\n".repeat(200_000)))).hasSize(1);
  }

  @Test
  void refusesOtherWhiteSpaceEscapesAndNumbers() {
    String text = Objects.requireNonNull(written.get(OUTPUT)).utf8();
    for (String changed :
        List.of(
            text + "\n",
            text.replace("\n", "\r\n"),
            text.replace("\"claude\"", "\"\\u0063laude\""),
            text.replace("0.18", "0.180"),
            text.replace("41000", "41e3"))) {
      assertThat(problems(OUTPUT, Bytes.utf8(changed)))
          .containsExactly(
              OUTPUT + ": its white space, escapes or numbers are not as they are written");
    }
  }

  @Test
  void quotesForeignTextInOneShortLine() {
    String foreign = "\u202E\n::error::\u001b[31m" + "x".repeat(100_000);

    assertThat(problems(OUTPUT, outputWith("type", Json.text(foreign))))
        .containsExactly(
            OUTPUT
                + ": type: expected 'anthropic-claude', found '\\u{202e}\\u{a}::error::\\u{1b}[31m"
                + "x".repeat(64)
                + "...'");
  }

  @Test
  void refusesAPriceBelowNothing() {
    JsonObject usage = json(OUTPUT).object("usage").with("usd", Json.number(new BigDecimal(-1)));

    assertThat(problems(OUTPUT, outputWith("usage", usage)))
        .containsExactly(
            OUTPUT + ": usage.usd: expected a number of at least 0, or null, found -1");
  }

  /**
   * What is read and not refused is lost nowhere: the same would be written of it, but for the
   * members that only selecting again can tell.
   */
  private void assertRefusedOrReadAsItIs(String path, Bytes changed) {
    Map<String, Bytes> documents = new TreeMap<>(written);
    documents.put(path, changed);
    switch (lake.read(documents, facts.workflow())) {
      case ReadResult.Read(RecordedRun run) ->
          assertThat(told(path, lake.rewrite(run, facts).get(path)))
              .as(path)
              .isEqualTo(told(path, changed));
      case ReadResult.Unreadable(List<String> problems) ->
          assertThat(problems)
              .isNotEmpty()
              .allMatch(problem -> problem.startsWith(RecordReaderLake.ROOT));
    }
  }

  private static String told(String path, @Nullable Bytes bytes) {
    return path.endsWith(".json")
        ? PrettyJson.text(
            Mutations.document(bytes).without("ttvEstimate", "score", "candidates", "canon"))
        : Objects.requireNonNull(bytes).utf8();
  }

  private String outputProblem(String name, Json value) {
    return outputProblem(json(OUTPUT).object("output").with(name, value));
  }

  private String outputProblem(JsonObject output) {
    String problem = problems(OUTPUT, outputWith("output", output)).getFirst();
    assertThat(problem).startsWith(OUTPUT + ": ");
    return problem.substring(OUTPUT.length() + 2);
  }

  private Bytes outputWith(String name, Json value) {
    return Bytes.of(PrettyJson.bytes(json(OUTPUT).with(name, value)));
  }

  private List<String> problems(String path, Bytes bytes) {
    Map<String, Bytes> documents = new TreeMap<>(written);
    documents.put(path, bytes);
    return problems(documents);
  }

  private List<String> problems(Map<String, Bytes> documents) {
    return problems(lake.read(documents, facts.workflow()));
  }

  private static List<String> problems(ReadResult result) {
    return switch (result) {
      case ReadResult.Read _ -> throw new AssertionError("it was read");
      case ReadResult.Unreadable(List<String> problems) -> problems;
    };
  }

  private JsonObject json(String path) {
    return Mutations.document(written.get(path));
  }
}
