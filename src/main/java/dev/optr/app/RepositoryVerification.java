package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.git.AbsentObjectException;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorVerifier;
import dev.optr.ledger.Code;
import dev.optr.ledger.Container;
import dev.optr.ledger.DriftVerifier;
import dev.optr.ledger.Finding;
import dev.optr.ledger.HistoryVerifier;
import dev.optr.ledger.LedgerPast;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.OutsideMemory;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import java.util.List;
import java.util.Optional;

/** The ledger of a repository: its files at HEAD, their history, the commits that made it. */
final class RepositoryVerification {
  private final GitRepository repository;
  private final VerifiedState state;
  private final VerifyOptions options;
  private List<Container> containers = List.of();

  /** What is remembered of the ledger that begins with a genesis. */
  interface Recollection {
    List<? extends OutsideMemory.Memory> of(String genesis);
  }

  private RepositoryVerification(
      GitRepository repository, VerifiedState state, VerifyOptions options) {
    this.repository = repository;
    this.state = state;
    this.options = options;
  }

  static RepositoryVerification ofHead(GitRepository repository, VerifyOptions options) {
    String head =
        repository
            .resolve("HEAD")
            .orElseThrow(
                () ->
                    new UserException(
                        repository.gitDirectory()
                            + ": HEAD names no commit, so there is no ledger"));
    return of(repository, head, options);
  }

  static RepositoryVerification of(GitRepository repository, String commit, VerifyOptions options) {
    return new RepositoryVerification(repository, VerifiedState.of(repository, commit), options);
  }

  /** Ledger files of the work tree that are not those of the commit. */
  List<Finding> workTreeDrift() {
    return new WorkTreeDrift(repository, containers).findings();
  }

  VerifiedState state() {
    return state;
  }

  /** What the anchor logs of the clone hold, one line each. */
  List<String> logs() {
    return CloneLogs.of(repository).lines();
  }

  /** The files that were verified; none before that, or where they are not in the clone. */
  List<Container> containers() {
    return containers;
  }

  /** Everything that one clone can tell, and what the caller remembers. */
  Verification verify(Recollection memories) {
    Verification bare = new LedgerVerifier().verify(List.of(), options);
    try (GitHistory history = new GitHistory(repository, state)) {
      // The genesis that counts is decided by what came first, not by what stands there now.
      Optional<String> oldest = new OldestGenesis(repository, state, history).find();
      containers = state.containers(repository);
      bare = files(oldest);
      return verify(bare, history, oldest, memories);
    } catch (AbsentObjectException absent) {
      return bare.undecided(List.of(undecided(absent)));
    }
  }

  private Verification files(Optional<String> oldest) {
    boolean known = options.pinnedGenesis() != null || options.baseGenesis() != null;
    LedgerVerifier verifier = new LedgerVerifier();
    return known || oldest.isEmpty()
        ? verifier.verify(containers, options)
        : verifier
            .verify(containers, options.withBaseGenesis(oldest.get()))
            .onFirstUse(options.allowTofu());
  }

  private Verification verify(
      Verification bare, GitHistory history, Optional<String> oldest, Recollection memories) {
    Optional<String> genesis = Optional.ofNullable(bare.genesis()).or(() -> oldest);
    if (genesis.isEmpty()) {
      return bare;
    }
    LedgerPast past = LedgerPast.read(history, genesis.get());
    GitAnchors anchors = new GitAnchors(repository);
    Verification grown = new HistoryVerifier().verify(bare, past);
    CloneLogs logs = CloneLogs.of(repository);
    Verification anchored =
        logs.verify(
            new AnchorVerifier(anchors, logs::anchorsOf)
                .verify(grown, logs.past(state, genesis.get(), past)),
            state.head(),
            containers,
            past);
    Verification remembered = new OutsideMemory(memories.of(genesis.get())).verify(anchored, past);
    return new DriftVerifier(anchors).verify(remembered, state.head());
  }

  private static Finding undecided(AbsentObjectException absent) {
    return new Finding(
        Code.W_UNREACHABLE,
        null,
        null,
        null,
        null,
        null,
        "the object %s is not in this clone, so nothing can be decided; fetch the whole repository"
            .formatted(absent.object()));
  }
}
