package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A log of three anchors, honest at first. */
final class AnchorLogVerifierTest {
  private static final String TOP = "d".repeat(40);

  private final PlayedLog repository = new PlayedLog();
  private final List<Container> files = new ArrayList<>();
  private final List<LoggedAnchor> anchors = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private LogWitness.Whereabouts whereabouts = LogWitness.Whereabouts.NOWHERE;
  private String genesis = "";

  @BeforeEach
  void logThreeAnchors() {
    for (int number = 7; number <= 9; number++) {
      decide(Samples.pullRequest(number, number), number, Keys.CI_1);
      log.add(repository.log(last(log), log.size() + 1, anchors.getLast(), Keys.CI_1));
    }
  }

  @Test
  void findsAnHonestLogIntact() {
    Verification verified = verify(files);

    assertThat(verified.findings()).isEmpty();
    assertThat(verified.result()).isEqualTo(Verification.Result.OK);
    assertThat(verified.entries().stream()).hasSize(4);
    AnchorLog read = AnchorLog.read(repository, log.getLast());
    assertThat(read.tip()).contains(log.getLast());
    assertThat(read.lastNumber()).isEqualTo(3);
    assertThat(read.entries().map(LogEntry::anchor)).isEqualTo(anchors);
    assertThat(log).allMatch(read::contains);
    assertThat(read.contains(anchors.getFirst().commit())).isFalse();
  }

  @Test
  void seesASkippedNumber() {
    retip(repository.log(last(log), 5, decideAgain(), Keys.CI_1));
    assertThat(codes()).containsExactly(Code.E_LOG_GAP);
    assertThat(verify(files).findings())
        .extracting(Finding::message)
        .containsExactly("the anchor log is not whole: its number is 5, expected 4");
  }

  @Test
  void seesADroppedCommit() {
    retip(repository.log(Optional.of(log.get(0)), 3, anchors.get(2), Keys.CI_1));
    assertThat(codes()).containsExactly(Code.E_LOG_GAP);

    String second = repository.log(Optional.empty(), 2, anchors.get(1), Keys.CI_1);
    retip(repository.log(Optional.of(second), 3, anchors.get(2), Keys.CI_1));
    assertThat(codes()).containsExactly(Code.E_LOG_GAP);
  }

  @Test
  void seesCommitsInAnotherOrder() {
    String second = repository.log(Optional.of(log.get(0)), 3, anchors.get(2), Keys.CI_1);
    retip(repository.log(Optional.of(second), 2, anchors.get(1), Keys.CI_1));

    assertThat(codes()).containsExactly(Code.E_LOG_GAP, Code.E_LOG_GAP);
  }

  @Test
  void seesAStranger() {
    retip(repository.log(Optional.of(log.get(1)), 3, anchors.get(2), Keys.EVIL));
    assertThat(codes()).containsExactly(Code.E_ANCHOR_SIG);

    retip(repository.log(Optional.of(log.get(1)), 3, anchors.get(2)));
    assertThat(codes()).containsExactly(Code.E_ANCHOR_SIG);

    retip(repository.resigned(log.get(2), "-----BEGIN PGP SIGNATURE-----\n"));
    assertThat(codes()).containsExactly(Code.E_ANCHOR_SIG);

    String ofAnother = String.valueOf(repository.commit(log.get(1)).orElseThrow().signature());
    retip(repository.resigned(log.get(2), ofAnother));
    assertThat(codes()).containsExactly(Code.E_ANCHOR_SIG);
  }

  @Test
  void doesNotTakeAnEntrysSignatureForOneOfACommit() {
    LogCommit commit = repository.commit(log.get(2)).orElseThrow();
    SshSignature ofAnEntry = Keys.CI_1.sign(commit.signed().toArray(), SshSignature.ENTRY);
    retip(repository.resigned(log.get(2), ofAnEntry.armoured()));

    assertThat(codes()).containsExactly(Code.E_ANCHOR_SIG);
  }

  @Test
  void letsAStrangersCommitNotBeVouchedForByALaterOneOfAnotherKey() {
    String forged = repository.log(Optional.of(log.get(0)), 2, anchors.get(1), Keys.EVIL);
    retip(repository.log(Optional.of(forged), 3, anchors.get(2), Keys.CI_1));

    assertThat(verify(files).findings())
        .extracting(Finding::code, Finding::commit)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Code.E_ANCHOR_SIG, forged));
  }

  @Test
  void seesAnotherAnchorInTheMessageThanInTheParents() {
    LoggedAnchor swapped = of(anchors.get(2), anchors.get(1).commit());
    retip(
        repository.log(
            List.of(log.get(1), anchors.get(2).commit()),
            new LogEntry(3, swapped).text(),
            Keys.CI_1));
    assertThat(codes()).containsExactly(Code.E_ANCHOR_MISMATCH, Code.E_ANCHOR_MISMATCH);

    retip(
        repository.log(
            List.of(log.get(1), anchors.get(1).commit()),
            new LogEntry(3, swapped).text(),
            Keys.CI_1));
    assertThat(codes()).containsExactly(Code.E_ANCHOR_MISMATCH);
  }

  @Test
  void seesWhatIsNotAsTheAnchorsTrailersSay() {
    LoggedAnchor real = anchors.get(2);
    List<LoggedAnchor> lies =
        List.of(
            new LoggedAnchor(real.entry(), real.commit(), real.pr(), real.size() + 1, real.root()),
            new LoggedAnchor(real.entry(), real.commit(), real.pr(), real.size(), "0".repeat(64)),
            new LoggedAnchor(
                anchors.get(0).entry(), real.commit(), real.pr(), real.size(), real.root()),
            new LoggedAnchor(real.entry(), real.commit(), 8, real.size(), real.root()),
            new LoggedAnchor(real.entry(), real.commit(), null, real.size(), real.root()));
    for (LoggedAnchor lie : lies) {
      retip(repository.log(Optional.of(log.get(1)), 3, lie, Keys.CI_1));
      assertThat(codes()).as("%s", lie).contains(Code.E_ANCHOR_MISMATCH);
    }
  }

  @Test
  void seesTwoAnchorsForOneEntry() {
    LoggedAnchor real = anchors.get(2);
    String copy =
        repository.add(
            repository.commit(real.commit()).orElseThrow().message(),
            "3".repeat(40),
            List.of(Samples.HEAD),
            null);
    retip(repository.log(last(log), 4, of(real, copy), Keys.CI_1));

    assertThat(codes()).containsExactly(Code.E_ANCHOR_MISMATCH, Code.E_ANCHOR_MISMATCH);
  }

  @Test
  void seesAMissingSecondParent() {
    String text = new LogEntry(3, anchors.get(2)).text();
    retip(repository.log(List.of(log.get(1)), text, Keys.CI_1));
    assertThat(codes()).containsExactly(Code.E_LOG_GAP, Code.E_ANCHOR_MISMATCH);

    retip(repository.log(List.of(anchors.get(2).commit()), text, Keys.CI_1));
    assertThat(codes()).containsExactly(Code.E_LOG_GAP);

    retip(repository.log(List.of(), text, Keys.CI_1));
    assertThat(codes()).contains(Code.E_LOG_GAP, Code.E_ANCHOR_MISMATCH);
  }

  @Test
  void seesParentsInTheWrongOrderAndTooManyOfThem() {
    String text = new LogEntry(3, anchors.get(2)).text();
    retip(repository.log(List.of(anchors.get(2).commit(), log.get(1)), text, Keys.CI_1));
    assertThat(codes()).contains(Code.E_LOG_GAP, Code.E_ANCHOR_MISMATCH);

    retip(
        repository.log(List.of(log.get(1), log.get(0), anchors.get(2).commit()), text, Keys.CI_1));
    assertThat(codes()).containsExactly(Code.E_LOG_GAP);
  }

  @Test
  void seesCommitsThatAreNoneOfTheLog() {
    String text = new LogEntry(3, anchors.get(2)).text();
    List<String> parents = List.of(log.get(1), anchors.get(2).commit());
    retip(repository.add(text, "5".repeat(40), parents, Keys.CI_1));
    assertThat(codes()).containsExactly(Code.E_LOG_GAP);

    retip(repository.log(parents, text + "signed-off-by: me\n", Keys.CI_1));
    assertThat(codes()).containsExactly(Code.E_LOG_GAP);

    retip(repository.log(parents, "Merge branch 'main'\n", Keys.CI_1));
    assertThat(codes()).containsExactly(Code.E_LOG_GAP);
  }

  @Test
  void seesACommitOfTheLogThatIsGone() {
    repository.lose(log.get(1));
    assertThat(codes()).contains(Code.E_LOG_GAP);

    repository.cutHistory();
    assertThat(codes()).isEmpty();
  }

  @Test
  void seesAnAnchorThatIsGone() {
    repository.lose(anchors.get(1).commit());
    assertThat(verify(files).findings())
        .extracting(Finding::code, Finding::id, Finding::pr, Finding::commit)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Code.E_ANCHOR_MISSING, anchors.get(1).entry(), 8, anchors.get(1).commit()));

    repository.cutHistory();
    assertThat(codes()).isEmpty();
    assertThat(verify(files).warnings()).extracting(Finding::code).contains(Code.W_UNREACHABLE);
  }

  @Test
  void seesALineThatThisHistoryTookAway() {
    whereabouts = LogWitness.Whereabouts.TAKEN_AWAY;
    assertThat(verify(files.subList(0, 2)).findings())
        .extracting(Finding::code, Finding::id)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Code.E_TRUNCATED, anchors.get(2).entry()));
  }

  @ParameterizedTest
  @EnumSource(names = {"NOWHERE", "UNKNOWN"})
  void warnsWhereNobodyCanTellWhatBecameOfAPullRequest(LogWitness.Whereabouts where) {
    whereabouts = where;
    Verification verified = verify(files.subList(0, 2));

    assertThat(verified.findings()).isEmpty();
    assertThat(verified.result()).isEqualTo(Verification.Result.OK);
    assertThat(verified.warnings())
        .extracting(Finding::code, Finding::id)
        .contains(org.assertj.core.groups.Tuple.tuple(Code.W_OPEN_HEADS, anchors.get(2).entry()));
  }

  @Test
  void saysNothingOfWhatAnotherBranchHas() {
    whereabouts = LogWitness.Whereabouts.ON_ANOTHER_BRANCH;

    assertThat(verify(files.subList(0, 2)).findings()).isEmpty();
    assertThat(verify(files.subList(0, 2)).warnings()).noneMatch(it -> it.id() != null);
  }

  @Test
  void seesABaseBranchThatLostWhatALaterRunFoundThere() {
    RunEvent tenth = Samples.pullRequest(10, 10);
    repository.files(TOP, List.copyOf(files));
    decide(
        Samples.event(
            Samples.GITHUB, Samples.CREATED, new PullRequestRef(10, "main", TOP, Samples.HEAD), 10),
        10,
        Keys.CI_1);
    log.add(repository.log(last(log), 4, anchors.getLast(), Keys.CI_1));
    assertThat(tenth.pr()).isNotNull();

    assertThat(verify(files.subList(0, 2)).findings())
        .extracting(Finding::code, Finding::id)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Code.E_TRUNCATED, anchors.get(2).entry()));
    assertThat(verify(files.subList(0, 2)).warnings())
        .extracting(Finding::id)
        .contains(anchors.get(3).entry());
  }

  @Test
  void takesARunWithoutAPullRequestForCutOffWhereNoBranchHasIt() {
    RunEvent push = Samples.event(Samples.GITHUB, Samples.CREATED, null, 11);
    decide(push, null, Keys.CI_1);
    log.add(repository.log(last(log), 4, anchors.getLast(), Keys.CI_1));
    List<Container> without =
        files.stream().filter(file -> !file.path().equals(Container.MAIN)).toList();

    assertThat(verify(files).findings()).isEmpty();
    assertThat(verify(without).findings())
        .extracting(Finding::code)
        .containsExactly(Code.E_TRUNCATED);
    whereabouts = LogWitness.Whereabouts.UNKNOWN;
    assertThat(verify(without).findings()).isEmpty();
  }

  @Test
  void readsAnEntryThatNoContainerHasWhereItsAnchorHasIt() {
    repository.files(anchors.get(2).commit(), files.subList(0, 2));

    assertThat(verify(files.subList(0, 2)).findings())
        .extracting(Finding::code)
        .containsExactly(Code.E_ANCHOR_MISMATCH);
  }

  @Test
  void cannotTellThatTheLogWasSetBackWithoutSomebodyWhoRemembers() {
    String newest = log.removeLast();

    assertThat(codes()).isEmpty();
    assertThat(AnchorLog.read(repository, log.getLast()).contains(newest)).isFalse();
  }

  @Test
  void saysThatTheLogOfAnUnsignedLedgerIsNotSigned() {
    files.clear();
    anchors.clear();
    log.clear();
    for (int number = 7; number <= 8; number++) {
      decide(Samples.pullRequest(number, number), number, null);
      log.add(repository.log(last(log), log.size() + 1, anchors.getLast()));
    }
    assertThat(codes()).isEmpty();
    assertThat(verify(files).warnings())
        .filteredOn(finding -> finding.code() == Code.W_UNSIGNED)
        .hasSize(2);

    retip(repository.log(Optional.of(log.get(0)), 9, anchors.get(1)));
    assertThat(codes()).containsExactly(Code.E_LOG_GAP);
  }

  @Test
  void takesTheEntriesOfAnArchivedLedgerForPresent() {
    List<Container> archived =
        files.stream()
            .map(file -> new Container("datalake/ledger-0123456789ab.jsonl", file.bytes()))
            .toList();
    assertThat(verify(List.of(files.get(0), archived.get(1), archived.get(2))).warnings())
        .as("lines of this very ledger do not count in an archive")
        .extracting(Finding::id)
        .contains(anchors.get(1).entry(), anchors.get(2).entry());

    List<LoggedAnchor> old = List.copyOf(anchors);
    String oldTip = log.getLast();
    files.clear();
    decide(Samples.pullRequest(12, 12), 12, Keys.CI_2);
    log.add(repository.log(Optional.of(oldTip), 4, anchors.getLast(), Keys.CI_2));
    List<Container> both = new ArrayList<>(files);
    both.addAll(archived);

    assertThat(old).hasSize(3);
    assertThat(verify(both).findings()).isEmpty();
    assertThat(verify(both).warnings()).extracting(Finding::code).doesNotContain(Code.W_OPEN_HEADS);
  }

  @Test
  void letsAYoungerKeyCatchUpOnAnchorsBeforeItsOwn() {
    Forge forge = Forge.golden("ledger-full.jsonl");
    List<Container> golden = Golden.ledger("ledger-full.jsonl");
    Verification bare =
        new LedgerVerifier()
            .verify(golden, VerifyOptions.standard().withPinnedGenesis(Golden.GENESIS));
    List<Entry> runs =
        bare.entries().stream().filter(entry -> entry.body() instanceof Body.Run).toList();
    assertThat(forge.id(0)).isEqualTo(Golden.GENESIS);
    Entry oldest = runs.getFirst();
    Entry newest = runs.getLast();
    LoggedAnchor first = anchorOf(oldest, golden);
    LoggedAnchor second = anchorOf(newest, golden);
    String one = repository.log(Optional.empty(), 1, first, Keys.CI_2);
    AnchorLogVerifier verifier =
        new AnchorLogVerifier(repository, _ -> LogWitness.Whereabouts.NOWHERE, repository::filesAt);

    assertThat(verifier.verify(bare, List.of(AnchorLog.read(repository, one)), golden).findings())
        .extracting(Finding::code)
        .containsExactly(Code.E_ANCHOR_SIG);
    String two = repository.log(Optional.of(one), 2, second, Keys.CI_2);
    assertThat(verifier.verify(bare, List.of(AnchorLog.read(repository, two)), golden).findings())
        .isEmpty();
  }

  private LoggedAnchor anchorOf(Entry entry, List<Container> golden) {
    PullRequestRef pr = entry.body().pullRequest();
    Trailers trailers =
        new Trailers(entry.id(), List.of(entry.id()), 3, "a".repeat(64), Container.MAIN);
    String message = "anchor\n\n" + trailers.text();
    String id = repository.add(message, "6".repeat(40), List.of(Samples.HEAD), null);
    repository.files(id, golden);
    return LoggedAnchor.of(id, message, pr == null ? null : Integer.valueOf(pr.number()))
        .orElseThrow();
  }

  private void decide(RunEvent event, @Nullable Integer pr, @Nullable Signer signer) {
    LedgerAppender appender =
        new LedgerAppender(
            new LedgerVerifier(), Layout.PER_PR, Optional.ofNullable(signer), Optional.empty());
    Receipt receipt =
        LedgerAppenderTest.receipt(
            appender.append(List.copyOf(files), List.of(), event, Samples.NOON));
    genesis = receipt.genesisId();
    files.removeIf(file -> file.path().equals(receipt.containerPath()));
    files.add(receipt.container());
    anchors.add(repository.anchor(receipt, files, pr));
  }

  private LoggedAnchor decideAgain() {
    decide(Samples.pullRequest(10, 10), 10, Keys.CI_1);
    return anchors.getLast();
  }

  private void retip(String tip) {
    log.set(log.size() - 1, tip);
  }

  private static LoggedAnchor of(LoggedAnchor anchor, String commit) {
    return new LoggedAnchor(anchor.entry(), commit, anchor.pr(), anchor.size(), anchor.root());
  }

  private static Optional<String> last(List<String> log) {
    return log.isEmpty() ? Optional.empty() : Optional.of(log.getLast());
  }

  private List<Code> codes() {
    return verify(files).findings().stream().map(Finding::code).toList();
  }

  private Verification verify(List<Container> current) {
    VerifyOptions options = VerifyOptions.standard().withBaseGenesis(genesis);
    List<Container> containers =
        current.stream().filter(file -> Container.isLedger(file.path())).toList();
    Verification bare = new LedgerVerifier().verify(containers, options);
    assertThat(bare.findings()).isEmpty();
    return new AnchorLogVerifier(repository, _ -> whereabouts, repository::filesAt)
        .verify(bare, List.of(AnchorLog.read(repository, log.getLast())), current);
  }
}
