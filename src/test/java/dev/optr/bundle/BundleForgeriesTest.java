package dev.optr.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.base.UserException;
import dev.optr.evidence.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody could write who could also say what its digest is. */
final class BundleForgeriesTest {
  @TempDir private Path directory;

  private SampleBundles samples;

  private Path bundle;

  private String digest;

  @BeforeEach
  void write() {
    samples = new SampleBundles(directory);
    bundle = directory.resolve("bundle");
    digest = samples.write("bundle", samples.bundle());
  }

  @AfterEach
  void close() {
    samples.close();
  }

  @Test
  void refusesJsonInAnotherForm() throws IOException {
    assertForged(
        f -> f.replace("bundle.json", "\"asked\": true", "\"asked\":  true"),
        "bundle.json: it is not what is written");
    assertForged(
        f -> f.replace("bundle.json", "\"images\": []", "\"images\": [],\n  \"more\": 1"),
        "bundle.json: it is not what is written");
    assertForged(
        f -> f.replace("bundle.json", "\"attempt\": 2", "\"attempt\": 2.0"),
        "bundle.json: it is not what is written");
    assertForged(
        f -> f.replace("bundle.json", "\"attempt\": 2", "\"attempt\": 0"),
        "bundle.json: run.attempt: expected a whole number from 1");
    assertForged(
        f -> f.replace("bundle.json", "\"asked\": true", "\"asked\": true, \"asked\": true"),
        "bundle.json: ");
    assertForged(f -> f.replace("intent.json", "\"v\": 1", "\"v\": 1.0"), "intent.json: ");
    assertForged(f -> f.replace("head.json", "\"whyNot\": []", "\"whyNot\": [ ]"), "head.json: ");
    assertForged(
        f -> f.put("head.json", "[]".getBytes(UTF_8)), "head.json: expected a JSON object");
    assertForged(f -> f.put("bundle.json", new byte[] {(byte) 0xff}), "bundle.json: not UTF-8");
    assertForged(f -> f.put("bundle.json", "[".repeat(100_000).getBytes(UTF_8)), "bundle.json: ");
    assertForged(
        f -> f.put("agent-outputs/claude.json", "{\"a\":".repeat(5000).getBytes(UTF_8)),
        "agent-outputs/claude.json: ");
    assertForged(f -> f.put("bundle.json", "{\"v\":1e999999999}".getBytes(UTF_8)), "bundle.json: ");
  }

  @Test
  void refusesAnotherVersion() throws IOException {
    assertForged(
        f -> f.replace("bundle.json", "\"v\": 1", "\"v\": 2"),
        "bundle.json: v: expected 1, the version that this program reads, found 2");
    assertForged(
        f -> f.replace("bundle.json", "optr-bundle@v1", "optr-bundle@v2"),
        "bundle.json: format: expected 'optr-bundle@v1', found 'optr-bundle@v2'");
  }

  @Test
  void refusesAHeaderOfOtherDocuments() throws IOException {
    String other = "another input than the documents";
    assertForged(
        f -> f.replace("bundle.json", "\"workflow\": \"login-fix\"", "\"workflow\": \"other\""),
        other);
    assertForged(
        f -> f.replace("bundle.json", samples.bundle().header().policy(), "0".repeat(64)), other);
    assertForged(
        f -> f.replace("bundle.json", samples.bundle().header().input(), "0".repeat(64)), other);
    assertForged(f -> f.replace("bundle.json", "a".repeat(40), "b".repeat(40)), other);
    assertForged(
        f -> f.replace("bundle.json", samples.bundle().header().input(), "x"),
        "bundle.json: input: expected 64 hex digits, found 'x'");
    assertForged(
        f -> f.put("workflow-optr.yaml", (SampleBundles.YAML + "# more\n").getBytes(UTF_8)),
        "intent.json: ");
    assertForged(
        f -> f.replace("intent.json", "Make login survive", "Delete all"),
        "intent.json: digest: expected");
  }

  @Test
  void refusesAFrozenCommitThatIsNoneHere() throws IOException {
    String commit = samples.frozen().commit();
    assertForged(
        f -> f.replace("bundle.json", commit, "b".repeat(40)),
        "the frozen commit '" + "b".repeat(40) + "' is not in this repository");
    assertForged(
        f -> f.replace("bundle.json", commit, "HEAD"),
        "bundle.json: rows[0].commit: expected 40 hex digits, found 'HEAD'");
  }

  @Test
  void refusesLanesThatTheWorkflowFileDoesNotKnow() throws IOException {
    String lanes = "lanes: expected agents of the workflow file, in its order, each once, found";
    assertForged(f -> f.replace("bundle.json", "    \"copilot\",\n", "    \"other\",\n"), lanes);
    assertForged(
        f -> f.replace("bundle.json", "    \"copilot\",\n", ""),
        "agent-outputs/copilot.json: it is not what is written");
    assertForged(
        f ->
            f.replace(
                "bundle.json",
                "    \"copilot\",\n    \"mscopilot\"\n",
                "    \"mscopilot\",\n    \"copilot\"\n"),
        lanes);
    assertForged(
        f -> f.replace("bundle.json", "    \"copilot\",\n", "    \"copilot\",\n    \"copilot\",\n"),
        lanes);
  }

  @Test
  void refusesRowsThatAreNotThePathsOfTheLanes() throws IOException {
    Bundle good = samples.bundle();
    String claude = good.row("claude").orElseThrow().tree();
    String codex = good.row("codex").orElseThrow().tree();
    String restored = good.row("codex+frozen-tests").orElseThrow().tree();
    String frozen = samples.frozen().tree();

    assertForged(
        f -> f.replace("bundle.json", claude, restored),
        "bundle.json: row 'claude' has another tree than the path of its agent");
    assertForged(
        f -> f.replace("bundle.json", "\"row\": \"claude\"", "\"row\": \"../claude\""),
        "bundle.json: row '../claude' has a name that no row has");
    assertForged(
        f -> f.replace("bundle.json", "\"row\": \"head\"", "\"row\": \"none\""),
        "the first row is not 'head'");
    assertForged(
        f -> f.replace("bundle.json", "\"tree\": \"" + restored, "\"tree\": \"" + frozen),
        "is there twice, or its tree is");
    assertForged(
        f ->
            f.replace(
                "bundle.json",
                "\"row\": \"codex+frozen-tests\"",
                "\"row\": \"copilot+frozen-tests\""),
        "is not named after the first of its agents");
    assertForged(
        f -> f.replace("bundle.json", "\"tree\": \"" + restored, "\"tree\": \"" + "c".repeat(40)),
        "rows.bundle: the commit of row 'codex+frozen-tests' is missing or has another tree");
    assertThat(codex).isNotEqualTo(restored);
  }

  @Test
  void refusesCommitsThatAreNotTheRows() throws IOException {
    Bundle good = samples.bundle();
    String frozen = samples.frozen().commit();
    var commits = samples.trees().commitBundles();
    SortedMap<String, String> refs = new TreeMap<>();
    for (Row row : good.header().rows().subList(1, 4)) {
      refs.put(
          "refs/optr/rows/" + row.name(),
          commits.commit(frozen, row.tree(), "optr: row " + row.name() + "\n"));
    }
    assertForged(f -> f.put("rows.bundle", commits.write(frozen, refs).toArray()), null);

    String codex = refs.getOrDefault("refs/optr/rows/codex", "");
    SortedMap<String, String> swapped = new TreeMap<>(refs);
    swapped.put("refs/optr/rows/claude", codex);
    assertForged(
        f -> f.put("rows.bundle", commits.write(frozen, swapped).toArray()),
        "rows.bundle: the commit of row 'claude' is missing or has another tree");

    SortedMap<String, String> said = new TreeMap<>(refs);
    said.put(
        "refs/optr/rows/claude",
        commits.commit(frozen, good.row("claude").orElseThrow().tree(), "another message\n"));
    assertForged(
        f -> f.put("rows.bundle", commits.write(frozen, said).toArray()),
        "rows.bundle: it is not what is written");

    SortedMap<String, String> more = new TreeMap<>(refs);
    more.put("refs/heads/main", codex);
    assertForged(
        f -> f.put("rows.bundle", commits.write(frozen, more).toArray()),
        "rows.bundle: it is not what is written");

    SortedMap<String, String> deeper = new TreeMap<>(refs);
    deeper.put(
        "refs/optr/rows/claude",
        commits.commit(codex, good.row("claude").orElseThrow().tree(), "x\n"));
    assertForged(
        f -> f.put("rows.bundle", commits.write(frozen, deeper).toArray()),
        "rows.bundle: the parent of refs/optr/rows/claude is not the commit " + frozen);

    String before = samples.repository().parents(frozen).getFirst();
    assertForged(
        f -> f.put("rows.bundle", commits.write(before, refs).toArray()),
        "rows.bundle: it is upon the commit " + before);
    assertForged(f -> f.remove("rows.bundle"), "rows.bundle: the bundle has no such file");
  }

  @Test
  void refusesLanesThatContradictThemselves() throws IOException {
    String claude = "agent-outputs/claude.json";
    assertForged(f -> f.replace(claude, "second\\n", "evil\\n"), claude + ": output.changes: ");
    assertForged(
        f -> f.replace(claude, "\"score\": null", "\"score\": 1"),
        claude + ": score: expected null, since nothing is selected yet");
    assertForged(
        f -> f.replace(claude, "\"ttvEstimate\": null", "\"ttvEstimate\": 1"),
        claude + ": ttvEstimate: expected null");
    assertForged(
        f -> f.replace(claude, "\"result\": \"not_run\"", "\"result\": \"held\""), claude + ": ");
    assertForged(f -> f.replace(claude, "\"id\": \"kind\"", "\"id\": \"mind\""), claude + ": ");
    assertForged(
        f -> f.replace("head.json", "\"id\": \"kind\"", "\"id\": \"mind\""),
        "head.json: checks: there is none with the id 'kind'");
    assertForged(
        f -> f.put("agent-outputs/claude.transcript.jsonl", new byte[0]),
        claude + ": output.transcriptSha256: ");
    assertForged(
        f -> f.put("agent-outputs/claude.transcript.jsonl", "{}\n{".getBytes(UTF_8)),
        "agent-outputs/claude.transcript.jsonl: line 2: ");
    assertForged(
        f -> f.put("patches/claude.patch", "+harmless\n".getBytes(UTF_8)),
        "patches/claude.patch: it is not what is written");
    assertForged(
        f -> f.put("patches/other.patch", "x".getBytes(UTF_8)),
        "patches/other.patch: it is not what is written");
    assertForged(
        f -> f.put("agent-outputs/other.json", "{}".getBytes(UTF_8)),
        "agent-outputs/other.json: it is not what is written");
    assertForged(f -> f.remove("head.json"), "head.json: there is no such document");
    assertForged(
        f -> f.remove("workflow-optr.yaml"), "workflow-optr.yaml: the bundle has no such file");
    assertForged(f -> f.remove("bundle.json"), "bundle.json: the bundle has no such file");
  }

  @Test
  void refusesToTellThatAnInvariantHolds() throws IOException {
    String held = "\"id\": \"lint\",\n      \"result\": \"held\"";
    assertForged(
        f -> f.replace("head.json", "\"id\": \"lint\",\n      \"result\": \"not_run\"", held),
        "head.json: checks: 'lint' was not run yet and cannot be told");
  }

  @Test
  void refusesImagesThatAreNone() throws IOException {
    assertForged(
        f -> f.replace("bundle.json", "\"images\": []", "\"images\": [\n    \"a, b) x\"\n  ]"),
        "images: expected different runner labels");
  }

  @Test
  void takesABundleWhosePatchWasLeftOut() throws IOException {
    assertForged(f -> f.remove("patches/claude.patch"), null);
  }

  /** What is done to a bundle before it is sealed again. */
  @FunctionalInterface
  private interface Attack {
    Forgery on(Forgery forgery) throws IOException;
  }

  private void assertForged(Attack attack, @Nullable String message) throws IOException {
    String written = samples.write("bundle", samples.bundle());
    assertThat(written).isEqualTo(digest);
    String forged = attack.on(new Forgery(bundle)).seal();
    if (message == null) {
      assertThat(samples.read("bundle", forged).header()).isEqualTo(samples.bundle().header());
    } else {
      assertRefused(forged, message);
    }
  }

  private void assertRefused(String expected, String message) {
    assertThatThrownBy(() -> samples.read("bundle", expected))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }
}
