package dev.optr.app;

import dev.optr.datalake.DataLakePaths;
import dev.optr.execution.GateVerdict;
import dev.optr.execution.Performed;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import java.util.Optional;

/** A decision that the ledger already holds about this very input: nobody is asked again. */
final class EarlierDecision {
  private EarlierDecision() {}

  /**
   * @param tip the commit whose ledger holds the entry
   * @throws LedgerBrokenException where the recorded run cannot be read, or gives another decision
   */
  static Optional<Outcome> find(
      PastRuns past,
      GitRepository repository,
      String tip,
      Prepared prepared,
      DataLakePaths paths,
      TreeStore trees) {
    return past.decided(prepared.intent().digest())
        .map(
            entry ->
                outcome(
                    RecalledDecision.of(
                        entry,
                        RecalledDecision.anchor(repository, tip, entry),
                        repository,
                        prepared.workflow(),
                        prepared.frozen(),
                        paths,
                        trees)));
  }

  /** The decision as a run has it. */
  static Outcome outcome(RecalledDecision recalled) {
    return new Outcome(
        recalled.run().intent(),
        recalled.run().head(),
        recalled.selection(),
        recalled.entry().id(),
        null,
        GateVerdict.of(
            recalled.selection(), recalled.run().head(), true, recalled.run().workflow().gate()),
        new Performed.Anchored(recalled.anchor()));
  }
}
