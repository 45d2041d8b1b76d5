package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnchorVerifierTest {
  private static final String ANCHOR = "c".repeat(40);
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

    repository.introduction = new AnchorSource.Introduction.NeverCommitted();
    assertThat(verify().warnings()).extracting(Finding::code).contains(Code.W_UNANCHORED);

    repository.introduction = new AnchorSource.Introduction.NotInThisClone();
    assertThat(verify().warnings()).extracting(Finding::code).contains(Code.W_UNREACHABLE);
    assertThat(verify().result()).isEqualTo(Verification.Result.OK);
  }

  @Test
  void isContentWithOneGoodAnchorAmongSeveralCommits() {
    CommitFacts good = repository.commit(List.of(Samples.HEAD), receipt.trailers());
    CommitFacts copy =
        new CommitFacts(
            "e".repeat(40), List.of("d".repeat(40)), good.message(), good.changedPaths());
    repository.introduction = new AnchorSource.Introduction.Found(List.of(copy, good));

    assertThat(codes()).isEmpty();
  }

  private static Receipt append(RunEvent event) {
    LedgerAppender appender =
        new LedgerAppender(new LedgerVerifier(), Layout.PER_PR, Optional.empty(), Optional.empty());
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
    Verification bare =
        new LedgerVerifier().verify(List.of(receipt.container()), VerifyOptions.standard());
    return new AnchorVerifier(repository).verify(bare);
  }

  private List<Code> codes() {
    return verify().findings().stream().map(Finding::code).toList();
  }

  /** One commit, held in memory. */
  private static final class Repository implements AnchorSource {
    private final Map<String, FileFacts> files = new HashMap<>();
    private final List<String> changed = new ArrayList<>();
    private Container container = new Container(Container.MAIN, Bytes.utf8(""));
    private Introduction introduction = new Introduction.NeverCommitted();

    CommitFacts commit(List<String> parents, String message) {
      CommitFacts commit = new CommitFacts(ANCHOR, parents, message, changed);
      introduction = new Introduction.Found(List.of(commit));
      return commit;
    }

    @Override
    public Introduction introducing(String entryId) {
      return introduction;
    }

    @Override
    public Optional<FileFacts> file(String commit, String path) {
      return Optional.ofNullable(files.get(path)).filter(_ -> commit.equals(ANCHOR));
    }

    @Override
    public List<Container> containers(String commit) {
      return Stream.of(container).filter(_ -> commit.equals(ANCHOR)).toList();
    }
  }
}
