package dev.optr.record;

import dev.optr.base.JsonObject;
import dev.optr.ledger.Decision;
import dev.optr.ledger.DecisionStatement;
import dev.optr.ledger.Dsse;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.Signer;
import dev.optr.ledger.Tool;
import dev.optr.selection.Ranked;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes {@code decision.intoto.json} (docs/in-toto.md). The document is an output of the ledger
 * entry, so it cannot name that entry; and it is the same, byte for byte, where a run is repeated
 * after a crash: it holds no time and no digest of a document that tells durations.
 */
public final class Attester {
  /** As the workflow file calls it. */
  static final String IN_TOTO = "in-toto";

  private final Optional<RepositoryId> repository;
  private final Tool tool;
  private final Optional<Signer> signer;

  /**
   * @param repository empty where no ledger says which it is
   * @param signer empty = the bare statement, without envelope
   */
  public Attester(Optional<RepositoryId> repository, Tool tool, Optional<Signer> signer) {
    this.repository = repository;
    this.tool = tool;
    this.signer = signer;
  }

  /**
   * An envelope, or without a key the bare statement.
   *
   * @param steady documents of the run that are the same in every run on its input
   */
  JsonObject document(RunFacts facts, Decision decision, List<Document> steady) {
    DecisionStatement statement =
        new DecisionStatement(
            decision,
            steady.stream()
                .map(file -> new DecisionStatement.Document(file.path(), file.bytes().sha256()))
                .toList(),
            repository.orElse(null),
            facts.intent().commit(),
            tool,
            facts.selection().candidates().stream().flatMap(Attester::denials).toList(),
            null);
    return signer
        .map(key -> Dsse.envelope(DecisionStatement.PAYLOAD_TYPE, statement.payload(), key))
        .orElseGet(statement::json);
  }

  private static Stream<DecisionStatement.Denial> denials(Ranked lane) {
    String agent = lane.examined().candidate().agent();
    return lane.examined().whyNot().stream()
        .map(reason -> new DecisionStatement.Denial(agent, reason.code().name(), reason.rule()));
  }
}
