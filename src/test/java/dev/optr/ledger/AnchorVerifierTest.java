package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnchorVerifierTest {
  private static final String ANCHOR = "c".repeat(40);
  private static final Bytes CONTENT = Bytes.utf8("tree 1\n\na commit");
  private static final String INTENT = "datalake/workflows/w/intent.json";

  private final Repository repository = new Repository();
  private Receipt receipt = append(Samples.pullRequest(7, 1));

  @BeforeEach
  void anchored() {
    anchor(append(Samples.pullRequest(7, 1)));
  }

  @Test
  void acceptsTheAnchorThatTheReceiptAskedFor() {
    assertThat(verify().findings()).isEmpty();
    assertThat(verify().warnings()).extracting(Finding::code).doesNotContain(Code.W_UNANCHORED);
    assertThat(verify().result()).isEqualTo(Verification.Result.OK);
  }

  @Test
  void takesTheFrozenCommitFromTheIntentWhereThereIsNoPullRequest() {
    anchor(append(Samples.local(1)));
    assertThat(verify().findings()).isEmpty();

    repository.commit(List.of("d".repeat(40)), receipt.trailers());
    assertThat(codes()).containsExactly(Code.E_ANCHOR_MISMATCH);
  }

  @Test
  void seesAnAnchorUponAnotherCommit() {
    repository.commit(List.of("d".repeat(40), Samples.HEAD), receipt.trailers());

    assertThat(codes()).containsExactly(Code.E_ANCHOR_MISMATCH);
    assertThat(verify().findings()).extracting(Finding::commit).containsExactly(ANCHOR);
    assertThat(verify().entries()).noneMatch(entry -> entry.id().equals(receipt.entryId()));
  }

  @Test
  void doesNotTakeARebasedAnchorForAFalseOne() {
    repository.copied = true;
    repository.commit(List.of("d".repeat(40)), receipt.trailers());

    assertThat(codes()).isEmpty();
    assertThat(verify().warnings()).extracting(Finding::code).contains(Code.W_UNREACHABLE);

    repository.files.put(INTENT, new FileFacts("100644", Bytes.utf8("{}")));
    assertThat(codes()).containsExactly(Code.E_OUTPUT);
  }

  @Test
  void seesACommitThatCallsItselfTheAnchorOfAnotherEntry() {
    String trailers = receipt.trailers().replace(receipt.entryId(), "9".repeat(64));
    repository.commit(List.of(Samples.HEAD), trailers);

    assertThat(codes()).containsExactly(Code.E_ANCHOR_MISSING);

    repository.changed.add("src/Main.java");
    repository.commit(List.of(Samples.HEAD), trailers);
    assertThat(codes()).isEmpty();
    assertThat(verify().warnings()).extracting(Finding::code).contains(Code.W_UNANCHORED);
  }

  @Test
  void seesInputsThatAreGoneOrOthers() {
    Bytes content = Bytes.utf8("old ledger\n");
    RecordedFile input =
        new RecordedFile("datalake/ledger-0.jsonl", "100644", content.sha256(), content.size());
    anchor(append(withInput(Samples.pullRequest(7, 1), input)));
    assertThat(codes()).containsExactly(Code.E_INPUT, Code.E_INPUT);
    assertThat(verify().findings())
        .extracting(Finding::commit)
        .containsExactly(Samples.HEAD, ANCHOR);

    repository.files.put(input.path(), new FileFacts("100644", content));
    repository.frozen.put(input.path(), new FileFacts("100644", content));
    assertThat(codes()).isEmpty();

    repository.files.put(input.path(), new FileFacts("100644", Bytes.utf8("another\n")));
    assertThat(verify().findings()).extracting(Finding::commit).containsExactly(ANCHOR);
  }

  @Test
  void judgesSshSignaturesByTheKeysOfTheLedgerAlone() {
    anchor(append(Samples.pullRequest(7, 1), Optional.of(Keys.CI_1)));
    signed(Keys.CI_1, SshSignature.GIT, CONTENT);
    assertThat(codes()).isEmpty();

    signed(Keys.EVIL, SshSignature.GIT, CONTENT);
    assertThat(codes()).containsExactly(Code.E_ANCHOR_SIG);
    signed(Keys.CI_1, SshSignature.ENTRY, CONTENT);
    assertThat(codes()).containsExactly(Code.E_ANCHOR_SIG);
    signed(Keys.CI_1, SshSignature.GIT, Bytes.utf8("another commit"));
    assertThat(codes()).containsExactly(Code.E_ANCHOR_SIG);

    sign("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n");
    assertThat(codes()).containsExactly(Code.E_ANCHOR_SIG);
    sign("-----BEGIN PGP SIGNATURE-----\n\nwsBcBAAB\n-----END PGP SIGNATURE-----\n");
    assertThat(codes()).isEmpty();
  }

  @Test
  void leavesSignaturesAloneWhereTheLedgerHasNoKeys() {
    signed(Keys.EVIL, SshSignature.GIT, CONTENT);

    assertThat(codes()).isEmpty();
  }

  private void signed(Ed25519Signer signer, String namespace, Bytes signed) {
    sign(signer.sign(signed.toArray(), namespace).armoured());
  }

  private void sign(String armoured) {
    repository.signature = new CommitFacts.Signed(armoured, CONTENT);
    repository.commit(List.of(Samples.HEAD), receipt.trailers());
  }

  private static RunEvent withInput(RunEvent event, RecordedFile input) {
    return new RunEvent(
        event.repo(),
        event.repoCreatedAt(),
        event.pr(),
        event.run(),
        event.decision(),
        List.of(input),
        event.outputs(),
        event.tool());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Size: 2", "Root: ", "Heads: ", "Container: datalake/ledger"})
  void seesTrailersThatAreNotThoseOfTheFiles(String part) {
    String other =
        switch (part) {
          case "Size: 2" -> "Size: 3";
          case "Root: ", "Heads: " -> part + "0".repeat(64) + " ";
          default -> "Container: datalake/other";
        };
    String trailers = receipt.trailers().replace(part, other).replaceAll("(0{64}) \\S+", "$1");
    repository.commit(List.of(Samples.HEAD), trailers);

    assertThat(codes()).containsExactly(Code.E_ANCHOR_MISMATCH);
  }

  @Test
  void seesOutputsThatAreGoneOrOthers() {
    repository.files.remove(INTENT);
    assertThat(codes()).containsExactly(Code.E_OUTPUT);

    repository.files.put(INTENT, new FileFacts("100644", Bytes.utf8("{}")));
    assertThat(codes()).containsExactly(Code.E_OUTPUT);

    repository.files.put(INTENT, new FileFacts("120000", Samples.content(INTENT)));
    assertThat(codes()).containsExactly(Code.E_OUTPUT);
  }

  @Test
  void seesChangesBesideTheOutputs() {
    repository.changed.add("datalake/workflows/other/intent.json");
    repository.commit(List.of(Samples.HEAD), receipt.trailers());

    assertThat(codes()).containsExactly(Code.E_ANCHOR_MISMATCH);
  }

  @Test
  void doesNotTakeASquashForAFalseAnchor() {
    repository.changed.add("src/Main.java");
    repository.commit(List.of("d".repeat(40)), "Fix it (#7)\n\n* anchor\n\n" + receipt.trailers());

    assertThat(codes()).isEmpty();
    assertThat(verify().warnings()).extracting(Finding::code).contains(Code.W_UNREACHABLE);
  }

  @Test
  void warnsWhereNoAnchorIsKnown() {
    repository.commit(List.of(Samples.HEAD), "add files");
    assertThat(verify().warnings()).extracting(Finding::code).contains(Code.W_UNANCHORED);

    repository.whole = false;
    assertThat(verify().warnings()).extracting(Finding::code).contains(Code.W_UNREACHABLE);
    assertThat(verify().result()).isEqualTo(Verification.Result.UNDECIDED);
  }

  @Test
  void isContentWithOneGoodAnchorAmongSeveralCommits() {
    repository.commit(List.of(Samples.HEAD), receipt.trailers());
    repository.copy(List.of("d".repeat(40)), receipt.trailers());

    assertThat(codes()).isEmpty();
  }

  private static Receipt append(RunEvent event) {
    return append(event, Optional.empty());
  }

  private static Receipt append(RunEvent event, Optional<Signer> signer) {
    LedgerAppender appender =
        new LedgerAppender(new LedgerVerifier(), Layout.PER_PR, signer, Optional.empty());
    return LedgerAppenderTest.receipt(appender.append(List.of(), List.of(), event, Samples.NOON));
  }

  private void anchor(Receipt made) {
    receipt = made;
    repository.files.clear();
    repository.changed.clear();
    for (String path : List.of(INTENT, "datalake/workflows/w/optr-selection.json")) {
      repository.files.put(path, new FileFacts("100644", Samples.content(path)));
      repository.changed.add(path);
    }
    repository.changed.add(made.containerPath());
    repository.changed.add("datalake/.gitattributes");
    repository.container = made.container();
    repository.commit(List.of(Samples.HEAD), "optr: anchor\n\n" + made.trailers());
  }

  private Verification verify() {
    VerifyOptions options = VerifyOptions.standard().allowingTofu();
    Verification bare = new LedgerVerifier().verify(List.of(receipt.container()), options);
    LedgerPast past = LedgerPast.read(repository.history(), String.valueOf(bare.genesis()));
    return new AnchorVerifier(repository).verify(new HistoryVerifier().verify(bare, past), past);
  }

  private List<Code> codes() {
    return verify().findings().stream().map(Finding::code).toList();
  }

  /** The frozen commit and the one that brings the line, perhaps a second time. */
  private static final class Repository implements AnchorSource {
    private final Map<String, FileFacts> files = new HashMap<>();
    private final Map<String, FileFacts> frozen = new HashMap<>();
    private final List<String> changed = new ArrayList<>();
    private final List<CommitFacts> commits = new ArrayList<>();
    private Container container = new Container(Container.MAIN, Bytes.utf8(""));
    private CommitFacts.@Nullable Signed signature;
    private boolean copied;
    private boolean whole = true;

    void commit(List<String> parents, String message) {
      commits.clear();
      commits.add(new CommitFacts(ANCHOR, parents, message, changed, copied, signature));
    }

    void copy(List<String> parents, String message) {
      commits.add(new CommitFacts("e".repeat(40), parents, message, changed, false, signature));
    }

    MadeHistory history() {
      MadeHistory history = new MadeHistory();
      commits.forEach(
          commit ->
              history.named(
                  commit.id(), whole, new Container(container.path(), container.bytes())));
      return history;
    }

    @Override
    public CommitFacts commit(String id) {
      return commits.stream().filter(commit -> commit.id().equals(id)).findFirst().orElseThrow();
    }

    @Override
    public boolean has(String commit) {
      return commit.equals(Samples.HEAD) || commit.equals(ANCHOR);
    }

    @Override
    public Optional<FileFacts> file(String commit, String path) {
      return Optional.ofNullable((commit.equals(Samples.HEAD) ? frozen : files).get(path));
    }

    @Override
    public String treeWithoutDatalake(String commit) {
      return Samples.TREE;
    }
  }
}
