package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.Trust;
import dev.optr.ledger.VerifyOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The genesis that counts where nobody names one: the oldest ever committed on the default branch.
 * One step is allowed, from an unsigned ledger to a signed one, which archives the old file.
 */
final class OldestGenesis {
  private static final int SHORT = 12;

  private final GitRepository repository;
  private final VerifiedState state;
  private final GitHistory history;

  OldestGenesis(GitRepository repository, VerifiedState state, GitHistory history) {
    this.repository = repository;
    this.state = state;
    this.history = history;
  }

  Optional<String> find() {
    return history
        .statesOfDefaultBranch()
        .map(this::containers)
        .map(files -> LedgerVerifier.genesisOf(files).map(genesis -> succeeded(genesis, files)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private String succeeded(String oldest, List<Container> first) {
    String archive = "datalake/ledger-" + oldest.substring(0, SHORT) + ".jsonl";
    if (repository.entry(state.defaultTip(), archive).isEmpty() || isSigned(first, oldest)) {
      return oldest;
    }
    List<Container> now = RunLedger.at(repository, state.defaultTip());
    return LedgerVerifier.genesisOf(now).filter(genesis -> isSigned(now, genesis)).orElse(oldest);
  }

  private static boolean isSigned(List<Container> containers, String genesis) {
    VerifyOptions options = VerifyOptions.standard().withBaseGenesis(genesis);
    return new LedgerVerifier().verify(containers, options).trust() != Trust.NONE;
  }

  private List<Container> containers(String files) {
    return history.files(files).entrySet().stream().map(this::container).toList();
  }

  private Container container(Map.Entry<String, String> file) {
    return new Container(file.getKey(), Bytes.of(repository.blob(file.getValue())));
  }
}
