package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.git.DefaultBranch;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorMessage;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.LogEntry;
import dev.optr.ledger.OutsideMemory;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a caller and this machine remember of the ledger of a repository: the anchor that the caller
 * names, and what was seen here last of the branch that is checked out.
 */
final class Memories implements RepositoryVerification.Recollection {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

  private final GitRepository repository;
  private final VerifiedState state;
  private final @Nullable String anchor;
  private final Optional<RememberedTips> tips;
  private final List<String> sources = new ArrayList<>();

  /**
   * @param anchor id of a commit; null where none is known
   * @param remembering whether this machine's memory counts
   */
  Memories(
      Host host,
      GitRepository repository,
      VerifiedState state,
      @Nullable String anchor,
      boolean remembering) {
    this.repository = repository;
    this.state = state;
    this.anchor = anchor;
    this.tips = remembering ? Optional.of(new RememberedTips(host)) : Optional.empty();
    if (anchor != null && !COMMIT.matcher(anchor).matches()) {
      throw new UserException(
          "--anchor: '%s' is no commit id; write at least 7 of its hex digits".formatted(anchor));
    }
  }

  @Override
  public List<OutsideMemory.Memory> of(String genesis) {
    List<OutsideMemory.Memory> memories = new ArrayList<>();
    if (anchor != null) {
      memories.add(named(anchor, genesis));
    }
    tips.flatMap(tip -> branch().flatMap(branch -> tip.of(genesis, branch)))
        .ifPresent(memories::add);
    memories.forEach(memory -> sources.add(memory.source()));
    return memories;
  }

  /** Where memories came from that the ledger was compared with. */
  List<String> sources() {
    return List.copyOf(sources);
  }

  /** For the next time; only what was found intact is worth remembering. */
  void remember(Verification verification) {
    if (verification.result() == Verification.Result.OK) {
      tips.ifPresent(
          tip -> branch().ifPresent(branch -> tip.remember(verification, branch, state.head())));
    }
  }

  /** Branches go their own ways, so each is compared with itself; a detached HEAD with none. */
  private Optional<String> branch() {
    return repository
        .currentBranch()
        .or(
            () ->
                state
                    .defaultBranch()
                    .filter(main -> main.commit().equals(state.head()))
                    .map(DefaultBranch::name));
  }

  private OutsideMemory.Memory named(String given, String genesis) {
    String source = "--anchor " + given;
    Optional<String> commit = repository.resolve(given);
    if (commit.isEmpty()) {
      return new OutsideMemory.AbsentCommit(source, given);
    }
    boolean logged = LogEntry.parse(repository.message(commit.get())).isPresent();
    if (logged && !CloneLogs.of(repository).contain(commit.get())) {
      return new OutsideMemory.AbsentCommit(source, commit.get());
    }
    String named = AnchorMessage.anchor(commit.get(), repository.message(commit.get()));
    if (repository.resolve(named).isEmpty()) {
      return new OutsideMemory.AbsentCommit(source, named);
    }
    List<String> entries = new ArrayList<>(AnchorMessage.entries(repository.message(named)));
    if (entries.isEmpty()) {
      throw new UserException(
          "--anchor: commit '%s' names no ledger entry, so it is no anchor".formatted(named));
    }
    entries.addAll(entriesAt(named, genesis));
    return new OutsideMemory.Entries(source, entries.stream().distinct().toList(), 0);
  }

  /** The id of the commit covers its ledger files, and with them every line of them. */
  private List<String> entriesAt(String commit, String genesis) {
    VerifyOptions options =
        VerifyOptions.standard().withBaseGenesis(genesis).checking(VerifyOptions.Signatures.LINKS);
    return new LedgerVerifier()
        .verify(RunLedger.at(repository, commit), options).entries().stream()
            .map(Entry::id)
            .toList();
  }
}
