package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The commits that executions name. */
final class ExecutedCommitTest {
  private static final String EXECUTED = "%040x".formatted(1);

  private final Map<String, String> trees = new HashMap<>(Map.of(EXECUTED, Samples.TREE));
  private String parent = Samples.HEAD;
  private String message = "optr: execute\n\nOptr-Ledger-Entry: %s\n".formatted(id());

  @Test
  void acceptsTheSelectedTreeUponTheRecordedHead() {
    assertThat(codes()).doesNotContain(Code.E_ANCHOR_MISMATCH, Code.W_UNREACHABLE);
    message = "somebody's words";
    assertThat(codes()).doesNotContain(Code.E_ANCHOR_MISMATCH, Code.W_UNANCHORED);
  }

  @Test
  void seesAnotherTreeUponTheRecordedHead() {
    trees.put(EXECUTED, "7".repeat(40));

    assertThat(codes()).contains(Code.E_ANCHOR_MISMATCH);
  }

  @Test
  void doesNotTakeASquashForAFalseExecution() {
    parent = "9".repeat(40);
    trees.put(EXECUTED, "7".repeat(40));
    assertThat(codes()).contains(Code.W_UNREACHABLE).doesNotContain(Code.E_ANCHOR_MISMATCH);

    message = "Fix it (#7)";
    assertThat(codes()).contains(Code.W_UNANCHORED).doesNotContain(Code.E_ANCHOR_MISMATCH);
  }

  private static String line() {
    Forge golden = Forge.golden("unsigned.jsonl");
    JsonObject run = golden.body(1);
    JsonObject body =
        Forge.child(run, run, golden.id(1), 77)
            .without("decision", "inputs", "outputs")
            .with("type", Json.text("execution"))
            .with("entry", Json.text(golden.id(1)))
            .with("head", Json.text(Samples.HEAD))
            .with("tree", Json.text(run.object("decision").text("tree")));
    return Forge.line(body);
  }

  private static String id() {
    return String.valueOf(Forge.parse(line()).text("id"));
  }

  private List<Code> codes() {
    trees.replaceAll((_, tree) -> tree.equals(Samples.TREE) ? selected() : tree);
    List<Container> files = Forge.golden("unsigned.jsonl").add(line()).containers();
    Verification bare = new LedgerVerifier().verify(files, VerifyOptions.standard());
    assertThat(bare.findings()).isEmpty();
    MadeHistory history = new MadeHistory();
    history.commit(files.toArray(Container[]::new));
    LedgerPast past = LedgerPast.read(history, String.valueOf(bare.genesis()));
    Verification verified = new AnchorVerifier(new Source()).verify(bare, past);
    return java.util.stream.Stream.concat(
            verified.findings().stream(), verified.warnings().stream())
        .filter(finding -> id().equals(finding.id()))
        .map(Finding::code)
        .toList();
  }

  private static String selected() {
    return String.valueOf(Forge.golden("unsigned.jsonl").body(1).object("decision").text("tree"));
  }

  private final class Source implements AnchorSource {
    @Override
    public CommitFacts commit(String id) {
      return new CommitFacts(id, List.of(parent), message, List.of("a.txt"), false, null);
    }

    @Override
    public boolean has(String commit) {
      return false;
    }

    @Override
    public Optional<FileFacts> file(String commit, String path) {
      return Optional.empty();
    }

    @Override
    public String treeWithoutDatalake(String commit) {
      return trees.getOrDefault(commit, "");
    }
  }
}
