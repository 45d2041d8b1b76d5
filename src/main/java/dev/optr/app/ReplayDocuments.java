package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.datalake.DataLakePaths;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorMessage;
import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerPast;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The documents of one run, wherever a commit has them with the bytes that the entry vouches for:
 * at its anchor; where a branch was squashed, in the commit that it became.
 */
final class ReplayDocuments {
  private final RunDocuments documents;

  private ReplayDocuments(RunDocuments documents) {
    this.documents = documents;
  }

  /**
   * @param past the history of the ledger
   * @param tips commits that are looked into where those that brought the entry do not do
   */
  static ReplayDocuments of(
      GitRepository repository, LedgerPast past, List<String> tips, Entry entry, Body.Run run) {
    // An anchor on the side branch carries the lines of earlier ones along; each names its own.
    List<String> introducing =
        past.introducing(entry.id()).stream()
            .sorted(
                Comparator.comparing(
                    commit ->
                        !AnchorMessage.entries(repository.message(commit)).contains(entry.id())))
            .toList();
    return new ReplayDocuments(
        new RunDocuments(
            repository,
            Stream.concat(introducing.stream(), tips.stream()).distinct().toList(),
            run));
  }

  /** Where they lie; empty where the entry names no intent. */
  Optional<DataLakePaths> paths() {
    return documents.directory().map(DataLakePaths::of);
  }

  /** Those that no commit has, or none with these bytes. */
  List<String> missing() {
    return documents.missing();
  }

  Optional<Bytes> file(String path) {
    return documents.file(path);
  }
}
