package dev.optr.app;

import dev.optr.base.CompactJson;
import dev.optr.base.JsonObject;
import dev.optr.base.PrettyJson;
import dev.optr.ledger.Body;
import dev.optr.ledger.DecisionStatement;
import dev.optr.ledger.Dsse;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerCsv;
import dev.optr.ledger.Signer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Writes entries out one after another: each is gone before the next one is read. */
final class DecisionExport {
  private final Optional<Signer> signer;
  private final Function<Entry, Context> context;

  /**
   * @param signer empty = bare statements
   * @param context what the repository knows of a decision
   */
  DecisionExport(Optional<Signer> signer, Function<Entry, Context> context) {
    this.signer = signer;
    this.context = context;
  }

  /**
   * What is known of a decision beyond its entry.
   *
   * @param anchor commit id
   * @param frozenCommit commit id
   * @param whyNot null where the documents are not at hand
   */
  record Context(
      @Nullable String anchor,
      @Nullable String frozenCommit,
      @Nullable List<DecisionStatement.Denial> whyNot) {
    /** A bare file knows nothing more. */
    static Context none(Entry entry) {
      return new Context(null, null, null);
    }
  }

  /** The attestation of one decision: an envelope, or without a key the bare statement. */
  record Exported(String entry, JsonObject document) {
    /** On one line, as in-toto bundles hold envelopes. */
    String line() {
      return CompactJson.exact(document);
    }

    /** As a file of its own. */
    String text() {
      return PrettyJson.text(document);
    }
  }

  boolean signs() {
    return signer.isPresent();
  }

  /** For a sentence about what was exported; blank where nothing is signed. */
  String signedBy() {
    return signer.map(key -> ", signed by " + key.publicKey().fingerprint()).orElse("");
  }

  static boolean isDecision(Entry entry) {
    return entry.body() instanceof Body.Run;
  }

  /** Exports the decisions among some entries, and says how many there were. */
  int write(Iterable<Entry> entries, Predicate<Entry> wanted, Consumer<Exported> sink) {
    int written = 0;
    for (Entry entry : entries) {
      if (entry.body() instanceof Body.Run run && wanted.test(entry)) {
        sink.accept(new Exported(entry.id(), document(entry, run)));
        written++;
      }
    }
    return written;
  }

  private JsonObject document(Entry entry, Body.Run run) {
    Context known = context.apply(entry);
    DecisionStatement statement =
        DecisionStatement.of(
            new DecisionStatement.Recorded(entry, run, known.anchor()),
            known.frozenCommit(),
            known.whyNot());
    return signer
        .map(key -> Dsse.envelope(DecisionStatement.PAYLOAD_TYPE, statement.payload(), key))
        .orElseGet(statement::json);
  }

  /** All entries as a table. */
  static void table(Iterable<Entry> entries, Consumer<String> sink) {
    sink.accept(LedgerCsv.header());
    for (Entry entry : entries) {
      sink.accept(LedgerCsv.row(entry));
    }
  }
}
