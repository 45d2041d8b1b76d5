package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.git.AnchorCommit;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Body;
import dev.optr.ledger.Decision;
import dev.optr.ledger.Entry;
import dev.optr.ledger.Layout;
import dev.optr.ledger.LedgerAppender;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.Receipt;
import dev.optr.ledger.RecordedFile;
import dev.optr.ledger.RunEvent;
import dev.optr.ledger.VerifyOptions;
import dev.optr.testing.RealGit;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Puts another anchor in the place of the one that HEAD is: documents, entry and trailers changed
 * together, so that an unsigned ledger has nothing against it.
 *
 * @param documents path and text of a document to its text from now on
 */
record ForgedAnchor(BinaryOperator<String> documents, UnaryOperator<Decision> decision) {
  private static final String DOCUMENT = "/anna.json";

  /** Where the one document of the agent anna is another one. */
  ForgedAnchor(UnaryOperator<String> document, UnaryOperator<Decision> decision) {
    this((path, text) -> path.endsWith(DOCUMENT) ? document.apply(text) : text, decision);
  }

  /** Makes it and puts the branch on it; gives its id. */
  String replace(LocalSite site) {
    try (GitRepository repository = site.repository().repository()) {
      String anchor = site.repository().head();
      String parent = repository.parents(anchor).getFirst();
      Map<String, Bytes> files = files(repository, anchor);
      Receipt receipt =
          (Receipt)
              new LedgerAppender(
                      new LedgerVerifier(), Layout.PER_PR, Optional.empty(), Optional.empty())
                  .append(
                      RunLedger.at(repository, parent),
                      List.of(),
                      event(run(repository, anchor), files),
                      Instant.parse("2026-01-01T10:00:00Z"));
      files.put(receipt.containerPath(), receipt.containerBytes());
      String forged =
          AnchorCommit.build(
              repository,
              parent,
              files,
              "Record OPTR decision: selected\n\n" + receipt.trailers(),
              "optr",
              "optr@localhost",
              Instant.parse("2026-01-01T10:00:00Z"),
              Optional.empty());
      RealGit.in(site.repository().directory()).text("reset", "-q", "--hard", forged);
      return forged;
    }
  }

  private Map<String, Bytes> files(GitRepository repository, String anchor) {
    Map<String, Bytes> files = new HashMap<>();
    for (String path : repository.changedPaths(anchor)) {
      Bytes bytes = repository.file(anchor, path).orElseThrow();
      files.put(path, Bytes.utf8(documents.apply(path, bytes.utf8())));
    }
    return files;
  }

  private static Body.Run run(GitRepository repository, String anchor) {
    return new LedgerVerifier()
        .verify(RunLedger.at(repository, anchor), VerifyOptions.standard()).entries().stream()
            .map(Entry::body)
            .filter(Body.Run.class::isInstance)
            .map(Body.Run.class::cast)
            .reduce((_, newer) -> newer)
            .orElseThrow();
  }

  private RunEvent event(Body.Run run, Map<String, Bytes> files) {
    List<RecordedFile> outputs =
        run.outputs().stream()
            .map(
                file -> {
                  Bytes bytes = files.getOrDefault(file.path(), Bytes.utf8(""));
                  return new RecordedFile(file.path(), file.mode(), bytes.sha256(), bytes.size());
                })
            .toList();
    return new RunEvent(
        run.common().repo(),
        null,
        run.pr(),
        run.run(),
        decision.apply(run.decision()),
        run.inputs(),
        outputs,
        run.tool());
  }
}
