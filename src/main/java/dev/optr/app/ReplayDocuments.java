package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.datalake.DataLakePaths;
import dev.optr.git.GitRepository;
import dev.optr.ledger.AnchorMessage;
import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerPast;
import dev.optr.ledger.RecordedFile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The documents of one run, wherever a commit has them with the bytes that the entry vouches for:
 * at its anchor; where a branch was squashed, in the commit that it became.
 */
final class ReplayDocuments {
  private static final Pattern INTENT = Pattern.compile("datalake/workflows/([^/]+)/intent\\.json");

  private final GitRepository repository;
  private final List<String> commits;
  private final Body.Run run;

  private ReplayDocuments(GitRepository repository, List<String> commits, Body.Run run) {
    this.repository = repository;
    this.commits = commits;
    this.run = run;
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
        repository, Stream.concat(introducing.stream(), tips.stream()).distinct().toList(), run);
  }

  /** Where they lie; empty where the entry names no intent. */
  Optional<DataLakePaths> paths() {
    return run.outputs().stream()
        .map(output -> INTENT.matcher(output.path()))
        .filter(Matcher::matches)
        .map(intent -> DataLakePaths.of(intent.group(1)))
        .findFirst();
  }

  /** Those that no commit has, or none with these bytes. */
  List<String> missing() {
    return run.outputs().stream()
        .filter(output -> file(output).isEmpty())
        .map(RecordedFile::path)
        .toList();
  }

  Optional<Bytes> file(String path) {
    return run.outputs().stream()
        .filter(output -> output.path().equals(path))
        .findFirst()
        .flatMap(this::file);
  }

  private Optional<Bytes> file(RecordedFile output) {
    return commits.stream()
        .flatMap(commit -> repository.file(commit, output.path()).stream())
        .filter(bytes -> bytes.sha256().equals(output.sha256()))
        .findFirst();
  }
}
