package dev.optr.execution;

import dev.optr.base.Bytes;
import dev.optr.evidence.HeadExamined;
import dev.optr.intent.Intent;
import dev.optr.ledger.Receipt;
import dev.optr.record.Document;
import dev.optr.record.Documents;
import dev.optr.selection.Selection;
import dev.optr.workflow.Workflow;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What will be changed, decided before anything is.
 *
 * @param parent the frozen commit, which the anchor is put upon
 * @param files everything the run wrote, by path from the repository's root
 * @param message the anchor's commit message with its trailers; no agent's text
 * @param gate what the anchor's status will be
 */
public record Plan(String parent, Map<String, Bytes> files, String message, GateVerdict gate) {
  public Plan {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** Pure. Without a receipt there is no entry, and the gate is never green. */
  public static Plan of(
      Intent intent,
      HeadExamined head,
      Selection selection,
      Documents documents,
      Optional<Receipt> receipt,
      Workflow.Gate rule) {
    Map<String, Bytes> files = new TreeMap<>();
    for (Document document : documents.all()) {
      files.put(document.path(), document.bytes());
    }
    receipt.ifPresent(entry -> files.put(entry.containerPath(), entry.containerBytes()));
    return new Plan(
        intent.commit(),
        files,
        message(selection, receipt),
        GateVerdict.of(selection, head, receipt.isPresent(), rule));
  }

  private static String message(Selection selection, Optional<Receipt> receipt) {
    String subject = "Record OPTR decision: " + selection.outcome();
    return receipt.map(entry -> subject + "\n\n" + entry.trailers()).orElse(subject + "\n");
  }
}
