package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AppendResult;
import dev.optr.ledger.ArchivedLedger;
import dev.optr.ledger.Container;
import dev.optr.ledger.Layout;
import dev.optr.ledger.LedgerAppender;
import dev.optr.ledger.LedgerJoin;
import dev.optr.ledger.Receipt;
import dev.optr.ledger.RecordedFile;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.RunEvent;
import dev.optr.ledger.Tool;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifiedLedger;
import dev.optr.record.Document;
import dev.optr.record.Documents;
import dev.optr.workflow.Workflow;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ledger as one run meets it: what the frozen commit holds, and the one entry that is put upon
 * it.
 */
final class RunLedger {
  static final String SHARDS = "datalake/ledger.d";

  private final LedgerAppender appender;
  private final VerifiedLedger ledger;
  private final List<RecordedFile> archived;
  private final RunIdentity identity;
  private final InstantSource clock;
  private final Optional<List<Container>> atAnchor;

  /**
   * Verifies what is there before anybody is asked.
   *
   * @param archived files of a ledger that this one took the place of
   * @throws LedgerBrokenException where it is not intact
   * @throws dev.optr.base.UserException where key, pin and ledger do not go together
   */
  RunLedger(
      LedgerAppender appender,
      List<Container> atParent,
      List<Container> atBase,
      List<RecordedFile> archived,
      RunIdentity identity,
      InstantSource clock) {
    this(appender, atParent, Optional.empty(), atBase, archived, identity, clock);
  }

  /**
   * The same where entries are put upon more than the commit holds.
   *
   * @param atSide ledger files of the side branch; empty where anchors do not go there
   */
  RunLedger(
      LedgerAppender appender,
      List<Container> atParent,
      Optional<List<Container>> atSide,
      List<Container> atBase,
      List<RecordedFile> archived,
      RunIdentity identity,
      InstantSource clock) {
    this.appender = appender;
    this.archived = List.copyOf(archived);
    this.identity = identity;
    this.clock = clock;
    this.atAnchor = atSide.map(_ -> List.copyOf(atParent));
    this.ledger =
        appender.open(
            atSide.map(side -> joined(atParent, side)).orElse(atParent),
            atBase,
            identity.repository(),
            identity.repositoryCreatedAt(),
            identity.pullRequest());
    if (!before().findings().isEmpty()) {
      throw LedgerBrokenException.of(before().findings());
    }
  }

  /** Every ledger file of a commit, read from objects. */
  static List<Container> at(GitRepository repository, String commit) {
    List<Container> containers = new ArrayList<>();
    repository
        .file(commit, Container.MAIN)
        .ifPresent(bytes -> containers.add(new Container(Container.MAIN, bytes)));
    for (FrozenTree.File file : repository.files(commit, SHARDS)) {
      if (file.path().endsWith(".jsonl")) {
        repository
            .file(commit, file.path())
            .ifPresent(bytes -> containers.add(new Container(file.path(), bytes)));
      }
    }
    return containers;
  }

  /**
   * The ledger files of two commits as those of one: the first's byte for byte, then what it lacks.
   *
   * @throws LedgerBrokenException where a line of them is damaged
   */
  static List<Container> joined(List<Container> first, List<Container> second) {
    try {
      return LedgerJoin.of(first, second);
    } catch (UserException damaged) {
      throw new LedgerBrokenException(damaged.messages());
    }
  }

  /** Files of a commit that are a ledger which another one took the place of. */
  static List<RecordedFile> archivedAt(GitRepository repository, String commit) {
    return repository.files(commit, "datalake").stream()
        .filter(file -> ArchivedLedger.isArchived(file.path()) && file.isRegular())
        .map(file -> recorded(file, Bytes.of(repository.blob(file.blob()))))
        .toList();
  }

  private static RecordedFile recorded(FrozenTree.File file, Bytes bytes) {
    return new RecordedFile(file.path(), file.mode(), bytes.sha256(), bytes.size());
  }

  /** How the lines of a workflow's pull requests are laid out. */
  static Layout layout(Workflow workflow) {
    return switch (workflow.ledger().layout()) {
      case PER_PR -> Layout.PER_PR;
      case SINGLE -> Layout.SINGLE;
    };
  }

  /** Heads of the ledger that the run builds on. */
  List<String> heads() {
    return before().heads();
  }

  /** The repository that the ledger is about. */
  RepositoryId repository() {
    return identity.repository();
  }

  /** The ledger that the run builds on. */
  Verification before() {
    return ledger.verification();
  }

  /** The runs before this one. */
  PastRuns past() {
    return new PastRuns(before(), identity.pullRequest());
  }

  /** Puts the run's entry upon what was there. */
  Receipt append(Documents documents) {
    AppendResult result = appender.append(ledger, event(documents), clock.instant());
    return switch (result) {
      case Receipt receipt -> atAnchor.map(receipt::at).orElse(receipt);
      case AppendResult.Refused(Verification verification) ->
          throw LedgerBrokenException.of(verification.findings());
    };
  }

  /** Genesis id of the ledger, where this very entry began it and a pin would protect it. */
  Optional<String> begun(Receipt receipt) {
    return appender.signs() && receipt.beginsLedger()
        ? Optional.of(receipt.genesisId())
        : Optional.empty();
  }

  private RunEvent event(Documents documents) {
    return new RunEvent(
        identity.repository(),
        identity.repositoryCreatedAt(),
        identity.pullRequest(),
        identity.run(),
        documents.decision(),
        past().isEmpty() ? archived : List.of(),
        documents.outputs().stream().map(RunLedger::recorded).toList(),
        tool());
  }

  /** This program. */
  static Tool tool() {
    return new Tool("optr", Version.text());
  }

  private static RecordedFile recorded(Document document) {
    return new RecordedFile(
        document.path(), "100644", document.bytes().sha256(), document.bytes().size());
  }
}
